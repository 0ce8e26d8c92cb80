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
    groups = _Groups()
    for together in considered:
        groups.add(frozenset(place_of[one] for one in together if one in place_of))
    found: list[tuple[UUID, ...]] = []
    # By key the groups that hold all of it, up to where: whose keys one group holds so far lies within that group.
    held: dict[tuple[str, ...], dict[int, int]] = {}
    for place, first in enumerate(ordered):
        last, keys = add_months(first.detected_at, MONTHS), _keys(first)
        ends = {key: bisect_right(alike[key], last, key=lambda one: ordered[one].detected_at) for key in keys}
        if any(all(held.get(key, {}).get(one) == ends[key] for key in keys) for key in keys[:1] for one in held.get(key, ())):
            continue
        later: set[int] = set()
        for key, end in ends.items():
            mine = alike[key][bisect_right(alike[key], place) : end]
            # Of what has a word of its own, both times, the word alone decides.
            whole = key[0] == WORD or not first.cause_key
            later.update(mine if whole else (one for one in mine if not ordered[one].cause_key))
        group = frozenset((place, *later))
        within = groups.around(place, group)
        if within is None and later:
            found.append(tuple(ordered[one].incident for one in sorted(group)))
            within = groups.add(group)
        if within is not None and not first.cause_key:
            for key, end in ends.items():
                held.setdefault(key, {})[within] = end
    return tuple(found)


class _Groups:
    """Groups of places, each with a number, and in which of them a place is."""

    def __init__(self) -> None:
        self._groups: list[frozenset[int]] = []
        self._of: dict[int, list[int]] = {}

    def add(self, group: frozenset[int]) -> int:
        number = len(self._groups)
        self._groups.append(group)
        for place in group:
            self._of.setdefault(place, []).append(number)
        return number

    def around(self, place: int, group: frozenset[int]) -> int | None:
        """One that holds all of this group, in which the place is."""
        return next((number for number in self._of.get(place, ()) if self._groups[number].issuperset(group)), None)


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
