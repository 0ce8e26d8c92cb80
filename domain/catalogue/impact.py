"""What fails with what: a failure rolls up from the object that is hit to the services that citizens depend on.

A tie lets an effect through up to its weight. Of alternatives the best one counts: while one of them is not hit so hard, the
object that has them is less robust and no worse; when all are, it is as if they were no alternatives.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from domain.catalogue.carrying import EFFECTS, MILDEST, Carrying
from domain.catalogue.classes import Effect, ServiceClass, severity_of
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node
from domain.signals import Severity

_START = -1


@dataclass(slots=True)
class Hit:
    """An object that a failure reaches, with the worst that it does there. Nobody changes it."""

    id: UUID
    effect: Effect
    _graph: Carrying = field(repr=False, compare=False)
    _back: Mapping[int, int] = field(repr=False, compare=False)

    @property
    def path(self) -> tuple[UUID, ...]:
        """The shortest way by which that effect comes here: from an object that is hit up to this one, both included."""
        at = self._graph.number[self.id]
        found = [self.id]
        while (at := self._back[at]) != _START:
            found.append(self._graph.ids[at])
        return tuple(reversed(found))


class Hits(Mapping[UUID, Hit]):
    """What a failure reaches, by id. Each `Hit` is made when it is asked for: most never are, and a walk must not wait."""

    def __init__(self, graph: Carrying, ways: Mapping[int, Mapping[int, int]]) -> None:
        self._graph, self._ways = graph, ways
        self._degree: dict[int, int] = {}
        for degree in sorted(ways):
            self._degree = dict.fromkeys(ways[degree], degree) | self._degree

    def __getitem__(self, one: UUID) -> Hit:
        degree = self._degree[self._graph.number[one]]
        return Hit(one, EFFECTS[degree], self._graph, self._ways[degree])

    def __iter__(self) -> Iterator[UUID]:
        return (self._graph.ids[number] for number in self._degree)

    def __len__(self) -> int:
        return len(self._degree)


class ServiceHit(NamedTuple):
    """A service that is hit. `severity` is what its class gives the effect: a recommendation, a person decides."""

    node: Node
    effect: Effect
    path: tuple[UUID, ...]
    severity: Severity

    @property
    def classless(self) -> bool:
        """Nobody has given it a class: it counts as ordinary, which may be too little."""
        return self.node.service_class is None


def roll_up(landscape: Landscape, hit: Iterable[UUID], effect: Effect = Effect.STOPPED) -> Mapping[UUID, Hit]:
    """Every object that is reached when these fail so, themselves included; what is out of use is not, and carries nothing."""
    graph = landscape.carrying
    starts = [graph.number[one] for one in dict.fromkeys(hit) if one in graph.number]
    # What is stopped is degraded and bothered, too: each degree is a walk of its own.
    return Hits(graph, {degree: _ways(graph, starts, degree) for degree in range(EFFECTS.index(effect), len(EFFECTS))})


def _ways(graph: Carrying, starts: Iterable[int], degree: int) -> dict[int, int]:
    """Each object that is hit to this degree, with the one before it on a shortest way; `_START` for what failed itself."""
    # How many alternatives are left of each group: the last one that falls takes its owner along.
    left = [len(group.members) for group in graph.groups] if degree < MILDEST else []
    up, back = graph.degrees[degree].up, dict.fromkeys(starts, _START)
    fell = False
    at = list(back)
    while at:
        further: list[int] = []
        for number in at:
            for to in up[number]:
                if to not in back:
                    back[to] = number
                    further.append(to)
            for place in graph.member_of[number] if left else ():
                left[place] -= 1
                if not left[place] and graph.groups[place].worst <= degree:
                    fell = True
                    if (owner := graph.groups[place].owner) not in back:
                        back[owner] = number
                        further.append(owner)
        at = further
    # The last one to fall is not the nearest one.
    return _shortest(graph, starts, degree, left) if fell else back


def _shortest(graph: Carrying, starts: Iterable[int], degree: int, left: Sequence[int]) -> dict[int, int]:
    """The same once it is known which groups have nothing left: any of their members may be the way."""
    up, grouped, back = graph.degrees[degree].up, graph.degrees[degree].grouped, dict.fromkeys(starts, _START)
    at = list(back)
    while at:
        further: list[int] = []
        for number in at:
            for to in (*up[number], *(owner for owner, place in grouped[number] if not left[place])):
                if to not in back:
                    back[to] = number
                    further.append(to)
        at = further
    return back


def services_hit(landscape: Landscape, names: Iterable[str], effect: Effect = Effect.STOPPED) -> list[ServiceHit]:
    """The services that are hit when everything that bears one of these names fails so, the worst first."""
    return services_among(landscape, roll_up(landscape, (one for name in names for one in landscape.named(name)), effect))


def services_among(landscape: Landscape, hits: Mapping[UUID, Hit]) -> list[ServiceHit]:
    """The services among what is hit: by severity, then class, effect, order of restoration and name."""
    found = [
        ServiceHit(
            node, (hit := hits[one]).effect, hit.path, severity_of(node.service_class or ServiceClass.ORDINARY, hit.effect)
        )
        for one in hits
        if (node := landscape.nodes[one]).kind is Kind.SERVICE
    ]
    return sorted(found, key=_worst_first)


def _worst_first(one: ServiceHit) -> tuple[object, ...]:
    node = one.node
    return (
        list(Severity).index(one.severity),
        list(ServiceClass).index(node.service_class or ServiceClass.ORDINARY),
        EFFECTS.index(one.effect),
        node.restoration_order is None,
        node.restoration_order,
        node.name.casefold(),
        node.id,
    )


def recommended_severity(hit: Iterable[ServiceHit]) -> Severity | None:
    """The worst that a class gives; None when no service is hit."""
    return min((one.severity for one in hit), key=list(Severity).index, default=None)


def stands_on(landscape: Landscape, one: UUID) -> frozenset[UUID]:
    """Everything in use that an object stands on, over any number of steps; without itself, unless it stands on itself."""
    graph = landscape.carrying
    if one not in graph.number:
        return frozenset()
    found: set[int] = set()
    waiting = [graph.number[one]]
    while waiting:
        for to in graph.down[waiting.pop()]:
            if to not in found:
                found.add(to)
                waiting.append(to)
    return frozenset(graph.ids[number] for number in found)


def unknown_names(landscape: Landscape, names: Iterable[str]) -> tuple[str, ...]:
    """Those that nothing in the catalogue bears, each once."""
    return tuple(name for name in dict.fromkeys(names) if not landscape.named(name))
