"""The ties along which a failure travels, with the objects numbered: walking numbers is ten times as fast as hashing ids."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from domain.catalogue.classes import Effect
from domain.catalogue.ties import CARRYING, Bond, Weight

LIMITS: Mapping[Weight, Effect] = {
    Weight.STOPS: Effect.STOPPED,
    Weight.DEGRADES: Effect.DEGRADED,
    Weight.BOTHERS: Effect.BOTHERED,
}
"""The worst that a tie of this weight lets through."""
EFFECTS = tuple(Effect)
"""The worst first. A *degree* is an effect's place here: what is hit to a degree is hit to every milder one, too."""
MILDEST = len(EFFECTS) - 1


class Alternatives(NamedTuple):
    """Members of one group of one object: one is enough."""

    owner: int
    members: tuple[int, ...]
    worst: int
    """To which degree the owner is hit when all are gone."""


class Degree:
    """What one degree of a failure can walk along."""

    def __init__(self, objects: int) -> None:
        self.up: list[list[int]] = [[] for _ in range(objects)]
        """For each object those that are hit when it is."""
        self.grouped: list[list[tuple[int, int]]] = [[] for _ in range(objects)]
        """For each object those that are hit when it and its alternatives are, with the place of the group."""


class Carrying:
    """Immutable once made. Only what is in use stands on anything or carries anything."""

    def __init__(self, in_use: Iterable[UUID], bonds: Iterable[tuple[UUID, Bond]]) -> None:
        self.ids = tuple(in_use)
        self.number: Mapping[UUID, int] = {one: number for number, one in enumerate(self.ids)}
        self.down: list[list[int]] = [[] for _ in self.ids]
        """For each object what it stands on."""
        self.member_of: list[list[int]] = [[] for _ in self.ids]
        """For each object the places of the groups in which it is."""
        self.degrees = tuple(Degree(len(self.ids)) for _ in EFFECTS)
        worst_of = {weight: EFFECTS.index(effect) for weight, effect in LIMITS.items()}
        places: dict[tuple[int, str], int] = {}
        members: list[dict[int, int]] = []
        for source, bond in bonds:
            if bond.tie not in CARRYING or source not in self.number or bond.to not in self.number:
                continue
            owner, to, worst = self.number[source], self.number[bond.to], worst_of[bond.weight]
            self.down[owner].append(to)
            if bond.group is None:
                for degree in self.degrees[worst:]:
                    degree.up[to].append(owner)
                continue
            place = places.setdefault((owner, bond.group), len(members))
            if place == len(members):
                members.append({})
            if to not in members[place]:
                self.member_of[to].append(place)
            members[place][to] = min(worst, members[place].get(to, worst))
            for degree in self.degrees[worst:MILDEST]:
                degree.grouped[to].append((owner, place))
            # One alternative less is less robust, whatever the others do.
            self.degrees[MILDEST].up[to].append(owner)
        self.groups = tuple(
            Alternatives(owner, tuple(found), min(found.values())) for (owner, _), found in zip(places, members, strict=True)
        )
