"""One process's work on the bus."""

import asyncio

import pytest

from adapters.bus import session
from adapters.bus.server import NatsServer
from adapters.bus.session import BusSession
from adapters.bus.streams import ensure
from adapters.event_store.application import EventStore
from adapters.web.commits import CommitSignal
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
