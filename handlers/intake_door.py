"""The two drivers of the one intake function: webhooks, which go straight to the store, and batches of the INTAKE stream."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import count
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

import structlog

from domain.errors import NotFoundError, UnavailableError
from domain.signals import Severity, Signal
from handlers.intake import IntakeContext, Message, Taken, take_in, take_in_messages
from handlers.intake_unread import Rejection, as_signal, body_of, keep
from handlers.unit_of_work import Body, Committer, IntakePlace, SignalKey, UnitOfWork

log = structlog.get_logger(__name__)

MAX_SIGNALS = 1000
"""Signals in one unit of work; what waits beyond them goes into the next."""
BREATH = 50
"""Signals read from a batch of messages before others get their turn. Whoever looks ahead needs many to fetch the end of a long
line; in one process with the read models, each turn is also theirs."""
PATIENCE_S = 0.5
"""How long a batch of messages waits for whoever looks ahead of it."""
MAX_WAITING = 20_000
"""Signals that wait in memory: what comes beyond them is told to come again."""


class Read(Protocol):
    """What a format made of a body."""

    @property
    def signals(self) -> Sequence[Signal]:
        """Taken, in the order received."""

    @property
    def rejected(self) -> Sequence[Rejection]:
        """Not taken."""

    @property
    def body(self) -> bytes:
        """What was read, without the tool's own secrets."""


Parse = Callable[[str, bytes, Mapping[str, str], datetime], Read]
"""Source instance, body, lower-cased headers, arrival time: to what is in it. `NotFoundError` for an unknown source."""
Reader = Callable[[], Parse]
"""How bodies are read at this moment: sources and mappings may change, and are looked up once a batch."""


MayBeSevere = Callable[[str, bytes], bool]
"""Source instance and body: False when a look at the bytes tells that nothing severe is in it. True costs reading it."""
Glance = Callable[[], MayBeSevere]
"""How bodies are looked at at this moment, looked up once a batch as well."""


class RawMessage(NamedTuple):
    """A message of the INTAKE stream as it came."""

    place: IntakePlace
    source: str
    headers: Mapping[str, str]
    body: bytes


DeadLetter = Callable[[RawMessage, str], Awaitable[None]]
"""Keep a message that cannot be processed, with the reason. Durable on return; the same message twice is kept once."""


class Receipt(NamedTuple):
    """What a caller is told. Everything in `taken` is durable."""

    taken: Sequence[Taken]
    rejected: Sequence[Rejection]
    kept: str | None = None
    """The SHA-256 (hex) under which a body that was not wholly read waits for a person; durable too."""


class BusyError(UnavailableError):
    """More waits to be stored than this process may hold: send it again in a moment."""

    code: ClassVar[str] = "busy"


class _Waiting(NamedTuple):
    signals: Sequence[Signal]
    body: Body | None
    correlation_id: str
    done: asyncio.Future[list[Taken]]


