"""The copy of the log in JetStream, compared with the store."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.bus.cloudevents import encode
from adapters.bus.comparing import compare_bus, copy_on_bus
from adapters.bus.connection import connect
from adapters.bus.errors import BusUnavailableError
from adapters.bus.publishing import Outgoing, append
from adapters.bus.server import NatsServer
from adapters.bus.streams import EVENTS, ensure
from adapters.event_store.application import EventStore
from handlers.audit import Report
from handlers.audit_findings import Kind
from tests.support import incidents as tell
from tests.support.logs import a_store, record


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EventStore]:
    with a_store(tmp_path / "store") as store:
        record(store, [(tell.INCIDENT, tell.reported()), (tell.INCIDENT, tell.assessed()), (tell.INCIDENT, tell.approved())])
        yield store


@pytest.fixture
async def url(nats_server: NatsServer, log: EventStore) -> str:
    """EVENTS with the log in it."""
    nc = await connect(nats_server.url, "test")
    await ensure(nc)
    await append(nc, [encode(row) for row in log.rows()])
    await nc.close()
    return nats_server.url


async def compared(url: str, log: EventStore, upto: int = 3) -> Report:
    return await asyncio.to_thread(compare_bus, url, log, Report(upto, upto, 0))


async def test_the_stream_has_the_same_bytes(url: str, log: EventStore) -> None:
    assert (await compared(url, log)).on_bus == 3
    assert (await compared(url, log, 2)).on_bus == 2


async def test_a_message_that_differs_is_named_with_its_column(url: str, log: EventStore) -> None:
    with log.database.write("events") as cursor:
        cursor.execute("UPDATE events SET recorded_at_us = recorded_at_us + 5 WHERE position = 2")
    found = (await compared(url, log)).difference
    assert found is not None
    assert (found.kind, found.where, found.position, found.column) == (Kind.CHANGED, EVENTS, 2, "recorded_at_us")


async def test_an_event_that_the_store_lacks_is_named(url: str, log: EventStore) -> None:
    with log.database.write("events") as cursor:
        cursor.execute("DELETE FROM events WHERE position = 2")
    found = (await compared(url, log)).difference
    assert found is not None
    assert (found.kind, found.position) == (Kind.INSERTED, 2)


async def test_what_no_relay_wrote_is_named(url: str, log: EventStore) -> None:
    nc = await connect(url, "test")
    await append(nc, [Outgoing("event.foreign", {}, b"not an event")])
    await nc.close()
    found = (await compared(url, log)).difference
    assert found is not None
    assert (found.kind, found.where, found.key) == (Kind.INSERTED, EVENTS, "4")


async def test_an_events_other_copy_is_found_by_its_position(url: str, log: EventStore) -> None:
    assert await asyncio.to_thread(copy_on_bus, url, 2) == log.rows()[1]
    assert await asyncio.to_thread(copy_on_bus, url, 9) is None


async def test_a_bus_that_is_away_cannot_be_compared(nats_server: NatsServer, log: EventStore) -> None:
    await nats_server.stop()
    with pytest.raises(BusUnavailableError):
        await compared(nats_server.url, log)
