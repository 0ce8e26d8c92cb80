"""When the report of a period goes to those who get it by itself: on the first working day after it, in the morning."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from domain.management.events import ReportSent
from domain.management.period import Every, Period, month_of, quarter_of
from domain.time import COPENHAGEN
from domain.working_days import first_working_day

AT = time(7, 0)
"""Copenhagen's. The clock changes at night: that time is there once on every day."""


class Due(NamedTuple):
    """A period whose report may go out, and since when, UTC."""

    period: Period
    at: datetime


def newest_due(every: Every, now: datetime) -> Due:
    """The newest period that has ended and whose morning has come. Older ones are never made up for."""
    period = (quarter_of if every is Every.QUARTER else month_of)(now).before
    while due_at(period) > now:
        period = period.before
    return Due(period, due_at(period))


def due_at(period: Period) -> datetime:
    """When its report is sent, UTC."""
    day = first_working_day(period.last + timedelta(days=1))
    return datetime.combine(day, AT, COPENHAGEN).astimezone(UTC)


def was_sent(period: Period, administration: str | None, sent: Iterable[ReportSent]) -> bool:
    """Whether that report went out. What was sent while the period still ran does not count."""
    told = ((one.period, one.administration, one.meta.occurred_at >= period.end) for one in sent)
    return (period.name, administration, True) in told
