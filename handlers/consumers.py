"""What each durable consumer does with a batch. Returning means the batch may be acknowledged; raising means: again, later."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

import orjson
import structlog

from domain.errors import SporlogError
from domain.events import StoredRow, subject_of
from handlers.intake_door import IntakeDoor, RawMessage
from handlers.ledger_keeper import LedgerKeeper
from handlers.ports import BatchHandler, Delivery
from handlers.projector import Projector
from handlers.reminders import Reminders
from handlers.unit_of_work import IntakePlace

log = structlog.get_logger(__name__)

T = TypeVar("T")
NOTIFICATIONS = "notifications"
"""The handler that makes messages of events; every other one of events is a projection."""


class Letter(NamedTuple):
    """A message that could not be processed. `id` names it: the same one is kept once, however often it is delivered."""

    handler: str
    reason: str
    subject: str
    headers: Mapping[str, str]
    body: bytes
    id: str


DeadLetter = Callable[[Letter], Awaitable[None]]
"""Keep a letter with its reason. Durable on return; raises `UnavailableError` when that cannot be promised."""


class Aside(Protocol):
    """Does work of the followers beside the event loop, one after the other; one that is held up holds up no other for long.

    Python runs one at a time anyway, and each of their many short calls of SQLite hands its lock over: several at once spent a
    sixth of the time under load on that.
    """

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]:
        """Its result, or what it raised, in its turn."""


class Follower(Protocol):
    """Follows the log and passes an event by that it cannot take. Such an event is remembered with the place that it moved to,
    durably, until it is buried: whoever moves on, and whenever the process dies, none is forgotten.
    """  # noqa: D205 - the guarantee is the summary

    def left_out(self) -> Sequence[tuple[StoredRow, str]]:
        """Those that are not buried yet, with the reason, in the log's order."""

    def buried(self, position: int) -> None:
        """That one is among the dead letters. Durable on return."""


Decode = Callable[[Delivery], StoredRow]
"""An event message back to the row that was stored. Raises a `SporlogError` for a message that is none."""


def consume_intake(door: IntakeDoor, dead_letter: DeadLetter) -> BatchHandler:
    """INTAKE messages become signals."""

    async def consume(deliveries: Sequence[Delivery]) -> None:
        door.backlog, door.handed_over = len(deliveries) + deliveries[-1].waiting, deliveries[-1].sequence
        await door.let_severe_go_first()
        # A batch of two incarnations of the stream is taken as two: their sequences are not the same messages.
        for created, group in groupby(deliveries, key=attrgetter("stream_created")):
            await take(created, {IntakePlace(delivery.sequence, delivery.stored_at): delivery for delivery in group})
        door.backlog = deliveries[-1].waiting  # what came since is told with the next batch

    async def take(created: str, deliveries: Mapping[IntakePlace, Delivery]) -> None:
        async def bury(message: RawMessage, reason: str) -> None:
            await dead_letter(_letter("intake", deliveries[message.place], reason))

        await door.drain(created, [_message(place, delivery) for place, delivery in deliveries.items()], bury)

    return consume


def look_ahead(door: IntakeDoor, dead_letter: DeadLetter) -> BatchHandler:
    """Of INTAKE messages that wait behind a backlog, those with a severe alert are taken now: see `IntakeDoor.take_ahead`."""

    async def consume(deliveries: Sequence[Delivery]) -> None:
        for created, group in groupby(deliveries, key=attrgetter("stream_created")):
            by_place = {IntakePlace(delivery.sequence, delivery.stored_at): delivery for delivery in group}

            async def bury(message: RawMessage, reason: str, found: Mapping[IntakePlace, Delivery] = by_place) -> None:
                await dead_letter(_letter("intake", found[message.place], reason))

            await door.take_ahead(created, [_message(place, delivery) for place, delivery in by_place.items()], bury)

    return consume


def _message(place: IntakePlace, delivery: Delivery) -> RawMessage:
    headers = {name.lower(): value for name, value in delivery.headers.items()}
    return RawMessage(place, delivery.subject.partition(".")[2], headers, delivery.data)


def consume_events(
    projector: Projector, decode: Decode, dead_letter: DeadLetter, aside: Aside, moved: Callable[[], None]
) -> BatchHandler:
    """Events become rows of one projection. `moved` is told when the tables show more than before."""
    name = projector.projection.name

    async def consume(deliveries: Sequence[Delivery]) -> None:
        rows = await _rows(name, deliveries, decode, dead_letter)
        applied = await aside(partial(projector.apply, rows))
        for row, reason in applied.rejected:
            log.error("an event was left out of a projection", projection=name, position=row.position, reason=reason)
        if applied.left_out:
            await _bury_left(name, projector, dead_letter, aside)
        moved()
        if log.is_enabled_for(logging.DEBUG):
            _trace(name, rows)

    return consume


def consume_ledger(keeper: LedgerKeeper, decode: Decode, dead_letter: DeadLetter, aside: Aside) -> BatchHandler:
    """Events become leaves. One that differs from what the store or the ledger has is not acknowledged: it is evidence."""

    async def consume(deliveries: Sequence[Delivery]) -> None:
        rows = await _rows("ledger", deliveries, decode, dead_letter)
        await aside(partial(keeper.apply, rows))

    return consume


def consume_reminders(reminders: Reminders, decode: Decode, dead_letter: DeadLetter, aside: Aside) -> BatchHandler:
    """Events become messages in the outbox."""

    async def consume(deliveries: Sequence[Delivery]) -> None:
        rows = await _rows(NOTIFICATIONS, deliveries, decode, dead_letter)
        await aside(partial(reminders.take, rows))
        await _bury_left(NOTIFICATIONS, reminders, dead_letter, aside)

    return consume


async def _rows(handler: str, deliveries: Sequence[Delivery], decode: Decode, dead_letter: DeadLetter) -> list[StoredRow]:
    """The events that were delivered; what is none is a dead letter, durable before the batch is acknowledged."""
    rows: list[StoredRow] = []
    for delivery in deliveries:
        try:
            rows.append(decode(delivery))
        except SporlogError as error:
            await dead_letter(_letter(handler, delivery, str(error)))
    return rows


async def _bury_left(handler: str, follower: Follower, dead_letter: DeadLetter, aside: Aside) -> None:
    """Bury what was left out: by this batch, by a page that caught up, by a process that died before it could."""
    for row, reason in await aside(follower.left_out):
        subject = subject_of(row.topic, row.aggregate_id)
        await dead_letter(Letter(handler, reason, subject, {}, row.state, f"{handler}-{row.position}"))
        # Among the dead letters: killed here it is buried once more by the next batch, and kept once by its id.
        await aside(partial(follower.buried, row.position))


def _trace(projection: str, rows: Sequence[StoredRow]) -> None:
    """One line an event: with the correlation id, an alert can be followed from its request to the read model."""
    for row in rows:
        correlation_id = orjson.loads(row.state)["meta"]["correlation_id"]
        log.debug("projected", projection=projection, position=row.position, correlation_id=correlation_id)


def _letter(handler: str, delivery: Delivery, reason: str) -> Letter:
    identity = f"{handler}-{delivery.stream_created}-{delivery.sequence}-{delivery.stored_at}"
    return Letter(handler, reason, delivery.subject, delivery.headers, delivery.data, identity)
