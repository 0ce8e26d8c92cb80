"""INTAKE keeps only what is not in the store yet."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from nats.aio.client import Client
from nats.js.errors import NotFoundError

from adapters.bus.connection import ask, connect
from adapters.bus.durable import Durable, bind
from adapters.bus.intake_purge import IntakePurge
from adapters.bus.publishing import Outgoing, append
from adapters.bus.reading import read_stream
from adapters.bus.server import NatsServer
from adapters.bus.streams import INTAKE, ensure
from tests.support.waiting import until


@pytest.fixture
async def nc(nats_server: NatsServer) -> AsyncIterator[Client]:
    connection = await connect(nats_server.url, "test")
    await ensure(connection)
    await bind(connection, Durable(INTAKE, "intake", "intake.>", 100))
    await append(connection, [Outgoing("intake.test", {}, b"%d" % number) for number in range(1, 11)])
    yield connection
    await connection.close()


async def left(nc: Client) -> list[int]:
    return [int(message.data) async for message in read_stream(nc, INTAKE)]


async def acknowledge(nc: Client, *numbers: int) -> None:
    subscription = await nc.jetstream().pull_subscribe_bind(durable="intake", stream=INTAKE)
    for message in await subscription.fetch(10, timeout=1):
        if int(message.data) in numbers:
            await message.ack_sync()
    await subscription.unsubscribe()


async def test_only_what_is_acknowledged_without_a_gap_leaves_the_stream(nc: Client) -> None:
    purge = IntakePurge(nc)
    await purge.once()
    assert (await left(nc), purge.pending) == (list(range(1, 11)), 10)
    await acknowledge(nc, 1, 2, 3, 7)
    await purge.once()
    assert (await left(nc), purge.pending) == (list(range(4, 11)), 6)


async def test_a_message_that_came_after_everything_was_purged_stays(nc: Client) -> None:
    purge = IntakePurge(nc)
    await acknowledge(nc, *range(1, 11))
    await purge.once()
    assert await left(nc) == []
    await append(nc, [Outgoing("intake.test", {}, b"11")])
    await purge.once()
    assert (await left(nc), purge.pending) == ([11], 1)


async def test_what_waits_is_told_before_anybody_ever_took_a_message_in(nc: Client) -> None:
    await ask(nc, f"CONSUMER.DELETE.{INTAKE}.intake")
    purge = IntakePurge(nc)
    await purge.once()
    assert (await left(nc), purge.pending) == (list(range(1, 11)), 10)


async def test_purging_goes_on_after_the_stream_was_away(nc: Client) -> None:
    purge = IntakePurge(nc)
    task = asyncio.create_task(purge.run())
    await ask(nc, f"STREAM.DELETE.{INTAKE}")
    with pytest.raises(NotFoundError):
        await purge.once()
    await asyncio.sleep(1.2)
    await ensure(nc)
    await bind(nc, Durable(INTAKE, "intake", "intake.>", 100))
    await append(nc, [Outgoing("intake.test", {}, b"1"), Outgoing("intake.test", {}, b"2")])
    await acknowledge(nc, 1)

    async def one_is_left() -> bool:
        return await left(nc) == [2]

    await until(one_is_left)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
