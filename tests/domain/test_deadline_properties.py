"""What holds of the clocks whatever the facts are."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.deadline_rules import DeadlineKind
from domain.deadlines import ClockFacts, deadlines, duties

IN_FORCE = st.datetimes(datetime(2025, 7, 2), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
REPORTS = {"final_report", "status_report", "final_report_after_status"}
STARTS: dict[str, set[str]] = {
    "registered_at": {"internal_assessment"},
    "detected_at": set(),
    "aware_at": {"early_warning", "incident_notification"},
    "notified_at": REPORTS,
    "handled_at": REPORTS,
    "breach_aware_at": {"gdpr_notification"},
    "effect_at": {"recipients"},
    "high_risk_at": {"data_subjects"},
    "warned_at": {"csirt_reply"},
    "interim_requested_at": {"interim_report"},
    "approval_owed_at": {"second_approval"},
}
"""Fact to the kinds whose due times follow from it."""
KINDS = st.sampled_from([kind.value for kind in DeadlineKind])
FACTS = st.builds(
    ClockFacts,
    **{name: st.none() | IN_FORCE for name in STARTS},
    trust_service=st.booleans(),
    set_due=st.dictionaries(KINDS, IN_FORCE),
)


def due(facts: ClockFacts, *, but: set[str]) -> dict[str, datetime]:
    return {d.kind.value: d.due_at for d in deadlines(facts) if d.kind not in but}


def test_every_fact_that_may_start_a_clock_is_in_the_table() -> None:
    assert set(STARTS) | {"trust_service", "set_due"} == set(ClockFacts._fields)


@given(facts=FACTS)
def test_nothing_falls_due_before_its_trigger_and_all_is_explained(facts: ClockFacts) -> None:
    for d in deadlines(facts):
        assert d.due_at >= d.triggered_at
        assert "{" not in d.explanation + d.explanation_en


@given(facts=FACTS, name=st.sampled_from(sorted(STARTS)), instant=IN_FORCE)
def test_a_new_fact_moves_no_clock_but_its_own(facts: ClockFacts, name: str, instant: datetime) -> None:
    told: dict[str, Any] = {name: instant}

    assert due(facts._replace(**told), but=STARTS[name]) == due(facts, but=STARTS[name])


@given(facts=FACTS, kind=KINDS, instant=IN_FORCE)
def test_a_time_that_is_set_moves_no_clock_but_its_own(facts: ClockFacts, kind: str, instant: datetime) -> None:
    assert due(facts._replace(set_due={**facts.set_due, kind: instant}), but={kind}) == due(facts, but={kind})


@given(facts=FACTS, sent=st.dictionaries(KINDS, IN_FORCE), again=st.dictionaries(KINDS, IN_FORCE))
def test_sending_again_moves_no_limit(facts: ClockFacts, sent: Mapping[str, datetime], again: Mapping[str, datetime]) -> None:
    assert [d.deadline for d in duties(facts, sent)] == [d.deadline for d in duties(facts, {**sent, **again})]
