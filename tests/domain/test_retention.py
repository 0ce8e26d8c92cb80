"""Periods are data: decided with a reason, numbered, in force from their day on; nothing goes before its period has passed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.incident.errors import ReasonMissingError
from domain.retention.errors import EffectiveInThePastError, NotDueError
from domain.retention.events import DeadLettersErased, PayloadsErased, PeriodsSet, RetentionEvent
from domain.retention.periods import ENDS, Ends, Periods, after
from domain.retention.state import BROUGHT, Retention, replay
from domain.retention.steps import decide, month_due
from tests.support.incidents import meta

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TODAY = date(2026, 11, 29)
SHORTER = Periods(payloads="13 months", signals="1 months")


def chosen(periods: Periods = SHORTER, day: date = TODAY, reason: str | None = "Vedtaget 12/11") -> PeriodsSet:
    return PeriodsSet(meta=meta(), effective_from=day, periods=periods, reason=reason)


def erased(month: str = "2024-10", what: str = "payloads") -> PayloadsErased:
    return PayloadsErased.model_validate({"meta": meta(), "month": month, "what": what, "rows": 3, "number": 0})


def recorded(*proposed: RetentionEvent) -> Retention:
    return replay([event for one in proposed for event in decide(Retention(), one, now=NOW)])


def test_every_period_says_who_ends_it_and_no_incident_goes_without_a_person() -> None:
    assert set(ENDS) == set(Periods.model_fields)
    assert {kind for kind, ends in ENDS.items() if ends is Ends.SPORLOG} == {"signals", "payloads", "dead_letters"}
    assert ENDS["access_log"] is Ends.UNRECORDED
    assert ENDS["incident_files"] is ENDS["significant_incident_files"] is Ends.PERSON


@pytest.mark.parametrize(
    ("day", "period", "then"),
    [
        (date(2026, 1, 31), "1 months", date(2026, 2, 28)),
        (date(2024, 2, 29), "1 years", date(2025, 2, 28)),
        (date(2026, 12, 1), "1 months", date(2027, 1, 1)),
        (date(2026, 11, 29), "90 days", date(2027, 2, 27)),
        (date(2021, 6, 1), "5 years", date(2026, 6, 1)),
    ],
)
def test_a_period_is_calendar_time(day: date, period: str, then: date) -> None:
    assert after(day, period) == then


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 90), st.sampled_from(["days", "months", "years"]))
def test_a_longer_period_never_ends_before_a_shorter_one(day: date, number: int, unit: str) -> None:
    assert day < after(day, f"{number} {unit}") <= after(day, f"{number + 1} {unit}")


@pytest.mark.parametrize("written", ["5", "0 days", "-1 years", "5 Years", "5  years", "fem år", "101 years", "99999 days", ""])
def test_what_is_no_period_is_refused_with_how_one_is_written(written: str) -> None:
    with pytest.raises(ValidationError, match=r"write a number and days|for ever"):
        Periods(logs=written)


def test_signals_are_not_promised_longer_than_the_key_that_they_are_sealed_with() -> None:
    with pytest.raises(ValidationError, match="signals cannot be kept longer than payloads"):
        Periods(signals="25 months")


def test_until_somebody_decides_those_hold_that_sporlog_brings() -> None:
    assert Retention().on(TODAY) == BROUGHT
    assert (BROUGHT.periods.incident_files, BROUGHT.periods.significant_incident_files) == ("5 years", "10 years")


def test_a_change_is_numbered_and_holds_from_its_day_on() -> None:
    retention = recorded(chosen(day=date(2027, 1, 1)))
    assert retention.on(date(2026, 12, 31)) == BROUGHT
    assert retention.on(date(2027, 1, 1)).periods == SHORTER
    assert [one.number for one in retention.after(TODAY)] == [1]


def test_what_was_decided_last_goes_before_what_was_decided_earlier_for_the_same_day() -> None:
    first, second = chosen(), chosen(Periods(logs="30 days"))
    retention = replay([*decide(Retention(), first, now=NOW)])
    retention = replay(decide(retention, second, now=NOW), retention)
    assert (retention.on(TODAY).number, retention.on(TODAY).periods.logs) == (2, "30 days")


def test_a_change_needs_a_reason_and_a_day_that_is_not_over_and_a_repeated_one_is_none() -> None:
    with pytest.raises(ReasonMissingError, match="say why"):
        decide(Retention(), chosen(reason=None), now=NOW)
    with pytest.raises(EffectiveInThePastError, match="let them hold from 2026-11-29 or later"):
        decide(Retention(), chosen(day=date(2026, 11, 28)), now=NOW)
    assert decide(Retention(), chosen(Periods()), now=NOW) == []
    assert decide(recorded(chosen()), chosen(), now=NOW) == []


def test_the_day_is_copenhagens() -> None:
    late = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    with pytest.raises(EffectiveInThePastError):
        decide(Retention(), chosen(), now=late)


def test_a_month_of_payloads_goes_when_its_period_has_passed_since_its_end_and_once() -> None:
    assert month_due("2024-10", "24 months") == date(2026, 11, 1)
    (event,) = decide(Retention(), erased(), now=NOW)
    assert decide(replay([event]), erased(), now=NOW) == []
    with pytest.raises(NotDueError, match="payloads of 2024-11: the period has not passed before 2026-12-01"):
        decide(Retention(), erased("2024-11"), now=NOW)
    decide(Retention(), erased("2025-10", "signals"), now=NOW)
    with pytest.raises(NotDueError):
        decide(Retention(), erased("2025-11", "signals"), now=NOW)


def test_dead_letters_go_when_their_period_has_passed() -> None:
    letters = DeadLettersErased(meta=meta(), before=date(2026, 8, 31), letters=2, upto=7, number=0)
    (event,) = decide(Retention(), letters, now=NOW)
    assert replay([event]).letters_upto == 7
    with pytest.raises(NotDueError, match="dead letters"):
        decide(Retention(), letters.model_copy(update={"before": date(2026, 9, 1)}), now=NOW)
