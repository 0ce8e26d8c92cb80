"""What people do at the desk, on a real store: reports, steps, refusals that change nothing, and the replay of it all."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import GroupCommitter
from domain.errors import ConflictError, InvalidInputError, NotFoundError, RefusedError, SporlogError
from domain.incident import events as e
from domain.incident.state import Status
from domain.incident.transitions import TRANSITIONS, Nature, Transition
from domain.reference import UnreadableReferenceError
from handlers.commands import Done
from handlers.desk import Desk
from handlers.requests import REQUESTS, Origin
from tests.support.incidents import REPORTED_AT
from tests.support.proposals import PROPOSAL, fields_of
from tests.support.stores import Stores

START_US = int(REPORTED_AT.timestamp() * 1_000_000)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(stores: Stores) -> EventStore:
    # A minute passes with each transaction.
    return stores.open(clock=partial(next, count(START_US, 60_000_000)))


@pytest.fixture
async def desk(store: EventStore) -> AsyncIterator[Desk]:
    committer = GroupCommitter(store, lambda: None)
    committer.start()
    yield Desk(committer, store, "laerkeborg", uuid4)
    await committer.stop()


class Person:
    """Somebody at the desk, acting at a minute of the story."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.reference = desk, ""

    def origin(self, minutes: int) -> Origin:
        return Origin("u-7", "web", f"c-{minutes}", REPORTED_AT + minutes * MINUTE)

    async def report(self, minutes: int = 0, **fields: Any) -> Done:  # noqa: ANN401 - as a form sends them
        done = await self.desk.report({"title": "Nede", "severity": "high"} | fields, self.origin(minutes))
        self.reference = done.incident.reference
        return done

    async def do(self, step: str, minutes: int = 0, **fields: Any) -> Done:  # noqa: ANN401 - as a form sends them
        return await self.desk.take_step(self.reference, step, fields, self.origin(minutes))


@pytest.fixture
def person(desk: Desk) -> Person:
    return Person(desk)


async def test_reports_get_the_next_reference_of_copenhagens_year(stores: Stores) -> None:
    # A minute before and after the new year in Copenhagen, an hour before it in UTC.
    store = stores.open(clock=partial(next, iter([1_798_757_970_000_000, 1_798_757_990_000_000, 1_798_758_000_000_000])))
    committer = GroupCommitter(store, lambda: None)
    committer.start()
    references = []
    for _ in range(3):
        person = Person(Desk(committer, store, "havnen", uuid4))
        await person.report()
        references.append(person.reference)
    await committer.stop()
    assert references == ["HV-2026-0001", "HV-2026-0002", "HV-2027-0001"]


