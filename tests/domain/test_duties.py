from collections.abc import Mapping
from datetime import timedelta

import pytest

from domain.deadlines import ClockFacts, Duty, duties
from domain.time import parse_time

AWARE = parse_time("2026-11-20 15:20")
KNOWN = ClockFacts(registered_at=AWARE, aware_at=AWARE, breach_aware_at=AWARE)
HOUR = timedelta(hours=1)


def by_kind(facts: ClockFacts, sent_after_hours: Mapping[str, int]) -> dict[str, Duty]:
    sent = {kind: AWARE + hours * HOUR for kind, hours in sent_after_hours.items()}
    return {duty.deadline.kind.value: duty for duty in duties(facts, sent)}


def owed(found: Mapping[str, Duty]) -> set[str]:
    return {kind for kind, duty in found.items() if duty.discharged_at is None}


def test_what_is_not_sent_is_owed() -> None:
    assert owed(by_kind(KNOWN, {})) == {"internal_assessment", "early_warning", "incident_notification", "gdpr_notification"}


@pytest.mark.parametrize("act", ["internal_assessment", "early_warning", "gdpr_notification"])
def test_an_act_ends_its_own_duty_and_no_other(act: str) -> None:
    assert owed(by_kind(KNOWN, {})) - owed(by_kind(KNOWN, {act: 1})) == {act}


def test_a_notification_within_24_hours_ends_the_early_warning_in_time_too() -> None:
    found = by_kind(KNOWN, {"incident_notification": 20})

    assert found["early_warning"].discharged_at == found["incident_notification"].discharged_at == AWARE + 20 * HOUR
    assert not found["early_warning"].late


def test_a_notification_after_24_hours_ends_the_early_warning_late_and_itself_in_time() -> None:
    found = by_kind(KNOWN, {"incident_notification": 48})

    assert (found["early_warning"].late, found["incident_notification"].late) == (True, False)


def test_the_first_of_two_acts_counts() -> None:
    assert (
        by_kind(KNOWN, {"incident_notification": 48, "early_warning": 20})["early_warning"].discharged_at == AWARE + 20 * HOUR
    )


def test_a_duty_is_overdue_only_after_its_limit_and_only_while_owed() -> None:
    limit = AWARE + 24 * HOUR
    warning = by_kind(KNOWN, {})["early_warning"]

    assert [warning.overdue_at(limit + timedelta(seconds=s)) for s in (-1, 0, 1)] == [False, False, True]
    assert not by_kind(KNOWN, {"early_warning": 30})["early_warning"].overdue_at(limit + 90 * HOUR)


def test_an_act_at_the_limit_is_in_time_and_a_second_later_is_late() -> None:
    limit = AWARE + 24 * HOUR

    assert [duties(KNOWN, {"early_warning": limit + timedelta(seconds=s)})[1].late for s in (0, 1)] == [False, True]


def test_the_recorded_notification_counts_without_being_named_twice() -> None:
    assert "incident_notification" not in owed(by_kind(KNOWN._replace(notified_at=AWARE + HOUR), {}))


def test_while_the_incident_runs_one_report_is_owed_not_two() -> None:
    assert owed(by_kind(ClockFacts(aware_at=AWARE, notified_at=AWARE), {})) == {"status_report"}


@pytest.mark.parametrize("act", ["status_report", "final_report"])
def test_while_the_incident_runs_a_final_report_ends_what_a_status_report_would(act: str) -> None:
    assert owed(by_kind(ClockFacts(aware_at=AWARE, notified_at=AWARE), {act: 100})) == set()


def test_a_status_report_does_not_end_the_final_report_of_an_incident_handled_in_time() -> None:
    handled = ClockFacts(aware_at=AWARE, notified_at=AWARE, handled_at=AWARE + 200 * HOUR)

    assert owed(by_kind(handled, {"status_report": 100})) == {"final_report"}
    assert owed(by_kind(handled, {"status_report": 100, "final_report": 300})) == set()


def test_after_a_status_report_the_final_report_is_owed_from_handling() -> None:
    handled_late = ClockFacts(aware_at=AWARE, notified_at=AWARE, handled_at=AWARE + 1000 * HOUR)
    found = by_kind(handled_late, {"status_report": 700})

    assert owed(found) == {"final_report_after_status"}
    assert owed(by_kind(handled_late, {"status_report": 700, "final_report": 1100})) == set()


def test_no_longer_significant_owes_nothing() -> None:
    assert duties(KNOWN._replace(registered_at=None, aware_at=None, breach_aware_at=None), {"early_warning": AWARE}) == ()
