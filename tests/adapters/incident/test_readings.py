"""What the log said and what was so, side by side."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from adapters.incident.readings import divergences, step_object
from domain.events import DomainEvent, Recorded
from handlers.readings import LATER, as_occurred, as_recorded
from tests.support.incidents import INCIDENT, approved, assessed, at, aware, meta, mitigated, reported


def stream(*told: tuple[DomainEvent, float]) -> list[Recorded]:
    """Events and the hour after the report at which each was recorded."""
    return [
        Recorded(number, int(at(hour).timestamp() * 1_000_000), INCIDENT, number, event.TOPIC, event)
        for number, (event, hour) in enumerate(told, start=1)
    ]


PAPER = stream((reported(), 0), (mitigated(5), 5), (assessed(1), 8), (aware(1), 8))


def test_what_was_entered_late_is_told_with_how_long_the_log_did_not_know_it() -> None:
    found = {one.field: one for one in divergences(as_recorded(PAPER), as_occurred(PAPER))}
    assert found.keys() == {"significant", "nis2_category", "aware_at", "status", *(f"clock:{one}" for one in CLOCKS)}
    significant = found["significant"]
    assert (significant.since, significant.until, significant.recorded, significant.occurred) == (at(1), at(8), None, True)
    assert found["clock:early_warning"].occurred == "2026-11-21T15:20:00Z"
    assert (found["status"].recorded, found["status"].occurred, found["status"].until) == ("reported", "assessed", at(5))


CLOCKS = ("early_warning", "incident_notification", "internal_assessment")


def test_the_last_word_is_the_same_in_both_orders_and_each_keeps_its_number() -> None:
    recorded, occurred = as_recorded(PAPER), as_occurred(PAPER)
    assert [one.recorded.version for one in occurred] == [1, 3, 4, 2]
    assert recorded[-1].after.sent == occurred[-1].after.sent
    assert recorded[-1].after.status == occurred[-1].after.status
    assert step_object(occurred[:2])["changes"]["status"] == ["reported", "assessed"]


def test_an_approval_that_was_entered_first_is_of_the_same_assessment() -> None:
    late = stream((reported(), 0), (assessed(1, meta=meta(1, actor="u-7")), 3), (approved(2), 2.9))
    assert as_occurred(late)[-1].after.approved


def test_an_incident_begins_with_its_report_also_when_something_was_done_before() -> None:
    early = stream((reported(2), 2), (mitigated(1), 2.1))
    assert [one.recorded.version for one in as_occurred(early)] == [1, 2]


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), max_size=6))
def test_both_orders_hold_the_same_events_and_differ_nowhere_without_delay(hours: list[tuple[float, float]]) -> None:
    events = [assessed(happened, significant=number % 2 == 0) for number, (happened, _) in enumerate(hours)]
    prompt = stream((reported(), 0), *((event, (event.meta.occurred_at - at(0)) / timedelta(hours=1)) for event in events))
    prompt = [one._replace(position=n, version=n) for n, one in enumerate(sorted(prompt, key=lambda r: r.recorded_at), start=1)]
    assert divergences(as_recorded(prompt), as_occurred(prompt)) == []
    late = stream(
        (reported(), 0), *((event, delay) for event, (_, delay) in zip(events, sorted(hours, key=lambda h: h[1]), strict=True))
    )
    assert sorted(one.recorded.version for one in as_occurred(late)) == [one.version for one in late]
    assert all(one.until is None or one.until - one.since > LATER for one in divergences(as_recorded(late), as_occurred(late)))
