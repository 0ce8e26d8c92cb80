"""A log with something of everything in it, entered in a ledger and signed twice, for tests that then change it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.audit.verify import LedgerView, verify_store
from adapters.event_store.database import Database, SQLiteDatabase
from adapters.event_store.ledger_tables import LedgerDatabase
from adapters.event_store.postgres import PostgresDatabase
from domain.incident import events as e
from domain.ledger.checkpoint import Checkpoint
from domain.signals import Severity, SignalStatus
from handlers.audit_findings import Difference, DifferenceFoundError, Original, Statement, no_copy
from handlers.commands import report
from handlers.ledger import Ledger
from handlers.ledger_keeper import LedgerKeeper
from handlers.triage import Choice, Said, attach, dismiss
from tests.support import incidents as tell
from tests.support.intake import do, new_ids, take
from tests.support.signals import signal
from tests.support.stores import Stores

ORIGIN = "log.laerkeborg.example/haendelser"


class Clock:
    """Each transaction a second after the one before."""

    def __init__(self) -> None:
        self.us = int(tell.REPORTED_AT.timestamp() * 1_000_000)

    def __call__(self) -> int:
        self.us += 1_000_000
        return self.us


def write_log(store: EventStore) -> None:
    """Incidents by people and by alerts, repeats, decisions, two sources, some 40 events."""
    ids = new_ids()
    for number in range(3):
        incident = next(ids)
        do(store, lambda uow, incident=incident: report(uow, incident, "laerkeborg", reported))  # type: ignore[misc]
        for hours in range(1, 9):
            note = e.NoteAdded(meta=tell.meta(hours), text=f"Note {number}/{hours}")
            do(store, lambda uow, i=incident, n=note: uow.append(i, [n], expected=uow.version(i)))  # type: ignore[misc]
    take(store, signal("a-1", "db-1"), signal("a-2", "db-2", severity=Severity.LOW))
    take(store, signal("a-1", "db-1", status=SignalStatus.RESOLVED, raw=b"resolved"))
    take(store, signal("z-1", "web-1", source="zabbix", severity=Severity.LOW))
    said = Said(tell.meta(9), "Set på")
    do(store, lambda uow: dismiss(uow, Choice("zabbix", ("z-1",)), said))
    do(store, lambda uow: attach(uow, Choice("wazuh", ("a-2",)), incident, said))
    redacted = e.Redacted(meta=tell.meta(10), proposal_number=1, redacted_number=2)
    do(store, lambda uow: uow.append(incident, [redacted], expected=uow.version(incident)))


def reported(reference: str) -> e.Reported:
    return tell.reported(reference=reference, components=())


class Audited:
    """The store, its ledger, and what was signed: half of the log, and all of it."""

    def __init__(self, store: EventStore, tables: LedgerDatabase) -> None:
        self.store, self.tables = store, tables
        self.enter()
        self.head = store.head()
        ledger = Ledger(tables)
        self.signed = [
            Statement(Checkpoint(ORIGIN, size, ledger.root_at(size)), f"checkpoints/{size}") for size in (20, self.head)
        ]

    def enter(self) -> None:
        """Bring the ledger up to the head of the log."""
        LedgerKeeper(self.tables, self.store, lambda: datetime.now(UTC)).catch_up()

    def execute(self, sql: str, *params: Any) -> None:  # noqa: ANN401 - as the driver takes them
        with self.store.database.write("events") as cursor:
            cursor.execute(sql, params)

    def execute_in_ledger(self, sql: str, *params: Any) -> None:  # noqa: ANN401 - as above
        with self.tables._database.write("tiles") as cursor:
            cursor.execute(sql, params)

    def verify(self, *more: Statement, after: int = 0, original: Original = no_copy) -> int:
        view = LedgerView(self.tables.size(), self.tables.tile)
        return verify_store(self.store, view, [*self.signed, *more], after=after, original=original)

    def difference(self, *more: Statement, after: int = 0, original: Original = no_copy) -> Difference | None:
        try:
            self.verify(*more, after=after, original=original)
        except DifferenceFoundError as found:
            return found.difference
        return None

    def columns(self) -> Iterator[tuple[str, str]]:
        """Every column of every table of the store, as the database itself lists them."""
        return columns_of(self.store.database, "public")

    def columns_of_ledger(self) -> Iterator[tuple[str, str]]:
        """The same of the ledger."""
        return columns_of(self.tables._database, "ledger")


def columns_of(database: Database, schema: str) -> Iterator[tuple[str, str]]:
    if isinstance(database, SQLiteDatabase):
        for (table,) in database.read("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
            for row in database.read(f'PRAGMA table_info("{table}")'):
                yield table, row[1]
    else:
        found = database.read(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ?", (schema,)
        )
        yield from ((table, column) for table, column in found)


@pytest.fixture
def audited(stores: Stores, tmp_path: Path) -> Iterator[Audited]:
    store = stores.open(Clock())
    write_log(store)
    at = stores.place.database
    database = PostgresDatabase(at, "ledger") if at.startswith("postgresql:") else SQLiteDatabase(tmp_path / "ledger.db")
    tables = LedgerDatabase(database)
    yield Audited(store, tables)
    tables.close()
