"""Which incidents are there, and how far is each?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from heapq import nlargest
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, Integer, MetaData, Table, func, select, type_coerce

from domain.catalogue.landscape import lookup_keys
from domain.events import Recorded, StoredRow
from domain.incident import events as e
from domain.incident.state import Incident, Status
from domain.organisation.access import Scope
from domain.signals import Severity, SignalsRepeated
from projections import views
from projections.columns import Id, Instant, OneOf, Words, instant_of
from projections.incident_rows import (
    ALL,
    COUNTED,
    JUDGEMENTS,
    QUIET,
    REPORTED,
    advance,
    begin,
    duties_of,
    ending,
    state_columns,
    state_of,
    title_columns,
    title_told,
)
from projections.projection import Bucket, Entry, kv_document, kv_key, pick
from projections.rows import Row, Rows, TableRows, in_parts, read_all
from projections.scoping import within
from projections.tallies import Tallies
from projections.upsert import ADDED

METADATA = MetaData()
INCIDENTS = Table(
    "incidents",
    METADATA,
    *state_columns(),
    Column("occurred_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("assessed_at", Instant),
    Column("closed_at", Instant),
    Column("close_reason", OneOf(e.CloseReason)),
    Column("signal_count", BigInteger, nullable=False),
    Column("demo", Boolean, nullable=False),
    *title_columns(),
    Column("next_duty", Words),
    Column("next_due_at", Instant),
    Column("position", BigInteger, nullable=False),
    Index("incidents_next_due", "next_due_at"),
    Index("incidents_reference", "reference"),
    Index("incidents_position", "position"),
    Index("incidents_entity", "entity", "status"),
)
SERVICES = Table(
    "services",
    METADATA,
    Column("service", Words, primary_key=True),
    *(Column(severity.value, Integer, nullable=False, info=ADDED) for severity in Severity),
    Column("position", BigInteger, nullable=False),
    Index("services_position", "position"),
)
TOUCHED = Table(
    "touched",
    METADATA,
    Column("name", Words, primary_key=True),
    Column("told", Words, primary_key=True),
    Column("incident_id", Id, primary_key=True),
    Column("gone", Boolean, nullable=False),
    Index("touched_incident", "incident_id"),
)
"""Which incident told of which service or component: `told` is its name without capitals, `name` what it is looked up by."""

NAMES = 30_000
"""A question: what both databases take, since so many small questions cost more than a large one."""
_SIGNALS = frozenset({SignalsRepeated.TOPIC})
_DEGRADED = e.ServiceDegraded.TOPIC
_STALE = object()
"""Stands in `next_duty` while a clock may have moved: the duties are computed once, when the row is written."""


class Register:
    """The fold of the register.

    `incidents` has one row per incident, `services` the open incidents of each service, `touched` the names that each told of.
    """

    name = "register"
    revision = 4
    metadata = METADATA
    topics = (ALL - QUIET) | _SIGNALS | {_DEGRADED}
    places = QUIET - {_DEGRADED}
    views = (views.INCIDENTS,)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """One document per incident, and one per service."""
        return Bucket("register", _incident_documents), Bucket("services", _service_documents)

    def prefetch(self, rows: Rows, batch: Sequence[StoredRow]) -> None:
        """The incidents; services are counted."""
        rows[INCIDENTS].fetch({row.aggregate_id for row in batch if row.topic not in _SIGNALS})

    def fold(self, rows: Rows, entry: Entry) -> bool:
        """See `Projection.fold`."""
        topic, incidents = entry.topic, rows[INCIDENTS]
        if topic in _SIGNALS:
            _count_repeats(incidents, cast("Recorded", entry))
            return True
        if topic == REPORTED:
            row = incidents.add(_reported(cast("Recorded", entry)))
            _recount(rows.tallies(SERVICES), None, state_of(row), entry.position)
            # A new incident told of nothing before: nothing needs to be looked up.
            for told in {lookup_keys(name)[0] for name in _hit(row)}:
                for key in lookup_keys(told):
                    rows[TOUCHED].add(_touched(key, told, entry.aggregate_id) | {"gone": False})
            return True
        known = incidents.change(entry.aggregate_id)
        if known is None:
            return False
        known["version"], known["position"] = entry.version, entry.position
        if topic in COUNTED:
            sign = 1 if topic == e.SignalAttached.TOPIC else -1
            known["signal_count"] += sign * len(cast("Any", entry).event.signals)
        elif topic == _DEGRADED:
            _touch(rows[TOUCHED], entry.aggregate_id, _NOBODY, (cast("Any", entry).event.service,))
        elif topic not in QUIET:
            before = _hit(known)
            _step(known, rows.tallies(SERVICES), cast("Recorded", entry))
            if known["disposed"]:
                rows[TOUCHED].remove("incident_id", entry.aggregate_id)
            else:
                _touch(rows[TOUCHED], entry.aggregate_id, before, _hit(known))
        return True

    def complete(self, rows: Rows) -> None:
        """Compute the next duty of the incidents whose clocks may have moved."""
        for row in rows[INCIDENTS].changed():
            if row["next_duty"] is _STALE:
                owed = [d for d in duties_of(state_of(row), row["recorded_at"], row["assessed_at"]) if d.owed]
                row["next_duty"] = owed[0].deadline.kind.value if owed else None
                row["next_due_at"] = owed[0].deadline.due_at if owed else None


def _reported(recorded: Recorded) -> Row:
    event = cast("e.Reported", recorded.event)
    return {
        **begin(recorded),
        "occurred_at": event.meta.occurred_at,
        "recorded_at": instant_of(recorded.recorded_at_us),
        "assessed_at": None,
        "closed_at": None,
        "close_reason": None,
        "signal_count": 0,
        "demo": event.meta.demo is True,
        **title_told(recorded),
        "next_duty": _STALE,
        "next_due_at": None,
        "position": recorded.position,
    }


def _step(row: Row, services: Tallies, recorded: Recorded) -> None:
    before, written = advance(row, recorded)
    row["next_duty"] = _STALE
    row |= title_told(recorded) | ending(recorded)
    if isinstance(recorded.event, JUDGEMENTS):
        row["assessed_at"] = row["assessed_at"] or recorded.event.meta.occurred_at
    if not _BURDEN.isdisjoint(written) and _burden(before) != _burden(after := state_of(row)):
        _recount(services, before, after, recorded.position)


_BURDEN = frozenset({"status", "severity", "services"})


def _burden(incident: Incident) -> tuple[Any, ...]:
    return incident.status is Status.CLOSED, incident.severity, incident.services


def _recount(services: Tallies, before: Incident | None, after: Incident, position: int) -> None:
    for incident, change in ((before, -1), (after, 1)):
        if incident is None or incident.status is Status.CLOSED:
            continue
        for service in dict.fromkeys(incident.services):
            none = {severity.value: 0 for severity in Severity}
            services.add({"service": service, **none, incident.severity.value: change, "position": position})


_Names = tuple[str, ...]
_NOBODY: _Names = ()


def _hit(row: Row) -> _Names:
    return (*row["services"], *row["components"])


def _touch(touched: TableRows, incident: UUID, before: _Names, after: _Names) -> None:
    if before == after:
        return
    named, names = ({lookup_keys(name)[0] for name in names} for names in (before, after))
    for told in named ^ names:
        for key in lookup_keys(told):
            row = touched.change((key, told, incident)) or touched.add(_touched(key, told, incident))
            row["gone"] = told not in names


def _touched(key: str, told: str, incident: UUID) -> Row:
    return {"name": key, "told": told, "incident_id": incident}


def _count_repeats(incidents: TableRows, recorded: Recorded) -> None:
    for repeat in cast("SignalsRepeated", recorded.event).repeats:
        row = incidents.change(repeat.incident_id) if repeat.incident_id else None
        if row is not None:
            row["signal_count"] += repeat.count
            row["position"] = recorded.position


_SHOWN = (
    *("id", "reference", "entity", "status", "kind", "severity", "nis2_category", "significant", "approved", "occurred_at"),
    *("detected_at", "recorded_at", "aware_at", "assessed_at", "handled_at", "closed_at", "close_reason", "services"),
    *("signal_count", "next_duty", "next_due_at", "administration", "exercise", "demo", "held_at", "version", "position"),
)


def _incident_documents(connection: Connection, after: int) -> Iterator[tuple[str, bytes]]:
    for row in read_all(connection, select(INCIDENTS).where(INCIDENTS.c.position > after)):
        yield kv_key(row["reference"]), b"" if row["disposed"] else kv_document(pick(row, _SHOWN))


def _service_documents(connection: Connection, after: int) -> Iterator[tuple[str, bytes]]:
    for row in read_all(connection, select(SERVICES).where(SERVICES.c.position > after)):
        count = sum(row[severity.value] for severity in Severity)
        shown = {**pick(row, ("service", "position")), "open_incidents": count, "worst_severity": worst_severity(row)}
        yield kv_key(row["service"]), kv_document(shown)


def worst_severity(row: Row) -> str | None:
    """The worst severity among a service's open incidents; None when it has none."""
    return next((severity.value for severity in Severity if row[severity.value]), None)


