"""Connecting ends when it was told to end, and so does whoever asks, on a machine that is slow too."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from typing import Any

import pytest

from adapters.bus.connection import READ_AT_ONCE, ask, connect
from adapters.bus.errors import BusUnavailableError
from adapters.bus.server import NatsServer
from tests.faults.house import free_port


@pytest.fixture
async def slow() -> AsyncIterator[None]:
    """An event loop whose turns take 50 ms: what is due and what has come then meet in one of them, time and again."""

    async def hold_up() -> None:
        while True:
            time.sleep(0.05)  # noqa: ASYNC251 - that is what is wanted
            await asyncio.sleep(0.001)

    task = asyncio.create_task(hold_up())
    yield
    task.cancel()


@pytest.mark.usefixtures("slow")
async def test_nobody_waits_longer_for_a_nats_that_is_away_than_was_said() -> None:
    async def waited(within: float) -> float:
        began = time.monotonic()
        with pytest.raises(BusUnavailableError, match="is it running"):
            await connect(f"nats://127.0.0.1:{free_port()}", "test", within=within)
        return time.monotonic() - began - within

    async with asyncio.timeout(20):
        over = await asyncio.gather(*(waited(0.5 + number * 0.003) for number in range(100)))
    assert max(over) < 2


async def test_a_cancellation_that_met_an_answer_is_heeded_at_the_next_one(nats_server: NatsServer) -> None:
    nc = await connect(nats_server.url, "test")

    async def go_on() -> None:
        with suppress(asyncio.CancelledError):  # as Python 3.11's wait_for does when its answer is there
            await asyncio.sleep(60)
        for _ in range(100):
            await ask(nc, "INFO")

    asking = asyncio.create_task(go_on())
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait({asking}, timeout=5)
    assert asking.cancelled()
    await nc.close()


async def test_much_is_read_at_once(nats_server: NatsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    read, asked = asyncio.StreamReader.read, set[int]()

    def note(reader: asyncio.StreamReader, n: int = -1) -> Coroutine[Any, Any, bytes]:
        asked.add(n)
        return read(reader, n)

    monkeypatch.setattr(asyncio.StreamReader, "read", note)
    nc = await connect(nats_server.url, "test")
    await nc.flush()
    await nc.close()
    assert asked == {READ_AT_ONCE}
