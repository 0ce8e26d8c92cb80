"""The two readings of an incident's history: in the order in which it was recorded, and in that in which it happened.

They differ where something was entered late, from paper above all. The first tells what could be known at a time, the second
what was so. Pure: the same events give the same moments.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from domain.events import Recorded
from domain.incident.events import IncidentEvent
from domain.incident.evolve import evolve
from domain.incident.state import Incident

LATER = timedelta(minutes=5)
"""Entered this much after it happened, people should see both times."""


class Moment(NamedTuple):
    """One step of a replay: the event, what was known before it, and what is known after it."""

    recorded: Recorded
    before: Incident | None
    after: Incident


def as_recorded(stream: Iterable[Recorded]) -> list[Moment]:
    """One incident's events in the log's order, with what was known before and after each."""
    moments, before = list[Moment](), None
    for recorded in stream:
        after = evolve(before, cast("IncidentEvent", recorded.event), aggregate_id=recorded.aggregate_id)
        moments.append(Moment(recorded, before, after))
        before = after
    return moments


def as_occurred(stream: Sequence[Recorded]) -> list[Moment]:
    """The same events in the order in which they happened as told, those of one time as recorded; the report comes first.

    An incident begins with its report, also when something was done before it.
    """
    moments, before = list[Moment](), cast("Incident | None", None)
    for recorded in sorted(stream, key=lambda one: (one.version > 1, happened_at(one, stream[0]), one.version)):
        # Approvals name the event they are of by its number, which is its own in either order.
        known = None if before is None else replace(before, version=recorded.version - 1)
        after = evolve(known, cast("IncidentEvent", recorded.event), aggregate_id=recorded.aggregate_id)
        moments.append(Moment(recorded, before, after))
        before = after
    return moments


def happened_at(recorded: Recorded, report: Recorded) -> datetime:
    """From when on an event counts in the order of happening, UTC: never before the incident's report."""
    return max(recorded.event.meta.occurred_at, report.event.meta.occurred_at)
