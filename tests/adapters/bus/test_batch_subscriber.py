"""Durable consumers: what came is handed over at once, acknowledged after the work, and never lost with a server."""

import asyncio
import inspect
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import pytest
from faststream.nats import NatsBroker
from faststream.nats.subscriber.usecases import BatchPullStreamSubscriber
from nats.aio.client import Client
from nats.errors import TimeoutError as NatsTimeoutError

from adapters.bus import batch_subscriber
from adapters.bus.batch_subscriber import subscribe
from adapters.bus.connection import ask, connect, options
from adapters.bus.errors import StreamConfigurationError
from adapters.bus.publishing import Outgoing, append
from adapters.bus.reading import read_stream
from adapters.bus.server import NatsServer
from adapters.bus.streams import INTAKE, ensure, stream_info
from handlers.ports import BatchHandler, Delivery
from tests.support.waiting import until


class Taken:
    """A handler that remembers, and can be told to fail or to wait."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self.attempts: list[int] = []
        self.fail = 0
        self.hold = asyncio.Event()
        self.hold.set()

    @property
    def bodies(self) -> list[bytes]:
        return [delivery.data for delivery in self.deliveries]

    async def __call__(self, deliveries: Sequence[Delivery]) -> None:
        self.attempts.append(len(deliveries))
        await self.hold.wait()
        if self.fail:
            self.fail -= 1
            raise ConnectionError("the store is away")
        self.deliveries += deliveries


@pytest.fixture
async def nc(nats_server: NatsServer) -> AsyncIterator[Client]:
    connection = await connect(nats_server.url, "test")
    await ensure(connection)
    yield connection
    await connection.close()


@asynccontextmanager
async def consuming(server: NatsServer, handler: BatchHandler, batch_size: int = 100) -> AsyncIterator[None]:
    broker = NatsBroker(server.url, logger=None, apply_types=False, graceful_timeout=5, **options("consumer"))
    subscribe(broker, stream=INTAKE, subject="intake.>", durable="intake", batch_size=batch_size, handler=handler)
    await broker.start()
    try:
        yield
    finally:
        await broker.stop()


async def send(nc: Client, first: int, last: int) -> list[bytes]:
    bodies = [b"%d" % number for number in range(first, last + 1)]
    await append(nc, [Outgoing("intake.test", {"trace": body.decode()}, body) for body in bodies])
    return bodies


async def pending(nc: Client) -> int:
    info = await ask(nc, f"CONSUMER.INFO.{INTAKE}.intake")
    return int(info["num_ack_pending"]) + int(info["num_pending"])


def test_the_overridden_methods_are_those_of_faststream_0_7_8() -> None:
    assert version("faststream") == "0.7.8"
    for name in ("_create_subscription", "_consume_pull"):
        method = getattr(BatchPullStreamSubscriber, name)
        assert inspect.iscoroutinefunction(method)
        assert list(inspect.signature(method).parameters) == ["self"]
    source = inspect.getsource(BatchPullStreamSubscriber._create_subscription)
    assert "self.add_task(self._consume_pull)" in source, "FastStream starts the loop some other way now"


async def test_messages_come_raw_in_order_with_their_place_in_the_stream(nats_server: NatsServer, nc: Client) -> None:
    created = (await ensure(nc))[INTAKE].created
    sent = await send(nc, 1, 30)
    taken = Taken()
    async with consuming(nats_server, taken):
        await until(lambda: len(taken.bodies) == 30)
    assert taken.bodies == sent
    times = [datetime.fromisoformat(message.time) async for message in read_stream(nc, INTAKE)]
    headers, stored_at = taken.deliveries[6].headers, taken.deliveries[6].stored_at
    assert taken.deliveries[6] == Delivery(INTAKE, created, "intake.test", headers, b"7", 7, stored_at, 1, 23)
    assert datetime.fromtimestamp(stored_at // 1000 / 1_000_000, UTC) == times[6]
    assert headers["trace"] == "7"


async def test_a_single_message_is_not_kept_waiting_for_a_full_batch(nats_server: NatsServer, nc: Client) -> None:
    taken = Taken()
    async with consuming(nats_server, taken, batch_size=500):
        for number in range(1, 21):
            began = time.monotonic()
            await send(nc, number, number)
            await until(lambda number=number: len(taken.bodies) == number)  # type: ignore[misc]
            assert time.monotonic() - began < 0.5


async def test_a_batch_is_acknowledged_only_after_its_handler_returned(nats_server: NatsServer, nc: Client) -> None:
    taken = Taken()
    taken.hold.clear()
    await send(nc, 1, 10)
    async with consuming(nats_server, taken):
        await until(lambda: taken.attempts == [10])
        assert await pending(nc) == 10
        taken.hold.set()
        await until(lambda: none_pending(nc))


async def none_pending(nc: Client) -> bool:
    return await pending(nc) == 0


async def test_a_batch_whose_handler_raised_comes_again_as_a_whole(nats_server: NatsServer, nc: Client) -> None:
    sent = await send(nc, 1, 10)
    taken = Taken()
    taken.fail = 1
    async with consuming(nats_server, taken):
        await until(lambda: len(taken.bodies) == 10)
        await until(lambda: none_pending(nc))
    assert taken.bodies == sent
    assert {delivery.delivered for delivery in taken.deliveries} == {2}


async def test_a_failing_batch_does_not_take_later_messages_with_it(nats_server: NatsServer, nc: Client) -> None:
    """An acknowledgement of a later batch must not cover an earlier one that failed."""
    taken = Taken()
    taken.fail = 1
    await send(nc, 1, 5)
    async with consuming(nats_server, taken):
        await until(lambda: taken.attempts == [5])
        await send(nc, 6, 10)
        await until(lambda: len(taken.bodies) >= 10)
        await until(lambda: none_pending(nc))
    assert sorted(map(int, taken.bodies)) == list(range(1, 11))


async def test_what_was_fetched_when_the_server_would_not_say_which_stream_it_is_comes_again_at_once(
    nats_server: NatsServer, nc: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = 1

    async def stream_info_or_none(*asked: Any) -> Any:  # noqa: ANN401 - as the function
        nonlocal silent
        if silent:
            silent -= 1
            raise NatsTimeoutError
        return await stream_info(*asked)

    monkeypatch.setattr(batch_subscriber, "stream_info", stream_info_or_none)
    taken = Taken()
    taken.fail = 1
    async with consuming(nats_server, taken):
        sent = await send(nc, 1, 3)
        # Those beside it may come twice: one that waits is handed over alone, and from the first unanswered on all come again.
        await until(lambda: set(taken.bodies) == set(sent), 10)
    assert silent == 0, "what came again was not asked after"


async def test_what_an_earlier_process_took_and_never_finished_comes_again_at_once(nats_server: NatsServer, nc: Client) -> None:
    sent = await send(nc, 1, 10)
    stuck = Taken()
    stuck.hold.clear()
    broker = NatsBroker(nats_server.url, logger=None, apply_types=False, graceful_timeout=0.01, **options("dies"))
    subscribe(broker, stream=INTAKE, subject="intake.>", durable="intake", batch_size=100, handler=stuck)
    await broker.start()
    await until(lambda: stuck.attempts == [10])
    await broker.stop()
    taken = Taken()
    began = time.monotonic()
    async with consuming(nats_server, taken):
        await until(lambda: len(taken.bodies) == 10)
    assert time.monotonic() - began < 5  # the acknowledgement time is 60 s
    assert taken.bodies == sent


async def test_a_consumer_goes_on_after_its_server_was_killed(nats_server: NatsServer, nc: Client) -> None:
    taken = Taken()
    async with consuming(nats_server, taken):
        await send(nc, 1, 10)
        await until(lambda: len(taken.bodies) == 10)
        assert nats_server.pid is not None
        os.kill(nats_server.pid, signal.SIGKILL)
        await until(lambda: nats_server.restarts == 1 and nc.is_connected)
        await send(nc, 11, 20)
        await until(lambda: len(set(taken.bodies)) == 20)


async def test_a_consumer_finds_its_stream_again_after_the_server_lost_everything(nats_server: NatsServer, nc: Client) -> None:
    taken = Taken()
    async with consuming(nats_server, taken):
        await send(nc, 1, 10)
        await until(lambda: len(taken.bodies) == 10)
        await nats_server.stop()
        shutil.rmtree(nats_server.directory / "jetstream")
        await nats_server.start()
        await until(lambda: nc.is_connected)
        created = (await ensure(nc))[INTAKE].created
        await send(nc, 11, 20)
        await until(lambda: len(taken.bodies) == 20)
    assert {delivery.stream_created for delivery in taken.deliveries[10:]} == {created}


async def test_a_stream_made_anew_behind_the_consumers_back_is_not_taken_for_the_old_one(
    nats_server: NatsServer, nc: Client
) -> None:
    """No reconnect tells of it, and another process has made the durable again already."""
    taken = Taken()
    async with consuming(nats_server, taken):
        await send(nc, 1, 10)
        await until(lambda: len(taken.bodies) == 10)
        durable = (await ask(nc, f"CONSUMER.INFO.{INTAKE}.intake"))["config"]
        await ask(nc, f"STREAM.DELETE.{INTAKE}")
        created = (await ensure(nc))[INTAKE].created
        await ask(nc, f"CONSUMER.CREATE.{INTAKE}.intake.intake.>", {"stream_name": INTAKE, "config": durable})
        await send(nc, 11, 20)
        await until(lambda: len(set(taken.bodies)) == 20)
    assert {delivery.stream_created for delivery in taken.deliveries[10:]} == {created}


async def test_a_durable_that_was_changed_is_an_error_that_says_how_to_mend_it(nats_server: NatsServer, nc: Client) -> None:
    config = {"durable_name": "intake", "filter_subject": "intake.>", "ack_policy": "none"}
    await ask(nc, f"CONSUMER.CREATE.{INTAKE}.intake.intake.>", {"stream_name": INTAKE, "config": config})
    with pytest.raises(
        StreamConfigurationError, match=r"ack_policy is 'none'.*needs 'explicit'.*nats consumer rm INTAKE intake"
    ):
        async with consuming(nats_server, Taken()):
            pass
