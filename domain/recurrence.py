"""Which incidents may be one significant incident together: the same root cause, at least twice within six calendar months.

The idea is that of Implementing Regulation (EU) 2024/2690, art. 4, which does not bind municipalities: the tool points, and a
person decides. Two incidents have the same cause

- where both have the municipality's own word for it (`cause_key`): when it is the same word;
- else: when the kind of cause and the RSIT class are the same, and they hit a service or a component in common.

A cause that is not known is never the same as another.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.time import add_months

MONTHS = 6


class Cause(NamedTuple):
    """What is known of why an incident happened. `detected_at` is its first observation, UTC."""

    incident: UUID
    detected_at: datetime
    cause: str | None
    cause_key: str | None
    incident_class: str | None
    hit: frozenset[str]
    """Services and components."""


def same_cause(one: Cause, other: Cause) -> bool:
    """Whether two incidents have the same root cause by the rule above."""
    if one.cause_key and other.cause_key:
        return one.cause_key == other.cause_key
    alike = one.cause is not None and one.cause == other.cause
    return alike and _same_class(one.incident_class, other.incident_class) and not one.hit.isdisjoint(other.hit)


def _same_class(one: str | None, other: str | None) -> bool:
    # `availability` and `availability.outage` are one class, told more or less closely.
    return one is not None and other is not None and one.partition(".")[0] == other.partition(".")[0]


def recurrences(causes: Sequence[Cause], considered: Collection[frozenset[UUID]]) -> tuple[tuple[UUID, ...], ...]:
    """Groups of two or more of which no person has considered all members together yet.

    Each is in order of detection, and as given where they were detected at once. A group is an incident and every later one
    of the same cause within six calendar months of it; one that lies within another group is not told apart.
    """
    ordered = sorted(causes, key=lambda cause: cause.detected_at)
    found: list[tuple[UUID, ...]] = []
    for place, first in enumerate(ordered):
        last = add_months(first.detected_at, MONTHS)
        later = [one.incident for one in ordered[place + 1 :] if one.detected_at <= last and same_cause(first, one)]
        group = (first.incident, *later)
        known = [*considered, *map(frozenset, found)]
        if later and not any(frozenset(group) <= others for others in known):
            found.append(group)
    return tuple(found)
