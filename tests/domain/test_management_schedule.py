"""When a report is sent by itself: on the first working day after its period, at seven in Copenhagen."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.management.events import ReportSent
from domain.management.period import Every, parse_period
from domain.management.schedule import due_at, newest_due, was_sent
from domain.working_days import first_working_day, is_working_day
from tests.support.incidents import meta

QUARTER = parse_period("2026-Q3")


@pytest.mark.parametrize(
    ("period", "at"),
    [
        ("2026-Q2", "2026-07-01T05:00"),  # a Wednesday in summer time
        ("2026-10", "2026-11-02T06:00"),  # the 1st is a Sunday, and the clock was put back a week before
        ("2026-Q4", "2027-01-04T06:00"),  # New Year's Day, a Saturday, a Sunday
        ("2025-Q4", "2026-01-02T06:00"),
        ("2024-Q1", "2024-04-02T05:00"),  # Easter Monday, and the clock was put forward the day before
        ("2021-Q1", "2021-04-06T05:00"),  # the whole of Easter
        ("2029-04", "2029-05-01T05:00"),  # 1 May is a working day
        ("2028-02", "2028-03-01T06:00"),  # after a leap day
    ],
)
def test_it_is_due_at_seven_on_the_first_working_day_after_its_period(period: str, at: str) -> None:
    assert due_at(parse_period(period)) == datetime.fromisoformat(at).replace(tzinfo=UTC)


def test_the_newest_period_is_the_one_whose_morning_has_come() -> None:
    morning = due_at(parse_period("2026-Q4"))
    before, at = (newest_due(Every.QUARTER, now) for now in (morning - timedelta(microseconds=1), morning))
    assert (before.period.name, before.at, at.period.name, at.at) == (
        *("2026-Q3", datetime(2026, 10, 1, 5, tzinfo=UTC)),
        *("2026-Q4", morning),
    )
    assert newest_due(Every.MONTH, morning).period.name == "2026-12"
    assert newest_due(Every.MONTH, datetime(2027, 1, 31, 23, 30, tzinfo=UTC)).period.name == "2026-12", "it is February already"


def test_each_instant_of_some_years_has_a_period_that_ended_and_came_in_the_morning() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    while now.year < 2029:
        due = newest_due(Every.MONTH, now)
        assert due.period.end < due.at <= now < due_at(newest_due(Every.MONTH, due.at + timedelta(days=40)).period)
        now += timedelta(hours=61)


def sent(period: str, at: datetime, administration: str | None = None) -> ReportSent:
    origin = meta(0).model_copy(update={"occurred_at": at})
    return ReportSent(meta=origin, period=period, administration=administration, report_position=7, report_sha256="0" * 64)


def test_a_report_was_sent_if_it_is_of_that_period_and_administration_and_went_after_its_end() -> None:
    at = QUARTER.end
    assert was_sent(QUARTER, None, [sent("2026-Q2", at), sent("2026-Q3", at)])
    assert was_sent(QUARTER, "Sundhed", [sent("2026-Q3", at, "Sundhed")])
    assert not was_sent(QUARTER, None, [sent("2026-Q2", at), sent("2026-07", at), sent("2026-Q3", at, "Sundhed")])
    assert not was_sent(QUARTER, None, [sent("2026-Q3", at - timedelta(microseconds=1))]), "then it still ran"


@pytest.mark.parametrize(
    ("day", "then"),
    [
        ("2026-04-01", "2026-04-01"),
        ("2026-04-02", "2026-04-07"),  # Maundy Thursday to Easter Monday
        ("2026-05-14", "2026-05-15"),  # Ascension Day
        ("2026-05-25", "2026-05-26"),  # Whit Monday
        ("2026-06-05", "2026-06-08"),  # Constitution Day
        ("2026-12-24", "2026-12-28"),
        ("2026-12-31", "2027-01-04"),
        ("2027-04-23", "2027-04-23"),  # Great Prayer Day is none any more
        ("2038-04-26", "2038-04-27"),  # the latest Easter there is
    ],
)
def test_the_first_working_day_leaves_out_weekends_and_danish_holidays(day: str, then: str) -> None:
    assert first_working_day(date.fromisoformat(day)) == date.fromisoformat(then)


def test_a_common_week_has_five_working_days() -> None:
    assert [is_working_day(date(2026, 11, 16) + timedelta(days=day)) for day in range(7)] == [True] * 5 + [False] * 2
