"""What is wrong or missing in the landscape: said, never put right by itself."""

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import and_
from typing import NamedTuple
from uuid import UUID

from domain.catalogue.carrying import MILDEST, Carrying
from domain.catalogue.classes import CRITICAL_CLASSES, ServiceClass
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Tie


class FindingKind(StrEnum):
    """What may be found, the most pressing first."""

    SINGLE_POINT = "single_point"
    """Its loss alone stops a society-critical or critical service: nothing stands in for it."""
    NO_CLASS = "no_class"
    NO_PLAN = "no_plan"
    NO_OWNER = "no_owner"
    PLAN_OVERDUE = "plan_overdue"
    """Its day of review has passed."""
    PLAN_COVERS_NOTHING = "plan_covers_nothing"
    CONTRACT_ENDED = "contract_ended"
    STANDS_ON_NOTHING = "stands_on_nothing"
    """A service of which nobody said what it needs: no failure ever reaches it."""
    CYCLE = "cycle"
    """Objects that stand on each other: none can be started first."""
    SAME_NAME = "same_name"
    """Whoever names one of them names the others, too."""
    UNUSED = "unused"
    """A system, integration or component that nothing stands on."""


class Finding(NamedTuple):
    """`others`: the services that a single point stops, the rest of a circle, those of the same name."""

    kind: FindingKind
    about: UUID
    others: tuple[UUID, ...] = ()
    name: str | None = None
    """That several bear."""
    day: date | None = None
    """That has passed."""


_POINTS = frozenset({Kind.SYSTEM, Kind.INTEGRATION, Kind.COMPONENT, Kind.SUPPLIER})
_USED = (Kind.SYSTEM, Kind.INTEGRATION, Kind.COMPONENT)


def findings(landscape: Landscape, *, today: date, reviews: Mapping[UUID, date], endings: Mapping[UUID, date]) -> list[Finding]:
    """Everything found among what is in use, by kind and name.

    `reviews` are the days by which plans are to be reviewed, `endings` those on which contracts end, `today` is Copenhagen's.
    """
    found = [
        *_single_points(landscape),
        *service_findings(landscape),
        *_plans(landscape, today, reviews),
        *(
            Finding(FindingKind.CONTRACT_ENDED, node.id, day=endings[node.id])
            for node in landscape.of_kind(Kind.CONTRACT)
            if node.id in endings and endings[node.id] < today
        ),
        *_cycles(landscape),
        *_same_names(landscape),
        *(Finding(FindingKind.UNUSED, node.id) for node in landscape.of_kind(*_USED) if not landscape.needed_by(node.id)),
    ]
    order = list(FindingKind)
    return sorted(found, key=lambda one: (order.index(one.kind), *_by_name(landscape.nodes[one.about])))


def service_findings(landscape: Landscape) -> Iterator[Finding]:
    """What each service that is in use lacks."""
    for node in landscape.of_kind(Kind.SERVICE):
        if node.service_class is None:
            yield Finding(FindingKind.NO_CLASS, node.id)
        if not any(not landscape.nodes[plan].retired for plan, _ in landscape.bonds_to(node.id, Tie.COVERS)):
            yield Finding(FindingKind.NO_PLAN, node.id)
        if node.owner is None:
            yield Finding(FindingKind.NO_OWNER, node.id)
        if not landscape.needs(node.id):
            yield Finding(FindingKind.STANDS_ON_NOTHING, node.id)


def _plans(landscape: Landscape, today: date, reviews: Mapping[UUID, date]) -> Iterator[Finding]:
    for node in landscape.of_kind(Kind.PLAN):
        if node.id in reviews and reviews[node.id] < today:
            yield Finding(FindingKind.PLAN_OVERDUE, node.id, day=reviews[node.id])
        if all(landscape.nodes[bond.to].retired for bond in landscape.bonds(node.id, Tie.COVERS)):
            yield Finding(FindingKind.PLAN_COVERS_NOTHING, node.id)


def _single_points(landscape: Landscape) -> Iterator[Finding]:
    graph = landscape.carrying
    alone, order = _each_alone(graph, 0), list(ServiceClass)
    critical = [(node, node.service_class) for node in landscape.of_kind(Kind.SERVICE) if node.service_class]
    critical.sort(key=lambda one: order.index(one[1]))
    stopped: dict[int, list[UUID]] = {}
    for node, held in critical:
        for number in _members(alone[graph.number[node.id]]) if held in CRITICAL_CLASSES else ():
            stopped.setdefault(number, []).append(node.id)
    for number, services in stopped.items():
        if landscape.nodes[graph.ids[number]].kind in _POINTS:
            yield Finding(FindingKind.SINGLE_POINT, graph.ids[number], tuple(services))


def _each_alone(graph: Carrying, degree: int) -> list[int]:
    """For each object those whose loss alone hits it to this degree, itself included, as bits: all failures walked at once."""
    up, sets = graph.degrees[degree].up, [1 << number for number in range(len(graph.ids))]
    waiting, waits = deque(range(len(graph.ids))), [True] * len(graph.ids)
    while waiting:
        number = waiting.popleft()
        waits[number] = False
        told = [(owner, sets[number]) for owner in up[number]]
        for place in graph.member_of[number] if degree < MILDEST else ():
            group = graph.groups[place]
            if group.worst <= degree:
                told.append((group.owner, reduce(and_, (sets[member] for member in group.members))))
        for owner, more in told:
            if sets[owner] | more != sets[owner]:
                sets[owner] |= more
                if not waits[owner]:
                    waits[owner] = True
                    waiting.append(owner)
    return sets


def _members(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _cycles(landscape: Landscape) -> Iterator[Finding]:
    graph = landscape.carrying
    together: dict[int, list[Node]] = {}
    for one, reached_from in zip(graph.ids, _each_alone(graph, MILDEST), strict=True):
        # Objects that everything reaches in the same way reach each other.
        together.setdefault(reached_from, []).append(landscape.nodes[one])
    for circle in together.values():
        if len(circle) > 1:
            first, *rest = sorted(circle, key=_by_name)
            yield Finding(FindingKind.CYCLE, first.id, tuple(node.id for node in rest))


def _same_names(landscape: Landscape) -> Iterator[Finding]:
    told: set[frozenset[UUID]] = set()
    for node in landscape.nodes.values():
        for name in () if node.retired else (node.name, *node.aliases):
            bearers = sorted(
                (other for one in landscape.named(name) if not (other := landscape.nodes[one]).retired), key=_by_name
            )
            together = frozenset(one.id for one in bearers)
            if len(together) > 1 and together not in told:
                told.add(together)
                first, *rest = bearers
                yield Finding(FindingKind.SAME_NAME, first.id, tuple(one.id for one in rest), name)


def _by_name(node: Node) -> tuple[str, UUID]:
    return node.name.casefold(), node.id
