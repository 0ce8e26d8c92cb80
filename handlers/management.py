"""Gathers what the management report is made of, as the log stood at one position, and records that the board treated it.

The same position, period and administration give the same facts for ever: what is overdue is so at the time of the last event,
and the critical services are those of the catalogue at the period's end. No clock is read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Connection

from domain.catalogue.board import critical_list, list_sha256
from domain.catalogue.classes import CRITICAL_CLASSES, ServiceClass
from domain.catalogue.impact import stands_on
from domain.catalogue.kinds import Kind, ServiceFacts
from domain.catalogue.landscape import Landscape
from domain.catalogue.ties import Tie
from domain.errors import NotFoundError
from domain.management.facts import Act, Attempts, Board, Case, Facts, Limit, Outage, Recurrence, Service, Trace
from domain.management.outages import Told, outages_of
from domain.management.period import Period
from domain.recurrence import MONTHS, Cause, recurrences
from handlers.history import History
from projections import catalogue
from projections import reporting_queries as ask
from projections.incident_rows import duties_of, state_of
from projections.reporting_tables import ALL_TOGETHER
from projections.rows import Row
from projections.table_set import reached

Open = Callable[[], AbstractContextManager[Connection]]
HALF_A_YEAR = timedelta(days=31 * MONTHS)


class NoEventsError(NotFoundError):
    """The log holds no event at that position: there is nothing to report on."""

    code = "no-events"


@dataclass(frozen=True)
class Tables:
    """Where the facts are: the tables as they are now, caught up by whoever asks, and as they stood after a position."""

    history: History
    reporting: Open
    catalogue: Open
    past: Callable[[str, int], AbstractContextManager[Connection]]


class Wanted(NamedTuple):
    """Which report. `position` None: as the tables are now."""

    period: Period
    administration: str | None = None
    position: int | None = None


class Gathered(NamedTuple):
    """The facts of the period and of the one before, and the reports that the executive board treated until then."""

    wanted: Wanted
    now: Facts
    before: Facts
    treatments: list[Row]
    administrations: tuple[str, ...]


def gather(tables: Tables, wanted: Wanted) -> Gathered:
    """Everything that is to be counted. Reads databases: call it beside an event loop. Raises `NoEventsError`."""
    with _reporting(tables, wanted.position) as (connection, position):
        last = tables.history.rows(position - 1, 1) if position else []
        if not last:
            msg = f"there is no event at position {position}: register an incident first, or ask for a lower position"
            raise NoEventsError(msg)
        now = datetime.fromtimestamp(last[0].recorded_at_us / 1_000_000, UTC)
        found = _read(connection, wanted, now)
        treatments, administrations = ask.treatments(connection), tuple(ask.administrations(connection))
    upto = min(position, tables.history.position_before(wanted.period.end))
    services, board, reach = _critical(tables, upto, wanted.administration)
    # Each once, however many periods they are told of.
    limits = [one for row in found.clocked for one in _limits(row, reach)]
    stands = Facts(wanted.period, now, position, limits=limits, outages=_outages(found, reach), services=services, board=board)
    facts, before = (_facts(replace(stands, period=one), found, reach) for one in (wanted.period, wanted.period.before))
    # The period before is there to be compared with, and what recurs is compared with nothing.
    facts = replace(facts, recurring=_recurring(found.caused, wanted.period))
    return Gathered(wanted._replace(position=position), facts, before, treatments, administrations)


class _Found(NamedTuple):
    """Rows of both periods."""

    registered: Mapping[str, Sequence[tuple[Any, ...]]]
    acts: Sequence[Row]
    silences: Sequence[Row]
    told: Sequence[Row]
    merged: Sequence[Row]
    gone_on: Sequence[Row]
    clocked: Sequence[Row]
    caused: Sequence[Row]
    attempts: Mapping[str, Sequence[Row]]


def _read(connection: Connection, wanted: Wanted, now: datetime) -> _Found:
    period, administration = wanted.period, wanted.administration
    before, end = period.before, min(period.end, now + timedelta(microseconds=1))
    both = (before, period)
    return _Found(
        {one.name: ask.registered(connection, one.start, one.end, administration) for one in both},
        ask.acts(connection, before.start, period.end, administration),
        ask.silences(connection, before.start, period.end),
        ask.told_of_services(connection, end, administration),
        ask.merged(connection),
        ask.gone_on(connection),
        ask.clocked(connection, administration),
        ask.caused(connection, period.start - HALF_A_YEAR, period.end, administration),
        {one.name: ask.attempts(connection, f"{one.first}", f"{one.last}") for one in both},
    )


def _facts(stands: Facts, found: _Found, reach: "_Reach") -> Facts:
    """Of `stands`, which has the limits and outages of all times, what is of its period."""
    period, attempts = stands.period, found.attempts[stands.period.name]
    done = [_act(row, reach) for row in found.acts if period.holds(row["at"]) or row["act"] == "follow_up"]
    silent = [_act({**row, **_OF_NO_INCIDENT}, reach) for row in found.silences if period.holds(row["at"])]
    return replace(
        stands,
        cases=[_case(row, reach) for row in found.registered[period.name]],
        acts=[*done, *silent],
        limits=[one for one in stands.limits if period.holds(one.due_at) or one.done_at is None],
        outages=[one for one in stands.outages if one.start < period.end and (one.until or period.end) > period.start],
        attempts=[
            Attempts(row["component"], row["signals"], reach.of((row["component"],)), row["position"])
            for row in attempts
            if row["component"] != ALL_TOGETHER
        ],
        signals=next((row["signals"] for row in attempts if row["component"] == ALL_TOGETHER), 0),
    )


_OF_NO_INCIDENT: Row = {"reference": None, "services": (), "components": ()}


class _Reach:
    """Which critical services a name concerns: those that are called so, and those that stand on what is called so."""

    def __init__(self, landscape: Landscape, services: Sequence[Service]) -> None:
        self._landscape = landscape
        self._standing: dict[UUID, set[UUID]] = {}
        for service in services:
            for one in (service.id, *stands_on(landscape, service.id)):
                self._standing.setdefault(one, set()).add(service.id)
        self._known: dict[str, frozenset[UUID]] = {}
        self._services: dict[str, UUID | str] = {}

    def of(self, names: tuple[str, ...]) -> frozenset[UUID]:
        """Of several names together."""
        found: frozenset[UUID] = frozenset()
        for name in names:
            if others := self._of_one(name):
                found = found | others if found else others
        return found

    def service(self, name: str) -> UUID | str:
        """The critical service of this name; the name itself where none is called so."""
        if name not in self._services:
            named = (one for one in self._landscape.named(name) if one in self._standing)
            self._services[name] = next((one for one in named if self._landscape.nodes[one].kind is Kind.SERVICE), name)
        return self._services[name]

    def _of_one(self, name: str) -> frozenset[UUID]:
        if name not in self._known:
            found = (self._standing.get(one, ()) for one in self._landscape.named(name))
            self._known[name] = frozenset(chain.from_iterable(found))
        return self._known[name]


_SERVICES, _COMPONENTS = ask.CASE.index("services"), ask.CASE.index("components")
_HIT, _REFERENCE = Case._fields.index("hit"), Case._fields.index("reference")
_make_case: Callable[..., Case] = Case
_make_act: Callable[..., Act] = Act
_told_of = itemgetter("act", "reference", "at", "subject", "due_at", "done_at", "late")


def _case(row: tuple[Any, ...], reach: _Reach) -> Case:
    hit = reach.of((*row[_SERVICES], *row[_COMPONENTS]))
    return _make_case(*row[:_HIT], hit, *row[_HIT:-1], Trace(row[_REFERENCE], row[-1]))


def _act(row: Row, reach: _Reach) -> Act:
    hit = reach.of((*row["services"], *row["components"]))
    return _make_act(*_told_of(row), hit, Trace(row["reference"], row["position"]))


def _outages(found: _Found, reach: _Reach) -> list[Outage]:
    goes_on = {row["id"]: row["merged_into"] for row in found.merged}

    def last(incident: UUID) -> UUID:
        while incident in goes_on:
            incident = goes_on[incident]
        return incident

    told = [
        Told(
            last(row["incident_id"]),
            reach.service(row["subject"]),
            row["act"],
            row["at"],
            Trace(row["reference"], row["position"]),
        )
        for row in found.told
    ]
    alone = ({**row, "id": row["incident_id"]} for row in found.told)
    ends = {row["id"]: row["handled_at"] or row["closed_at"] for row in (*alone, *found.gone_on) if row["id"] not in goes_on}
    return outages_of(told, {incident: at for incident, at in ends.items() if at is not None})


def _limits(row: Row, reach: _Reach) -> Iterator[Limit]:
    # What is disposed of has met its duties or missed them all the same: they are counted as they stood.
    incident, hit = state_of({**row, "disposed": False}), reach.of((*row["services"], *row["components"]))
    for duty in duties_of(incident, row["recorded_at"], row["assessed_at"]):
        deadline = duty.deadline
        if deadline.statutory and not deadline.awaited and not deadline.forecast:
            names = (deadline.kind.value, deadline.name, deadline.name_en, row["reference"])
            yield Limit(*names, deadline.triggered_at, deadline.due_at, duty.discharged_at, hit, row["position"])


def _recurring(rows: Sequence[Row], period: Period) -> list[Recurrence]:
    known = {row["id"]: row for row in rows}
    found = recurrences([_cause(row) for row in rows], ())
    # Half-years overlap: of groups that share an incident the largest is told.
    groups: list[tuple[UUID, ...]] = []
    told: set[UUID] = set()
    for group in sorted(found, key=lambda one: -len(one)):
        if period.holds(known[group[-1]]["detected_at"]) and told.isdisjoint(group):
            groups.append(group)
            told.update(group)
    return [
        Recurrence(
            known[group[-1]]["cause"],
            known[group[-1]]["cause_key"],
            tuple(Trace(known[one]["reference"], known[one]["position"]) for one in group),
        )
        for group in groups
    ]


def _cause(row: Row) -> Cause:
    hit = frozenset({*row["services"], *row["components"]})
    return Cause(row["id"], row["detected_at"], row["cause"], row["cause_key"], row["incident_class"], hit)


@contextmanager
def _reporting(tables: Tables, wanted: int | None) -> Iterator[tuple[Connection, int]]:
    """The tables, and after which event they show the log. A position that the log has not reached is as of now."""
    with tables.reporting() as connection:
        position = reached(connection, "reporting")
        if wanted is None or wanted == position or wanted >= tables.history.head():
            yield connection, position
            return
    with tables.past("reporting", wanted) as connection:
        yield connection, wanted


def _critical(tables: Tables, upto: int, administration: str | None) -> tuple[list[Service], Board, _Reach]:
    """The critical services as the catalogue had them after `upto`, the most critical first, and what reaches them."""
    with tables.catalogue() as connection:
        # What the tables have not taken yet may belong before that.
        if catalogue.position(connection) <= upto <= reached(connection, "catalogue"):
            return _services(connection, administration)
    with tables.past("catalogue", upto) as connection:
        return _services(connection, administration)


def _services(connection: Connection, administration: str | None) -> tuple[list[Service], Board, _Reach]:
    landscape = catalogue.landscape(connection)
    rows = [row for row in catalogue.objects(connection, Kind.SERVICE) if row["service_class"] in CRITICAL_CLASSES]
    services = [_service(row, landscape) for row in rows if administration in {None, row["administration"]}]
    approvals = catalogue.approvals(connection)
    listed = critical_list(landscape.nodes.values())
    changed = bool(approvals) and list_sha256(approvals[-1].services) != list_sha256(listed)
    board = Board(str(approvals[-1].approved_on) if approvals else None, changed)
    services.sort(key=_most_critical_first)
    return services, board, _Reach(landscape, services)


def _service(row: Row, landscape: Landscape) -> Service:
    facts = cast("ServiceFacts", catalogue.facts_of(row))
    plans = landscape.bonds_to(row["id"], Tie.COVERS)
    return Service(
        row["id"],
        row["name"],
        row["service_class"],
        row["administration"],
        row["restoration_order"],
        row["tolerable_downtime_minutes"],
        facts.availability_target,
        any(not landscape.nodes[plan].retired for plan, _ in plans),
    )


def _most_critical_first(service: Service) -> tuple[Any, ...]:
    order = service.restoration_order
    return list(ServiceClass).index(service.service_class), order is None, order or 0, service.name.casefold(), str(service.id)
