"""Filling a set of empty tables from the log: the work that a rebuild, a look back in time and a verification share."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection

from domain.errors import ConflictError
from domain.events import StoredRow
from handlers.event_log import EventLog
from handlers.read_database import ReadDatabase
from projections.folding import Folding, Record, Rejected
from projections.projection import Projection
from projections.table_set import STATE, TableSet

READ = 1_000
"""Events read from the log at once."""
HELD_ROWS = 100_000
"""Rows held in memory before they are written: most incidents are then written once, however many events they have."""
SLICE = 5_000
"""Rows a transaction: the live handler waits for the lock no longer than that takes."""

OnProgress = Callable[[int, int], None]
"""Called with (position reached, position aimed at) after each stretch of the log."""
Scratch = Callable[[], AbstractContextManager[ReadDatabase]]
"""Opens an empty database in memory, gone on leaving."""


def unheard(position: int, aim: int) -> None:
    """Nobody watches the progress."""


class RebuildOvertakenError(ConflictError):
    """Another rebuild of the same projection began meanwhile and took the tables. The live ones are untouched."""

    code = "rebuild-overtaken"


class Refold:
    """Tables that were just created, empty, and how far they have been filled."""

    def __init__(self, projection: Projection, tables: TableSet, log: EventLog, record: Record, *, generation: int) -> None:
        self.position, self._generation = 0, generation
        self.rejected: list[Rejected] = []
        self._projection, self._tables, self._log = projection, tables, log
        self._folding = Folding(projection, record)
        self._rows = tables.rows()
        self._rows.begin_empty()

    def run(self, database: ReadDatabase, upto: int, on_progress: OnProgress = unheard) -> None:
        """Fold up to a position and write it all, in many short transactions."""
        while self.position < upto and (batch := self._log.rows(self.position, READ, upto=upto)):
            with database.snapshot() as connection:
                self._fold(connection, batch)
            on_progress(self.position, upto)
            if len(self._rows) > HELD_ROWS:
                self._write(database)
                self._rows.forget()
        self._write(database)

    def finish(self, connection: Connection, upto: int) -> None:
        """Fold the last few events and write them in the caller's transaction."""
        while self.position < upto and (batch := self._log.rows(self.position, READ, upto=upto)):
            self._fold(connection, batch)
        self._check_mine(connection)
        self._rows.use(connection)
        self._projection.complete(self._rows)
        self._rows.flush()
        self._tables.save(connection, self.position)

    def _fold(self, connection: Connection, batch: Sequence[StoredRow]) -> None:
        self._rows.use(connection)
        self.rejected += self._folding.fold(self._rows, batch)
        self.position = batch[-1].position

    def _write(self, database: ReadDatabase) -> None:
        self._projection.complete(self._rows)
        left = 1
        while left:
            with database.write() as connection:
                self._check_mine(connection)
                self._rows.use(connection)
                left = self._rows.flush(SLICE)

    def _check_mine(self, connection: Connection) -> None:
        progress = self._tables.progress(connection)
        if progress is None or progress.generation != self._generation:
            name = self._projection.name
            raise RebuildOvertakenError(f"another rebuild of {name} began: let it finish, the live tables serve as before")


@contextmanager
def as_of(
    projection: Projection,
    position: int,
    log: EventLog,
    *,
    record: Record,
    scratch: Scratch,
    on_progress: OnProgress = unheard,
) -> Iterator[Connection]:
    """The projection as it stood at a position, in memory: its own queries run on the connection. Time: as a rebuild."""
    tables = TableSet(projection)
    with scratch() as database:
        with database.write() as connection:
            STATE.create_all(connection)
            tables.create(connection, generation=1)
        Refold(projection, tables, log, record, generation=1).run(database, position, on_progress)
        with database.snapshot() as connection:
            yield connection
