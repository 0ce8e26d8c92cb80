"""What if this fails? The walk up a landscape as large as a big municipality's, beside a bare breadth-first search of it."""

import random
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

from domain.catalogue.classes import ServiceClass
from domain.catalogue.impact import roll_up, services_among
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Bond, Tie, Weight
from tests.benchmarks.figure import Figure, Limit, Scale, percentile

QUERIES = 200


def impact(folder: Path, scale: Scale) -> Iterator[Figure]:  # noqa: ARG001 - as every benchmark
    """One object after the other fails; the services that are hit are told with class, effect and path."""
    chance = random.Random(1)
    seen = _landscape(chance, scale.systems, scale.dependencies)
    first = _timed(lambda: seen.carrying)
    plain = seen.carrying.degrees[-1].up
    asked = chance.sample(list(seen.nodes), min(QUERIES, scale.systems))
    took = [_timed(partial(_asked, seen, one)) for one in asked]
    bare = [_timed(partial(_search, plain, seen.carrying.number[one])) for one in asked]
    reached = [len(roll_up(seen, [one])) for one in asked[:20]]
    for share, called in ((0.5, "half"), (0.95, "95 %"), (1, "all")):
        yield Figure(
            "impact",
            f"what fails with one object, {scale.systems} objects and {scale.dependencies} dependencies, {called} within",
            percentile(took, share) * 1000,
            "ms",
            aim=50,
            lower_is_better=True,
            limits=(Limit("a bare search over numbers that notes how it came", percentile(bare, share) * 1000),),
            details={"reached": reached, "graph_made_in_ms": first * 1000},
        )


def _landscape(chance: random.Random, systems: int, dependencies: int) -> Landscape:
    """Layers as in life: services above, most ties downwards, some circles, a tenth of the ties to an alternative."""
    services = systems // 20
    nodes = [
        Node(
            UUID(int=n + 1),
            Kind.SERVICE if n < services else Kind.SYSTEM,
            f"object-{n}",
            service_class=_class(chance, n, services),
        )
        for n in range(systems)
    ]
    bonds: dict[tuple[int, int], Bond] = {}
    while len(bonds) < dependencies:
        a, b = sorted(chance.sample(range(systems), 2))
        source, to = (b, a) if chance.random() < 0.02 and a >= services else (a, b)
        group = f"g{chance.randrange(3)}" if chance.random() < 0.1 else None
        weight = chance.choices(list(Weight), (6, 3, 1))[0]
        bonds[source, to] = Bond(Tie.DEPENDS_ON, nodes[to].id, weight=weight, group=group)
    return Landscape(nodes, ((nodes[source].id, bond) for (source, _), bond in bonds.items()))


def _class(chance: random.Random, number: int, services: int) -> ServiceClass | None:
    return chance.choice(list(ServiceClass)) if number < services else None


def _asked(seen: Landscape, one: UUID) -> list[tuple[UUID, ...]]:
    return [hit.path for hit in services_among(seen, roll_up(seen, [one]))]


def _search(up: list[list[int]], start: int) -> int:
    back, waiting = {start: -1}, deque([start])
    while waiting:
        number = waiting.popleft()
        for to in up[number]:
            if to not in back:
                back[to] = number
                waiting.append(to)
    return len(back)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
