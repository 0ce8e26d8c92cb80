"""Where everything on a map goes: boxes in rows, lines in the gaps between rows. Pure geometry; the same in gives the same out.

Lines run down, across and down again, never behind a box: past a row they go in a place of their own between its boxes.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from adapters.maps.layering import WIDTH, Piece, Wire, rows_of
from adapters.maps.ordering import Gap, Item, Net, Rows, arranged, ends
from adapters.maps.ports import Side, ports_of
from adapters.maps.settling import settled
from adapters.maps.tracks import Run, tracks_of

IN_A_ROW = 5
"""Boxes at most: what is wider would be small print on A4."""
MARGIN = 16.0
BETWEEN = 22.0
"""Two boxes."""
BESIDE = 12.0
"""A box and a line that passes it."""
LINES = 10.0
"""Two lines that pass."""
TRACK = 7.0
STUB = 17.0
"""What a line goes straight from a box at the least."""
_ROUNDS, _STRAIGHTENING = 16, 6
_TRIES = 8
_PASSING = 8.0
"""How much more a passing line wants to be straight than a box wants to be in the middle."""

Point = tuple[float, float]


class Place(NamedTuple):
    """A box: its upper left corner and size."""

    x: float
    y: float
    width: float
    height: float


class Route(NamedTuple):
    """A line from its source to its target, from corner to corner."""

    wire: Wire
    points: tuple[Point, ...]


class Layout(NamedTuple):
    """All of it, in one unit. `rows` are the heights at which the picture may be cut: above each row."""

    width: float
    height: float
    places: Mapping[str, Place]
    routes: tuple[Route, ...]
    forks: tuple[Point, ...]
    """Where lines of one net part."""
    rows: tuple[float, ...]


def laid_out(pieces: Sequence[Piece], wires: Sequence[Wire]) -> Layout:
    """Place the boxes and lead the lines. There is at least one piece, and no wire leads from a box to itself."""
    wires = list(dict.fromkeys(wires))
    found = arranged(rows_of(pieces, wires, IN_A_ROW), wires)
    heights = {piece.key: piece.height for piece in pieces}
    middles = _middles(found)
    led = [_led(gap, middles[number], middles[number + 1]) for number, gap in enumerate(found.gaps)]
    ports, tracks = [ports for ports, _ in led], [tracks for _, tracks in led]
    tops, y = [], MARGIN
    bottoms = []
    for number, row in enumerate(found.rows):
        tops.append(y)
        y += max(heights[item] for item in row if isinstance(item, str))
        bottoms.append(y)
        if number < len(found.gaps):
            y += 2 * STUB + TRACK * max(tracks[number].values(), default=0)
    places = {
        item: Place(middles[number][item] - WIDTH / 2, tops[number], WIDTH, bottoms[number] - tops[number])
        for number, row in enumerate(found.rows)
        for item in row
        if isinstance(item, str)
    }
    drawn = _Drawn(found, ports, tracks, tops, bottoms)
    width = MARGIN + max(
        middles[n][item] + (WIDTH / 2 if isinstance(item, str) else 0) for n, r in enumerate(found.rows) for item in r
    )
    return Layout(width, y + MARGIN, places, drawn.routes(wires), drawn.forks(), tuple(tops))


def _half(item: Item) -> float:
    return WIDTH / 2 if isinstance(item, str) else 0.0


def _apart(one: Item, other: Item) -> float:
    between = {2: BETWEEN, 1: BESIDE, 0: LINES}[isinstance(one, str) + isinstance(other, str)]
    return _half(one) + between + _half(other)


def _middles(found: Rows) -> list[dict[Item, float]]:
    """Every item's middle: where those that it is joined to are, as far as its neighbours and the widest row let it."""
    apart = [[0.0, *(_apart(one, other) for one, other in pairwise(row))] for row in found.rows]
    wide = max(_half(row[0]) + sum(distances) + _half(row[-1]) for row, distances in zip(found.rows, apart, strict=True))
    middles: list[dict[Item, float]] = []
    for row, distances in zip(found.rows, apart, strict=True):
        start = (wide - sum(distances)) / 2
        middles.append({item: start + sum(distances[: number + 1]) for number, item in enumerate(row)})
    joined = _joined(found)
    for turn in range(_ROUNDS):
        # At last a line that passes several rows is made as straight as can be.
        means = _means(middles) if turn >= _ROUNDS - _STRAIGHTENING else {}
        for number in range(len(found.rows)) if turn % 2 == 0 else range(len(found.rows) - 1, -1, -1):
            row = found.rows[number]
            wanted = [
                means[item] if item in means else _wanted(item, joined[number][item], middles, middles[number][item])
                for item in row
            ]
            weights = [1.0 if isinstance(item, str) else _PASSING for item in row]
            places = settled(wanted, weights, apart[number], _half(row[0]), wide - _half(row[-1]))
            middles[number] = dict(zip(row, places, strict=True))
    # Reading begins at the left, and so does a narrow screen: the top of the map is there.
    first = middles[0].values()
    mirrored = sum(first) / len(first) > (wide + WIDTH) / 2
    return [{item: float(round((wide - x if mirrored else x) + MARGIN)) for item, x in row.items()} for row in middles]


