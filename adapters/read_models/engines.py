"""SQLAlchemy engines for read tables, and the few statements in which the two databases differ.

Import this module late where start-up time counts: SQLAlchemy costs the CLI 170 ms.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import OperationalError

from adapters.sqlite_rows import Connection as SqliteConnection
from adapters.sqlite_wal import begin_wal
from domain.errors import UnavailableError

LOCK_TIMEOUT_S = 5.0
_WRITE = "sporlog_write"


class ReadEngine:
    """See `handlers.read_database.ReadDatabase` for the guarantees."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine, self._place = engine, place
        self._postgres = engine.dialect.name == "postgresql"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One writing transaction."""
        with self._told(), self.engine.connect().execution_options(**{_WRITE: True}) as connection, connection.begin():
            if self._postgres:
                # Held until the end of the transaction; the schema's name makes it this projection's own.
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(current_schema()))"))
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One reading transaction: the state as of its first statement."""
        options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if self._postgres else {}
        with self._told(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def scrub(self) -> bool:
        """Take deleted rows out of the files: the WAL is written back and emptied, PostgreSQL's tables are vacuumed.

        False while a reader still needs an old page: try again.
        """
        with self._told():
            if self._postgres:
                with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    for table in inspect(connection).get_table_names():
                        connection.execute(text(f'VACUUM "{table}"'))
                return True
            raw = self.engine.raw_connection()
            try:
                # Whoever waits for a reader keeps writers out meanwhile.
                raw.cursor().execute("PRAGMA busy_timeout=0")
                (busy, _, _) = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                raw.invalidate()
        return not busy

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            msg = f"{self._place}: {error.orig}; nothing of this transaction was written, try again"
            raise UnavailableError(msg) from error


def open_sqlite(path: Path, *, lock_timeout_s: float = LOCK_TIMEOUT_S) -> ReadEngine:
    """A file in WAL mode.

    `synchronous=NORMAL`: a crash of the machine may lose the last transactions but never the order, and rows and position are
    lost together, so they are read from the log again. `secure_delete`: what is erased leaves no bytes behind.
    """
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": lock_timeout_s, "factory": SqliteConnection})

    def begin_file(connection: Any) -> None:  # noqa: ANN401 - the driver's connection
        begin_wal(connection, lock_timeout_s)
        for pragma in ("synchronous=NORMAL", "secure_delete=ON", "cache_size=-16000"):
            connection.execute(f"PRAGMA {pragma}")

    return ReadEngine(_with_own_begin(engine, begin_file), path.name)


@contextmanager
def open_memory() -> Iterator[ReadEngine]:
    """An empty SQLite database that is gone on leaving. On any thread, but not on two at once."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False, "factory": SqliteConnection}
    )
    database = ReadEngine(_with_own_begin(engine), "memory")
    try:
        yield database
    finally:
        database.close()


def open_postgres(url: str, schema: str) -> ReadEngine:
    """A schema of a PostgreSQL database, made if it is missing. `synchronous_commit=off` for the reason given for SQLite."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    settings = f"-csearch_path={schema} -csynchronous_commit=off -clock_timeout={LOCK_TIMEOUT_S:.0f}s"
    engine = create_engine(address, connect_args={"options": settings, "connect_timeout": 5}, pool_pre_ping=True)
    database = ReadEngine(engine, f"PostgreSQL schema {schema}")
    with database._told(), engine.begin() as connection:  # noqa: SLF001 - the same translation of errors
        # Two processes may start at once, and IF NOT EXISTS alone still lets one of them fail.
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('sporlog schemas'))"))
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
    return database


def _with_own_begin(engine: Engine, begin_file: Callable[[Any], None] | None = None) -> Engine:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's objects
        # The driver's own transaction handling would not cover DDL, and begins too late to take the lock.
        connection.isolation_level = None
        if begin_file is not None:
            begin_file(connection)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITE) else "BEGIN")

    return engine
