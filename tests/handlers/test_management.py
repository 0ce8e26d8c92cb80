"""What the management report counts, held against a plain count over the raw events; where log and catalogue meet."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from statistics import median_low

import pytest
from sqlalchemy import Connection

from adapters.event_store.application import EventStore
from adapters.read_models.engines import ReadEngine, open_memory
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.events import Recorded
from domain.incident import events as e
from domain.intake.events import INTAKE, SourceFellSilent
from domain.management.period import parse_period
from domain.management.report import Report, make
from domain.signals import SignalsReceived, SignalsRepeated
from handlers.catalogue import change_all
from handlers.management import NoEventsError, Tables, Wanted, gather
from handlers.past_tables import PastTables
from projections.catalogue import Catalogue
from projections.reporting import Reporting
from tests.support import catalogues
from tests.support import incidents as tell
from tests.support.logs import Clock, Told, incident_id, many_lives, projector, received, record, repeated
from tests.support.read_databases import OpenDatabase

ONE, TWO, THREE = incident_id(1), incident_id(2), incident_id(3)
NOVEMBER = parse_period("2026-11")


class House:
    """A log, its two read models, and the report of it."""

    def __init__(self, store: EventStore, open_read_database: Callable[[str], "ReadEngine"]) -> None:
        self.store = store
        self.models = {one.name: projector(one, open_read_database(one.name), store) for one in (Reporting(), Catalogue())}
        self.past = PastTables(
            {name: one.projection for name, one in self.models.items()}, store, store.mapper.record, open_memory
        )

    def tell(self, *told: Told) -> int:
        position = record(self.store, told)
        self.catch_up()
        return position

    def catch_up(self) -> None:
        for one in self.models.values():
            assert one.catch_up().rejected == []

    def register(self) -> None:
        """The small catalogue, whose one critical service is home care."""
        (outcome,) = self.store.commit([lambda unit: change_all(unit, catalogues.small())])
        assert not isinstance(outcome, Exception)
        self.catch_up()

    def open(self, name: str) -> Callable[[], AbstractContextManager[Connection]]:
        return self.models[name].database.snapshot

    def report(self, period: str = "2026-11", administration: str | None = None, position: int | None = None) -> Report:
        tables = Tables(self.store, self.open("reporting"), self.open("catalogue"), self.past.open)
        found = gather(tables, Wanted(parse_period(period), administration, position))
        return make(found.now, found.before)

    def later(self, **span: float) -> None:
        clock = self.store.recorder._now_us
        assert isinstance(clock, Clock)
        clock.us += int(timedelta(**span).total_seconds() * 1_000_000)


@pytest.fixture
def house(log_store: EventStore, open_read_database: OpenDatabase) -> House:
    return House(log_store, open_read_database)


class Life:
    """What a plain reading of one incident's events comes to."""

    def __init__(self, events: list[e.IncidentEvent]) -> None:
        self.reported = next(one for one in events if isinstance(one, e.Reported))
        self.reason: e.CloseReason | None = None
        self.significant: bool | None = None
        self.assessed = self.handled = self.closed = self.aware = None
        self.warned: list[datetime] = []
        self.notified: list[datetime] = []
        self.went_down: datetime | None = None
        for event in events:
            at = event.meta.occurred_at
            match event:
                case e.Assessed(significant=significant):
                    self.significant, self.assessed = significant, self.assessed or at
                case e.AwarenessDeclared(aware_at=aware):
                    self.aware = aware
                case e.EarlyWarningSent():
                    self.warned.append(at)
                case e.IncidentNotificationSent():
                    self.notified.append(at)
                case e.Mitigated():
                    self.handled = at
                case e.Closed(reason=reason):
                    self.reason, self.closed = reason, at
                case e.Reopened():
                    self.reason = self.handled = self.closed = None
                case e.ServiceDegraded():
                    self.went_down = at
                case _:
                    pass

    def late_or_missed(self, hours: int, done: list[datetime], now: datetime) -> str | None:
        """Of a duty that is due so many hours after awareness."""
        if self.aware is None or not self.significant:
            return None
        due = self.aware + timedelta(hours=hours)
        if done:
            return "late" if min(done) > due else "kept"
        return "missed" if due < now else "owed"


