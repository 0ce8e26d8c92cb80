"""More objects than can be read become boxes of several: by what they are for, else by administration, else by kind alone."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from uuid import UUID

from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Tie

READABLE = 100
"""Boxes on a map of single objects."""
SURVEYED = 50
"""Boxes on a grouped map: those of several have more to read."""
APART = 30
"""So many of a map's subjects and of what open incidents name stay boxes of their own, whatever else is grouped."""

_ORDER = (
    *(Kind.MAILBOX, Kind.CONTRACT, Kind.COMPONENT, Kind.SUPPLIER, Kind.PLAN),
    *(Kind.INTEGRATION, Kind.SYSTEM, Kind.PROCESS, Kind.SERVICE),
)
"""What is grouped first: the farther from the citizen, the sooner."""
_By = Callable[[Node], Hashable]


def grouped(landscape: Landscape, nodes: Sequence[Node], apart: Sequence[UUID]) -> dict[UUID, str]:
    """Object to the key of its box: a box for each while they can be read; else coarser and coarser, only as far as needed.

    `apart` stay single, the first of them when there are many. The same nodes in the same order give the same keys.
    """
    if len(nodes) <= READABLE:
        return {node.id: str(node.id) for node in nodes}
    alone = frozenset(apart[:APART])
    steps: tuple[_By, ...] = (
        lambda node: node.id,
        _purpose(landscape, {node.id for node in nodes}),
        lambda node: node.administration,
        lambda _: None,
    )
    taken = dict.fromkeys(_ORDER, 0)
    while True:
        mark = {
            node.id: node.id if node.id in alone else (node.kind, taken[node.kind], steps[taken[node.kind]](node))
            for node in nodes
        }
        boxes = Counter(node.kind for node in {mark[node.id]: node for node in nodes}.values())
        coarser = [kind for kind in _ORDER if taken[kind] + 1 < len(steps)]
        if boxes.total() <= SURVEYED or not coarser:
            return _keyed(nodes, mark)
        # The kind with the most boxes; of several the one that is farthest from the citizen.
        taken[max(coarser, key=lambda kind: boxes[kind])] += 1


def _keyed(nodes: Sequence[Node], mark: Mapping[UUID, Hashable]) -> dict[UUID, str]:
    """A group bears the id of the first of its members."""
    many = Counter(mark.values())
    first: dict[Hashable, str] = {}
    for node in nodes:
        first.setdefault(mark[node.id], str(node.id) if many[mark[node.id]] == 1 else f"group-{node.id}")
    return {node.id: first[mark[node.id]] for node in nodes}


def _purpose(landscape: Landscape, within: set[UUID]) -> _By:
    """Those that exactly the same objects stand on, or are covered by."""

    def by(node: Node) -> Hashable:
        above = {source for source, bond in landscape.bonds_to(node.id) if source in within and bond.tie is not Tie.COVERS}
        covered = {bond.to for bond in landscape.bonds(node.id, Tie.COVERS) if bond.to in within}
        return frozenset(above | covered)

    return by
