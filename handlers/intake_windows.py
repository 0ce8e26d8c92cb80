"""Counting different signals in windows of time, for the rules that ask "how many within so many minutes?"."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.intake.rules import MAX_WINDOW, Counted
from handlers.unit_of_work import UnitOfWork


class Windows:
    """The counts of one batch: what the store has, and what the batch adds. Minutes are those of the signals' own times.

    By their own times, so that the same signals give the same counts whenever they are drained and however they are batched.
    """

    def __init__(self, uow: UnitOfWork, wanted: Iterable[tuple[Counted, int, int]]) -> None:
        """`wanted`: lines, each over how many minutes that end with which minute."""
        first: dict[Counted, int] = {}
        for line, minutes, minute in wanted:
            begins = minute - minutes
            if begins < first.setdefault(line, begins):
                first[line] = begins
        stored = uow.window_counts(first) if first else {}
        self._counts: dict[Counted, dict[int, int]] = {line: dict(stored.get(line, {})) for line in first}
        self._added: dict[tuple[Counted, int], int] = defaultdict(int)

    def add(self, lines: Iterable[tuple[Counted, int]], minute: int) -> Mapping[Counted, int]:
        """Count one signal of that minute on each line; how many there are in the line's window that ends with it."""
        totals: dict[Counted, int] = {}
        for line, minutes in lines:
            counts = self._counts[line]
            counts[minute] = counts.get(minute, 0) + 1
            self._added[line, minute] += 1
            totals[line] = sum([n for at_minute, n in counts.items() if minute - minutes < at_minute <= minute])
        return totals

    def store(self, uow: UnitOfWork) -> None:
        """Keep what the batch added; what no window can reach any more goes, for a backlog by the backlog's own times."""
        if self._added:
            newest = min(minute_of(uow.recorded_at), *(minute for _, minute in self._added))
            uow.add_window_counts(self._added, newest - 2 * MAX_WINDOW)


def minute_of(at: datetime) -> int:
    """The minute in which a signal counts, since 1970 UTC."""
    return int(at.timestamp()) // 60
