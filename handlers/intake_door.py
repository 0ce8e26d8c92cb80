"""The two drivers of the one intake function: webhooks, which go straight to the store, and batches of the INTAKE stream."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import count
from typing import NamedTuple, Protocol
from uuid import UUID

import structlog

from domain.errors import NotFoundError, UnavailableError
from domain.signals import Signal
from handlers.intake import IntakeContext, Message, Taken, take_in, take_in_messages
from handlers.unit_of_work import Committer, IntakePlace, SignalKey, UnitOfWork

log = structlog.get_logger(__name__)

MAX_SIGNALS = 1000
"""Signals in one unit of work; what waits beyond them goes into the next."""


class Rejection(Protocol):
    """One thing that was not taken: `item` counts from 1, 0 is the body as a whole."""

    @property
    def item(self) -> int:
        """Which."""

    @property
    def reason(self) -> str:
        """Why, without quoting the body."""


class Read(Protocol):
    """What a format made of a body."""

    @property
    def signals(self) -> Sequence[Signal]:
        """Taken, in the order received."""

    @property
    def rejected(self) -> Sequence[Rejection]:
        """Not taken."""


Parse = Callable[[str, bytes, Mapping[str, str], datetime], Read]
"""Source instance, body, lower-cased headers, arrival time: to what is in it. `NotFoundError` for an unknown source."""


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


class _Waiting(NamedTuple):
    signals: Sequence[Signal]
    correlation_id: str
    done: asyncio.Future[list[Taken]]


class IntakeDoor:
    """Takes alerts in. What arrives while a commit is under way is gathered into the next one, packed into few events."""

    def __init__(
        self,
        committer: Committer,
        parse: Parse,
        *,
        entity: str,
        new_ids: Iterator[UUID],
        clock: Callable[[], datetime],
    ) -> None:
        self._committer, self._parse, self._clock = committer, parse, clock
        self._context = IntakeContext(entity, "", new_ids)
        self._waiting: deque[_Waiting] = deque()
        self._working: asyncio.Task[None] | None = None
        self._batches = count(1)

    async def take(self, source: str, body: bytes, headers: Mapping[str, str], correlation_id: str) -> Receipt:
        """Take one webhook's body. Durable on return; works while NATS is down.

        Raises `NotFoundError` for an unknown source and `UnavailableError` when the store takes nothing: send it again.
        """
        read = self._parse(source, body, headers, self._clock())
        if not read.signals:
            return Receipt((), read.rejected)
        done: asyncio.Future[list[Taken]] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(read.signals, correlation_id, done))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work(), name="intake")
        return Receipt(await done, read.rejected)

    async def drain(self, stream: str, messages: Sequence[RawMessage], dead_letter: DeadLetter) -> list[Taken]:
        """Take a batch of INTAKE messages; when it returns all are stored or dead-lettered and may be acknowledged.

        `stream` is the stream's creation time. A redelivered message changes nothing. Raises `UnavailableError`: then nothing
        of the batch was stored, and the whole batch must be delivered again.
        """
        read, correlations = list[Message](), dict[SignalKey, str]()
        now = self._clock()
        for message in messages:
            parsed = self._read(message, now)
            if parsed.rejected:
                # Dead-lettered before the acknowledgement: dying here delivers the message again, and it is kept once.
                await dead_letter(message, "; ".join(f"item {r.item}: {r.reason}" for r in parsed.rejected))
            read.append(Message(message.place, parsed.signals))
            trace = message.headers.get("x-correlation-id") or f"intake-{message.place.sequence}"
            correlations.update({(s.source, s.source_event_id): trace for s in parsed.signals})
        context = self._context._replace(correlation_id=f"intake-{messages[-1].place.sequence}", correlations=correlations)
        try:
            taken = await self._committer.submit(partial(take_in_messages, stream=stream, messages=read, context=context))
        except UnavailableError:
            raise
        except Exception as error:
            if len(messages) > 1:  # one message must not cost the others theirs: each is tried alone
                return [fate for message in messages for fate in await self.drain(stream, [message], dead_letter)]
            log.exception("an INTAKE message could not be stored", sequence=messages[0].place.sequence)
            await dead_letter(messages[0], repr(error))
            return []
        _log(taken, correlations)
        return taken

    def _read(self, message: RawMessage, now: datetime) -> Read:
        try:
            return self._parse(message.source, message.body, message.headers, now)
        except NotFoundError as error:
            return _Nothing((), (_Whole(0, str(error)),))

    async def _work(self) -> None:
        while self._waiting:
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
        while self._waiting and (not batch or size + len(self._waiting[0].signals) <= MAX_SIGNALS):
            batch.append(self._waiting.popleft())
            size += len(batch[-1].signals)
        return batch

    def _take(self, uow: UnitOfWork, batch: Sequence[_Waiting]) -> list[Taken]:
        correlations = {(s.source, s.source_event_id): one.correlation_id for one in batch for s in one.signals}
        name = batch[0].correlation_id if len(batch) == 1 else f"batch-{next(self._batches)}-{batch[0].correlation_id}"
        context = self._context._replace(correlation_id=name, correlations=correlations)
        return take_in(uow, [signal for one in batch for signal in one.signals], context)

    async def _alone(self, one: _Waiting) -> None:
        try:
            _finish(one, await self._committer.submit(partial(self._take, batch=[one])))
        except Exception as error:  # noqa: BLE001 - told to the one who sent it
            _fail(one, error)


class _Whole(NamedTuple):
    item: int
    reason: str


class _Nothing(NamedTuple):
    signals: Sequence[Signal]
    rejected: Sequence[Rejection]


def _finish(one: _Waiting, taken: list[Taken]) -> None:
    _log(taken, {(s.source, s.source_event_id): one.correlation_id for s in one.signals})
    if not one.done.done():  # the caller went away; what was stored stays stored
        one.done.set_result(taken)


def _fail(one: _Waiting, error: Exception) -> None:
    if not one.done.done():
        one.done.set_exception(error)


def _log(taken: Sequence[Taken], correlations: Mapping[SignalKey, str]) -> None:
    for fate in taken:
        if fate.reference is not None and fate.times == 1:
            log.info(
                "incident opened by a signal",
                reference=fate.reference,
                source=fate.source,
                correlation_id=correlations[fate.source, fate.source_event_id],
            )