def incidents(
    connection: Connection,
    *,
    open_only: bool = False,
    status: str | None = None,
    since: int = 0,
    limit: int | None = None,
    scope: Scope = None,
) -> list[Row]:
    """Incidents whose row changed after position `since`: who owes something first comes first, then the newest.

    A row has the columns of `INCIDENTS`; times are aware and UTC.
    """
    query = select(INCIDENTS).where(INCIDENTS.c.position > since, within(scope, INCIDENTS.c.entity, INCIDENTS.c.id))
    if open_only:
        query = query.where(INCIDENTS.c.status != Status.CLOSED)
    if status is not None:
        query = query.where(INCIDENTS.c.status == status)
    first_owed = (INCIDENTS.c.next_due_at.is_(None), INCIDENTS.c.next_due_at)
    return read_all(connection, query.order_by(*first_owed, INCIDENTS.c.recorded_at.desc(), INCIDENTS.c.id).limit(limit))


def closed_before(connection: Connection, instant: datetime) -> list[Row]:
    """Incidents that were closed before then, as told, and are closed still: what a retention period may have passed for."""
    query = select(INCIDENTS).where(INCIDENTS.c.status == Status.CLOSED, INCIDENTS.c.closed_at < instant)
    return read_all(connection, query.order_by(INCIDENTS.c.closed_at, INCIDENTS.c.id))


