"""The same face on PostgreSQL. The write lock is a table lock, as eventsourcing takes it; NOTIFY tells other processes."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg

from adapters.event_store.database import LOCK_TIMEOUT_S
from domain.errors import UnavailableError

CHANNEL = "sporlog_events"
SCHEMA_LOCK = 0x5B02106
"""An arbitrary number, the same in every Sporlog."""


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
    """A PostgreSQL database; `synchronous_commit` is set on every connection, whatever the server's default.

    With a `schema` all names are of that one, which is made if it is missing.
    """

    integer = "BIGINT"
    blob = "BYTEA"
    faults: tuple[type[Exception], ...] = (psycopg.OperationalError, psycopg.InternalError)

    def __init__(self, url: str, schema: str | None = None) -> None:
        self._url, self._schema = url, schema
        self._writing = threading.Lock()
        self._local = threading.local()
        self._connections: list[psycopg.Connection[tuple[Any, ...]]] = []
        self._writer = self._connect()
        if schema is not None:
            with self.write() as cursor:
                cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
        self._watcher = self._connect()
        self._listen()

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        try:
            connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5)
            connection.execute("SET synchronous_commit = on")
            connection.execute(f"SET lock_timeout = '{int(LOCK_TIMEOUT_S * 1000)}ms'")
            if self._schema is not None:
                connection.execute(_format(f'SET search_path = "{self._schema}"'))
        except psycopg.OperationalError as error:
            msg = f"PostgreSQL cannot be reached: {error}"
            raise UnavailableError(msg) from error
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
        """One transaction that holds `lock_table` exclusively (readers go on), else the schema's lock; durable on return."""
        with self._writing:
            try:
                with self._connected_writer().transaction(), self._writer.cursor() as cursor:
                    if lock_table is None:
                        # Tables are made: even CREATE TABLE IF NOT EXISTS fails when two processes do it at once.
                        cursor.execute(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})")
                    else:
                        cursor.execute(_format(f"LOCK TABLE {lock_table} IN EXCLUSIVE MODE"))
                        cursor.execute(f"NOTIFY {CHANNEL}")
                    yield _Cursor(cursor)
            except psycopg.OperationalError as error:
                raise _unavailable(error) from error

    def _connected_writer(self) -> psycopg.Connection[tuple[Any, ...]]:
        if self._writer.closed:
            self._writer = self._connect()
        return self._writer

    def has_table(self, name: str) -> bool:
        """Looked up along the search path, as statements find it."""
        return self.read("SELECT to_regclass(?) IS NOT NULL", (name,)) == [(True,)]

    def changed(self) -> bool:
        """Whether a NOTIFY has come since the last call; also after a broken connection, for one may have been missed."""
        if self._watcher.closed:
            self._watcher = self._connect()
            self._listen()
            return True
        try:
            return any(True for _ in self._watcher.notifies(timeout=0))
        except psycopg.OperationalError as error:
            raise _unavailable(error) from error

    def _listen(self) -> None:
        self._watcher.execute(f"LISTEN {CHANNEL}")

    def scrub(self, *tables: str) -> bool:
        """VACUUM of the tables.

        Their pages then hold the deleted rows no more, but for bytes in free space that the next rows overwrite; `pg_wal` holds
        them until its segments are used again.
        """
        with self._writing:
            try:
                for table in tables:
                    self._connected_writer().execute(_format(f"VACUUM {table}"))
            except psycopg.OperationalError as error:
                raise _unavailable(error) from error
        return True

    def close(self) -> None:
        """Close every connection that any thread opened."""
        for connection in self._connections:
            connection.close()


def _unavailable(error: psycopg.Error) -> UnavailableError:
    return UnavailableError(f"PostgreSQL: {error}; nothing was written, try again")
