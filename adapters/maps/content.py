"""What is on a map, before it has a shape: boxes with their state, lines with what they mean."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from adapters.maps.grouping import grouped
from adapters.maps.scope import Extent
from domain.catalogue.classes import Effect, ServiceClass
from domain.catalogue.impact import roll_up
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import CARRYING, Bond, Tie, Weight
from domain.signals import Severity


class OpenIncident(NamedTuple):
    """As far as a map tells of it. `names` are the services and components that it names."""

    reference: str
    severity: Severity
    names: tuple[str, ...]
    exercise: bool = False


class Box(NamedTuple):
    """An object, or several of one kind that are told as one."""

    key: str
    kind: Kind
    members: tuple[Node, ...]
    subject: bool
    hits: tuple[OpenIncident, ...]
    """Open incidents that name it, or one of its members; the worst first."""
    reached: Effect | None
    """What becomes of it, or of the worst hit of its members, by what was hit below it."""
    beyond: int
    """How many more hang on it that the map leaves out."""

    @property
    def single(self) -> Node | None:
        """The object, if it is one alone."""
        return self.members[0] if len(self.members) == 1 else None

    @property
    def service_class(self) -> ServiceClass | None:
        """The most critical one among its members."""
        order = list(ServiceClass)
        return min((one.service_class for one in self.members if one.service_class), key=order.index, default=None)


class Line(NamedTuple):
    """A tie, or all of one sort between two boxes. `weight` is the worst, and None where no failure travels."""

    source: str
    target: str
    tie: Tie
    weight: Weight | None
    ties: int
    alternative: bool
    """All of them are to things of which one is enough."""


class Content(NamedTuple):
    """All of it."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    troubled: frozenset[str]
    """Boxes that an incident hits, or reaches through what they stand on."""
    outside: bool
    """Some of them are reached by what was hit outside the map."""


Hits = Mapping[UUID, Sequence[OpenIncident]]
"""Object to the open incidents that name it, the worst first; what the catalogue does not know is not in it."""


def hits_of(landscape: Landscape, incidents: Iterable[OpenIncident]) -> Hits:
    """Which objects the incidents name."""
    found: dict[UUID, dict[OpenIncident, None]] = {}
    for incident in sorted(incidents, key=lambda one: (list(Severity).index(one.severity), one.reference)):
        for name in incident.names:
            for one in landscape.named(name):
                found.setdefault(one, {})[incident] = None
    return {one: tuple(incidents) for one, incidents in found.items()}


def content_of(landscape: Landscape, seen: Extent, hits: Hits) -> Content:
    """The boxes by kind and name, and the lines between them; grouped when there are too many to read."""
    order = list(Kind)
    nodes = [landscape.nodes[one] for one in seen.objects]
    nodes.sort(key=lambda one: (order.index(one.kind), one.restoration_order or 10_000, one.name.casefold(), str(one.id)))
    within = set(seen.objects)
    group = grouped(landscape, nodes, tuple(dict.fromkeys((*seen.subjects, *(one for one in hits if one in within)))))
    # Nothing fails in an exercise.
    failed = [one for one, incidents in hits.items() if not all(incident.exercise for incident in incidents)]
    reached = {one: hit.effect for one, hit in roll_up(landscape, failed).items()}
    members: dict[str, list[Node]] = {}
    for node in nodes:
        members.setdefault(group[node.id], []).append(node)
    boxes = tuple(_box(key, inside, seen, hits, reached) for key, inside in members.items())
    outside = [one for one in failed if one not in within]
    return Content(
        boxes,
        _lines(landscape, nodes, group),
        troubled=frozenset(box.key for box in boxes if box.reached),
        outside=bool(outside) and not within.isdisjoint(roll_up(landscape, outside)),
    )


def _box(
    key: str,
    inside: Sequence[Node],
    seen: Extent,
    hits: Hits,
    reached: Mapping[UUID, Effect],
) -> Box:
    incidents = dict.fromkeys(incident for one in inside for incident in hits.get(one.id, ()))
    worst = sorted((reached[one.id] for one in inside if one.id in reached), key=list(Effect).index)
    subject = any(one.id in seen.subjects for one in inside)
    beyond = sum(seen.beyond.get(one.id, 0) for one in inside)
    return Box(key, inside[0].kind, tuple(inside), subject, tuple(incidents), worst[0] if worst else None, beyond)


def _lines(landscape: Landscape, nodes: Iterable[Node], group: Mapping[UUID, str]) -> tuple[Line, ...]:
    found: dict[tuple[str, str, Tie], list[Bond]] = {}
    for node in nodes:
        for bond in landscape.bonds(node.id):
            target = group.get(bond.to)
            if target is not None and target != group[node.id]:
                found.setdefault((group[node.id], target, bond.tie), []).append(bond)
    return tuple(_line(*ends, bonds) for ends, bonds in found.items())


def _line(source: str, target: str, tie: Tie, bonds: Sequence[Bond]) -> Line:
    worst = min((bond.weight for bond in bonds), key=list(Weight).index)
    alternative = all(bond.group is not None for bond in bonds)
    return Line(source, target, tie, worst if tie in CARRYING else None, len(bonds), alternative)
