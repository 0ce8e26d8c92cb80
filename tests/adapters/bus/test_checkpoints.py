"""The stream of checkpoints holds each once, in order, whoever publishes and whatever was interrupted; nothing leaves it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import pytest
from nats.aio.client import Client
from nats.js.errors import APIError

from adapters.bus.checkpoints import SUBJECT, publish_checkpoints
from adapters.bus.connection import ask, connect
from adapters.bus.errors import LostRaceError
from adapters.bus.publishing import Outgoing, append
from adapters.bus.reading import read_stream
from adapters.bus.server import NatsServer
from adapters.bus.streams import CHECKPOINTS, ensure
from domain.ledger.checkpoint import Checkpoint
from domain.ledger.encoding import MalformedError
from domain.ledger.note import Note, Signature
from handlers.ledger_tables import Signed

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def note(size: int) -> str:
    return str(Note(Checkpoint("log.example", size, bytes(32)).text, (Signature("log.example", b"1234", b"signed"),)))


SIGNED = [Signed(size, note(size), NOW) for size in range(1, 251)]


def upto(size: int, after: int) -> Sequence[Signed]:
    return [signed for signed in SIGNED if after < signed.size <= size]


@pytest.fixture
async def nc(nats_server: NatsServer) -> AsyncIterator[Client]:
    connection = await connect(nats_server.url, "test")
    await ensure(connection)
    yield connection
    await connection.close()


async def published(nc: Client) -> list[str]:
    return [message.data.decode() async for message in read_stream(nc, CHECKPOINTS)]


async def test_what_the_stream_lacks_is_published_and_nothing_twice(nc: Client) -> None:
    assert await publish_checkpoints(nc, lambda _: []) == 0
    for size in (3, 3, 250):
        assert await publish_checkpoints(nc, lambda after, size=size: upto(size, after)) == size  # type: ignore[misc]
    assert await published(nc) == [signed.note for signed in SIGNED]


async def test_two_publishers_at_once_lose_and_double_nothing(nc: Client) -> None:
    both = (publish_checkpoints(nc, lambda after: upto(250, after)) for _ in range(2))
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert [one for one in outcomes if not isinstance(one, int | LostRaceError)] == []
    await publish_checkpoints(nc, lambda after: upto(250, after))
    assert await published(nc) == [signed.note for signed in SIGNED]


async def test_the_server_itself_refuses_to_delete_one(nc: Client) -> None:
    await publish_checkpoints(nc, lambda after: upto(2, after))
    for request, body in (("MSG.DELETE", {"seq": 1}), ("PURGE", {})):
        with pytest.raises(APIError):
            await ask(nc, f"STREAM.{request}.{CHECKPOINTS}", body)
    assert len(await published(nc)) == 2


async def test_a_last_message_that_is_no_checkpoint_stops_the_publishing(nc: Client) -> None:
    await append(nc, [Outgoing(SUBJECT, {}, b"something else")])
    with pytest.raises(MalformedError):
        await publish_checkpoints(nc, lambda after: upto(2, after))
