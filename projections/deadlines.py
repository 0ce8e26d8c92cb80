"""What is due when, and was it met? Nothing here depends on the clock on the wall: what is overdue is computed on reading."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, cast
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, MetaData, Select, Table, and_, select

from domain.deadline_rules import AWAITED, OUR_LIMITS_IN_LAW, DeadlineKind
from domain.deadlines import Duty
from domain.events import Recorded, StoredRow
from domain.incident.events import Disposed
from domain.organisation.access import Scope
from domain.reminders import Reached, reached, rungs
from projections import views
from projections.columns import Id, Instant, Words, instant_of
from projections.incident_rows import JUDGEMENTS, REPORTED, TELLING, advance, begin, duties_of, state_columns, state_of
from projections.projection import Bucket, Entry, kv_document, kv_key, pick
from projections.rows import Row, Rows, TableRows, read_all
from projections.scoping import within

METADATA = MetaData()
CLOCKS = Table(
    "clocks",
    METADATA,
    *state_columns(),
    Column("recorded_at", Instant, nullable=False),
    Column("assessed_at", Instant),
    Column("position", BigInteger, nullable=False),
    Index("clocks_position", "position"),
)
DEADLINES = Table(
    "deadlines",
    METADATA,
    Column("incident_id", Id, primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("trigger_name", Words, nullable=False),
    Column("triggered_at", Instant, nullable=False),
    Column("rule", Words, nullable=False),
    Column("paragraph", Words, nullable=False),
    Column("statutory", Boolean, nullable=False),
    Column("discharged_at", Instant),
    Column("late", Boolean, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("missed", Boolean, nullable=False),
    Index("deadlines_due", "due_at"),
)
_CLOCKS = (
    *("detected_at", "significant", "aware_at", "handled_at", "status", "sent", "missed", "trust_service"),
    *("triggers", "dues", "awaiting", "merged_into"),
)
"""All of the state that the deadlines follow from."""
_clocks = attrgetter(*_CLOCKS)
KINDS = tuple(kind.value for kind in DeadlineKind)


class Deadlines:
    """The fold of the deadlines: a row per incident and kind that was ever owed, and the state that the clocks follow from."""

    name = "deadlines"
    revision = 3
    metadata = METADATA
    topics = TELLING
    places: frozenset[str] = frozenset()
    views = (views.DEADLINES,)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """One document per incident."""
        return (Bucket("deadlines", _documents),)

    def prefetch(self, rows: Rows, batch: Sequence[StoredRow]) -> None:
        """The clocks of the incidents, and whatever deadlines they have."""
        ids = dict.fromkeys(row.aggregate_id for row in batch)
        rows[CLOCKS].fetch(ids)
        rows[DEADLINES].fetch((incident_id, kind) for incident_id in ids for kind in KINDS)

    def fold(self, rows: Rows, entry: Entry) -> bool:
        """See `Projection.fold`."""
        recorded, clocks = cast("Recorded", entry), rows[CLOCKS]
        if recorded.topic == REPORTED:
            at = instant_of(recorded.recorded_at_us)
            row = clocks.add({**begin(recorded), "recorded_at": at, "assessed_at": None, "position": recorded.position})
        elif (known := clocks.change(recorded.aggregate_id)) is not None:
            before, written = advance(row := known, recorded)
            row["position"] = recorded.position
            if isinstance(recorded.event, Disposed):
                rows[DEADLINES].remove("incident_id", recorded.aggregate_id)
                return True
            if isinstance(recorded.event, JUDGEMENTS):
                row["assessed_at"] = row["assessed_at"] or recorded.event.meta.occurred_at
            if written.isdisjoint(_CLOCKS) or _clocks(before) == _clocks(state_of(row)):
                return True
        else:
            return False
        _settle(row, rows[DEADLINES])
        return True

    def complete(self, rows: Rows) -> None:
        """Nothing is left over: a clock that started and ended within one batch has its row too."""


def _settle(clock: Row, deadlines: TableRows) -> None:
    incident = state_of(clock)
    owed = {duty.deadline.kind.value: duty for duty in duties_of(incident, clock["recorded_at"], clock["assessed_at"])}
    for kind in KINDS:
        key = (incident.id, kind)
        row = deadlines.find(key)
        if kind in owed:
            missed = incident.has_missed(kind, owed[kind].deadline.due_at)
            wanted = {"incident_id": incident.id, "kind": kind, "missed": missed, **_columns(owed[kind])}
        elif row is not None:
            # No longer owed, yet the row stays: it was due once, and what was missed stays missed.
            wanted = {**row, "cancelled": True, "missed": incident.has_missed(kind, row["due_at"])}
        else:
            continue
        if wanted != row:
            deadlines.add(wanted)


def _columns(duty: Duty) -> Row:
    deadline = duty.deadline
    return {
        "due_at": deadline.due_at,
        "trigger_name": deadline.trigger,
        "triggered_at": deadline.triggered_at,
        "rule": deadline.rule,
        "paragraph": deadline.paragraph,
        "statutory": deadline.statutory,
        "discharged_at": duty.discharged_at,
        "late": duty.late,
        "cancelled": False,
    }


def _open() -> Any:  # noqa: ANN401 - an SQL condition
    return and_(DEADLINES.c.discharged_at.is_(None), DEADLINES.c.cancelled.is_(False))


def next_duties(connection: Connection, *, limit: int | None = None, scope: Scope = None) -> list[Row]:
    """What we owe over all incidents, earliest first, the overdue too: a deadline's columns, reference, severity, status."""
    ours = DEADLINES.c.rule.not_in(AWAITED)
    query = _joined().where(_open(), ours, within(scope, CLOCKS.c.entity))
    return read_all(connection, query.order_by(DEADLINES.c.due_at, DEADLINES.c.kind).limit(limit))


