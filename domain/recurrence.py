"""Which incidents may be one significant incident together: the same root cause, at least twice within six calendar months.

The idea is that of Implementing Regulation (EU) 2024/2690, art. 4, which does not bind municipalities: the tool points, and a
person decides. Two incidents have the same cause

- where both have the municipality's own word for it (`cause_key`): when it is the same word;
- else: when the kind of cause and the RSIT class are the same, and they hit a service or a component in common.

A cause that is not known is never the same as another.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
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
    alike = _places(ordered)
    known: dict[UUID, list[frozenset[UUID]]] = {}
    for together in considered:
        _note(known, together)
    found: list[tuple[UUID, ...]] = []
    for place, first in enumerate(ordered):
        last = add_months(first.detected_at, MONTHS)
        later = sorted({other for key in _keys(first) for other in _until(alike[key], place, ordered, last)})
        group = (first.incident, *(ordered[other].incident for other in later if same_cause(first, ordered[other])))
        if len(group) > 1 and not any(others.issuperset(group) for others in known.get(first.incident, ())):
            found.append(group)
            _note(known, frozenset(group))
    return tuple(found)


def _keys(cause: Cause) -> list[tuple[str, ...]]:
    """Two of the same cause have one of these in common: only those need to be compared."""
    keys: list[tuple[str, ...]] = [("word", cause.cause_key)] if cause.cause_key else []
    if cause.cause is not None and cause.incident_class is not None:
        keys += (("kind", cause.cause, cause.incident_class.partition(".")[0], hit) for hit in sorted(cause.hit))
    return keys


def _places(ordered: Sequence[Cause]) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for place, cause in enumerate(ordered):
        for key in _keys(cause):
            places.setdefault(key, []).append(place)
    return places


def _until(places: Sequence[int], place: int, ordered: Sequence[Cause], last: datetime) -> Iterator[int]:
    for other in places[bisect_right(places, place) :]:
        if ordered[other].detected_at > last:
            return
        yield other


def _note(known: dict[UUID, list[frozenset[UUID]]], group: frozenset[UUID]) -> None:
    for incident in group:
        known.setdefault(incident, []).append(group)
