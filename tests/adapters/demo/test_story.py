import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.demo.story import STORY
from adapters.demo.times import first_night, instant_of
from domain.deadlines import ClockFacts, Duty, deadlines, duties, limit_of
from domain.events import DomainEvent, Recorded
from domain.incident import events as e
from domain.incident.state import Incident, Status
from domain.signals import SignalsRepeated
from domain.time import add_hours, local, show_span_da
from tests.adapters.demo.support import SUNDAY, Told, read, tell

STARTS = {
    "a Sunday": SUNDAY,
    "in January": datetime(2027, 1, 5, 9, 0, tzinfo=UTC),
    "on the day of summer time": datetime(2026, 3, 29, 8, 0, tzinfo=UTC),
    "on the day of winter time": datetime(2026, 10, 25, 9, 0, tzinfo=UTC),
    "in the doubled hour": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    "the day after summer time": datetime(2026, 3, 30, 7, 0, tzinfo=UTC),
    "26 days after summer time": datetime(2026, 4, 24, 8, 0, tzinfo=UTC),
    "26 days after winter time": datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    "by night and between seconds": datetime(2026, 6, 14, 22, 30, 0, 750_000, tzinfo=UTC),
}


@pytest.fixture(scope="module", params=list(STARTS.values()), ids=list(STARTS))
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    data: Path = tmp_path_factory.mktemp("demo")
    return read(data, tell(data, request.param))


def of(told: Told, incident: str, kind: type[DomainEvent]) -> list[Recorded]:
    return [recorded for recorded in told.streams[incident] if isinstance(recorded.event, kind)]


def owed(incident: Incident) -> list[Duty]:
    return [d for d in duties(incident.clock_facts(), incident.sent) if d.deadline.statutory and d.discharged_at is None]


def clock(instant: datetime) -> str:
    return f"{local(instant):%H:%M}"


def test_references_count_up_in_the_order_of_the_story_anew_in_each_year(told: Told) -> None:
    numbers: dict[int, int] = {}
    for name in STORY:
        year = local(told.streams[name][0].recorded_at).year
        numbers[year] = numbers.get(year, 0) + 1
        assert told.references[name] == f"H-{year}-{numbers[year]:04}"
    assert sum(numbers.values()) == 5


def test_a_story_told_in_january_has_its_two_closed_incidents_in_the_old_year(tmp_path: Path) -> None:
    told = read(tmp_path, tell(tmp_path, STARTS["in January"]))
    assert list(told.references.values()) == ["H-2026-0001", "H-2026-0002", "H-2027-0001", "H-2027-0002", "H-2027-0003"]


def test_everything_is_recorded_when_the_story_says_and_before_the_start(told: Told) -> None:
    times = [recorded.recorded_at for recorded in told.log]
    assert times == sorted(times)
    assert times[-1] < told.start
    assert set(times) == {instant_of(step.at, told.start) for steps in STORY.values() for step in steps}


def test_every_event_says_demo_and_names_a_role_never_a_person(told: Told) -> None:
    assert {recorded.event.meta.demo for recorded in told.log} == {True}
    assert all(re.fullmatch(r"rolle:[a-z]+|source:[a-z]+|system:deadlines", r.event.meta.actor) for r in told.log)


def test_nothing_that_was_sent_deviates(told: Told) -> None:
    sent = [r.event for name in STORY for r in of(told, name, e.Submission)]
    assert {event.deviations for event in sent if isinstance(event, e.Submission)} == {()}
    assert len(sent) == 4


def test_the_first_incident_begins_at_02_07_on_a_night_without_a_clock_change(told: Told) -> None:
    stream = told.streams["omsorg"]
    assert clock(stream[0].recorded_at) == "02:07"
    assert local(stream[0].recorded_at).date() == first_night(told.start)
    assert (local(told.start).date() - first_night(told.start)).days in {26, 27}
    (warned,) = of(told, "omsorg", e.EarlyWarningSent)
    assert clock(warned.recorded_at) == "03:40"


def test_the_alert_came_412_times_again_and_was_counted_not_opened_anew(told: Told) -> None:
    repeats = [r.event for r in told.log if isinstance(r.event, SignalsRepeated)]
    omsorg = told.incidents["omsorg"].id
    counted = [repeat.count for event in repeats for repeat in event.repeats if repeat.incident_id == omsorg]
    assert sum(counted) == 412
    assert len(of(told, "omsorg", e.Reported)) == 1