def _joined(found: Rows) -> list[dict[Item, list[tuple[int, Item]]]]:
    """Row by row, what each item is joined to in the rows beside."""
    joined: list[dict[Item, list[tuple[int, Item]]]] = [{item: [] for item in row} for row in found.rows]
    for number, gap in enumerate(found.gaps):
        for uppers, lowers in gap.joined.values():
            for upper in uppers:
                joined[number][upper] += ((number + 1, lower) for lower in lowers)
            for lower in lowers:
                joined[number + 1][lower] += ((number, upper) for upper in uppers)
    return joined


def _means(middles: Sequence[Mapping[Item, float]]) -> dict[Item, float]:
    """Where each passing line is, over all rows."""
    found: dict[Item, list[float]] = {}
    for row in middles:
        for item, x in row.items():
            if not isinstance(item, str):
                found.setdefault(item, []).append(x)
    return {item: sum(places) / len(places) for item, places in found.items()}


def _wanted(item: Item, joined: Sequence[tuple[int, Item]], middles: Sequence[Mapping[Item, float]], now: float) -> float:
    if not joined:
        return now
    # A line that passes goes on straight from row to row before anything else; a box is in the middle of what it is joined to.
    heavy = [
        (_PASSING if not isinstance(item, str) and not isinstance(to, str) else 1.0, middles[row][to]) for row, to in joined
    ]
    return sum(weight * x for weight, x in heavy) / sum(weight for weight, _ in heavy)


def _led(
    gap: Gap, above: Mapping[Item, float], below: dict[Item, float], tries: int = _TRIES
) -> tuple[tuple[Side, Side], Mapping[Net, int]]:
    """The ends of the gap's lines, and their tracks. Where two would run over each other, one that passes is moved a little."""
    nets, ports = list(gap.joined), ports_of(gap, above, below)
    numbers, stuck = tracks_of([_run(net, gap, *ports) for net in nets])
    if tries and any(_moved(nets[number], below) for number in stuck):
        return _led(gap, above, below, tries - 1)
    return ports, dict(zip(nets, numbers, strict=True))


def _moved(net: Net, row: dict[Item, float]) -> bool:
    """Half a line's distance to a side, where there is room."""
    for shift in (LINES / 2, -LINES / 2) if net in row else ():
        x = row[net] + shift
        if all(abs(x - other) >= _half(item) + LINES / 2 for item, other in row.items() if item != net):
            row[net] = x
            return True
    return False


def _run(net: Net, gap: Gap, upper: Side, lower: Side) -> Run:
    uppers, lowers = gap.joined[net]
    return Run(tuple(upper[net, item] for item in uppers), tuple(lower[net, item] for item in lowers))


class _Drawn(NamedTuple):
    """What leads the lines, once everything has its place."""

    found: Rows
    ports: Sequence[tuple[Side, Side]]
    tracks: Sequence[Mapping[Net, int]]
    tops: Sequence[float]
    bottoms: Sequence[float]

    def height(self, number: int, net: Net) -> float:
        """Of the net's track in the gap."""
        return self.bottoms[number] + STUB + TRACK * max(self.tracks[number][net], 0)

    def routes(self, wires: Sequence[Wire]) -> tuple[Route, ...]:
        """Every line's corners."""
        row_of = {item: n for n, row in enumerate(self.found.rows) for item in row if isinstance(item, str)}
        return tuple(self._route(wire, row_of) for wire in wires)

    def _route(self, wire: Wire, row_of: Mapping[str, int]) -> Route:
        net, (top, bottom) = self.found.nets[wire], ends(wire, row_of)
        points: list[Point] = []
        for number in range(row_of[top], row_of[bottom]):
            upper, lower = self.ports[number]
            start = upper[net, top if number == row_of[top] else net]
            end = lower[net, bottom if number + 1 == row_of[bottom] else net]
            y = self.height(number, net)
            points += [(start, self.bottoms[number]), (start, y), (end, y), (end, self.tops[number + 1])]
        return Route(wire, tuple(_corners(points if wire.source == top else points[::-1])))

    def forks(self) -> tuple[Point, ...]:
        """Where more than two pieces of a net meet."""
        found = []
        for number, gap in enumerate(self.found.gaps):
            for net in gap.joined:
                run = _run(net, gap, *self.ports[number])
                y = self.height(number, net)
                for x in dict.fromkeys((*run.uppers, *run.lowers)):
                    met = (x in run.uppers) + (x in run.lowers) + (x > run.start) + (x < run.end)
                    if met > 2:  # noqa: PLR2004 - a line and its corner have two
                        found.append((x, y))
        return tuple(found)


def _corners(points: Sequence[Point]) -> list[Point]:
    """Without those that lie on the way between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept[-1] = point
        else:
            kept.append(point)
    return kept
