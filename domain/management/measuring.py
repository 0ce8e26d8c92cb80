"""How figures are measured: what a value is, how cases become one, and what too few of them leave unsaid."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median_low
from typing import NamedTuple

from domain.management.facts import FEW, NO_INCIDENT, Case, Facts, Trace, by_service
from domain.management.outages import down, length

SECOND = timedelta(seconds=1)
OF_NOW = frozenset({"limits_missed", "owed", "follow_ups_open", "follow_ups_overdue"})
"""Figures that tell how it stands now, whichever period is asked for: nothing is known of how they stood before."""


class Unit(StrEnum):
    """What a value is."""

    COUNT = "count"
    SECONDS = "seconds"
    PERCENT = "percent"


class Better(StrEnum):
    """Which way is better."""

    LESS = "less"
    MORE = "more"
    NEITHER = "neither"


class Measured(NamedTuple):
    """A figure's value, of how many cases, and what it rests on. None: there is nothing to measure, or too few cases.

    Of a median below `FEW` cases the single values are in `singles`, in rising order, and there is no value.
    """

    value: float | None
    cases: int
    behind: tuple[Trace, ...]
    singles: tuple[int, ...] = ()
    longest: int | None = None

    @property
    def few(self) -> bool:
        """Too few cases to tell a percentage, a median or a trend."""
        return self.cases < FEW


class Figure(NamedTuple):
    """One figure. `key` is its name in JSON and CSV; names and definitions are Danish and English."""

    key: str
    name: str
    name_en: str
    definition: str
    definition_en: str
    unit: Unit
    better: Better
    compute: Callable[[Facts], Measured]


class Trend(NamedTuple):
    """A figure beside that of the period before. `worse` is None where neither way is better, or nothing changed."""

    before: float
    now: float
    worse: bool | None


def is_near_miss(case: Case) -> bool:
    """Nothing happened, yet it might have (NIS 2-loven § 3: nærvedhændelse)."""
    return case.close_reason == "near_miss" or (case.kind == "near_miss" and case.close_reason not in NO_INCIDENT)


def trend(figure: Figure, before: Measured, now: Measured) -> Trend | None:
    """How a figure moved since the period before; None when either rests on too few cases, or it is one of now."""
    if figure.key in OF_NOW or before.value is None or now.value is None or before.few or now.few:
        return None
    rising = now.value > before.value
    worse = None if now.value == before.value or figure.better is Better.NEITHER else rising is (figure.better is Better.LESS)
    return Trend(before.value, now.value, worse)


def acts(*acts: str) -> Callable[[Facts], Measured]:
    """How many such acts there were in the period."""

    def compute(facts: Facts) -> Measured:
        start, end = facts.period.start, facts.period.end
        return _number([one.trace for one in facts.acts if one.act in acts and start <= one.at < end])

    return compute


def _number(behind: Sequence[Trace]) -> Measured:
    return Measured(len(behind), len(behind), tuple(behind))


def median_span(
    start: Callable[[Case], datetime | None], end: Callable[[Case], datetime | None]
) -> Callable[[Facts], Measured]:
    """How long it took from one moment to another, in whole seconds: the median."""

    def compute(facts: Facts) -> Measured:
        found = [
            ((until - since) // SECOND, case.trace)
            for case in facts.incidents
            if (since := start(case)) is not None and (until := end(case)) is not None
        ]
        return _median(found)

    return compute


def _median(found: list[tuple[int, Trace]]) -> Measured:
    values, behind = sorted(value for value, _ in found), tuple(trace for _, trace in found)
    longest = values[-1] if values else None
    if len(values) < FEW:
        return Measured(None, len(values), behind, tuple(values), longest)
    return Measured(median_low(values), len(values), behind, (), longest)


def restored(facts: Facts) -> Measured:
    """How long outages lasted: the median."""
    found = [((one.until - one.start) // SECOND, one.trace) for one in facts.outages if one.until is not None]
    return _median(found)


def down_time(facts: Facts) -> Measured:
    """How long services did not work at all."""
    return _gone(facts, only_down=True)


def disturbed_time(facts: Facts) -> Measured:
    """How long services did not work as they should."""
    return _gone(facts, only_down=False)


def _gone(facts: Facts, *, only_down: bool) -> Measured:
    mine = [one for one in facts.outages if one.down or not only_down]
    mine = [one for one in mine if (one.until or facts.until) > facts.period.start and one.start < facts.until]
    total = sum((length(each, facts.period.start, facts.until) for each in by_service(mine).values()), timedelta())
    return Measured(total // SECOND, len(mine), tuple(one.trace for one in mine))


def availability(facts: Facts) -> Measured:
    """The share of the period's time, in percent, cut to three decimals, in which services were not down."""
    gone, hours = down(facts.outages), (facts.until - facts.period.start) // timedelta(hours=1)
    if not facts.services or hours < 1:
        return Measured(None, hours, ())
    whole = (facts.until - facts.period.start) * len(facts.services)
    ids = {one.id for one in facts.services}
    outages = by_service(gone)
    lost = sum((length(outages.get(one, ()), facts.period.start, facts.until) for one in ids), timedelta())
    # Cut, not rounded: 100 means that there was none. A year of many services, multiplied, is longer than a time can be.
    share = (whole - lost) // SECOND * 100_000 // (whole // SECOND) / 1000
    return Measured(share, hours, tuple(one.trace for one in gone if one.service in ids))


def attempts(facts: Facts) -> Measured:
    """Alerts."""
    behind = tuple(Trace(None, one.position) for one in facts.attempts)
    return Measured(facts.signals, facts.signals, behind)


def in_time(facts: Facts) -> Measured:
    """The share of settled deadlines, in percent, that was met in time."""
    start, end = facts.period.start, facts.period.end
    due = [one for one in facts.limits if start <= one.due_at < end and (one.done_at is not None or one.due_at < facts.now)]
    kept = sum(not one.late and one.done_at is not None for one in due)
    value = kept * 1000 // len(due) / 10 if len(due) >= FEW else None
    return Measured(value, len(due), tuple(one.trace for one in due))


def counted(choose: Callable[[Facts], Iterable[Trace]]) -> Callable[[Facts], Measured]:
    """How many such things there are."""
    return lambda facts: _number(list(choose(facts)))


def follow_ups(facts: Facts, *, overdue: bool) -> Iterable[Trace]:
    """Agreed improvements that are not in place."""
    for one in facts.acts:
        if one.act == "follow_up" and one.done_at is None and (not overdue or (one.due_at or facts.now) < facts.now):
            yield one.trace
