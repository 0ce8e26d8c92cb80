"""From stored rows to changed rows: what every projection does, live and in a rebuild."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from domain.errors import InvalidInputError
from domain.events import UPCASTERS, Recorded, StoredRow
from projections.projection import Entry, Projection, newest, with_older
from projections.rows import Rows

Record = Callable[[StoredRow], Recorded]
"""Decode and validate a stored row; confidential fields stay sealed. Raises ValueError for a state that is no such event."""


class Rejected(NamedTuple):
    """An event that a projection could not take: nothing came of it, the position moved on. For the dead-letter stream."""

    row: StoredRow
    reason: str


class Folding:
    """Chooses what a projection wants of the log, decodes just that, and folds it."""

    def __init__(self, projection: Projection, record: Record) -> None:
        self._projection, self._record = projection, record
        self._topics, self._places = with_older(projection.topics), with_older(projection.places)

    def fold(self, rows: Rows, batch: Sequence[StoredRow]) -> list[Rejected]:
        """Fold rows in rising order of position. What is rejected is the same whenever the same log is folded."""
        rejected: list[Rejected] = []
        topics, places, record, fold = self._topics, self._places, self._record, self._projection.fold
        if not rows.all_here:
            self._projection.prefetch(rows, [row for row in batch if row.topic in topics or row.topic in places])
        for row in batch:
            entry: Entry
            if row.topic in topics:
                # One by one: a list of models outlives the garbage collector's youngest generation, at half the speed.
                try:
                    entry = record(row)
                except (ValueError, LookupError, TypeError) as error:
                    rejected.append(_rejected(row, f"cannot be read: {error}"))
                    continue
            elif row.topic in places:
                entry = row if row.topic not in UPCASTERS else row._replace(topic=newest(row.topic))
            else:
                continue
            try:
                if not fold(rows, entry):
                    rejected.append(_rejected(row, f"{row.aggregate_id} was never reported, as far as can be read"))
            except InvalidInputError as error:
                rejected.append(_rejected(row, f"cannot be applied: {error}"))
        return rejected


def _rejected(row: StoredRow, why: str) -> Rejected:
    return Rejected(row, f"{row.topic} at position {row.position}: {why}")