def by_reference(connection: Connection, reference: str) -> Row | None:
    """One incident by its reference as stored."""
    return next(iter(read_all(connection, select(INCIDENTS).where(INCIDENTS.c.reference == reference))), None)


def by_id(connection: Connection, incident_id: UUID) -> Row | None:
    """One incident by its UUID."""
    return next(iter(read_all(connection, select(INCIDENTS).where(INCIDENTS.c.id == incident_id))), None)


def counts(connection: Connection, scope: Scope = None) -> dict[str, int]:
    """How many incidents have each status; every status is there."""
    query = (
        select(INCIDENTS.c.status, func.count())
        .where(within(scope, INCIDENTS.c.entity, INCIDENTS.c.id))
        .group_by(INCIDENTS.c.status)
    )
    return {status.value: 0 for status in Status} | {row[0].value: row[1] for row in connection.execute(query)}


def services(connection: Connection) -> list[Row]:
    """Every service that ever had an incident: service, its open incidents by severity, position."""
    return read_all(connection, select(SERVICES).order_by(SERVICES.c.service))


def names_touched(connection: Connection, keys: Iterable[str]) -> list[str]:
    """The names, without capitals, by which incidents told of what is looked up by one of these keys."""
    found: set[str] = set()
    for some in in_parts(keys, NAMES):
        query = select(TOUCHED.c.told).where(TOUCHED.c.name.in_(some), TOUCHED.c.gone.is_(False)).distinct()
        found.update(connection.execute(query).scalars())
    return sorted(found)


class Touching(NamedTuple):
    """Incidents that told of something: how many, and the newest of them."""

    total: int
    newest: list[Row]


def touching(connection: Connection, told: Iterable[str], *, limit: int, scope: Scope = None) -> Touching:
    """The incidents that told of one of these names (see `names_touched`), the newest first: columns of `INCIDENTS`."""
    found: dict[str, str] = {}
    id_, occurred = (type_coerce(column, Words) for column in (INCIDENTS.c.id, INCIDENTS.c.occurred_at))
    for some in in_parts(told, NAMES):
        # Each told name is looked up by itself, too: that row is enough.
        hit = select(TOUCHED.c.incident_id).where(
            TOUCHED.c.name.in_(some), TOUCHED.c.told == TOUCHED.c.name, TOUCHED.c.gone.is_(False)
        )
        wanted = (INCIDENTS.c.id.in_(hit), within(scope, INCIDENTS.c.entity, INCIDENTS.c.id))
        found.update(connection.execute(select(id_, occurred).where(*wanted)).all())
    # As text they sort as they do as times, and most are only counted.
    newest = nlargest(limit, ((at, one) for one, at in found.items()))
    rows = read_all(connection, select(INCIDENTS).where(id_.in_([one for _, one in newest])))
    return Touching(len(found), sorted(rows, key=lambda row: (row["occurred_at"], str(row["id"])), reverse=True))
