"""A few leaves of a large tree, and the nodes over all others: together they give the root, and show nothing of the others.

One proof for all events of a bundle. It is a list of parts in the order of the tree, without gap or overlap: a leaf that is
shown, or a complete subtree (`level`, `index` as in `domain.merkle.NodeOf`) over leaves that are not. RFC 9162 2.1: the root
follows from the parts in one pass, with a stack no deeper than the tree.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from domain.merkle import EMPTY_ROOT, NodeOf, Range, node_hash


class Part(NamedTuple):
    """The node over `leaves`; `shown` when it is the leaf of an event that is in the bundle."""

    leaves: Range
    hash: bytes
    shown: bool


def cover(shown: Iterable[tuple[int, bytes]], size: int, node_of: NodeOf) -> Iterator[Part]:
    """The parts of a tree of `size`, given the shown leaves (index, hash) in order."""
    end = 0
    for index, leaf in shown:
        yield from _hidden(Range(end, index), node_of)
        yield Part(Range(index, index + 1), leaf, shown=True)
        end = index + 1
    yield from _hidden(Range(end, size), node_of)


def _hidden(gap: Range, node_of: NodeOf) -> Iterator[Part]:
    start, end = gap
    while start < end:
        level = min((end - start).bit_length() - 1, (start & -start).bit_length() - 1 if start else 64)
        yield Part(Range(start, start + (1 << level)), node_of(level, start >> level), shown=False)
        start += 1 << level


class RootFold:
    """Takes parts in order, keeps the roots of the complete subtrees so far."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, bytes]] = []
        self.size = 0

    def add(self, width: int, node: bytes) -> None:
        """The next `width` leaves have this node over them: a power of two that divides where they begin."""
        self.size += width
        while self._stack and self._stack[-1][0] == width:
            width, node = 2 * width, node_hash(self._stack.pop()[1], node)
        self._stack.append((width, node))

    @property
    def root(self) -> bytes:
        """Over all that was added."""
        if not self._stack:
            return EMPTY_ROOT
        *left, (_, found) = self._stack
        for _, node in reversed(left):
            found = node_hash(node, found)
        return found