@pytest.mark.parametrize("seed", [7, 2026])
def test_every_figure_is_what_a_plain_count_over_the_raw_events_gives(house: House, seed: int) -> None:
    service = catalogues.ident(Kind.SERVICE, "svc-løn")
    house.store.commit(
        [
            lambda unit: change_all(
                unit, [catalogues.new(Kind.SERVICE, "svc-løn"), *catalogues.classed("svc-løn", ServiceClass.CRITICAL, 2)]
            )
        ]
    )
    house.tell(*many_lives(seed, count=30))
    house.later(days=300)
    house.tell((incident_id(0), e.NoteAdded(meta=tell.meta(7000), text="Det sidste")))
    report = house.report("2026-11-01..2027-03-31")
    period, now, figures = report.facts.period, report.facts.now, report.whole.now

    streams: dict[object, list[e.IncidentEvent]] = {}
    others: list[Recorded] = []
    for one in house.store.read(0, 100_000):
        if one.topic.startswith("incident."):
            streams.setdefault(one.aggregate_id, []).append(one.event)  # type: ignore[arg-type] # by its topic
        else:
            others.append(one)
    lives = [Life(events) for events in streams.values()]
    counted = [one for one in lives if one.reason in {None, e.CloseReason.RESOLVED}]
    every = [event for events in streams.values() for event in events]

    assert figures["incidents"].value == len(counted)
    assert figures["significant"].value == sum(one.significant is True for one in counted)
    parts = Counter(trace for traces in report.whole.breakdowns["severity"].values() for trace in traces)
    assert sum(parts.values()) == len(counted)

    def median(spans: list[timedelta]) -> float | None:
        return median_low(spans) // timedelta(seconds=1) if len(spans) >= 5 else None

    assert figures["assess"].value == median([o.assessed - o.reported.meta.occurred_at for o in counted if o.assessed])
    assert figures["contain"].value == median([o.handled - o.reported.detected_at for o in counted if o.handled])
    assert figures["warn"].value == median([min(o.warned) - o.aware for o in counted if o.warned and o.aware])
    assert figures["notify"].value == median([min(o.notified) - o.aware for o in counted if o.notified and o.aware])

    outcomes: Counter[str | None] = Counter()
    for life in lives:
        outcomes[life.late_or_missed(24, [*life.warned, *life.notified], now)] += 1
        outcomes[life.late_or_missed(72, life.notified, now)] += 1
    mine = [one for one in report.facts.limits if one.kind in {"early_warning", "incident_notification"}]
    assert sum(one.late for one in mine) == outcomes["late"]
    assert sum(one.missed_at(now) for one in mine) == outcomes["missed"]
    assert sum(one.done_at is not None and not one.late for one in mine) == outcomes["kept"]

    minutes: set[int] = set()
    for life in lives:
        if life.went_down is not None:
            until = life.handled or life.closed or min(period.end, now)
            first = (life.went_down - tell.REPORTED_AT) // timedelta(minutes=1)
            minutes |= set(range(first, (until - tell.REPORTED_AT) // timedelta(minutes=1)))
    gone = report.services[0].now["down"]
    assert [one.id for one in report.facts.services] == [service]
    assert gone.value == len(minutes) * 60

    assert figures["submissions"].value == sum(isinstance(event, e.Submission) for event in every)
    assert figures["lessons"].value == sum(isinstance(event, e.LessonRecorded) for event in every)
    assert figures["follow_ups_open"].value == sum(isinstance(event, e.FollowUpPlanned) for event in every)
    signals = sum(len(one.event.signals) for one in others if isinstance(one.event, SignalsReceived))
    signals += sum(r.count for one in others if isinstance(one.event, SignalsRepeated) for r in one.event.repeats)
    assert figures["attempts"].value == signals


def test_a_figure_names_the_incidents_and_the_events_that_it_rests_on(house: House) -> None:
    house.tell((ONE, tell.reported()), (TWO, tell.reported(reference="H-2026-0043")), (ONE, tell.assessed(1)))
    assert [tuple(trace) for trace in house.report().whole.now["significant"].behind] == [("H-2026-0042", 3)]
    assert [trace.reference for trace in house.report().whole.now["incidents"].behind] == ["H-2026-0042", "H-2026-0043"]


def test_an_attack_attempt_on_a_server_counts_on_the_service_that_stands_on_it(house: House) -> None:
    house.register()
    house.tell(received(("srv-omsorg-01.laerkeborg.dk",), ("elsewhere",)), repeated(None, 4, "omsorg-db"))
    house.tell((ONE, tell.reported(components=("omsorg-db",))), (TWO, tell.reported(reference="H-2026-0043")))
    report = house.report()
    (care,) = report.services
    assert (report.whole.now["attempts"].value, care.now["attempts"].value) == (6, 5)
    assert [trace.reference for trace in care.now["incidents"].behind] == ["H-2026-0042"]


def test_downtime_is_told_times_in_the_period_where_incidents_overlap_once(house: House) -> None:
    house.register()
    house.tell(
        (ONE, tell.reported()),
        (TWO, tell.reported(reference="H-2026-0043")),
        (ONE, e.ServiceDegraded(meta=tell.meta(0), service=catalogues.CARE, degree="down")),
        (TWO, e.ServiceDegraded(meta=tell.meta(2), service=catalogues.CARE, degree="down")),
        (TWO, e.ServiceRestored(meta=tell.meta(3), service=catalogues.CARE)),
        # Told late: it got worse before it got better.
        (ONE, e.ServiceDegraded(meta=tell.meta(4), service=catalogues.CARE, degree="degraded")),
        (ONE, e.ServiceRestored(meta=tell.meta(6), service=catalogues.CARE)),
    )
    house.later(days=1)
    house.tell((ONE, e.NoteAdded(meta=tell.meta(9), text="Set")))
    (care,) = house.report().services
    assert (care.now["down"].value, care.now["disturbed"].value) == (4 * 3600, 6 * 3600)
    assert care.now["restore"].singles == (3600, 2 * 3600, 4 * 3600)
    assert [one.code for one in house.report().verdict.reasons][:1] == ["too_long"]


def test_what_nobody_told_the_end_of_ends_with_the_incident_that_goes_on(house: House) -> None:
    house.register()
    house.tell(
        (ONE, tell.reported()),
        (TWO, tell.reported(reference="H-2026-0043")),
        (ONE, e.ServiceDegraded(meta=tell.meta(1), service=catalogues.CARE, degree="down")),
        (ONE, e.MergedInto(meta=tell.meta(2), into=TWO, reason="Samme")),
        (TWO, tell.mitigated(5)),
    )
    house.later(days=1)
    house.tell((TWO, e.NoteAdded(meta=tell.meta(9), text="Set")))
    assert house.report().services[0].now["down"].value == 4 * 3600


def test_an_administration_sees_its_own(house: House) -> None:
    house.register()
    house.tell((ONE, tell.reported(administration="Sundhed")), (TWO, tell.reported(reference="H-2026-0043")))
    assert house.report(administration="Sundhed").whole.now["incidents"].value == 1
    assert [part.service and part.service.name for part in house.report(administration="Sundhed").services] == [catalogues.CARE]
    assert house.report(administration="Teknik").services == ()


def test_exercises_count_nowhere(house: House) -> None:
    house.register()
    house.tell(
        (ONE, tell.reported(exercise=True, services=(catalogues.CARE,))),
        (ONE, e.ServiceDegraded(meta=tell.meta(1), service=catalogues.CARE, degree="down")),
        (ONE, tell.assessed(1)),
        (ONE, tell.aware(1)),
        (ONE, tell.early_warning(40)),
        (ONE, e.LessonRecorded(meta=tell.meta(50), area="roles", lesson="Øv igen")),
    )
    report = house.report("2026")
    counts = ("incidents", "significant", "down", "limits_late", "limits_missed", "submissions", "lessons")
    assert [report.whole.now[key].value for key in counts] == [0] * len(counts)


def test_a_disposed_incident_stays_counted_and_loses_what_may_lead_to_people(house: House) -> None:
    house.register()
    house.tell(
        (ONE, tell.reported(services=(catalogues.CARE,))),
        (ONE, tell.assessed(1)),
        (ONE, tell.aware(1)),
        (ONE, tell.early_warning(40)),
        (ONE, tell.notified(50)),
        (ONE, e.SupplierEngaged(meta=tell.meta(2), supplier="Leverandør A/S")),
        (ONE, tell.mitigated(60)),
        (ONE, tell.closed(e.CloseReason.RESOLVED)),
    )
    before = house.report()
    house.tell((ONE, e.Disposed(meta=tell.meta(900), proposal_number=9)))
    after = house.report()
    for then, now in ((before.whole, after.whole), (before.services[0], after.services[0])):
        shown = [{key: (one.value, one.cases, one.singles) for key, one in part.now.items()} for part in (then, now)]
        assert shown[0] == shown[1]
    (case,) = after.facts.cases
    assert (case.components, case.suppliers, case.cause_key) == ((), (), None)


def test_the_services_are_those_of_the_catalogue_at_the_periods_end(house: House) -> None:
    house.tell((ONE, tell.reported()))
    house.later(days=20)
    house.register()
    assert house.report("2026-11").services == ()
    assert [reason.code for reason in house.report("2026-11").verdict.reasons] == ["no_services"]
    assert len(house.report("2026-12").services) == 1


def test_the_same_position_gives_the_same_report_whatever_came_after(house: House) -> None:
    house.register()
    position = house.tell(*many_lives(3, 10), (INTAKE, SourceFellSilent(meta=tell.meta(3), source="wazuh", since=tell.at(1))))
    first = house.report(position=position)
    house.later(days=9)
    house.tell((THREE, tell.reported(reference="H-2026-0099")), *many_lives(4, 3)[:2])
    assert house.report(position=position) == first
    assert house.report() != first


def test_a_log_without_events_has_no_report(house: House) -> None:
    with pytest.raises(NoEventsError, match="register an incident first"):
        house.report()


def test_a_period_without_incidents_says_none_and_no_percentage(house: House) -> None:
    house.tell((ONE, tell.reported()))
    report = house.report("2025-Q1")
    assert report.whole.now["incidents"].value == 0
    assert (report.whole.now["limits_kept"].value, report.whole.now["assess"].value) == (None, None)


def test_recurring_causes_are_found_over_the_half_year_before(house: House) -> None:
    def cause(hours: float) -> e.RootCauseFound:
        return e.RootCauseFound(meta=tell.meta(hours), cause="system_failures", cause_key="diskfejl")

    early = tell.at(-24 * 100)
    house.tell((ONE, tell.reported(detected_at=early)), (ONE, cause(1)))
    house.tell((TWO, tell.reported(reference="H-2026-0043")), (TWO, cause(2)))
    (again,) = house.report().facts.recurring
    assert (again.cause_key, [one.reference for one in again.incidents]) == ("diskfejl", ["H-2026-0042", "H-2026-0043"])
