"""Fetching: all that waits at once, what comes soon, and nothing lost to a request that was given up."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from nats.aio.client import Client

from adapters.bus.connection import BUS_ERRORS, ask, connect
from adapters.bus.durable import Durable, bind
from adapters.bus.errors import BusUnavailableError
from adapters.bus.publishing import Outgoing, append
from adapters.bus.pull import PullReader
from adapters.bus.server import NatsServer
from adapters.bus.streams import INTAKE, ensure
from tests.support.waiting import until


@pytest.fixture
async def nc(nats_server: NatsServer) -> AsyncIterator[Client]:
    connection = await connect(nats_server.url, "test")
    await ensure(connection)
    await bind(connection, Durable(INTAKE, "intake", "intake.>", 1000))
    yield connection
    await connection.close()


@pytest.fixture
async def reader(nc: Client) -> AsyncIterator[PullReader]:
    opened = PullReader(nc, INTAKE, "intake")
    await opened.open()
    yield opened
    await opened.unsubscribe()


async def send(nc: Client, first: int, last: int) -> None:
    await append(nc, [Outgoing("intake.test", {}, b"%d" % number) for number in range(first, last + 1)])


async def fetched(reader: PullReader, most: int, within: float = 0.2) -> list[int]:
    messages = await reader.fetch(most, within)
    for message in messages:
        await message.ack()
    return [int(message.data) for message in messages]


async def test_what_waits_comes_at_once_in_order_and_never_more_than_asked_for(nc: Client, reader: PullReader) -> None:
    await send(nc, 1, 900)
    began = time.monotonic()
    assert await fetched(reader, 400, within=5) == list(range(1, 401))
    assert await fetched(reader, 400, within=5) == list(range(401, 801))
    assert await fetched(reader, 400, within=5) == list(range(801, 901))
    assert time.monotonic() - began < 3, "fewer than were asked for are not waited for"


async def test_while_nothing_waits_the_next_one_is_handed_over_as_it_comes(nc: Client, reader: PullReader) -> None:
    began = time.monotonic()
    assert await fetched(reader, 100, within=0.3) == []
    assert 0.25 < time.monotonic() - began < 2
    waiting = asyncio.create_task(fetched(reader, 100, within=30))
    await asyncio.sleep(0.3)
    await send(nc, 1, 1)
    async with asyncio.timeout(5):
        assert await waiting == [1]


async def test_many_that_come_at_once_are_handed_over_at_once(nc: Client, reader: PullReader) -> None:
    came = list[int]()
    for first in range(1, 2000, 100):
        waiting = asyncio.create_task(fetched(reader, 90, within=30))
        await asyncio.sleep(0.3)
        await send(nc, first, first + 99)  # an atomic batch, as the relay's
        async with asyncio.timeout(5):
            together = await waiting
            rest = await fetched(reader, 100)
        assert together + rest == list(range(first, first + 100))
        came.append(len(together))
        # The server may hand over the first before it says that others are behind it.
        if came[-1] == 90:
            return
    raise AssertionError(came)


async def test_what_comes_to_a_request_that_was_given_up_is_in_the_next_fetch(nc: Client, reader: PullReader) -> None:
    waiting = asyncio.create_task(reader.fetch(100, 30))
    await asyncio.sleep(0.3)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await send(nc, 1, 3)
    found = await fetched(reader, 100)
    while len(found) < 3:
        found += await fetched(reader, 100)
    assert found == [1, 2, 3]


async def test_without_a_server_nobody_waits_for_ever_and_with_it_back_all_is_fetched(
    nc: Client, reader: PullReader, nats_server: NatsServer
) -> None:
    await nats_server.stop()
    async with asyncio.timeout(10):
        with suppress(*BUS_ERRORS):  # or nothing comes: as the connection's end was noticed, or not yet
            assert await reader.fetch(100, 0.2) == []
    await nats_server.start()
    await until(lambda: nc.is_connected)
    await send(nc, 1, 3)
    found = await fetched(reader, 100)
    while len(found) < 3:
        found += await fetched(reader, 100)
    assert found == [1, 2, 3]


async def test_a_consumer_that_is_gone_is_told_whoever_waits_for_it(nc: Client, reader: PullReader) -> None:
    waiting = asyncio.create_task(reader.fetch(100, 30))
    await asyncio.sleep(0.3)
    await ask(nc, f"CONSUMER.DELETE.{INTAKE}.intake")
    with pytest.raises(BusUnavailableError, match="intake can't be fetched from: 409 Consumer Deleted"):
        await asyncio.wait_for(waiting, 5)
    with pytest.raises(BusUnavailableError, match="intake can't be fetched from: 503"):
        await reader.fetch(100, 0.2)
