"""One process's work on the bus."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.bus import session
from adapters.bus.server import NatsServer
from adapters.bus.session import BusSession
from adapters.bus.streams import ensure
from adapters.event_store.application import EventStore
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.relay_state import RelayStateTable
from adapters.read_models.engines import open_sqlite
from adapters.web.commits import CommitSignal
from projections.catalogue import Catalogue
from projections.projection import Projection
from projections.register import Register
from tests.support import incidents as tell
from tests.support.logs import incident_id, projector, record
from tests.support.waiting import until


async def test_it_is_connected_once_its_streams_are_there_and_no_sooner(
    nats_server: NatsServer, store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go = asyncio.Event(), asyncio.Event()

    async def slowly(*given: object, **named: object) -> object:
        asked.set()
        await go.wait()
        return await ensure(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "ensure", slowly)
    bus = BusSession(
        url=nats_server.url,
        source=store,
        mark=None,
        door=None,
        projectors={},
        reminders=None,
        ledger=None,
        feeds=[],
        commits=CommitSignal(store.head),
        replicas=1,
        intake_max_bytes=1_000_000,
    )
    running = asyncio.create_task(bus.run())
    await asyncio.wait_for(asked.wait(), 10)
    assert not bus.connected
    go.set()
    await until(lambda: bus.connected, 10)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert not bus.connected


async def test_a_read_model_whose_file_is_locked_holds_up_no_other(
    nats_server: NatsServer, store: EventStore, tmp_path: Path
) -> None:
    files: dict[str, Projection] = {"catalogue": Catalogue(), "register": Register()}
    databases = {name: open_sqlite(tmp_path / f"{name}.db") for name in files}
    projectors = {name: projector(one, databases[name], store) for name, one in files.items()}
    mark, commits = SQLiteDatabase(tmp_path / "relay.db"), CommitSignal(store.head)
    bus = BusSession(
        url=nats_server.url,
        source=store,
        mark=RelayStateTable(mark),
        door=None,
        projectors=projectors,
        reminders=None,
        ledger=None,
        feeds=[],
        commits=commits,
        replicas=1,
        intake_max_bytes=1_000_000,
    )
    running = asyncio.create_task(bus.run())

    def report(number: int) -> None:
        record(store, [(incident_id(number), tell.reported())])
        commits.notify()

    try:
        report(1)
        await until(lambda: all(one.position() == store.head() for one in projectors.values()), 20)
        with closing(sqlite3.connect(tmp_path / "catalogue.db", isolation_level=None)) as somebody:
            somebody.execute("BEGIN IMMEDIATE")
            report(2)
            # It waits for the lock for five seconds, and then again.
            for number in range(3, 6):
                await until(lambda: projectors["register"].position() == store.head(), 4)
                report(number)
            assert projectors["catalogue"].position() < store.head() - 2
        await until(lambda: all(one.position() == store.head() for one in projectors.values()), 20)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        for database in databases.values():
            database.close()
        mark.close()
