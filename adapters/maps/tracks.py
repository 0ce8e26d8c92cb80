"""Between two rows each net that goes sideways has a track of its own height: which, so that few lines cross."""

from collections.abc import Sequence
from typing import NamedTuple

NEAR = 4.0
"""Lines that come closer than this could be taken for one."""
CLEAR = 10.0
"""Between the ends of two nets on one track."""


class Run(NamedTuple):
    """A net in a gap: where it comes from above, and where it goes to below."""

    uppers: tuple[float, ...]
    lowers: tuple[float, ...]

    @property
    def start(self) -> float:
        """Its left end."""
        return min(*self.uppers, *self.lowers)

    @property
    def end(self) -> float:
        """Its right end."""
        return max(*self.uppers, *self.lowers)

    @property
    def straight(self) -> bool:
        """It goes down and nowhere else."""
        return self.start == self.end


class Tracks(NamedTuple):
    """For each run the number of its track, counted from above; a straight one has none of its own, and is told -1."""

    numbers: tuple[int, ...]
    stuck: tuple[int, ...]
    """Runs among which some run over others, whatever tracks they have: until an end of one of them is moved."""


def tracks_of(runs: Sequence[Run]) -> Tracks:
    """As few as can be, and as few crossings."""
    order, stuck = _ordered(runs, [number for number, run in enumerate(runs) if not run.straight])
    found = [-1] * len(runs)
    for at, number in enumerate(order):
        beside = [other for other in order[:at] if _meet(runs[number], runs[other])]
        found[number] = 1 + max((found[other] for other in beside), default=-1)
    return Tracks(tuple(found), tuple(stuck))


def _ordered(runs: Sequence[Run], numbers: Sequence[int]) -> tuple[list[int], list[int]]:
    """From above: first of all so that none runs over another, then so that few cross."""
    order = sorted(numbers, key=lambda number: (runs[number].start, runs[number].end))
    for _ in order:
        moved = False
        for at in range(len(order) - 1):
            upper, lower = runs[order[at]], runs[order[at + 1]]
            if _crossings(lower, upper) < _crossings(upper, lower):
                order[at], order[at + 1] = order[at + 1], order[at]
                moved = True
        if not moved:
            break
    above = {number: {other for other in order if other != number and _over(runs[number], runs[other])} for number in order}
    found: list[int] = []
    stuck: list[int] = []
    while order:
        free = next((number for number in order if not above[number].intersection(order)), None)
        if free is None:
            free = order[0]
            stuck += order
        order.remove(free)
        found.append(free)
    return found, stuck


def _meet(one: Run, other: Run) -> bool:
    return one.start < other.end + CLEAR and other.start < one.end + CLEAR


def _crossings(upper: Run, lower: Run) -> int:
    """How often the two cross when one's track is above the other's."""
    return sum(upper.start < x < upper.end for x in lower.uppers) + sum(lower.start < x < lower.end for x in upper.lowers)


def _over(one: Run, other: Run) -> bool:
    """Whether they would run over each other, were the other one's track not the higher one."""
    return any(abs(x - y) < NEAR for x in one.lowers for y in other.uppers)
