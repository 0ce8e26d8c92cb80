"""Which objects a map is of: what its subjects stand on, and what stands on its subjects."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from domain.catalogue.landscape import Landscape
from domain.catalogue.ties import Tie

DOWN = (Tie.DEPENDS_ON, Tie.SUPPLIED_BY, Tie.UNDER_CONTRACT, Tie.REACHED_AT)
"""Along these from an object to what is drawn below it; along `COVERS` from what is below it."""
_Onwards = Callable[[Landscape, UUID], Iterator[UUID]]


class Extent(NamedTuple):
    """The objects in the order in which they were found, the subjects first."""

    subjects: tuple[UUID, ...]
    objects: tuple[UUID, ...]
    beyond: Mapping[UUID, int]
    """Of the outermost objects: how many more hang on each that the map leaves out."""


def extent(landscape: Landscape, subjects: Iterable[UUID], depth: int | None = None, *, upwards: bool = True) -> Extent:
    """What is at most `depth` ties away, all of it when None; only what is in use, and the subjects themselves.

    What else stands on a thing that a subject stands on is not in it: that is the thing's own map.
    """
    first = tuple(dict.fromkeys(subjects))
    found = dict.fromkeys(first)
    outermost: list[tuple[UUID, _Onwards]] = []
    directions: tuple[_Onwards, ...] = (_below, _above) if upwards else (_below,)
    for onwards in directions:
        front, seen = list(first), set(first)
        steps = 0
        while front and steps != depth:
            front = [to for to in dict.fromkeys(to for one in front for to in onwards(landscape, one)) if to not in seen]
            seen.update(front)
            found.update(dict.fromkeys(front))
            steps += 1
        outermost += ((one, onwards) for one in front)
    beyond: dict[UUID, int] = {}
    for one, onwards in outermost:
        beyond[one] = beyond.get(one, 0) + len({to for to in onwards(landscape, one) if to not in found})
    return Extent(first, tuple(found), {one: number for one, number in beyond.items() if number})


def _below(landscape: Landscape, one: UUID) -> Iterator[UUID]:
    yield from _in_use(landscape, (bond.to for bond in landscape.bonds(one, *DOWN)))
    yield from _in_use(landscape, (plan for plan, _ in landscape.bonds_to(one, Tie.COVERS)))


def _above(landscape: Landscape, one: UUID) -> Iterator[UUID]:
    yield from _in_use(landscape, (source for source, _ in landscape.bonds_to(one, *DOWN)))
    yield from _in_use(landscape, (bond.to for bond in landscape.bonds(one, Tie.COVERS)))


def _in_use(landscape: Landscape, objects: Iterable[UUID]) -> Iterator[UUID]:
    return (one for one in objects if not landscape.nodes[one].retired)
