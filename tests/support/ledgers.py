"""Ledgers on both databases; opened twice, they are two processes' ledgers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.ledger_tables import LedgerDatabase
from adapters.event_store.postgres import PostgresDatabase
from domain.events import StoredRow
from domain.ledger.entry import leaf_of
from handlers.event_log import EventLog
from handlers.ledger_keeper import LedgerKeeper

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
OpenLedger = Callable[[], LedgerDatabase]


class ListedLog:
    """A log that a test may falsify: the rows as a store would hand them out."""

    def __init__(self, rows: list[StoredRow]) -> None:
        self.stored = rows

    def rows(self, after: int = 0, limit: int = 1000, *, upto: int | None = None) -> list[StoredRow]:
        return [row for row in self.stored if after < row.position <= (upto or row.position)][:limit]

    def head(self) -> int:
        return max((row.position for row in self.stored), default=0)


def keeper(tables: LedgerDatabase, log: EventLog) -> LedgerKeeper:
    return LedgerKeeper(tables, log, lambda: NOW)


def leaves_of(rows: list[StoredRow]) -> list[bytes]:
    return [leaf_of(row) for row in rows]


@pytest.fixture(params=["sqlite", "postgres"])
def open_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenLedger]:
    opened = list[LedgerDatabase]()

    def open_one() -> LedgerDatabase:
        if request.param == "sqlite":
            opened.append(LedgerDatabase(SQLiteDatabase(tmp_path / "ledger.db")))
        else:
            opened.append(LedgerDatabase(PostgresDatabase(request.getfixturevalue("postgres_url"), "ledger")))
        return opened[-1]

    yield open_one
    for tables in opened:
        tables.close()


@pytest.fixture
def ledger_tables(open_ledger: OpenLedger) -> LedgerDatabase:
    return open_ledger()
