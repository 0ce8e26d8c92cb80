"""Who stands beside whom in a row, so that few lines cross.

Lines that share an end run together: such a bundle is a net. A net that passes a row on its way has a place of its own there,
between the boxes, so that no line ever runs behind one.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from adapters.maps.layering import Wire

SWEEPS = 24


class Net(NamedTuple):
    """Lines of one strand that all end at `hub`: at their upper end when `falls`, else at their lower one."""

    hub: str
    falls: bool
    upwards: bool
    """They are drawn against the direction in which all others are told: what closes a circle."""
    strand: str


Item = str | Net
"""What has a place in a row: a box by its key, or a net that passes."""


class Gap(NamedTuple):
    """Between two rows: for each net the items above and below that it joins, one of the two sides being a single one."""

    joined: Mapping[Net, tuple[tuple[Item, ...], tuple[Item, ...]]]


class Rows(NamedTuple):
    """The rows' items from left to right, the gaps below each row but the last, and the net of each line."""

    rows: tuple[tuple[Item, ...], ...]
    gaps: tuple[Gap, ...]
    nets: Mapping[Wire, Net]


def arranged(rows: Sequence[Sequence[str]], wires: Sequence[Wire]) -> Rows:
    """The rows with what passes them, each in the order of fewest crossings that was found. No line is within one row."""
    row_of = {key: number for number, row in enumerate(rows) for key in row}
    nets = _nets(wires, row_of)
    gaps = _gaps(nets, row_of, len(rows))
    items: list[list[Item]] = [list(row) for row in rows]
    for number, gap in enumerate(gaps):
        items[number + 1] += (net for net, (_, lower) in gap.joined.items() if net in lower)
    return Rows(tuple(map(tuple, _uncrossed(items, gaps))), tuple(gaps), nets)


def ends(wire: Wire, row_of: Mapping[str, int]) -> tuple[str, str]:
    """The upper and the lower end."""
    return (wire.source, wire.target) if row_of[wire.source] < row_of[wire.target] else (wire.target, wire.source)


def _nets(wires: Sequence[Wire], row_of: Mapping[str, int]) -> dict[Wire, Net]:
    told = [(wire, *ends(wire, row_of)) for wire in wires]
    falling = Counter((upper, wire.strand, upper != wire.source) for wire, upper, _ in told)
    rising = Counter((lower, wire.strand, upper != wire.source) for wire, upper, lower in told)
    found = {}
    for wire, upper, lower in told:
        upwards = upper != wire.source
        falls = falling[upper, wire.strand, upwards] > rising[lower, wire.strand, upwards]
        found[wire] = Net(upper if falls else lower, falls, upwards, wire.strand)
    return found


def _gaps(nets: Mapping[Wire, Net], row_of: Mapping[str, int], count: int) -> list[Gap]:
    far: dict[Net, list[str]] = {}
    for wire, net in nets.items():
        far.setdefault(net, []).append(wire.target if wire.source == net.hub else wire.source)
    joined: list[dict[Net, tuple[tuple[Item, ...], tuple[Item, ...]]]] = [{} for _ in range(count - 1)]
    for net, others in far.items():
        hub = row_of[net.hub]
        spread = [row_of[other] for other in others]
        first, last = (hub, max(spread)) if net.falls else (min(spread), hub)
        for number in range(first, last):
            at_hub = number == hub if net.falls else number + 1 == hub
            here = number + 1 if net.falls else number
            ending: tuple[Item, ...] = tuple(other for other in others if row_of[other] == here)
            passes = here < last if net.falls else here > first
            trunk: tuple[Item, ...] = (net.hub,) if at_hub else (net,)
            branches = (*ending, net) if passes else ending
            joined[number][net] = (trunk, branches) if net.falls else (branches, trunk)
    return [Gap(one) for one in joined]


def _uncrossed(rows: list[list[Item]], gaps: Sequence[Gap]) -> list[list[Item]]:
    best, fewest = [list(row) for row in rows], _crossings(rows, gaps)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for number in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            beside = rows[number - 1 if down else number + 1]
            gap = gaps[number - 1 if down else number]
            _sort(rows[number], beside, gap, below=down)
        crossings = _crossings(rows, gaps)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
        if not fewest:
            break
    return best


def _sort(row: list[Item], beside: Sequence[Item], gap: Gap, *, below: bool) -> None:
    """Put each item of the row where the middle of those that it is joined to is; others stay where they are."""
    at = {item: (number + 0.5) / len(beside) for number, item in enumerate(beside)}
    found: dict[Item, list[float]] = {}
    for uppers, lowers in gap.joined.values():
        for here in lowers if below else uppers:
            found.setdefault(here, []).extend(at[there] for there in (uppers if below else lowers))
    own = {item: (number + 0.5) / len(row) for number, item in enumerate(row)}
    row.sort(key=lambda item: sum(found[item]) / len(found[item]) if item in found else own[item])


def _crossings(rows: Sequence[Sequence[Item]], gaps: Sequence[Gap]) -> int:
    return sum(_inversions(_pairs(rows[number], rows[number + 1], gap)) for number, gap in enumerate(gaps))


def _pairs(above: Sequence[Item], below: Sequence[Item], gap: Gap) -> Iterator[tuple[int, int]]:
    upper = {item: number for number, item in enumerate(above)}
    lower = {item: number for number, item in enumerate(below)}
    for uppers, lowers in gap.joined.values():
        yield from ((upper[one], lower[other]) for one in uppers for other in lowers)


def _inversions(pairs: Iterable[tuple[int, int]]) -> int:
    seen: list[int] = []
    found = 0
    for _, lower in sorted(pairs):
        found += len(seen) - bisect_left(seen, lower + 1)
        insort(seen, lower)
    return found
