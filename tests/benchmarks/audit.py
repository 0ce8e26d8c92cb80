"""The log verified against its ledger, beside what only hashing its bytes costs."""

import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from adapters.event_store.audit.verify import LedgerView, verify_store
from adapters.main import open_ledger, open_office, utc_now
from adapters.settings import read_settings
from domain.ledger.checkpoint import Checkpoint
from handlers.audit_findings import Statement
from handlers.ledger import Ledger
from handlers.ledger_keeper import LedgerKeeper
from tests.benchmarks.figure import Figure, Limit, Scale
from tests.benchmarks.lives import write

READ = 512


def verify(folder: Path, scale: Scale) -> Iterator[Figure]:
    """All events, in processor seconds: one core does it."""
    settings = read_settings({"SPORLOG_ENTITY": "laerkeborg"}, data=folder / "data")
    with open_office(settings) as office:
        write(office.store, scale.rebuild_incidents, scale.per_incident)
        tables, events = open_ledger(settings), office.store.head()
        LedgerKeeper(tables, office.store, utc_now).catch_up()
        ledger = Ledger(tables)
        signed = [
            Statement(Checkpoint("benchmark", size, ledger.root_at(size)), str(size)) for size in range(1000, events, 1000)
        ]
        view = LedgerView(tables.size(), tables.tile)
        took = _core_seconds(lambda: verify_store(office.store, view, signed))
        states = [row[0] for row in office.store.database.read("SELECT state FROM events ORDER BY position")]
        hashed = _core_seconds(lambda: [sha256(state).digest() for state in states])
        read = _core_seconds(lambda: _read(office.store.database.read))
        tables.close()
    yield Figure(
        "verify",
        f"{events} events against their ledger and {len(signed)} checkpoints",
        events / took,
        "events/s a core",
        aim=200_000,
        limits=(
            Limit("SHA-256 over the same states, in memory", events / hashed),
            Limit("read the same rows from SQLite", events / read),
        ),
        details={"seconds": took, "bytes": sum(map(len, states))},
    )


def _read(read: Callable[[str, tuple[int, int]], list[tuple[int, ...]]]) -> None:
    after = 0
    sql = (
        "SELECT position, recorded_at_us, originator_id, originator_version, topic, state FROM events"
        " WHERE position > ? ORDER BY position LIMIT ?"
    )
    while rows := read(sql, (after, READ)):
        after = rows[-1][0]


def _core_seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began
