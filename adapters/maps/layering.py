"""In which row each box stands: by its band, within a band below what stands on it, and no more than so many in a row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

WIDTH = 190.0
"""Of a box, in the picture's unit."""


class Piece(NamedTuple):
    """A box before it has a place. Bands go from top to bottom."""

    key: str
    band: int
    height: float


class Wire(NamedTuple):
    """A line from a box to another; those of one strand may run together."""

    source: str
    target: str
    strand: str


def rows_of(pieces: Sequence[Piece], wires: Sequence[Wire], most: int) -> list[list[str]]:
    """Keys row by row. A line within a band leads downwards, but for one in each circle.

    The same pieces and lines in the same order give the same rows.
    """
    rows: list[list[str]] = []
    for band in sorted({piece.band for piece in pieces}):
        inside = [piece.key for piece in pieces if piece.band == band]
        ranks = _ranks(inside, wires)
        for rank in range(max(ranks.values()) + 1):
            rows += _dealt(_near(rows, [key for key in inside if ranks[key] == rank], wires), most)
    return rows


def _ranks(keys: Sequence[str], wires: Iterable[Wire]) -> dict[str, int]:
    """The length of the longest way down to each; what closes a circle is left out."""
    within = set(keys)
    below: dict[str, list[str]] = {key: [] for key in keys}
    for wire in wires:
        if wire.source in within and wire.target in within:
            below[wire.source].append(wire.target)
    fed = {target for targets in below.values() for target in targets}
    # What nothing in the band stands above is begun with: a circle is then cut where it is entered.
    order, closing = _walked((*(key for key in keys if key not in fed), *keys), below)
    ranks = dict.fromkeys(keys, 0)
    for key in order:
        for target in below[key]:
            if (key, target) not in closing:
                ranks[target] = max(ranks[target], ranks[key] + 1)
    return ranks


def _walked(starts: Iterable[str], below: Mapping[str, Sequence[str]]) -> tuple[list[str], set[tuple[str, str]]]:
    """Each before what is below it, and the lines that lead back to where the walk came from."""
    order: list[str] = []
    begun, under_way, closing = set[str](), set[str](), set[tuple[str, str]]()
    for start in starts:
        trail = [(start, iter(below[start]))] if start not in begun else []
        while trail:
            key, onwards = trail[-1]
            begun.add(key)
            under_way.add(key)
            target = next(onwards, None)
            if target is None:
                trail.pop()
                under_way.remove(key)
                order.append(key)
            elif target in under_way:
                closing.add((key, target))
            elif target not in begun:
                trail.append((target, iter(below[target])))
    return order[::-1], closing


def _near(rows: Sequence[Sequence[str]], keys: list[str], wires: Iterable[Wire]) -> list[str]:
    """Those of a rank, each as far to the left as what it hangs on above."""
    at = {key: (n + 0.5) / len(row) for row in rows for n, key in enumerate(row)}
    found: dict[str, list[float]] = {key: [] for key in keys}
    for wire in wires:
        for here, there in ((wire.source, wire.target), (wire.target, wire.source)):
            if here in found and there in at:
                found[here].append(at[there])
    return sorted(keys, key=lambda key: sum(found[key]) / len(found[key]) if found[key] else 0.5)


def _dealt(keys: Sequence[str], most: int) -> list[list[str]]:
    """In as few rows as it takes, like cards: who is to the left stays to the left, whichever row it gets."""
    hands = -(-len(keys) // most)
    return [list(keys[hand::hands]) for hand in range(hands)]
