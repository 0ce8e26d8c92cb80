"""The streams: made when missing, compared when present, never changed in silence."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from nats.aio.client import Client
from nats.js.errors import APIError

from adapters.bus.connection import ask, connect
from adapters.bus.errors import BusUnavailableError, StreamConfigurationError
from adapters.bus.publishing import Outgoing, append
from adapters.bus.server import NatsServer
from adapters.bus.streams import EVENTS, INTAKE, definitions, ensure, stream_info


@pytest.fixture
async def nc(nats_server: NatsServer) -> AsyncIterator[Client]:
    connection = await connect(nats_server.url, "test")
    yield connection
    await connection.close()


async def test_all_streams_and_buckets_are_made_once_and_keep_their_creation_time(nc: Client) -> None:
    first = await ensure(nc)
    second = await ensure(nc)
    assert set(first) == {
        *("INTAKE", "EVENTS", "DEADLETTER", "CHECKPOINTS"),
        *("KV_register", "KV_deadlines", "KV_services", "KV_reporting"),
    }
    assert all(declared.fresh for declared in first.values())
    assert not any(declared.fresh for declared in second.values())
    assert {n: d.created for n, d in first.items()} == {n: d.created for n, d in second.items()}


async def test_several_processes_may_declare_at_once(nc: Client) -> None:
    answers = await asyncio.gather(*(ensure(nc) for _ in range(4)))
    assert len({tuple((d.name, d.created) for d in answer.values()) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("stream", "field", "live"),
    [
        (EVENTS, "deny_purge", False),
        (EVENTS, "max_age", 3_600_000_000_000),
        (INTAKE, "discard", "old"),
        (EVENTS, "max_msgs", 10),
    ],
)
async def test_a_differing_live_stream_is_an_error_that_names_all_and_changes_nothing(
    nc: Client, stream: str, field: str, live: object
) -> None:
    await ask(nc, f"STREAM.CREATE.{stream}", {**definitions()[stream], field: live})
    with pytest.raises(StreamConfigurationError, match=rf"{stream}: {field} is {live!r}.*nats stream edit {stream}"):
        await ensure(nc)
    info = await stream_info(nc, stream)
    assert info is not None
    assert info["config"].get(field, False) == live


async def test_another_size_of_the_intake_stream_is_told_with_both_sizes(nc: Client) -> None:
    await ensure(nc, intake_max_bytes=10_000_000)
    with pytest.raises(StreamConfigurationError, match=r"max_bytes is 10000000 on the server, Sporlog needs 20000000"):
        await ensure(nc, intake_max_bytes=20_000_000)


async def test_a_stream_that_does_not_fit_says_what_to_do(nc: Client) -> None:
    with pytest.raises(StreamConfigurationError, match="max_file_store"):
        await ensure(nc, intake_max_bytes=10**16)


async def test_a_full_intake_stream_refuses_and_keeps_what_it_acknowledged(nc: Client) -> None:
    await ensure(nc, intake_max_bytes=100_000)
    for _ in range(10):
        await append(nc, [Outgoing("intake.test", {}, bytes(9_000))])
    with pytest.raises(BusUnavailableError, match="maximum bytes"):
        await append(nc, [Outgoing("intake.test", {}, bytes(19_000))])
    info = await stream_info(nc, INTAKE)
    assert info is not None
    assert info["state"]["messages"] == 10


async def test_no_event_can_be_deleted_or_purged(nc: Client) -> None:
    await ensure(nc)
    await append(nc, [Outgoing("event.x", {}, b"x")])
    with pytest.raises(APIError, match="not permitted"):
        await ask(nc, f"STREAM.MSG.DELETE.{EVENTS}", {"seq": 1})
    with pytest.raises(APIError, match="not permitted"):
        await ask(nc, f"STREAM.PURGE.{EVENTS}")
