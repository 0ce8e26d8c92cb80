"""The same face on PostgreSQL. The write lock is a table lock, as eventsourcing takes it; NOTIFY tells other processes."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg

from adapters.event_store.database import LOCK_TIMEOUT_S
from domain.errors import UnavailableError

CHANNEL = "sporlog_events"


class _Cursor:
    """Turns `?` into `%s`."""

    def __init__(self, cursor: psycopg.Cursor[tuple[Any, ...]]) -> None:
        self._cursor = cursor

    def execute(self, sql: str, params: Sequence[Any] = ()) -> None:
        self._cursor.execute(_format(sql), params or None)

    def executemany(self, sql: str, params: Sequence[Sequence[Any]]) -> None:
        self._cursor.executemany(_format(sql), params)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self._cursor.fetchall()


def _format(sql: str) -> LiteralString:
    return sql.replace("?", "%s")


class PostgresDatabase:
    """A PostgreSQL database; `synchronous_commit` is set on every connection, whatever the server's default."""

    integer = "BIGINT"
    blob = "BYTEA"
    faults: tuple[type[Exception], ...] = (psycopg.Error,)

    def __init__(self, url: str) -> None:
        self._url = url
        self._writing = threading.Lock()
        self._local = threading.local()
        self._connections: list[psycopg.Connection[tuple[Any, ...]]] = []
        self._writer = self._connect()
        self._watcher = self._connect()
        self._watcher.execute(f"LISTEN {CHANNEL}")

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        try:
            connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5)
        except psycopg.OperationalError as error:
            msg = f"PostgreSQL cannot be reached: {error}"
            raise UnavailableError(msg) from error
        connection.execute("SET synchronous_commit = on")
        connection.execute(f"SET lock_timeout = '{int(LOCK_TIMEOUT_S)}s'")
        self._connections.append(connection)
        return connection

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows as of now, on this thread's own connection; a broken one is replaced on the next call."""
        connection = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = self._local.connection = self._connect()
        try:
            return connection.execute(_format(sql), params or None).fetchall()
        except psycopg.OperationalError as error:
            raise _unavailable(error) from error

    @contextmanager
    def write(self, lock_table: str | None = None) -> Iterator[_Cursor]:
        """One transaction that holds `lock_table` exclusively (readers go on); durable on return."""
        with self._writing:
            if self._writer.closed:
                self._writer = self._connect()
            try:
                with self._writer.transaction(), self._writer.cursor() as cursor:
                    if lock_table is not None:
                        cursor.execute(_format(f"LOCK TABLE {lock_table} IN EXCLUSIVE MODE"))
                        cursor.execute(f"NOTIFY {CHANNEL}")
                    yield _Cursor(cursor)
            except psycopg.OperationalError as error:
                raise _unavailable(error) from error

    def changed(self) -> bool:
        """Whether a NOTIFY has come since the last call."""
        return any(True for _ in self._watcher.notifies(timeout=0))

    def close(self) -> None:
        """Close every connection that any thread opened."""
        for connection in self._connections:
            connection.close()


def _unavailable(error: psycopg.Error) -> UnavailableError:
    return UnavailableError(f"PostgreSQL: {error}; nothing was written, try again")
