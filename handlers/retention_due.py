"""What has passed its period today: incidents for a person to decide on, and what Sporlog lets go of by itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from domain.retention.events import What
from domain.retention.periods import Periods, after
from domain.retention.state import Retention
from domain.time import local
from handlers.retention import months_due

ONE_DAY = timedelta(days=1)


class DueIncident(NamedTuple):
    """A candidate for disposal: archiving is checked and the decision taken by a person. While it is held, nothing is."""

    reference: str
    closed_on: date
    due_on: date
    significant: bool
    held: bool


class DueMonth(NamedTuple):
    """A month's payloads that are let go at the next look, or are kept by incidents that are open or held."""

    month: str
    what: What
    due_on: date
    kept_by: tuple[str, ...]


class Due(NamedTuple):
    """As of a Danish day, by the periods with this number. `dead_letters`: how many; None when NATS does not answer."""

    on: date
    number: int
    incidents: tuple[DueIncident, ...]
    payloads: tuple[DueMonth, ...]
    dead_letters: int | None


Kept = Callable[[str], Sequence[str]]
"""The references of the incidents that keep a month's payloads."""


def due_today(
    retention: Retention,
    now: datetime,
    *,
    closed: Iterable[Mapping[str, Any]],
    months: Iterable[str],
    kept: Kept,
    letters: int | None,
) -> Due:
    """`closed` are incidents that are closed, as rows of the register, `months` those whose key is there; `now` is aware."""
    today = local(now).date()
    in_force = retention.on(today)
    incidents = (_incident(row, in_force.periods) for row in closed if row["closed_at"] is not None)
    return Due(
        on=today,
        number=in_force.number,
        incidents=tuple(sorted((one for one in incidents if one.due_on <= today), key=lambda one: (one.due_on, one.reference))),
        payloads=tuple(
            DueMonth(month, what, day, tuple(kept(month)) if what == "payloads" else ())
            for month, what, day in months_due(retention, months, today)
        ),
        dead_letters=letters,
    )


def begin_of_kept(today: date, period: str) -> date:
    """The first day of which everything is kept: what is of the day before has passed its period today."""
    day = today
    while after(day, period) > today:
        day -= ONE_DAY
    return day


def _incident(row: Mapping[str, Any], periods: Periods) -> DueIncident:
    closed_on = local(row["closed_at"]).date()
    significant = row["significant"] is True
    due_on = after(closed_on, periods.of_incident(significant=significant))
    return DueIncident(row["reference"], closed_on, due_on, significant, row["held_at"] is not None)
