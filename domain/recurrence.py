"""Which incidents may be one significant incident together: the same root cause, at least twice within six calendar months.

The idea is that of Implementing Regulation (EU) 2024/2690, art. 4, which does not bind municipalities: the tool points, and a
person decides. Two incidents have the same cause

- where both have the municipality's own word for it (`cause_key`): when it is the same word;
- else: when the kind of cause and the RSIT class are the same, and they hit a service or a component in common.

A cause that is not known is never the same as another.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.time import add_months

MONTHS = 6
WORD = "word"


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
    # Places in that order stand for the incidents: a UUID is slow to compare, and each is compared many times.
    place_of = {cause.incident: place for place, cause in enumerate(ordered)}
    alike = _places(ordered)
    known: dict[int, list[frozenset[int]]] = {}
    for together in considered:
        _note(known, frozenset(place_of[one] for one in together if one in place_of))
    found: list[tuple[UUID, ...]] = []
    for place, first in enumerate(ordered):
        last = add_months(first.detected_at, MONTHS)
        later: set[int] = set()
        for key in _keys(first):
            # Of what has a word of its own, both times, the word alone decides.
            mine = _until(alike[key], place, ordered, last)
            later.update(mine if key[0] == WORD or not first.cause_key else (one for one in mine if not ordered[one].cause_key))
        group = frozenset((place, *later))
        if later and not any(others.issuperset(group) for others in known.get(place, ())):
            found.append(tuple(ordered[one].incident for one in sorted(group)))
            _note(known, group)
    return tuple(found)


def _keys(cause: Cause) -> list[tuple[str, ...]]:
    """Two of the same cause have one of these in common: only those need to be compared."""
    keys: list[tuple[str, ...]] = [(WORD, cause.cause_key)] if cause.cause_key else []
    if cause.cause is not None and cause.incident_class is not None:
        keys += (("kind", cause.cause, cause.incident_class.partition(".")[0], hit) for hit in sorted(cause.hit))
    return keys


def _places(ordered: Sequence[Cause]) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for place, cause in enumerate(ordered):
        for key in _keys(cause):
            places.setdefault(key, []).append(place)
    return places


def _until(places: Sequence[int], place: int, ordered: Sequence[Cause], last: datetime) -> Sequence[int]:
    """Those of the places that come later, up to and with the instant `last`."""
    return places[bisect_right(places, place) : bisect_right(places, last, key=lambda one: ordered[one].detected_at)]


def _note(known: dict[int, list[frozenset[int]]], group: frozenset[int]) -> None:
    for incident in group:
        known.setdefault(incident, []).append(group)
