"""Key-value buckets: the latest value per key, durable, and erasable for good."""

from collections.abc import AsyncIterator

import pytest
from nats.aio.client import Client
from nats.js.errors import KeyNotFoundError

from adapters.bus.connection import connect
from adapters.bus.errors import BusUnavailableError
from adapters.bus.kv import erase, put_latest
from adapters.bus.server import NatsServer
from adapters.bus.streams import ensure, stream_info
from domain.errors import InvalidInputError


@pytest.fixture
async def nc(nats_server: NatsServer) -> AsyncIterator[Client]:
    connection = await connect(nats_server.url, "test")
    await ensure(connection)
    yield connection
    await connection.close()


async def value(nc: Client, key: str) -> bytes | None:
    """As any dashboard reads it: with nats-py's own bucket."""
    try:
        return (await (await nc.jetstream().key_value("register")).get(key)).value
    except KeyNotFoundError:
        return None


@pytest.mark.parametrize("number", [1, 4, 5, 2500])
async def test_every_key_of_a_batch_has_its_latest_value(nc: Client, number: int) -> None:
    for turn in (b"first", b"second"):
        await put_latest(nc, "register", {f"H-2026-{n}": b"%s %d" % (turn, n) for n in range(number)})
    assert await value(nc, "H-2026-0") == b"second 0"
    assert await value(nc, f"H-2026-{number - 1}") == b"second %d" % (number - 1)
    info = await stream_info(nc, "KV_register")
    assert info is not None
    assert info["state"]["messages"] == number


async def test_nothing_to_write_is_nothing_to_do(nc: Client) -> None:
    await put_latest(nc, "register", {})
    assert await value(nc, "H-2026-1") is None


async def test_a_watcher_sees_each_value_and_each_erasure(nc: Client) -> None:
    watcher = await (await nc.jetstream().key_value("register")).watchall()
    await put_latest(nc, "register", {"a": b"1", "b": b"2"})
    await erase(nc, "register", "a")
    seen = [entry for entry in [await watcher.updates() for _ in range(4)] if entry is not None]  # type: ignore[no-untyped-call]
    assert [(entry.key, entry.value, entry.operation) for entry in seen] == [
        ("a", b"1", None),
        ("b", b"2", None),
        ("a", b"", "DEL"),
    ]
    await watcher.stop()  # type: ignore[no-untyped-call]


async def test_an_erased_value_is_gone_from_the_disk_too(nc: Client, nats_server: NatsServer) -> None:
    secret = b"an address that must not stay"
    await put_latest(nc, "register", {"a": secret, "b": b"kept"})
    files = [path for path in nats_server.directory.rglob("KV_register/**/*") if path.is_file()]
    assert any(secret in path.read_bytes() for path in files)
    await erase(nc, "register", "a")
    assert not any(secret in path.read_bytes() for path in nats_server.directory.rglob("KV_register/**/*") if path.is_file())
    assert (await value(nc, "a"), await value(nc, "b")) == (None, b"kept")


async def test_an_empty_document_erases_its_key_beside_those_that_are_set(nc: Client, nats_server: NatsServer) -> None:
    secret = b"a document that must not stay"
    await put_latest(nc, "register", {"a": secret, "b": b"1"})
    await put_latest(nc, "register", {"a": b"", "b": b"2", "never": b""})
    assert (await value(nc, "a"), await value(nc, "b"), await value(nc, "never")) == (None, b"2", None)
    assert not any(secret in path.read_bytes() for path in nats_server.directory.rglob("KV_register/**/*") if path.is_file())


async def test_erasing_what_is_not_there_is_no_error(nc: Client) -> None:
    await erase(nc, "register", "never")
    assert await value(nc, "never") is None


async def test_a_key_that_cannot_be_one_is_named_and_nothing_is_written(nc: Client) -> None:
    with pytest.raises(InvalidInputError, match="Lærkeborg"):
        await put_latest(nc, "register", {"good": b"1", "Lærkeborg Kommune": b"2"})
    assert await value(nc, "good") is None


async def test_a_server_that_is_away_is_told(nc: Client, nats_server: NatsServer) -> None:
    await nats_server.stop()
    with pytest.raises(BusUnavailableError):
        await put_latest(nc, "register", {"a": b"1"})
