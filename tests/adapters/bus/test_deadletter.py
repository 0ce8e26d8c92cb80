"""Dead letters: what could not be processed is kept with its reason, once, and can be replayed."""

from collections.abc import AsyncIterator

import pytest
from nats.aio.client import Client

from adapters.bus.connection import connect
from adapters.bus.deadletter import KeptLetter, keep, letters, remove, replay, replay_all
from adapters.bus.publishing import Outgoing, append
from adapters.bus.reading import read_stream
from adapters.bus.server import NatsServer
from adapters.bus.streams import INTAKE, ensure
from domain.errors import InvalidInputError, NotFoundError
from handlers.consumers import Letter

BROKEN = Letter(
    "intake", "linje 1: æøå er\r\nikke JSON 🚨", "intake.wazuh", {"X-Trace": "t-1", "Nats-Msg-Id": "1"}, b"{", "intake-1"
)
EVENT = Letter("register", "unknown topic", "event.incident.x.reported", {}, b"{}", "register-7")


@pytest.fixture
async def nc(nats_server: NatsServer) -> AsyncIterator[Client]:
    connection = await connect(nats_server.url, "test")
    await ensure(connection)
    yield connection
    await connection.close()


async def test_a_letter_is_kept_with_its_reason_origin_and_bytes(nc: Client) -> None:
    await keep(nc, BROKEN)
    (kept,) = await letters(nc)
    assert kept == KeptLetter(1, kept.kept_at, "intake", BROKEN.reason, "intake.wazuh", {"X-Trace": "t-1"}, b"{", cut=False)
    assert kept.kept_at.endswith("Z")


async def test_the_same_letter_is_kept_once_and_another_with_the_same_content_too(nc: Client) -> None:
    for _ in range(3):
        await keep(nc, BROKEN)
    await keep(nc, BROKEN._replace(id="intake-2"))
    assert [kept.sequence for kept in await letters(nc)] == [1, 2]


async def test_a_replayed_intake_letter_is_in_the_intake_stream_as_it_came_and_no_longer_dead(nc: Client) -> None:
    await keep(nc, BROKEN)
    await keep(nc, BROKEN._replace(id="intake-2"))
    replayed = await replay(nc, 1)
    assert replayed.body == b"{"
    (sent,) = [message async for message in read_stream(nc, INTAKE)]
    assert (sent.subject, sent.headers["X-Trace"], sent.data) == ("intake.wazuh", "t-1", b"{")
    assert [kept.sequence for kept in await letters(nc)] == [2]


async def test_a_projections_letter_is_handed_back_and_stays_while_that_fails(nc: Client) -> None:
    await keep(nc, EVENT)
    seen: list[bytes] = []

    async def fails(_: KeptLetter) -> None:
        raise ConnectionError("the tables are away")

    async def takes(letter: KeptLetter) -> None:
        seen.append(letter.body)

    with pytest.raises(ConnectionError):
        await replay(nc, 1, projection=fails)
    assert len(await letters(nc)) == 1
    await keep(nc, EVENT._replace(handler="notifications", id="notifications-7"))
    with pytest.raises(InvalidInputError, match="look at the deadline or the source itself"):
        await replay(nc, 2)
    await remove(nc, 2)
    with pytest.raises(InvalidInputError, match="sporlog rebuild register"):
        await replay(nc, 1)
    await replay(nc, 1, projection=takes)
    assert (seen, await letters(nc)) == ([b"{}"], [])


async def test_all_that_can_be_replayed_is_replayed(nc: Client) -> None:
    for number in range(5):
        await keep(nc, BROKEN._replace(id=f"intake-{number}"))
    await keep(nc, EVENT)
    assert await replay_all(nc) == 5
    assert [kept.handler for kept in await letters(nc)] == ["register"]


async def test_a_letter_of_the_largest_size_there_is_can_still_be_put_aside(nc: Client) -> None:
    await keep(nc, BROKEN._replace(body=bytes(nc.max_payload)))
    (kept,) = await letters(nc)
    assert kept.cut
    assert f"{nc.max_payload} bytes" in kept.reason
    with pytest.raises(InvalidInputError, match="too large"):
        await replay(nc, 1)


async def test_a_letter_that_is_not_there_is_named(nc: Client) -> None:
    with pytest.raises(NotFoundError, match="17"):
        await replay(nc, 17)
    with pytest.raises(NotFoundError, match="17"):
        await remove(nc, 17)


async def test_what_a_stranger_put_there_is_listed_too(nc: Client) -> None:
    await append(nc, [Outgoing("deadletter.other", {}, b"?")])
    (kept,) = await letters(nc)
    assert (kept.subject, kept.body) == ("deadletter.other", b"?")