async def test_a_whole_incident_from_report_to_close(person: Person, store: EventStore) -> None:
    await person.report(components="db-1")
    steps: list[tuple[str, dict[str, Any]]] = [
        ("note", {"text": "Ringet til driften"}),
        ("assess", {"significant": True, "nis2_category": "high", "reason": "Kritisk tjeneste nede"}),
        ("approve-assessment", {"actor": "u-8"}),
        ("early-warning", {"suspected_malicious": "unknown", "cross_border": "no", "receipt": "V-17"}),
        ("draft-submission", {"report": "incident_notification", "values": {"summary": "Databasen er låst"}}),
        ("approve-submission", {"report": "incident_notification", "actor": "u-8"}),
        ("incident-notification", {"summary": "Databasen er låst"}),
        ("mitigate", {}),
        ("final-report", {"submission_channel": "alternative"}),
        ("close", {"reason": "resolved"}),
        ("reopen", {"reason": "Det skete igen"}),
        ("correct", {"field": "title", "new": "Databasen nede", "reason": "Præciseret"}),
    ]
    versions = [(await person.do(step, 1, **fields)).incident.version for step, fields in steps]
    assert versions == [2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    moments = person.desk.replay(person.reference)
    assert [type(moment.recorded.event).__name__ for moment in moments] == [
        "Reported", "NoteAdded", "Assessed", "AwarenessDeclared", "AssessmentApproved", "EarlyWarningSent",
        "SubmissionDrafted", "SubmissionApproved", "IncidentNotificationSent",
        "Mitigated", "FinalReportSent", "Closed", "Reopened", "Corrected",
    ]  # fmt: skip
    assert [moment.after for moment in moments[:-1]] == [moment.before for moment in moments[1:]]
    assert moments[0].before is None
    assert (moments[0].after.title, moments[-1].after.title) == ("Nede", "Databasen nede")
    assert [moment.after.version for moment in moments] == list(range(1, 15))
    early = moments[5].recorded.event
    assert isinstance(early, e.EarlyWarningSent)
    assert (early.receipt, early.deviations) == ("V-17", ())
    assert store.head() == 14


async def test_replay_shows_the_incident_as_of_a_recorded_time_or_a_position(person: Person, desk: Desk) -> None:
    first = await person.report()
    await Person(desk).report(1)
    await person.do("assess", 2, significant=False, nis2_category="low", reason="Ingen ydelser er ramt")
    done = await person.do("close", 3, reason="not_significant")
    everything = desk.replay(person.reference)
    assert [m.recorded.position for m in everything] == [1, 3, 4]
    assert (first.position, done.position) == (1, 4)
    assert desk.replay(person.reference, position=2) == everything[:1]
    assert desk.replay(person.reference, position=0) == []
    assert desk.replay(person.reference, position=99) == everything
    recorded_at = everything[1].recorded.recorded_at
    assert desk.replay(person.reference, at=recorded_at) == everything[:2]
    assert desk.replay(person.reference, at=recorded_at - timedelta(microseconds=1)) == everything[:1]
    assert desk.replay(person.reference, at=REPORTED_AT - MINUTE) == []
    assert everything[1].after.status is Status.ASSESSED


async def test_what_happened_days_ago_keeps_both_times(person: Person) -> None:
    await person.report(5, occurred_at="18.11.2026 kl. 08.00")
    ((recorded, _, after),) = person.desk.replay(person.reference)
    assert recorded.event.meta.occurred_at < recorded.recorded_at - timedelta(days=2)
    assert after.detected_at == recorded.event.meta.occurred_at


@pytest.mark.parametrize(
    ("step", "fields", "code"),
    [
        ("close", {"reason": "resolved"}, "assessment-missing"),
        ("close", {"reason": "duplicate"}, "duplicate-of-missing"),
        ("reopen", {"reason": "Ord"}, "step-not-allowed"),
        ("approve-assessment", {}, "assessment-missing"),
        ("declare-awareness", {"aware_at": "2026-11-20 15:20", "reason": "Ord"}, "assessment-missing"),
        ("correct", {"field": "severity", "new": "high", "reason": "Ord"}, "nothing-to-correct"),
        ("note", {"text": "Ord", "occurred_at": "2026-11-20 17:00"}, "in-the-future"),
        ("note", {"text": "Ord", "occurred_at": "2026-10-25 02:30"}, "ambiguous-time"),
        ("note", {}, "invalid-fields"),
        ("attach-signal", {}, "invalid-fields"),
        ("note", {"text": "Ord", "expected_version": 7}, "version-conflict"),
    ],
)
async def test_a_refusal_has_a_stable_code_and_changes_nothing(
    person: Person, store: EventStore, step: str, fields: dict[str, Any], code: str
) -> None:
    await person.report()
    before = store.rows()
    with pytest.raises(SporlogError) as refusal:
        await person.do(step, 1, **fields)
    assert isinstance(refusal.value, RefusedError | InvalidInputError | ConflictError)
    assert refusal.value.code == code
    assert store.rows() == before
    assert person.desk.replay(person.reference)[-1].after.status is Status.REPORTED


ONLY_WHILE_OPEN = [row for row in TRANSITIONS if row.step in REQUESTS and Status.CLOSED not in row.allowed_from]


@pytest.mark.parametrize("row", [row for row in ONLY_WHILE_OPEN if row.step != "report"], ids=lambda row: row.step)
async def test_after_closing_facts_are_recorded_with_that_deviation_and_acts_are_refused(
    person: Person, row: Transition
) -> None:
    await person.report()
    other = (await person.desk.report({"title": "En anden"}, person.origin(0))).incident
    own = {"merge": {"into": other.reference}, "declare-awareness": {"aware_at": "2026-11-20 15:20"}}
    await person.do("measure", 1, measure="Netværket deles", state="ongoing")
    await person.do("close", 1, reason="threat")
    fields = fields_of(PROPOSAL[row.event]) | own.get(row.step, {})
    if row.nature is Nature.ACT:
        with pytest.raises(RefusedError) as refusal:
            await person.do(row.step, 2, **fields)
        assert refusal.value.code == "incident-already-closed"
    else:
        (event,) = (await person.do(row.step, 2, **fields)).events
        assert isinstance(event, e.Fact)
        assert "after-close" in event.deviations


async def test_a_person_who_saw_an_older_version_is_told_to_look_again(person: Person) -> None:
    await person.report()
    await person.do("note", 1, text="Nyt", expected_version=1)
    with pytest.raises(ConflictError, match="at version 2, you saw 1: look at what is new"):
        await person.do("close", 1, reason="threat", expected_version=1)


async def test_an_unknown_reference_is_not_found_and_an_unreadable_one_says_how_to_write_it(person: Person, desk: Desk) -> None:
    await person.report()
    for reference in ("H-2026-0002", "X-2026-0001"):
        with pytest.raises(NotFoundError, match="check the reference"):
            desk.replay(reference)
        with pytest.raises(NotFoundError):
            await desk.take_step(reference, "note", {"text": "Ord"}, person.origin(1))
    with pytest.raises(UnreadableReferenceError, match="as H-2026-0042"):
        desk.find("hændelsen i går")
    assert desk.find("h 2026 1") == desk.find(person.reference)


async def test_a_report_that_is_refused_takes_no_reference(person: Person) -> None:
    with pytest.raises(SporlogError, match="future"):
        await person.report(detected_at="2026-11-21 12:00")
    assert (await person.report()).incident.reference == "H-2026-0001"