def test_alertmanager_joins_the_incident_that_wazuh_opened(told: Told) -> None:
    signals = [s for r in of(told, "omsorg", e.SignalAttached) for s in r.event.model_dump()["signals"]]
    assert [signal["source"] for signal in signals] == ["wazuh", "alertmanager"]


def test_the_first_early_warning_was_22_h_51_min_before_its_limit(told: Told) -> None:
    incident = told.incidents["omsorg"]
    limit = limit_of("early_warning", incident.clock_facts())
    assert limit is not None
    assert limit.due_at - incident.sent["early_warning"] == timedelta(hours=22, minutes=51)


def test_the_first_incident_is_closed_with_its_final_report_and_owes_nothing(told: Told) -> None:
    incident = told.incidents["omsorg"]
    assert (incident.status, incident.approved, incident.services) == (Status.CLOSED, True, ("Hjemmepleje og medicin",))
    acts = {"early_warning", "csirt_reply", "recipients", "incident_notification", "final_report", "second_approval"}
    assert set(incident.sent) == acts
    assert owed(incident) == []


def test_the_paper_note_is_older_than_its_record(told: Told) -> None:
    (note,) = of(told, "omsorg", e.NoteAdded)
    assert (clock(note.event.meta.occurred_at), clock(note.recorded_at)) == ("02:20", "09:15")
    (assessed,) = of(told, "omsorg", e.Assessed)
    assert note.event.meta.occurred_at < assessed.event.meta.occurred_at
    assert assessed.recorded_at < note.recorded_at


def test_the_second_incident_is_closed_without_a_duty(told: Told) -> None:
    incident = told.incidents["phishing"]
    assert (incident.status, incident.significant, incident.aware_at) == (Status.CLOSED, False, None)
    assert deadlines(incident.clock_facts()) == ()
    (closed,), (declined,) = of(told, "phishing", e.Closed), of(told, "phishing", e.VoluntaryNotificationDeclined)
    assert closed.event.model_dump()["reason"] == "near_miss"
    assert declined.event.model_dump()["reason"]


def test_the_third_incident_owes_its_notification_since_24_h_50_min(told: Told) -> None:
    incident = told.incidents["login"]
    first = owed(incident)[0]
    assert (first.deadline.kind, first.overdue_at(told.start)) == ("incident_notification", True)
    assert show_span_da(told.start - first.deadline.due_at) == "24 t 50 min"
    assert "early_warning" in incident.sent


def test_every_limit_that_passed_is_noted_as_missed_and_no_other(told: Told) -> None:
    for name, incident in told.incidents.items():
        passed = {duty.deadline.kind for duty in owed(incident) if duty.overdue_at(told.start)}
        assert incident.missed == passed
        assert bool(passed) == (name == "login")


@pytest.mark.parametrize("seconds", [0, 45])
def test_the_fourth_incident_owes_its_early_warning_in_40_minutes(told: Told, seconds: int) -> None:
    incident = told.incidents["postkasse"]
    first = owed(incident)[0]
    assert (first.deadline.kind, incident.approved) == ("early_warning", True)
    assert show_span_da(first.deadline.due_at - told.start - timedelta(seconds=seconds)) == "40 min"


def test_the_fifth_incident_was_told_2_h_40_min_ago_and_is_not_assessed(told: Told) -> None:
    incident, reported = told.incidents["tablets"], told.streams["tablets"][0]
    assert (incident.status, incident.significant) == (Status.REPORTED, None)
    assert show_span_da(told.start - reported.recorded_at) == "2 t 40 min"
    (internal,) = deadlines(ClockFacts(registered_at=reported.recorded_at))
    assert internal.due_at == add_hours(reported.recorded_at, 4) > told.start


def test_on_a_sunday_at_ten_the_clocks_read_as_the_story_tells(tmp_path: Path) -> None:
    told = read(tmp_path, tell(tmp_path, SUNDAY))
    assert clock(told.streams["tablets"][0].recorded_at) == "07:20"
    assert clock(add_hours(told.streams["tablets"][0].recorded_at, 4)) == "11:20"


def test_on_every_day_of_two_years_the_story_is_in_order() -> None:
    for day in range(2 * 366):
        start = SUNDAY + timedelta(days=day)
        for steps in STORY.values():
            times = [instant_of(step.at, start) for step in steps]
            assert times[0] == min(times)
            assert times[-1] == max(times) < start
        opened = [instant_of(steps[0].at, start) for steps in STORY.values()]
        assert opened == sorted(opened)
