"""Keeps one projection at the head of the log: exactly once, in order, without gaps, whoever delivers and how often."""

import threading
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from domain.events import StoredRow
from handlers.event_log import EventLog, MissingEventsError
from handlers.read_database import ReadDatabase
from projections.folding import Folding, Record, Rejected
from projections.projection import Projection
from projections.table_set import STATE, Progress, TableSet, definition_of

BATCH = 1000
"""Events a transaction: a reader in a hurry never waits long for the lock."""
CACHED_ROWS = 50_000
"""Rows kept from batch to batch; above that the cache starts anew."""


class Applied(NamedTuple):
    """`position`: everything up to it is in the tables. `rejected`: what this call could not take."""

    position: int
    rejected: list[Rejected]
    left_out: bool = True
    """Whether `Projector.left_out` has something, as far as this call can tell."""


class Projector:
    """One projection, its tables and the log.

    `apply` and `catch_up` may be called from several threads and processes at once: the position is read under the write lock,
    in the transaction that writes the rows, and whatever was done already is skipped.
    """

    def __init__(self, projection: Projection, database: ReadDatabase, log: EventLog, record: Record) -> None:
        self.projection, self.database = projection, database
        self._log = log
        self._tables = TableSet(projection)
        self._rows = self._tables.rows()
        self._rows_are_of: Progress | None = None
        self._folding = Folding(projection, record)
        self._lock = threading.Lock()

    def prepare(self) -> bool:
        """Make the tables, or make them anew when their definition changed; True if they are empty now and must catch up."""
        with self._lock, self.database.write() as connection:
            STATE.create_all(connection)
            progress = self._tables.progress(connection)
            if progress is not None and progress.definition == definition_of(self.projection, connection):
                return False
            self._tables.create(connection, generation=progress.generation + 1 if progress else 1)
            return True

    def position(self) -> int:
        """Up to which event the tables are."""
        with self.database.snapshot() as connection:
            return self._progress(connection).position

    def apply(self, delivered: Iterable[StoredRow]) -> Applied:
        """Take what the bus delivered: any order, repeats and gaps included. What is missing in between is read from the store.

        On return the tables hold everything up to the highest position delivered. After an exception each transaction that was
        finished stays, none is half done, and the same call may be repeated. Raises `MissingEventsError`, `UnavailableError`.
        """
        waiting = {row.position: row for row in delivered}
        # Where this process left the tables is where they are, unless another one works on them too: the lock tells.
        left = self._rows_are_of
        position, last = left.position if left else self.position(), max(waiting, default=0)
        rejected: list[Rejected] = []
        while position < last:
            run = self._run(position, waiting)
            if not run:
                raise MissingEventsError(
                    f"{self.projection.name} needs event {position + 1}, the store does not have it: try again"
                )
            position = self._advance(run, rejected)
        # Where this process moved the tables it saw what was left out of them; where somebody else did, it has to look.
        ours = self._rows_are_of
        return Applied(position, rejected, ours is None or ours.position != position or ours.left_out)

    def catch_up(self) -> Applied:
        """Take everything that the store has; on return the tables are at least as far as the store was at the call."""
        position, head = self.position(), self._log.head()
        rejected: list[Rejected] = []
        while position < head and (run := self._log.rows(position, BATCH)):
            position = self._advance(run, rejected)
        return Applied(position, rejected)

    def left_out(self) -> list[tuple[StoredRow, str]]:
        """Events that the tables went on without and that are not buried yet, with the reason; see `handlers.consumers`."""
        with self.database.snapshot() as connection:
            found = self._tables.left_out(connection)
        return [(row, reason) for position, reason in found for row in self._log.rows(position - 1, 1)]

    def buried(self, position: int) -> None:
        """That event is among the dead letters. Durable on return."""
        with self._lock, self.database.write() as connection:
            self._tables.forget(connection, position)

    def _run(self, position: int, waiting: dict[int, StoredRow]) -> list[StoredRow]:
        """Up to BATCH rows that follow `position` without a gap."""
        run: list[StoredRow] = []
        while len(run) < BATCH and (row := waiting.get(position + len(run) + 1)) is not None:
            run.append(row)
        if run:
            return run
        # A gap: the store knows what the bus lost or has not brought yet.
        upto = min((p for p in waiting if p > position), default=position)
        return self._log.rows(position, BATCH, upto=upto)

    def _advance(self, run: Sequence[StoredRow], rejected: list[Rejected]) -> int:
        """One transaction. Folds the run if it follows the stored position; nothing, if somebody else is elsewhere by now."""
        with self._lock:
            try:
                with self.database.write() as connection:
                    before = self._progress(connection)
                    if run[0].position != before.position + 1:
                        return before.position
                    if before != self._rows_are_of or len(self._rows) > CACHED_ROWS:
                        self._rows.forget()
                    self._rows.use(connection)
                    refused = self._folding.fold(self._rows, run)
                    self.projection.complete(self._rows)
                    self._rows.flush()
                    self._tables.leave_out(connection, {row.position: reason for row, reason in refused})
                    self._tables.save(connection, run[-1].position)
                # Rows and position are committed together; only now does the cache show what is in the tables.
                self._rows_are_of = before._replace(position=run[-1].position, left_out=before.left_out or bool(refused))
            except BaseException:
                self._rows_are_of = None
                raise
        rejected += refused
        return run[-1].position

    def _progress(self, connection: Connection) -> Progress:
        progress = self._tables.progress(connection)
        assert progress is not None, "prepare comes first"  # noqa: S101 - a defect in the wiring
        return progress
