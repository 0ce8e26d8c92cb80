"""Periods of a report: whole Copenhagen days, from the first one's midnight to the midnight after the last."""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import ClassVar, NamedTuple

from domain.errors import InvalidInputError
from domain.time import COPENHAGEN, FIRST_YEAR, LAST_YEAR, local

_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>\d\d))?|(?P<first>\d{4}-\d\d-\d\d)\.\.(?P<last>\d{4}-\d\d-\d\d)",
    re.ASCII,
)


class UnreadablePeriodError(InvalidInputError):
    """The text names no period, or one that ends before it begins."""

    code: ClassVar[str] = "unreadable-period"


class Every(StrEnum):
    """Of which periods reports are sent by themselves."""

    MONTH = "month"
    QUARTER = "quarter"


class Period(NamedTuple):
    """`first` and `last` are Copenhagen's days, both in it. `name` is how it is written."""

    name: str
    first: date
    last: date

    @property
    def start(self) -> datetime:
        """Its first instant, UTC."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first instant after it, UTC."""
        return _midnight(self.last + timedelta(days=1))

    def holds(self, instant: datetime) -> bool:
        """Whether it happened in the period."""
        return self.start <= instant < self.end

    @property
    def before(self) -> "Period":
        """The one that it is compared with: the year, quarter or month before, or as many days before the first."""
        if (match := _WRITTEN.fullmatch(self.name)) and match["year"]:
            months = 3 if match["quarter"] else 1 if match["month"] else 12
            years, month = divmod(self.first.year * 12 + self.first.month - 1 - months, 12)
            first, last = date(years, month + 1, 1), self.first - timedelta(days=1)
            return Period(_name(first, months), first, last)
        last = self.first - timedelta(days=1)
        first = last - (self.last - self.first)
        return Period(f"{first}..{last}", first, last)


def parse_period(text: str) -> Period:
    """`2026`, `2026-Q3`, `2026-10` or `2026-07-01..2026-09-30`, both days included. Raises `UnreadablePeriodError`."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise _unreadable(text, "it is no year, quarter, month or span of days")
    try:
        first, last = _days(match)
    except ValueError as error:
        raise _unreadable(text, str(error)) from error
    if not FIRST_YEAR < first.year <= last.year <= LAST_YEAR - 1:
        raise _unreadable(text, f"its years are outside {FIRST_YEAR + 1} to {LAST_YEAR - 1}, or it ends before it begins")
    if last < first:
        raise _unreadable(text, f"it ends ({last}) before it begins ({first}): swap them")
    return Period(text.strip(), first, last)


def quarter_of(instant: datetime) -> Period:
    """The quarter that the instant lies in, by Copenhagen's clock."""
    day = local(instant).date()
    return parse_period(f"{day.year}-Q{(day.month + 2) // 3}")


def month_of(instant: datetime) -> Period:
    """The month that the instant lies in, by Copenhagen's clock."""
    return parse_period(f"{local(instant):%Y-%m}")


def _days(match: re.Match[str]) -> tuple[date, date]:
    if match["first"]:
        return date.fromisoformat(match["first"]), date.fromisoformat(match["last"])
    year, quarter, month = int(match["year"]), match["quarter"], match["month"]
    begin = int(month) if month else 3 * int(quarter) - 2 if quarter else 1
    months = 1 if month else 3 if quarter else 12
    first = date(year, begin, 1)
    years, end = divmod(year * 12 + begin - 1 + months, 12)
    return first, date(years, end + 1, 1) - timedelta(days=1)


def _name(first: date, months: int) -> str:
    if months == 1:
        return f"{first:%Y-%m}"
    return f"{first.year}" if months > 3 else f"{first.year}-Q{(first.month + 2) // 3}"  # noqa: PLR2004 - of a quarter


@cache
def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN).astimezone(UTC)


def _unreadable(text: str, why: str) -> UnreadablePeriodError:
    return UnreadablePeriodError(
        f"{text!r} is no period: {why}. Write for example 2026-Q3, 2026-10, 2026, or 2026-07-01..2026-09-30."
    )
