"""The relay: every stored event is in the EVENTS stream exactly once and in order, whatever happens to either side."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent
from nats.aio.client import Client

from adapters.bus.cloudevents import decode
from adapters.bus.connection import ask, connect
from adapters.bus.publishing import Outgoing, append
from adapters.bus.reading import read_stream
from adapters.bus.relay import GATHER, STORM, Relay
from adapters.bus.server import NatsServer
from adapters.bus.streams import EVENTS, definitions, ensure
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.recorder import EventRecorder
from adapters.event_store.relay_state import RelayStateTable
from domain.events import StoredRow
from tests.support.waiting import until

AGGREGATE = UUID("0a0b0c0d-0000-4000-8000-000000000042")


class Log:
    """A real store's recorder and the relay's mark beside it."""

    def __init__(self, path: Path) -> None:
        self.database = SQLiteDatabase(path)
        self.recorder = EventRecorder(self.database, lambda: time.time_ns() // 1000)
        self.state = RelayStateTable(self.database)
        self._versions = 0

    def add(self, number: int, size: int = 0) -> None:
        events = [
            StoredEvent(
                AGGREGATE, self._versions + i, "incident.note-added.1", b'{"n":%d}' % (self._versions + i) + b" " * size
            )
            for i in range(1, number + 1)
        ]
        self._versions += number
        for outcome in self.recorder.insert_groups([events]):
            assert not isinstance(outcome, Exception), outcome

    def rows(self) -> list[StoredRow]:
        return self.recorder.rows(0, 1_000_000)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    made = Log(tmp_path / "events.db")
    yield made
    made.database.close()


@pytest.fixture
async def nc(nats_server: NatsServer) -> AsyncIterator[Client]:
    connection = await connect(nats_server.url, "test")
    yield connection
    await connection.close()


@asynccontextmanager
async def relaying(nc: Client, log: Log, compare_every: float = 0.2) -> AsyncIterator[Relay]:
    relay = Relay(nc, log.recorder, log.state, declare=partial(ensure, nc), compare_every=compare_every)
    task = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def carried(nc: Client) -> list[StoredRow]:
    return [decode(message) async for message in read_stream(nc, EVENTS)]


async def until_carried(relay: Relay, log: Log) -> None:
    relay.wake()
    await until(lambda: relay.position == len(log.rows()))


async def test_what_was_stored_is_in_the_stream_byte_for_byte_and_in_order(nc: Client, log: Log) -> None:
    log.add(2500)  # three batches, the last of them not full
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
    assert await carried(nc) == log.rows()


async def test_a_commit_is_carried_at_once_when_the_relay_is_woken(nc: Client, log: Log) -> None:
    log.add(1)
    async with relaying(nc, log, compare_every=60) as relay:
        await until_carried(relay, log)
        log.add(1)
        began = time.monotonic()
        await until_carried(relay, log)
        assert time.monotonic() - began < 0.5


async def test_in_a_storm_many_commits_are_carried_together(nc: Client, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.bus.relay.GATHER_STORM", 2.0)
    monkeypatch.setattr("adapters.bus.relay.CALM_AFTER", 3.9)
    together = list[int]()

    async def counted(client: Client, messages: Sequence[Outgoing], *, expected_last: int) -> int:
        together.append(len(messages))
        return await append(client, messages, expected_last=expected_last)

    monkeypatch.setattr("adapters.bus.relay.append", counted)
    async with relaying(nc, log, compare_every=60) as relay:
        await until_carried(relay, log)
        log.add(1, STORM)
        await until_carried(relay, log)
        for _ in range(2):  # the second time behind a small batch: the storm goes on
            for _ in range(5):
                log.add(1)
                relay.wake()
                await asyncio.sleep(3 * GATHER)
            await until_carried(relay, log)
        await asyncio.sleep(2)
        log.add(1)
        relay.wake()
        began = time.monotonic()
        await until_carried(relay, log)
        assert time.monotonic() - began < 0.5, "it is over"
    assert together == [1, 5, 5, 1]


async def test_a_relay_that_died_before_saving_its_mark_doubles_nothing(nc: Client, log: Log) -> None:
    log.add(20)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
        old = log.state.load()
        log.add(1500)
        await until_carried(relay, log)
    assert old is not None
    log.state.save(old)
    log.add(10)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
        assert relay.published == 10
    assert await carried(nc) == log.rows()


async def test_a_relay_that_lost_its_mark_goes_on_where_the_stream_ends(nc: Client, log: Log, tmp_path: Path) -> None:
    log.add(30)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
    log.add(5)
    fresh = SQLiteDatabase(tmp_path / "fresh.db")
    log.state = RelayStateTable(fresh)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
        assert relay.published == 5
    fresh.close()
    assert await carried(nc) == log.rows()


async def test_two_relays_that_race_append_each_event_once(nats_server: NatsServer, nc: Client, log: Log) -> None:
    second = await connect(nats_server.url, "second")
    log.add(500)
    async with relaying(nc, log) as one, relaying(second, log) as two:
        for _ in range(60):
            log.add(40)
            one.wake()
            two.wake()
            await asyncio.sleep(0.005)
        await until(lambda: one.position == two.position == len(log.rows()))
        assert one.published + two.published == len(log.rows())
    await second.close()
    assert await carried(nc) == log.rows()


async def test_what_is_stored_while_nats_is_away_is_carried_when_it_is_back(
    nats_server: NatsServer, nc: Client, log: Log
) -> None:
    log.add(50)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
        assert nats_server.pid is not None
        os.kill(nats_server.pid, signal.SIGKILL)
        log.add(1200)
        await until_carried(relay, log)
    assert await carried(nc) == log.rows()


async def test_a_server_killed_again_and_again_under_load_misses_and_doubles_nothing(
    nats_server: NatsServer, nc: Client, log: Log
) -> None:
    async with relaying(nc, log) as relay:
        for kills in range(1, 4):
            for _ in range(10):
                log.add(150)
                relay.wake()
                await asyncio.sleep(0.01)
            assert nats_server.pid is not None
            os.kill(nats_server.pid, signal.SIGKILL)
            await until(lambda kills=kills: nats_server.restarts == kills)  # type: ignore[misc]
        await until_carried(relay, log)
    assert await carried(nc) == log.rows()


async def test_a_wiped_server_is_filled_again_while_the_relay_runs(nats_server: NatsServer, nc: Client, log: Log) -> None:
    log.add(1500)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
        await wipe(nats_server)
        log.add(3)
        await until(lambda: relay.published == 3003)
    assert await carried(nc) == log.rows()


async def test_a_wiped_server_is_filled_again_at_the_next_start(nats_server: NatsServer, nc: Client, log: Log) -> None:
    log.add(70)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
    await wipe(nats_server)
    async with relaying(nc, log) as relay:
        await until(lambda: relay.published == 70)
    assert await carried(nc) == log.rows()


async def test_a_deleted_stream_is_made_and_filled_again_without_any_reconnect(nc: Client, log: Log) -> None:
    log.add(40)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
        await ask(nc, f"STREAM.DELETE.{EVENTS}")
        await until(lambda: relay.published == 80)
    assert await carried(nc) == log.rows()


async def test_a_stream_whose_end_was_cut_off_gets_its_end_again(nats_server: NatsServer, nc: Client, log: Log) -> None:
    log.add(3000)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
        await damage(nats_server, cut_at=0.6)
        await until(lambda: relay.published > 3000)
        await until_carried(relay, log)
    assert await carried(nc) == log.rows()


async def test_events_that_bit_errors_took_from_the_middle_are_in_the_stream_again(nc: Client, log: Log) -> None:
    """The server's own knife: a stream that may delete, as a block that no longer passes its checksum would."""
    await ensure(nc)
    log.add(3000)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
        await ask(nc, f"STREAM.DELETE.{EVENTS}")
        await ask(nc, f"STREAM.CREATE.{EVENTS}", {**definitions()[EVENTS], "deny_delete": False})
        await until(lambda: relay.published == 6000)
        for sequence in (1, 1200, 1201, 2999):
            await ask(nc, f"STREAM.MSG.DELETE.{EVENTS}", {"seq": sequence})
        await until(lambda: relay.published == 6004)
        log.add(5)
        await until_carried(relay, log)
        await asyncio.sleep(0.5)  # two comparisons more: what was mended stays mended
        assert relay.published == 6009
    async with relaying(nc, log) as relay:
        await until(lambda: relay.position == 3005)
        assert relay.published == 0
    found = await carried(nc)
    assert sorted(found) == log.rows()
    assert [row.position for row in found[-9:]] == [1, 1200, 1201, 2999, 3001, 3002, 3003, 3004, 3005]


