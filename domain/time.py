"""Instants and Danish clock time: stored in UTC, told and shown in Europe/Copenhagen.

Two rules for the hours around a clock change, kept apart on purpose. A time that a person *wrote* is never guessed: a doubled
or missing hour is refused with both readings. A time that Sporlog *computed* must exist: a missing hour becomes the instant of
the change, a doubled one the earlier.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.errors import InvalidInputError

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Years outside these are a slip of the pen or an unset clock, and would overflow the calendar arithmetic."""

LONGEST_IN_HOURS = (72, 0)
"""Hours, minutes. A 72 hour clock is shown in hours all the way, a month's in days."""

_WRITTEN = re.compile(
    r"""(?: (?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d) | (?P<dd>\d{1,2})[-.]\s?(?P<dm>\d{1,2})[-.]\s?(?P<dy>\d{4}) )
        (?: T | ,?\s+(?:kl\.?\s*)? )
        (?P<hour>\d{1,2})[:.](?P<minute>\d\d) (?: [:.](?P<second>\d\d) (?:[.,](?P<fraction>\d+))? )?
        \s*(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_WEEKDAYS_DA = ("man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn.")
_MONTHS_DA = ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class UnreadableTimeError(InvalidInputError):
    """The text is no date with a time of day, or its year is outside 1900 to 2999."""

    code = "unreadable-time"


class NoZoneError(InvalidInputError):
    """A datetime without a zone was given where an instant is needed; the machine's own zone is never assumed."""

    code = "time-without-zone"


class AmbiguousTimeError(InvalidInputError):
    """The clock showed this time twice, as it was put back. `readings` are the two instants, UTC, the earlier first."""

    code = "ambiguous-time"

    def __init__(self, text: str, readings: tuple[datetime, datetime]) -> None:
        self.readings = readings
        first, second = map(rfc3339_local, readings)
        super().__init__(
            f"{text!r} happened twice in Copenhagen, the clock was put back: "
            f"write {first} for the first time (summer time) or {second} for the second (winter time)."
        )


class NonexistentTimeError(InvalidInputError):
    """The clock never showed this time, as it was put forward over it. `readings`: the two guesses, UTC, the earlier first."""

    code = "nonexistent-time"

    def __init__(self, text: str, readings: tuple[datetime, datetime]) -> None:
        self.readings = readings
        first, second = map(rfc3339_local, readings)
        super().__init__(
            f"{text!r} did not exist in Copenhagen, the clock was put forward over it: "
            f"write {second} if it was read off a clock still showing winter time, {first} if off one showing summer time."
        )


def parse_time(text: str) -> datetime:
    """Read a time as an instant in UTC. With a zone (RFC 3339) it is taken as is, without one it is Copenhagen's.

    Also read: `2026-11-20 15:20`, `20-11-2026 15:20`, `20.11.2026 kl. 15.20`. Digits beyond microseconds are cut off.
    Raises UnreadableTimeError, AmbiguousTimeError, NonexistentTimeError.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise _unreadable(text, "it is no date with a time of day")
    p = match.groupdict(default="")
    year, month, day = (p["y"], p["m"], p["d"]) if p["y"] else (p["dy"], p["dm"], p["dd"])
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise _unreadable(text, f"the year is outside {FIRST_YEAR} to {LAST_YEAR}")
    clock = f"{p['hour']:0>2}:{p['minute']}:{p['second'] or '00'}.{p['fraction'] or '0':0<6.6}"
    try:
        told = datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{clock}{p['zone'].upper()}")
    except ValueError as error:
        raise _unreadable(text, str(error)) from error
    if told.tzinfo is not None:
        return told.astimezone(UTC)
    first, second = _readings(told)
    if first < second:
        raise AmbiguousTimeError(text.strip(), (first, second))
    if second < first:
        raise NonexistentTimeError(text.strip(), (second, first))
    return first


def utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises NoZoneError."""
    if instant.tzinfo is None:
        raise NoZoneError(f"{instant.isoformat()} has no zone: give an aware datetime, or read people's text with parse_time.")
    return instant.astimezone(UTC)


def local(instant: datetime) -> datetime:
    """The same instant as Copenhagen's clocks show it. Raises NoZoneError."""
    return utc(instant).astimezone(COPENHAGEN)


def add_hours(instant: datetime, hours: int) -> datetime:
    """Elapsed hours, UTC: over a clock change the local time of day moves. Raises NoZoneError."""
    return utc(instant) + timedelta(hours=hours)


def add_months(instant: datetime, months: int) -> datetime:
    """The same local time of day on the same day number, `months` (1 or more) later in Copenhagen; returned in UTC.

    A day that the month lacks becomes its last day; a missing hour the instant of the change; a doubled one the earlier.
    Raises NoZoneError.
    """
    start = local(instant)
    years, month0 = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month0 + 1
    day = min(start.day, monthrange(year, month)[1])
    first, second = _readings(start.replace(year=year, month=month, day=day, tzinfo=None))
    if second < first:
        # In the EU the clock changes at 01:00 UTC (Directive 2000/84/EC), so the change is the full hour before this reading.
        return first.replace(minute=0, second=0, microsecond=0)
    return first


def rfc3339_local(instant: datetime) -> str:
    """`2026-11-20T15:20:00+01:00`: Copenhagen's clock and offset, cut to the second."""
    return local(instant).isoformat(timespec="seconds")


def rfc3339_utc(instant: datetime) -> str:
    """`2026-11-20T14:20:00Z`, with microseconds only where there are any."""
    return utc(instant).replace(tzinfo=None).isoformat() + "Z"


def show_da(instant: datetime) -> str:
    """`fre. 20. nov. 2026 kl. 15.20`, in a doubled hour followed by which of the two; cut to the minute."""
    t = local(instant)
    which = {None: "", True: " (sommertid)", False: " (vintertid)"}[_summer_if_doubled(t)]
    return f"{_WEEKDAYS_DA[t.weekday()]} {t.day}. {_MONTHS_DA[t.month - 1]} {t.year} kl. {t:%H.%M}{which}"


def show_en(instant: datetime) -> str:
    """`Fri 20 Nov 2026 15:20` in Copenhagen, in a doubled hour followed by which of the two; cut to the minute."""
    t = local(instant)
    which = {None: "", True: " (summer time)", False: " (winter time)"}[_summer_if_doubled(t)]
    return f"{_WEEKDAYS_EN[t.weekday()]} {t.day} {_MONTHS_EN[t.month - 1]} {t.year} {t:%H:%M}{which}"


def day_da(day: date) -> str:
    """`20. nov. 2026`."""
    return f"{day.day}. {_MONTHS_DA[day.month - 1]} {day.year}"


def day_en(day: date) -> str:
    """`20 Nov 2026`."""
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def show_span_da(span: timedelta) -> str:
    """How long, without sign: `40 min`, `24 t 50 min`, and above 72 hours `29 døgn 3 t`; the rest is cut off."""
    return _show_span(span, "t", "døgn", "under 1 min")


def show_span_en(span: timedelta) -> str:
    """How long, without sign: `40 min`, `24 h 50 min`, and above 72 hours `29 days 3 h`; the rest is cut off."""
    return _show_span(span, "h", "days", "less than 1 min")


def _show_span(span: timedelta, hour: str, days: str, nothing: str) -> str:
    hours, rest = divmod(abs(span), timedelta(hours=1))
    minutes = rest // timedelta(minutes=1)
    if (hours, minutes) > LONGEST_IN_HOURS:
        return f"{hours // 24} {days} {hours % 24} {hour}"
    if hours:
        return f"{hours} {hour} {minutes} min"
    return f"{minutes} min" if minutes else nothing


def _readings(told: datetime) -> tuple[datetime, datetime]:
    """By the offset before and after a change: equal on an ordinary day, rising in a doubled hour, falling in a missing one."""
    before, after = (told.replace(tzinfo=COPENHAGEN, fold=fold).astimezone(UTC) for fold in (0, 1))
    return before, after


def _summer_if_doubled(t: datetime) -> bool | None:
    first, second = _readings(t.replace(tzinfo=None))
    return bool(t.dst()) if first < second else None


def _unreadable(text: str, why: str) -> UnreadableTimeError:
    return UnreadableTimeError(
        f"{text!r} cannot be read as a time: {why}. "
        "Write for example 2026-11-20T15:20:00+01:00, or 2026-11-20 15:20 for Danish time."
    )