def of_changed(connection: Connection, after: int) -> list[Row]:
    """Every deadline, met, owed or cancelled, of the incidents whose clocks an event after `after` touched; with `position`."""
    return read_all(connection, _joined().where(CLOCKS.c.position > after))


def of_incident(connection: Connection, incident_id: UUID) -> list[Row]:
    """Every deadline that the incident ever had, met, owed or cancelled, earliest first."""
    mine = _joined().where(DEADLINES.c.incident_id == incident_id)
    return read_all(connection, mine.order_by(DEADLINES.c.due_at, DEADLINES.c.kind))


def is_open(row: Row) -> bool:
    """Neither met nor cancelled."""
    return row["discharged_at"] is None and not row["cancelled"]


def rungs_of(row: Row) -> tuple[Reached, ...]:
    """The reminders of a deadline and, of our limits in law, the miss; earliest first."""
    return rungs(row["kind"], row["triggered_at"], row["due_at"], limit_in_law=row["rule"] in OUR_LIMITS_IN_LAW)


def to_note(row: Row, now: datetime) -> tuple[Reached, ...]:
    """What the log is to hold of an open deadline at `now`: the latest rung, and the miss. Nothing more once that is noted."""
    return () if row["missed"] else reached(rungs_of(row), now)


def is_overdue(row: Row, now: datetime) -> bool:
    """Not done at `now` and past the limit, whoever owes it; at the limit itself it is not."""
    return is_open(row) and now > row["due_at"]


def _documents(connection: Connection, after: int) -> Iterator[tuple[str, bytes]]:
    gone = select(CLOCKS.c.reference).where(CLOCKS.c.disposed.is_(True), CLOCKS.c.position > after)
    yield from ((kv_key(row["reference"]), b"") for row in read_all(connection, gone))
    changed = _joined().where(CLOCKS.c.position > after).order_by(DEADLINES.c.incident_id, DEADLINES.c.due_at, DEADLINES.c.kind)
    for incident_id, rows in groupby(read_all(connection, changed), key=itemgetter("incident_id")):
        clocks = list(rows)
        shown = {"id": incident_id, "deadlines": [pick(row, _SHOWN) for row in clocks]}
        yield kv_key(clocks[0]["reference"]), kv_document({**shown, **pick(clocks[0], ("reference", "position"))})


_SHOWN = (
    *("kind", "due_at", "trigger_name", "triggered_at", "rule", "paragraph", "statutory"),
    *("discharged_at", "late", "cancelled", "missed"),
)


def _joined() -> Select[Any]:
    columns = (CLOCKS.c.reference, CLOCKS.c.severity, CLOCKS.c.status, CLOCKS.c.position)
    return select(*DEADLINES.c, *columns).join_from(DEADLINES, CLOCKS, CLOCKS.c.id == DEADLINES.c.incident_id)
