"""How long a service was gone: from what people told of it, in whatever order they told it, to spans that are counted once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.management.facts import Outage, Trace


class Told(NamedTuple):
    """One message on a service in an incident: `down`, `degraded` or `restored`."""

    incident: UUID
    """The one that goes on, where incidents were merged."""
    service: UUID | str
    state: str
    at: datetime
    trace: Trace


def outages_of(told: Iterable[Told], ended: Mapping[UUID, datetime]) -> list[Outage]:
    """The spans in which each service did not work, by the times as told, not by the order of telling.

    Of one incident a later message takes the place of an earlier one. What nobody told the end of ends when the incident was
    handled or closed (`ended`), since handled means restored; else it is open.
    """
    courses: dict[tuple[UUID, UUID | str], list[Told]] = {}
    for one in told:
        courses.setdefault((one.incident, one.service), []).append(one)
    found = list[Outage]()
    for (incident, service), course in courses.items():
        course.sort(key=lambda one: (one.at, one.trace.position))
        for place, one in enumerate(course):
            if one.state == "restored":
                continue
            end = course[place + 1].at if place + 1 < len(course) else ended.get(incident)
            until = None if end is None else max(end, one.at)
            found.append(Outage(service, one.state == "down", one.at, until, one.trace))
    found.sort(key=lambda one: (one.start, one.trace.position))
    return found


def length(outages: Iterable[Outage], start: datetime, end: datetime) -> timedelta:
    """How long one service's outages lasted between two instants; where several overlap, once."""
    total, reached = timedelta(), start
    for begin, until in sorted((max(one.start, start), min(one.until or end, end)) for one in outages):
        if until > reached:
            total += until - max(begin, reached)
            reached = until
    return total


def down(outages: Sequence[Outage]) -> list[Outage]:
    """Those in which the service did not work at all."""
    return [one for one in outages if one.down]
