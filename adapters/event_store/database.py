"""One small face for SQLite and PostgreSQL: read, write under the one write lock, notice what other processes wrote.

Statements use `?`; only the few words that differ between the two databases live here.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from adapters.sqlite_rows import Connection
from adapters.sqlite_wal import begin_wal
from domain.errors import UnavailableError

LOCK_TIMEOUT_S = 5.0


class Cursor(Protocol):
    """What statements run on inside a transaction."""

    def execute(self, sql: str, params: Sequence[Any] = ()) -> None:
        """Run one statement."""

    def executemany(self, sql: str, params: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows of the last statement."""


class Database(Protocol):
    """Guarantees: `write` holds the database's only write lock; when it returns, what was written is on disk (SQLite: WAL,
    synchronous=FULL; PostgreSQL: synchronous_commit on); when it raises, nothing of it was written. Reads see committed
    transactions only. Safe from several threads. Raises `UnavailableError` when locked, full or away.
    """  # noqa: D205 - the guarantees are the summary

    integer: str
    blob: str
    faults: tuple[type[Exception], ...]
    """What the driver raises when the database itself is at fault, not what it was given."""

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows as of now."""

    def write(self, lock_table: str | None = None) -> Any:  # noqa: ANN401 - a context manager yielding a Cursor
        """Open the write transaction; commits on leaving, rolls back on an exception."""

    def has_table(self, name: str) -> bool:
        """Whether there is such a table: looked up without the write lock, so that opening a busy store waits for nobody."""

    def changed(self) -> bool:
        """Whether another connection has committed since the last call."""

    def scrub(self, *tables: str) -> bool:
        """Take what was deleted out of the files, as far as the database can; False while a reader still needs it."""

    def close(self) -> None:
        """Close every connection."""


class SQLiteDatabase:
    """A file in WAL mode. `synchronous=FULL` and `secure_delete` are set on every connection: the library sets neither."""

    integer = "INTEGER"
    blob = "BLOB"
    faults: tuple[type[Exception], ...] = (sqlite3.OperationalError, sqlite3.InternalError)

    def __init__(self, path: Path, *, synchronous: str = "FULL") -> None:
        self.path = path
        self._synchronous = synchronous
        self._writing = threading.Lock()
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._writer = self._connect()
        self._watcher = self._connect()
        self._data_version = self._watch()

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(
                self.path, isolation_level=None, check_same_thread=False, timeout=LOCK_TIMEOUT_S, factory=Connection
            )
            begin_wal(connection, LOCK_TIMEOUT_S)
            connection.execute(f"PRAGMA synchronous={self._synchronous}")
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("PRAGMA cache_size=-16000")
        except sqlite3.Error as error:
            msg = f"{self.path} cannot be opened: {error}"
            raise UnavailableError(msg) from error
        self._connections.append(connection)
        return connection

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows as of now, on this thread's own connection."""
        connection = self._connect_here()
        try:
            return connection.execute(sql, params).fetchall()
        except sqlite3.OperationalError as error:
            raise self._unavailable(error) from error

    def _connect_here(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        return connection

    @contextmanager
    def write(self, lock_table: str | None = None) -> Iterator[sqlite3.Cursor]:  # noqa: ARG002 - SQLite locks the whole file
        """BEGIN IMMEDIATE .. COMMIT; durable on return."""
        with self._writing:
            cursor = self._writer.cursor()
            try:
                cursor.execute("BEGIN IMMEDIATE")
                yield cursor
                cursor.execute("COMMIT")
            except sqlite3.OperationalError as error:
                self._roll_back()
                raise self._unavailable(error) from error
            except BaseException:
                self._roll_back()
                raise
            finally:
                cursor.close()

    def _roll_back(self) -> None:
        # A full disk makes SQLite roll back by itself; asking twice is an error only then.
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")

    def _unavailable(self, error: sqlite3.Error) -> UnavailableError:
        return UnavailableError(f"{self.path.name}: {error}; nothing was written, try again")

    def has_table(self, name: str) -> bool:
        """Looked up in the file's own catalogue."""
        return bool(self.read("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)))

    def _watch(self) -> int:
        return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def changed(self) -> bool:
        """`PRAGMA data_version` moves when any other connection commits; 3 µs a call."""
        before, self._data_version = self._data_version, self._watch()
        return before != self._data_version

    def scrub(self, *tables: str) -> bool:  # noqa: ARG002 - the log is the whole file's
        """Deleted content is overwritten as it is deleted (`secure_delete`); what is left is the WAL: written back, emptied."""
        # A connection that waits for nobody: a reader may be a backup of minutes, and whoever waits for it keeps writers out.
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=0)
        try:
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            raise self._unavailable(error) from error
        finally:
            connection.close()
        return not busy

    def backup_to(self, path: Path) -> None:
        """A consistent copy while others write (SQLite's online backup)."""
        target = sqlite3.connect(path)
        try:
            self._connect().backup(target)
        finally:
            target.close()

    def close(self) -> None:
        """Close every connection that any thread opened."""
        for connection in self._connections:
            connection.close()
