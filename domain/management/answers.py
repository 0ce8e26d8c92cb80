"""What the first page answers: are we in order, what got worse, what must we decide. Every answer follows from figures.

A reason has a code, what its sentence names, and what it rests on; the sentences are the surface's. The tool recommends, the
executive board decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeAlias
from uuid import UUID

from domain.management.facts import Facts, Service, Trace, by_service
from domain.management.figures import FIGURE
from domain.management.measuring import Figure, Measured, Trend, trend
from domain.management.outages import down, length

Named: TypeAlias = str | int | float | datetime | tuple[str, ...]
NAMED = 2
"""Single decisions of one sort that the first page names; the rest is counted. The three answers fit on that page."""
OF_THE_WHOLE = 4
"""Figures of the whole that got worse and are named there."""


class Order(StrEnum):
    """Whether all is in order."""

    IN_ORDER = "in_order"
    WATCH = "watch"
    """Nothing is broken, and something needs attention."""
    NOT = "not"


class Reason(NamedTuple):
    """Why, with the values that its sentence names."""

    code: str
    named: Mapping[str, Named]
    behind: tuple[Trace, ...] = ()


class Verdict(NamedTuple):
    """Are we in order?"""

    order: Order
    reasons: tuple[Reason, ...]


class Worse(NamedTuple):
    """A figure that got worse since the period before, of the whole or of one service."""

    figure: Figure
    service: Service | None
    trend: Trend


Figures: TypeAlias = Mapping[str, Measured]
BROKEN = frozenset({"limits_missed", "limits_late", "below_target", "too_long"})
"""Reasons for which all is not in order; the others ask for attention."""


def verdict(facts: Facts, whole: Figures, services: Mapping[UUID, Figures]) -> Verdict:
    """In order, and if not why."""
    reasons = tuple(_reasons(facts, whole, services))
    broken = any(reason.code in BROKEN for reason in reasons)
    return Verdict(Order.NOT if broken else Order.WATCH if reasons else Order.IN_ORDER, reasons)


def decisions(facts: Facts, whole: Figures, services: Mapping[UUID, Figures]) -> tuple[Reason, ...]:
    """What the executive board must decide, the most pressing first."""
    return tuple(_decisions(facts, whole, services))


def most_worse(worse: Sequence[Worse]) -> tuple[Worse, ...]:
    """Those that the first page names: the few that moved most for what they were, of the whole first, then of services."""
    moved = sorted(worse, key=lambda one: -_moved(one.trend))
    whole, single = ([one for one in moved if (one.service is None) is of_all] for of_all in (True, False))
    return (*whole[:OF_THE_WHOLE], *single[:NAMED])


def _moved(trend: Trend) -> float:
    return abs(trend.now - trend.before) / max(abs(trend.now), abs(trend.before))


def got_worse(sides: Sequence[tuple[Service | None, Figures, Figures]]) -> tuple[Worse, ...]:
    """What got worse since the period before, of (the whole or a service, then, now) each; nothing that rests on few cases."""
    found = (
        Worse(figure, service, moved)
        for service, before, now in sides
        for key, figure in FIGURE.items()
        if (moved := trend(figure, before[key], now[key])) is not None and moved.worse
    )
    return tuple(found)


def below_target(service: Service, figures: Figures) -> bool:
    """Whether its availability is below its target."""
    value = figures["availability"].value
    return service.availability_target is not None and value is not None and value < service.availability_target


def _reasons(facts: Facts, whole: Figures, services: Mapping[UUID, Figures]) -> Iterator[Reason]:
    for code in ("limits_missed", "limits_late"):
        if whole[code].value:
            yield Reason(code, {"count": whole[code].cases}, whole[code].behind)
    below = [one for one in facts.services if below_target(one, services[one.id])]
    if below:
        behind = tuple(trace for one in below for trace in services[one.id]["availability"].behind)
        yield Reason("below_target", {"count": len(below), "services": tuple(one.name for one in below)}, behind)
    if long := list(_too_long(facts)):
        names = tuple(service.name for service, _, _ in long)
        yield Reason("too_long", {"count": len(long), "services": names}, tuple(trace for _, _, trace in long))
    if whole["follow_ups_overdue"].value:
        yield Reason("follow_ups_overdue", {"count": whole["follow_ups_overdue"].cases}, whole["follow_ups_overdue"].behind)
    yield from _gaps(facts)
    silent = [one for one in facts.acts if one.act == "silent"]
    if silent:
        names = tuple(sorted({one.subject or "" for one in silent}))
        yield Reason("silent", {"sources": names}, tuple(one.trace for one in silent))


def _gaps(facts: Facts) -> Iterator[Reason]:
    if not facts.services:
        yield Reason("no_services", {})
        return
    if facts.board.approved_on is None:
        yield Reason("never_approved", {})
    elif facts.board.changed:
        yield Reason("list_changed", {"day": facts.board.approved_on})
    bare = tuple(service.name for service in facts.services if not service.planned)
    if bare:
        yield Reason("no_plan", {"count": len(bare), "services": bare})


def _decisions(facts: Facts, whole: Figures, services: Mapping[UUID, Figures]) -> Iterator[Reason]:
    missed = sorted((one for one in facts.limits if one.missed_at(facts.now)), key=lambda one: one.due_at)
    for limit in missed[:NAMED]:
        named: dict[str, Named] = {"reference": limit.reference, "due_at": limit.due_at}
        yield Reason("send", {**named, "notice": (limit.name, limit.name_en)}, (limit.trace,))
    if len(missed) > NAMED:
        yield Reason("send_more", {"count": len(missed) - NAMED}, tuple(one.trace for one in missed[NAMED:]))
    running = [case for case in facts.incidents if case.significant and not (case.handled_at or case.closed_at)]
    if running:
        references = tuple(case.reference for case in running)
        yield Reason("running", {"count": len(running), "references": references}, tuple(case.trace for case in running))
    yield from _worst(facts, services)
    yield from _gaps(facts)
    if whole["follow_ups_overdue"].value:
        yield Reason("follow_ups_overdue", {"count": whole["follow_ups_overdue"].cases}, whole["follow_ups_overdue"].behind)
    for again in facts.recurring[:NAMED]:
        references = tuple(trace.reference or "" for trace in again.incidents)
        said: dict[str, Named] = {"count": len(again.incidents), "references": references}
        yield Reason("recurring", {**said, "cause": again.cause or "", "key": again.cause_key or ""}, again.incidents)


def _worst(facts: Facts, services: Mapping[UUID, Figures]) -> Iterator[Reason]:
    """The services furthest below their targets, and those that were down for too long, by how much too long."""
    below = [one for one in facts.services if below_target(one, services[one.id])]
    below.sort(key=lambda one: (services[one.id]["availability"].value or 0) - (one.availability_target or 0))
    yield from _some([_target(one, services[one.id]) for one in below], "below_target_more")
    long = sorted(_too_long(facts), key=lambda one: -one[1] / max(one[0].tolerable_downtime_minutes or 0, 1))
    reasons = [
        Reason("too_long", {"service": one.name, "span": span, **_tolerable(one)}, (trace,)) for one, span, trace in long
    ]
    yield from _some(reasons, "too_long_more")


def _some(reasons: Sequence[Reason], more: str) -> Iterator[Reason]:
    """The first few by themselves, the rest of their services in one: the answers must fit on a page."""
    alone = NAMED if len(reasons) > NAMED + 1 else len(reasons)
    yield from reasons[:alone]
    if rest := reasons[alone:]:
        names = tuple(str(one.named["service"]) for one in rest)
        yield Reason(more, {"count": len(rest), "services": names}, tuple(trace for one in rest for trace in one.behind))


def _target(service: Service, figures: Figures) -> Reason:
    measured = figures["availability"]
    named: dict[str, Named] = {
        "service": service.name,
        "value": measured.value or 0,
        "target": service.availability_target or 0,
    }
    return Reason("below_target", named, measured.behind)


def _tolerable(service: Service) -> dict[str, Named]:
    return {"tolerable": (service.tolerable_downtime_minutes or 0) * 60}


def _too_long(facts: Facts) -> Iterator[tuple[Service, int, Trace]]:
    """Of each service the longest time that it was down in one go, if that was longer than is tolerable; whole seconds."""
    outages = by_service(down(facts.outages))
    for service in facts.services:
        if service.tolerable_downtime_minutes is None:
            continue
        mine = outages.get(service.id, ())
        spans = [(length([one], one.start, one.until or facts.now) // _SECOND, one.trace) for one in mine]
        span, trace = max(spans, default=(0, None), key=lambda pair: pair[0])
        if trace is not None and span > service.tolerable_downtime_minutes * 60:
            yield service, span, trace


_SECOND = timedelta(seconds=1)
