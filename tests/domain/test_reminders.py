from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadline_rules import DeadlineKind
from domain.deadlines import ClockFacts, deadlines
from domain.reminders import LADDER, LIMIT, MISSED, Reached, reached, rungs
from tests.support.incidents import at

KINDS = st.sampled_from(list(DeadlineKind))
SPANS = st.timedeltas(timedelta(0), timedelta(days=60))


def told(kind: str, hours: float, *, term: float, limit_in_law: bool = True) -> list[str]:
    return [rung.rung for rung in reached(rungs(kind, at(0), at(term), limit_in_law=limit_in_law), at(hours))]


@pytest.mark.parametrize(
    ("kind", "term", "reminded_at"),
    [
        ("internal_assessment", 4, {2: "half", 4: "limit"}),
        ("internal_assessment", 8, {4: "half", 8: "limit"}),
        ("early_warning", 24, {12: "12h-left", 20: "4h-left", 23: "1h-left"}),
        ("incident_notification", 72, {48: "24h-left", 68: "4h-left"}),
        ("gdpr_notification", 72, {48: "24h-left", 68: "4h-left"}),
        ("interim_report", 48, {24: "24h-left", 44: "4h-left"}),
        ("final_report", 720, {552: "7d-left", 696: "1d-left"}),
        ("status_report", 720, {552: "7d-left", 696: "1d-left"}),
        ("final_report_after_status", 720, {552: "7d-left", 696: "1d-left"}),
        ("recipients", 24, {20: "4h-left"}),
        ("data_subjects", 72, {68: "4h-left"}),
        ("second_approval", 24, {20: "4h-left"}),
        ("csirt_reply", 24, {}),
    ],
)
def test_each_kind_has_its_ladder(kind: str, term: float, reminded_at: dict[float, str]) -> None:
    ladder = rungs(kind, at(0), at(term), limit_in_law=False)
    assert ladder == tuple(Reached(at(hours), rung) for hours, rung in reminded_at.items())


def test_no_kind_is_without_a_ladder() -> None:
    assert set(LADDER) == set(DeadlineKind)


def test_of_several_rungs_that_were_passed_the_latest_is_told_and_the_miss_beside_it() -> None:
    assert told("early_warning", 11, term=24) == []
    assert told("early_warning", 21, term=24) == ["4h-left"]
    assert told("early_warning", 30, term=24) == ["1h-left", "missed"]


def test_at_the_limit_itself_nothing_is_missed() -> None:
    assert told("early_warning", 24, term=24) == ["1h-left"]


def test_the_internal_limit_is_never_missed_it_is_the_last_rung() -> None:
    assert told("internal_assessment", 400, term=4, limit_in_law=False) == ["limit"]


def test_a_rung_at_the_start_of_the_clock_is_left_out() -> None:
    # A trust service has 24 hours for the incident notification: with 24 hours left it has just begun.
    (notification,) = (
        d for d in deadlines(ClockFacts(aware_at=at(0), trust_service=True)) if d.kind == "incident_notification"
    )
    ladder = rungs(notification.kind, notification.triggered_at, notification.due_at, limit_in_law=True)
    assert [rung.rung for rung in ladder] == ["4h-left", MISSED]


@given(kind=KINDS, term=SPANS, limit_in_law=st.booleans(), first=SPANS, later=SPANS)
def test_rungs_only_ever_go_forward(
    kind: DeadlineKind, term: timedelta, *, limit_in_law: bool, first: timedelta, later: timedelta
) -> None:
    start = at(0)
    ladder = rungs(kind, start, start + term, limit_in_law=limit_in_law)
    before, after = reached(ladder, start + first), reached(ladder, start + first + later)
    assert [rung.at for rung in ladder] == sorted({rung.at for rung in ladder})
    assert all(start < rung.at <= start + first or rung == Reached(start, LIMIT) for rung in before)
    assert [ladder.index(rung) for rung in before] <= [ladder.index(rung) for rung in after]


def test_an_internal_limit_that_is_over_at_the_registration_is_told_at_once() -> None:
    assert told("internal_assessment", 0, term=0, limit_in_law=False) == ["limit"]
