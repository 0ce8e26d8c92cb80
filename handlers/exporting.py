"""What goes into a bundle, in the order of the log, and the record that it left."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from domain.audit.events import AUDIT, BundleExported
from domain.audit.reach import Reach
from domain.catalogue.events import OBJECT_TOPICS
from domain.errors import InvalidInputError, RefusedError
from domain.events import DomainEvent, Recorded, StoredRow
from domain.intake.events import INTAKE
from domain.organisation.events import ORGANISATION
from handlers.desk import Desk
from handlers.history import History
from handlers.unit_of_work import UnitOfWork

CHUNK = 1000


class NothingToExportError(InvalidInputError):
    """Nothing of what was asked for is in the log up to the checkpoint that would prove it."""

    code = "nothing-to-export"


class NamesHiddenError(RefusedError):
    """Stored bytes are given whole or not at all, and these name an incident that the asker may not see."""

    code = "names-hidden-incident"


class Wanted(NamedTuple):
    """One incident by its reference; else all incidents on which something was recorded in [since, before), aware; else all."""

    reference: str | None = None
    since: datetime | None = None
    before: datetime | None = None

    @property
    def of(self) -> Literal["incident", "period", "all"]:
        """Which of the three."""
        return "incident" if self.reference else "all" if self.since is None else "period"


class Chosen(NamedTuple):
    """What that is, as of position `upto`: whole incidents in the order of their beginning, and what they refer to.

    `settings` are positions in the organisation's and the intake's streams, and in those of `objects`, the catalogue's that
    are referred to. With `everything` the whole log is meant.
    """

    incidents: tuple[UUID, ...]
    settings: frozenset[int]
    upto: int
    objects: tuple[UUID, ...] = ()
    everything: bool = False


def last_position(desk: Desk, wanted: Wanted) -> int:
    """Up to where a checkpoint must reach to prove all of what is wanted. Raises `NotFoundError`."""
    if wanted.reference is None:
        return desk.history.head()
    return desk.history.read_stream(desk.find(wanted.reference))[-1].position


def choose(desk: Desk, wanted: Wanted, upto: int) -> Chosen:
    """Raises `NotFoundError` for a reference that may not be seen, `NothingToExportError`, `NamesHiddenError`."""
    history = desk.history
    incidents = [desk.find(wanted.reference)] if wanted.reference else _recorded_on(history, wanted, upto)
    reach, found = Reach(), list[UUID]()
    for incident in incidents:
        stream = history.read_stream(incident, upto=upto)
        found += [incident] if stream else []
        for recorded in stream:
            reach.see(recorded)
            if not all(map(desk.sees, _named(recorded.event))):
                msg = (
                    f"event {recorded.position} names an incident that you may not see: ask whoever may see all for the bundle"
                )
                raise NamesHiddenError(msg)
    if not found and wanted.of != "all":
        msg = f"nothing of {wanted.reference or 'that period'} is within the log's latest checkpoint, of position {upto}"
        raise NothingToExportError(msg)
    if wanted.of == "all":
        return Chosen(tuple(found), frozenset(), upto, everything=True)
    settings = (*history.read_stream(ORGANISATION, upto=upto), *history.read_stream(INTAKE, upto=upto))
    objects = reach.referred_objects(list(_catalogue(history, upto))) if reach.names_objects else {}
    referred = {*reach.referred(settings), *(position for positions in objects.values() for position in positions)}
    return Chosen(tuple(found), frozenset(referred), upto, tuple(objects))


def _catalogue(history: History, upto: int) -> Iterator[Recorded]:
    after = 0
    while events := history.read(after, CHUNK, upto=upto, topics=sorted(OBJECT_TOPICS)):
        yield from events
        after = events[-1].position


def _named(event: DomainEvent) -> Iterator[UUID]:
    for name in type(event).model_fields:
        match getattr(event, name):
            case UUID() as one:
                yield one
            case (UUID(), *_) as several:
                yield from several
            case _:
                pass


def _recorded_on(history: History, wanted: Wanted, upto: int) -> list[UUID]:
    after = 0 if wanted.since is None else history.position_before(wanted.since)
    last = upto if wanted.before is None else min(upto, history.position_before(wanted.before))
    found = dict[UUID, None]()
    for row in _log(history, after, last):
        if row.topic.startswith("incident."):
            found[row.aggregate_id] = None
    return list(found)


def rows_of(history: History, chosen: Chosen) -> Iterator[StoredRow]:
    """The chosen events' stored bytes, by position. Several incidents are picked out of one pass over the log."""
    if chosen.everything:
        yield from _log(history, 0, chosen.upto)
    elif len(chosen.incidents) == 1:
        streams = (*chosen.incidents, ORGANISATION, INTAKE, *chosen.objects)
        found = [row for stream in streams for row in history.stream_rows(stream, upto=chosen.upto)]
        own = chosen.incidents[0]
        yield from sorted(row for row in found if row.aggregate_id == own or row.position in chosen.settings)
    else:
        wanted = frozenset(chosen.incidents)
        for row in _log(history, 0, chosen.upto):
            if row.aggregate_id in wanted or row.position in chosen.settings:
                yield row


def _log(history: History, after: int, upto: int) -> Iterator[StoredRow]:
    while rows := history.rows(after, CHUNK, upto=upto):
        yield from rows
        after = rows[-1].position


def record_export(uow: UnitOfWork, exported: BundleExported) -> int:
    """Note that a bundle left. Its bytes must be durable already: what is told of them here is then true for good."""
    return uow.append(AUDIT, [exported], expected=uow.version(AUDIT))