class IntakeDoor:
    """Takes alerts in. What arrives while a commit is under way is gathered into the next one, packed into few events."""

    def __init__(
        self,
        committer: Committer,
        reader: Reader,
        *,
        glance: Glance,
        entity: str,
        new_ids: Iterator[UUID],
        clock: Callable[[], datetime],
    ) -> None:
        self._committer, self._reader, self._glance, self._clock = committer, reader, glance, clock
        self._context = IntakeContext(entity, "", new_ids)
        # Those with a severe alert go first. Callers that wait for their answers at the same time have no order among them.
        self._urgent: deque[_Waiting] = deque()
        self._waiting: deque[_Waiting] = deque()
        self._waits = 0
        self.backlog = self.handed_over = 0
        """INTAKE messages that waited behind the batch that is being taken, and the sequence of its last one."""
        self.looked_ahead = asyncio.Event()
        """Whether whoever looks for severe alerts has come to the end of the line; set while nobody looks."""
        self.looked_ahead.set()
        self._working: asyncio.Task[None] | None = None
        self._batches = count(1)

    async def take(
        self, source: str, body: bytes, headers: Mapping[str, str], correlation_id: str, *, keep_unread: bool = True
    ) -> Receipt:
        """Take one body: a webhook's, a mail, a line. Durable on return; works while NATS is down.

        With `keep_unread`, what is not wholly read is kept for a person. Raises `NotFoundError` for an unknown source,
        `BusyError` when too much waits, and `UnavailableError` when the store takes nothing: send it again.
        """
        if self._waits >= MAX_WAITING:
            msg = f"{self._waits} signals wait to be stored: send this again in a moment"
            raise BusyError(msg)
        now = self._clock()
        read = _read(self._reader(), source, body, headers, now)
        kept = None
        if read.rejected and keep_unread and read.body.strip():
            # Kept before anything of it is taken: dying between the two costs a repeat, never the bytes.
            whole = body_of(read.body, headers)
            signal = as_signal(source, whole, now, read.rejected)
            context = self._context._replace(correlation_id=correlation_id)
            kept = whole.sha256 if await self._committer.submit(partial(keep, signal=signal, context=context)) else None
        if not read.signals:
            return Receipt((), read.rejected, kept)
        signals, whole_body = _with_body(read, headers)
        waiting = _Waiting(signals, whole_body, correlation_id, asyncio.get_running_loop().create_future())
        (self._urgent if any(map(_is_severe, signals)) else self._waiting).append(waiting)
        self._waits += len(signals)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work(), name="intake")
        return Receipt(await waiting.done, read.rejected, kept)

    async def drain(self, stream: str, messages: Sequence[RawMessage], dead_letter: DeadLetter) -> list[Taken]:
        """Take a batch of INTAKE messages; when it returns all are stored or dead-lettered and may be acknowledged.

        `stream` is the stream's creation time. It is stored in parts, so that people and webhooks get their turn in between. A
        redelivered message changes nothing. Raises `UnavailableError`: then the batch must be delivered again, as a whole.
        """
        return await self._drain(stream, messages, dead_letter, bulk=True)

    async def _drain(self, stream: str, messages: Sequence[RawMessage], dead_letter: DeadLetter, *, bulk: bool) -> list[Taken]:
        taken, part, size = list[Taken](), _Part([], [], {}), 0
        for message, parsed in _severe_first(await self._read_all(messages)):
            if parsed.rejected:
                # Dead-lettered before the acknowledgement: dying here delivers the message again, and it is kept once.
                letter = message._replace(body=parsed.body)
                await dead_letter(letter, "; ".join(f"item {r.item}: {r.reason}" for r in parsed.rejected))
            size += len(parsed.signals)
            if size > MAX_SIGNALS:
                taken += await self._store(stream, part, dead_letter, bulk=bulk)
                part, size = _Part([], [], {}), len(parsed.signals)
            part.add(message, *_with_body(parsed, message.headers))
        return taken + await self._store(stream, part, dead_letter, bulk=bulk)

    async def let_severe_go_first(self) -> None:
        """Return once the end of the line was looked at, or after half a second: a flood that never ends must not stop it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                await self.looked_ahead.wait()

    async def _read_all(self, messages: Sequence[RawMessage]) -> list[tuple[RawMessage, Read]]:
        now, parse, read, unbroken = self._clock(), self._reader(), list[tuple[RawMessage, Read]](), 0
        for message in messages:
            read.append((message, _read_message(parse, message, now)))
            unbroken += len(read[-1][1].signals)
            if unbroken >= BREATH:
                unbroken = 0
                await asyncio.sleep(0)  # people, and who looks ahead for severe alerts, get their turn
        return read

    async def _store(self, stream: str, part: "_Part", dead_letter: DeadLetter, *, bulk: bool) -> list[Taken]:
        if not part.raw:
            return []
        name = f"intake-{part.raw[-1].place.sequence}"
        context = self._context._replace(correlation_id=name, correlations=part.correlations)
        work = partial(take_in_messages, stream=stream, messages=part.read, context=context)
        try:
            taken = await self._committer.submit(work, bulk=bulk)
        except UnavailableError:
            raise
        except Exception as error:
            if len(part.raw) > 1:  # one message must not cost the others theirs: each is tried alone
                return [fate for message in part.raw for fate in await self._drain(stream, [message], dead_letter, bulk=bulk)]
            log.exception("an INTAKE message could not be stored", sequence=part.raw[0].place.sequence)
            await dead_letter(part.raw[0], repr(error))
            return []
        _log(taken, part.correlations, name)
        return taken

    async def take_ahead(self, stream: str, messages: Sequence[RawMessage], dead_letter: DeadLetter) -> list[Taken]:
        """Take those with a severe alert before their turn; the others are left for it. What is taken is skipped then.

        A message that cannot be read, and one whose tool numbers no episodes, waits for its turn: out of order it would be
        taken for another episode. Raises `UnavailableError`: nothing is lost, its turn still comes.
        """
        now, parse, may_be_severe = self._clock(), self._reader(), self._glance()
        likely = [message for message in messages if may_be_severe(message.source, message.body)]
        urgent = [message for message in likely if _goes_first(_read_message(parse, message, now))]
        return await self._drain(stream, urgent, dead_letter, bulk=False) if urgent else []

    async def _work(self) -> None:
        while self._urgent or self._waiting:
            batch = list[_Waiting]()
            try:
                taken = iter(await self._committer.submit(partial(self._take_waiting, batch=batch)))
            except UnavailableError as error:
                # Without the lock nobody was taken from the line: all who stand in it are told.
                for one in batch or self._next_batch():
                    _fail(one, error)
            except Exception:  # noqa: BLE001 - one caller's signals must not cost the others theirs: each is tried alone
                for one in batch:
                    await self._alone(one)
            else:
                for one in batch:
                    _finish(one, [next(taken) for _ in one.signals])

    def _take_waiting(self, uow: UnitOfWork, batch: list[_Waiting]) -> list[Taken]:
        # Runs under the write lock, on the committer's thread: whoever came until now is in, not only who came before the
        # last commit began.
        batch += self._next_batch()
        return self._take(uow, batch)

    def _next_batch(self) -> list[_Waiting]:
        batch, size = list[_Waiting](), 0
        for line in (self._urgent, self._waiting):
            while line and (not batch or size + len(line[0].signals) <= MAX_SIGNALS):
                batch.append(line.popleft())
                size += len(batch[-1].signals)
        self._waits -= size
        return batch

    def _take(self, uow: UnitOfWork, batch: Sequence[_Waiting]) -> list[Taken]:
        correlations = {(s.source, s.source_event_id): one.correlation_id for one in batch for s in one.signals}
        name = batch[0].correlation_id if len(batch) == 1 else f"batch-{next(self._batches)}-{batch[0].correlation_id}"
        context = self._context._replace(correlation_id=name, correlations=correlations)
        bodies = [one.body for one in batch if one.body]
        return take_in(uow, [signal for one in batch for signal in one.signals], context, bodies)

    async def _alone(self, one: _Waiting) -> None:
        try:
            _finish(one, await self._committer.submit(partial(self._take, batch=[one])))
        except Exception as error:  # noqa: BLE001 - told to the one who sent it
            _fail(one, error)


class _Part(NamedTuple):
    """What of a batch is stored in one unit of work."""

    raw: list[RawMessage]
    read: list[Message]
    correlations: dict[SignalKey, str]

    def add(self, message: RawMessage, signals: Sequence[Signal], body: Body | None) -> None:
        """One message more."""
        self.raw.append(message)
        self.read.append(Message(message.place, signals, body))
        trace = message.headers.get("x-correlation-id") or f"intake-{message.place.sequence}"
        self.correlations.update({(s.source, s.source_event_id): trace for s in signals})


class _Whole(NamedTuple):
    item: int
    reason: str


class _Nothing(NamedTuple):
    signals: Sequence[Signal]
    rejected: Sequence[Rejection]
    body: bytes


def _read(parse: Parse, source: str, body: bytes, headers: Mapping[str, str], now: datetime) -> Read:
    try:
        return parse(source, body, headers, now)
    except NotFoundError:
        raise
    except Exception as error:
        # A defect of ours, or a format that changed: it must not cost the alert.
        log.exception("a format failed", source=source)
        return _Nothing((), (_Whole(0, f"the format failed ({type(error).__name__}): this is a defect of Sporlog's"),), body)


def _read_message(parse: Parse, message: RawMessage, now: datetime) -> Read:
    try:
        return _read(parse, message.source, message.body, message.headers, now)
    except NotFoundError as error:
        return _Nothing((), (_Whole(0, str(error)),), message.body)


def _with_body(read: Read, headers: Mapping[str, str]) -> tuple[Sequence[Signal], Body | None]:
    """Several signals name the body that they came in, which is kept whole; one has it as its own payload."""
    if len(read.signals) == 1 and not read.rejected:
        return read.signals, None
    body = body_of(read.body, headers)
    return [signal._replace(body_sha256=body.sha256) for signal in read.signals], body


def _goes_first(read: Read) -> bool:
    ordered = any(signal.episode and signal.episode == signal.source_event_id for signal in read.signals)
    return not read.rejected and not ordered and any(map(_is_severe, read.signals))


def _severe_first(batch: Sequence[tuple[RawMessage, Read]]) -> Sequence[tuple[RawMessage, Read]]:
    """What is stored in one part keeps its order; of several parts, the severe ones are not in the last."""
    if sum(len(read.signals) for _, read in batch) <= MAX_SIGNALS:
        return batch
    return sorted(batch, key=lambda one: not _goes_first(one[1]))


def _is_severe(signal: Signal) -> bool:
    return signal.severity in {Severity.CRITICAL, Severity.HIGH}


def _finish(one: _Waiting, taken: list[Taken]) -> None:
    _log(taken, {}, one.correlation_id)
    if not one.done.done():  # the caller went away; what was stored stays stored
        one.done.set_result(taken)


def _fail(one: _Waiting, error: Exception) -> None:
    if not one.done.done():
        one.done.set_exception(error)


def _log(taken: Sequence[Taken], correlations: Mapping[SignalKey, str], otherwise: str) -> None:
    # A signal may have got another id than its tool gave it, see `handlers.intake_episodes`.
    for fate in taken:
        if fate.reference is not None and fate.times == 1:
            log.info(
                "incident opened by a signal",
                reference=fate.reference,
                source=fate.source,
                correlation_id=correlations.get((fate.source, fate.source_event_id), otherwise),
            )
