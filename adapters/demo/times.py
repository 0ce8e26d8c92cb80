"""When things happen in the story: on a Danish clock some nights ago, or so long before or after the start."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from domain.time import local, parse_time, utc

NIGHTS_AGO = 26
"""How long before the start the story begins."""


class Clock(NamedTuple):
    """What Copenhagen's clocks showed, `HH:MM:SS`, so many days after the story's first night."""

    day: int
    time: str


class Before(NamedTuple):
    """So long before the start, as elapsed time: what is overdue or nearly due then is so whatever the calendar does."""

    hours: int
    minutes: int = 0
    seconds: int = 0


class After(NamedTuple):
    """So long after the start: until when something is agreed that is still to come."""

    hours: int


When = Clock | Before | After


def instant_of(when: When, start: datetime) -> datetime:
    """The instant, UTC, in a story that starts at `start`."""
    if isinstance(when, After):
        return utc(start) + timedelta(hours=when.hours)
    if isinstance(when, Before):
        return utc(start) - timedelta(hours=when.hours, minutes=when.minutes, seconds=when.seconds)
    return parse_time(f"{first_night(start) + timedelta(days=when.day)}T{when.time}")


def first_night(start: datetime) -> date:
    """26 days ago, Danish date; one day more when the clock was changed that night, for then 02:31 came twice or not at all."""
    day = local(start).date() - timedelta(days=NIGHTS_AGO)
    return day - timedelta(days=1) if _changes_clock(day) else day


def _changes_clock(day: date) -> bool:
    midnights = (local(parse_time(f"{each}T00:00:00")) for each in (day, day + timedelta(days=1)))
    return len({midnight.utcoffset() for midnight in midnights}) > 1
