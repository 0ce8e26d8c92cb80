"""Notes each legal deadline that passed: once, and also those that passed while nothing ran."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from domain.errors import RefusedError
from domain.events import Meta
from domain.incident.events import DeadlineMissed
from handlers.commands import take_step
from handlers.unit_of_work import Committer
from projections.deadlines import to_be_missed
from projections.rows import Row


class DeadlineWatch:
    """Compares the deadlines table with the clock. Asking twice is harmless: the domain records each miss once."""

    def __init__(
        self, read: Callable[[], AbstractContextManager[Connection]], committer: Committer, clock: Callable[[], datetime]
    ) -> None:
        self._read, self._committer, self._clock = read, committer, clock

    async def look(self) -> int:
        """Record what has been missed by now; returns how many. Raises `UnavailableError`: then the next look does it."""
        now = self._clock()
        with self._read() as connection:
            missed: Sequence[Row] = to_be_missed(connection, now)
        return sum([await self._note(row, now) for row in missed])

    async def _note(self, row: Row, now: datetime) -> int:
        correlation = f"deadline-{row['reference']}-{row['kind']}"
        meta = Meta(actor="system:deadlines", channel="system", occurred_at=now, correlation_id=correlation)
        proposed = DeadlineMissed(meta=meta, kind=row["kind"], due_at=row["due_at"])
        try:
            done = await self._committer.submit(partial(take_step, incident_id=row["incident_id"], proposed=proposed))
        except RefusedError:
            # Met or cancelled between the look and the write: then nothing was missed.
            return 0
        return len(done.events)
