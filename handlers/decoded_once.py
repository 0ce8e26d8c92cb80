"""What several projections decode, one soon after the other, is decoded once: an alert storm's large events above all."""

import threading

from domain.events import Recorded, StoredRow
from projections.folding import Record

LARGE = 4_000
"""Bytes of an event from which on it is kept: a hundred alerts have forty thousand, what people do has a few hundred."""
MOST = 64
"""Events that are kept, the latest: one projection is some batches ahead of another."""


class DecodedOnce:
    """A `Record` for all projections of a process; may be called from several threads.

    Decoded events are values and hold no opened text: whoever folds one changes nothing for the next.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._lock = threading.Lock()
        self._kept: dict[int, tuple[bytes, Recorded]] = {}

    def __call__(self, row: StoredRow) -> Recorded:
        """As `record` does; whatever that raises is raised for each caller."""
        if len(row.state) < LARGE:
            return self._record(row)
        # Under the lock: whoever comes for the same event meanwhile would decode it too.
        with self._lock:
            kept = self._kept.get(row.position)
            # By its bytes: after a restore another event may stand in the same place.
            if kept is not None and kept[0] == row.state:
                return kept[1]
            recorded = self._record(row)
            self._kept[row.position] = row.state, recorded
            if len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]
            return recorded