async def test_a_strangers_message_in_the_stream_does_not_stop_the_relay(nc: Client, log: Log) -> None:
    log.add(3)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
    await append(nc, [Outgoing("event.foreign", {}, b"not an event")])
    log.add(2)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
        assert relay.published == 2


async def test_a_store_behind_its_stream_is_reported_and_nothing_is_overwritten(nc: Client, log: Log, tmp_path: Path) -> None:
    log.add(10)
    async with relaying(nc, log) as relay:
        await until_carried(relay, log)
    older = Log(tmp_path / "older.db")
    older.add(4)
    async with relaying(nc, older) as relay:
        await until(lambda: relay.failures > 1)
        assert relay.published == 0
    older.database.close()


async def wipe(server: NatsServer) -> None:
    await server.stop()
    shutil.rmtree(server.directory / "jetstream")
    await server.start()


async def damage(server: NatsServer, cut_at: float) -> None:
    """Cut the stream's last block off, as a disk that lies about what it wrote would."""
    assert server.pid is not None
    await server.stop()
    folder = next(server.directory.rglob(f"streams/{EVENTS}/msgs"))
    block = max(folder.glob("*.blk"))
    with block.open("r+b") as file:
        file.truncate(int(block.stat().st_size * cut_at))
    (folder / "index.db").unlink(missing_ok=True)
    await server.start()
