"""Notes each rung of a deadline that is reached and each legal limit that passed: once, also what passed while nothing ran."""

import asyncio
import heapq
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import Connection

from domain.errors import RefusedError
from domain.events import Meta
from domain.incident.events import DeadlineApproached, DeadlineMissed
from domain.reminders import MISSED
from handlers.commands import take_step
from handlers.unit_of_work import Committer
from projections.deadlines import is_open, next_duties, of_changed, rungs_of, to_note
from projections.rows import Row

AT_ONCE = 100
"""Notes that are submitted together, so that they can share a transaction."""
Key = tuple[UUID, str]
"""Incident and kind of deadline: there is one at a time."""


@dataclass
class _Plan:
    """An open deadline, and up to when its rungs have been dealt with."""

    row: Row
    done_upto: datetime | None = None

    @property
    def next_at(self) -> datetime | None:
        """When the next rung is reached; None after the last."""
        return next((rung.at for rung in rungs_of(self.row) if self.done_upto is None or rung.at > self.done_upto), None)

    def runs_as(self, row: Row) -> bool:
        """Whether the clock is the same as before."""
        return all(self.row[name] == row[name] for name in ("triggered_at", "due_at"))


class DeadlineWatch:
    """Holds the deadlines table against the clock: a heap of what is reached when, kept up to date by what changed.

    A look costs one indexed query, however many deadlines wait. Nothing here needs to last: after a restart every rung that is
    reached is proposed once more, and the domain records each only once. The same holds for two watches at a time.
    """

    def __init__(
        self, read: Callable[[], AbstractContextManager[Connection]], committer: Committer, clock: Callable[[], datetime]
    ) -> None:
        self._read, self._committer, self._clock = read, committer, clock
        self._position: int | None = None
        self._plans: dict[Key, _Plan] = {}
        self._heap: list[tuple[datetime, Key]] = []

    async def look(self) -> int:
        """Record what has been reached or missed by now; how many events that made.

        Raises `UnavailableError`: what was not recorded then is recorded by the next look.
        """
        now = self._clock()
        rows = await asyncio.to_thread(self._news)
        # Only with its rows in the heap is a position dealt with: whoever is cancelled above reads them again.
        self._position = max([self._position or 0, *(row["position"] for row in rows)])
        for row in rows:
            self._plan(row)
        noted = 0
        while due := self._due(now):
            try:
                noted += sum(await asyncio.gather(*(self._note(plan.row, now) for plan in due)))
            except BaseException:
                # What was stored is in the log, what was not is proposed again: the next look starts as a new process does.
                self._position, self._plans, self._heap = None, {}, []
                raise
            for plan in due:
                plan.done_upto = now
                self._push(plan)
        return noted

    def _news(self) -> list[Row]:
        with self._read() as connection:
            return next_duties(connection) if self._position is None else of_changed(connection, self._position)

    def _plan(self, row: Row) -> None:
        key, known = _key(row), self._plans.get(_key(row))
        if not is_open(row):
            self._plans.pop(key, None)
        elif known is not None and known.runs_as(row):
            known.row = row
        else:
            self._plans[key] = _Plan(row)
            self._push(self._plans[key])

    def _push(self, plan: _Plan) -> None:
        if plan.next_at is not None:
            heapq.heappush(self._heap, (plan.next_at, _key(plan.row)))

    def _due(self, now: datetime) -> list[_Plan]:
        """The next plans with a rung that is reached; what was met or moved meanwhile is dropped on the way."""
        due: dict[Key, _Plan] = {}
        while self._heap and self._heap[0][0] <= now and len(due) < AT_ONCE:
            at, key = heapq.heappop(self._heap)
            plan = self._plans.get(key)
            if plan is not None and plan.next_at == at:
                due[key] = plan
        return list(due.values())

    async def _note(self, row: Row, now: datetime) -> int:
        return sum([await self._propose(row["incident_id"], event) for event in _events(row, now)])

    async def _propose(self, incident_id: UUID, proposed: DeadlineApproached | DeadlineMissed) -> int:
        try:
            done = await self._committer.submit(partial(take_step, incident_id=incident_id, proposed=proposed))
        except RefusedError:
            # Met or cancelled between the look and the write: then there is nothing to note.
            return 0
        return len(done.events)


def _key(row: Row) -> Key:
    return row["incident_id"], row["kind"]


def _events(row: Row, now: datetime) -> Iterator[DeadlineApproached | DeadlineMissed]:
    correlation = f"deadline-{row['reference']}-{row['kind']}"
    meta = Meta(actor="system:deadlines", channel="system", occurred_at=now, correlation_id=correlation)
    for _at, rung in to_note(row, now):
        if rung == MISSED:
            yield DeadlineMissed(meta=meta, kind=row["kind"], due_at=row["due_at"])
        else:
            yield DeadlineApproached(meta=meta, kind=row["kind"], due_at=row["due_at"], rung=rung)
