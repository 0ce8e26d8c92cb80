"""What was written by hand is recorded with its true times, all of a sitting or nothing of it."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.main import make_desk
from domain.deadlines import deadlines
from domain.errors import SporlogError
from domain.incident.events import NoteAdded, Reported
from handlers.desk import Desk
from handlers.from_paper import MOST_LINES, PAPER, PaperLineError, read_lines, record_paper
from handlers.requests import InvalidFieldsError, Origin

NIGHT = """
2026-11-20 02:10; vagt-3; N; Ringede til driften
2026-11-20 02:05; vagt-3; D; Hjemmepleje: journalen svarer ikke; skærmen er sort

20.11.2026 kl. 02.40; u-7; V; Medicinlister mangler
2026-11-20 03:15; u-7; L; Leverandør A/S: Ring tilbage
2026-11-20 04:00; vagt-3; F; Papirlister delt ud
2026-11-20 07:30; vagt-3; G; Hjemmepleje: oppe igen
"""
REPORT = {"title": "Journalen er væk", "severity": "high", "occurred_at": "2026-11-20 02:00", "services": "Hjemmepleje"}
ENTERED = Origin("u-9", "web", "c-1", datetime(2026, 11, 22, 9, 0, tzinfo=UTC))


@pytest.fixture
def desk(store: EventStore) -> Desk:
    return make_desk(store, DirectCommitter(store))


async def test_the_true_times_and_the_entry_are_both_on_record(desk: Desk, store: EventStore) -> None:
    done = await record_paper(desk, read_lines(NIGHT), ENTERED, report=REPORT)
    told = store.read_stream(done.incident.id)
    steps = [one.topic.split(".")[1] for one in told]
    assert steps[:3] == ["reported", "service-degraded", "note-added"], "in the order in which it happened"
    assert {"supplier-engaged", "measure-taken", "service-restored"} <= set(steps)
    assert told[0].event.meta.occurred_at == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    note = next(one.event for one in told if isinstance(one.event, NoteAdded))
    assert (note.meta.occurred_at, note.meta.on_behalf_of, note.meta.actor) == (
        datetime(2026, 11, 20, 1, 10, tzinfo=UTC),
        "vagt-3",
        "u-9",
    )
    assert {one.event.meta.channel for one in told} == {PAPER}
    assert len({one.recorded_at_us for one in told}) == 1, "one transaction"
    assert all(one.recorded_at > note.meta.occurred_at for one in told)


async def test_the_clocks_run_from_what_happened_and_not_from_the_entry(desk: Desk) -> None:
    done = await record_paper(desk, read_lines(NIGHT), ENTERED, report=REPORT)
    aware = datetime(2026, 11, 20, 1, 40, tzinfo=UTC)
    assert done.incident.aware_at == aware
    due = {clock.kind.value: clock.due_at for clock in deadlines(done.incident.clock_facts())}
    assert due["early_warning"] == aware + timedelta(hours=24), "it has passed when it is entered"


async def test_a_sitting_may_go_on_with_an_incident(desk: Desk, store: EventStore) -> None:
    done = await record_paper(desk, [], ENTERED, report=REPORT)
    again = await record_paper(desk, read_lines(NIGHT), ENTERED, reference=done.incident.reference)
    assert again.incident.id == done.incident.id
    assert len(store.read_stream(done.incident.id)) == again.incident.version > 6
    with pytest.raises(PaperLineError):
        await record_paper(desk, [], ENTERED, reference=done.incident.reference)


async def test_one_line_that_is_refused_leaves_nothing_of_the_night(desk: Desk, store: EventStore) -> None:
    future = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    with pytest.raises(SporlogError):
        await record_paper(desk, read_lines(f"{NIGHT}\n{future}; vagt-3; N; I morgen"), ENTERED, report=REPORT)
    assert store.head() == 0
    with pytest.raises(InvalidFieldsError):
        await record_paper(desk, read_lines(NIGHT), ENTERED, report={**REPORT, "severity": "meget"})
    assert store.head() == 0
    done = await desk.report(REPORT, ENTERED)
    assert done.incident.reference.endswith("-0001"), "no reference was lost"
    assert isinstance(done.events[0], Reported)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2026-11-20 02:10; vagt-3; N", "line 1"),
        ("i nat; vagt-3; N; noget", "line 1"),
        ("2026-10-25 02:30; vagt-3; N; to gange", "happened twice"),
        ("2026-11-20 02:10; Anne Jensen; N; noget", "never a name"),
        ("2026-11-20 02:10; vagt-3; X; noget", "use one of N, F"),
        ("2026-11-20 02:10; vagt-3; N; ", "is empty"),
        ("2026-11-20 02:10; vagt-3; D; : uden navn", "service is empty"),
    ],
)
def test_a_line_that_cannot_be_read_says_which_and_how(line: str, told: str) -> None:
    with pytest.raises(PaperLineError, match=told):
        read_lines(line)


def test_a_sitting_has_an_end() -> None:
    with pytest.raises(PaperLineError, match="several sittings"):
        read_lines("2026-11-20 02:10; vagt-3; N; x\n" * (MOST_LINES + 1))
