"""The report as a whole: what was measured in the period and in the one before, of all and of each critical service."""

from typing import NamedTuple

from domain.management.answers import Figures, Reason, Verdict, Worse, decisions, got_worse, verdict
from domain.management.breakdowns import BREAKDOWNS
from domain.management.facts import Facts, Service, Trace
from domain.management.figures import FIGURES


class Part(NamedTuple):
    """What was measured of the whole, or of one critical service."""

    service: Service | None
    facts: Facts
    now: Figures
    before: Figures
    breakdowns: dict[str, dict[str, tuple[Trace, ...]]]


class Report(NamedTuple):
    """Everything that is told. The same facts give the same report."""

    facts: Facts
    whole: Part
    services: tuple[Part, ...]
    verdict: Verdict
    worse: tuple[Worse, ...]
    decisions: tuple[Reason, ...]


def make(now: Facts, before: Facts) -> Report:
    """The report of a period. `before` are the facts of the period before, of the same services, as the log stood then."""
    whole, mine, theirs = _part(None, now, before), now.by_service(), before.by_service()
    services = tuple(_part(one, mine[one.id], theirs[one.id]) for one in now.services)
    measured = {part.service.id: part.now for part in services if part.service}
    sides = [(part.service, part.before, part.now) for part in (whole, *services)]
    return Report(
        now,
        whole,
        services,
        verdict(now, whole.now, measured),
        got_worse(sides),
        decisions(now, whole.now, measured),
    )


def _part(service: Service | None, now: Facts, before: Facts) -> Part:
    breakdowns = {one.key: one.parts(now) for one in BREAKDOWNS}
    return Part(service, now, measure(now), measure(before), breakdowns)


def measure(facts: Facts) -> Figures:
    """Every figure of these facts, by its key."""
    return {figure.key: figure.compute(facts) for figure in FIGURES}
