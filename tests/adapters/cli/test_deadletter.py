import base64
from collections.abc import AsyncIterator

import pytest
from nats.aio.client import Client

from adapters.bus.connection import connect
from adapters.bus.deadletter import keep
from adapters.bus.server import NatsServer
from adapters.bus.streams import ensure, stream_info
from handlers.consumers import Letter
from tests.adapters.cli.conftest import Sporlog


@pytest.fixture
async def bus(nats_server: NatsServer) -> AsyncIterator[Client]:
    nc = await connect(nats_server.url, "test")
    await ensure(nc)
    yield nc
    await nc.close()


def a_letter(number: int, handler: str = "intake") -> Letter:
    subject = "intake.wazuh" if handler == "intake" else "event.incident.x.reported"
    return Letter(
        handler=handler,
        id=f"{handler}-{number}",
        reason=f"nr. {number} er ikke JSON – øv",
        subject=subject,
        headers={},
        body=b"{",
    )


async def test_letters_are_listed_oldest_first_with_their_reason(
    sporlog: Sporlog, nats_server: NatsServer, bus: Client
) -> None:
    assert sporlog("deadletter", "list", "--nats", nats_server.url, "--json").json == []
    for number in (1, 2):
        await keep(bus, a_letter(number))
    found = sporlog("deadletter", "list", "--nats", nats_server.url, "--json").json
    assert [(one["sequence"], one["handler"], one["subject"]) for one in found] == [
        (1, "intake", "intake.wazuh"),
        (2, "intake", "intake.wazuh"),
    ]
    assert base64.b64decode(found[0]["body"]) == b"{"
    assert "nr. 2 er ikke JSON – øv" in sporlog("deadletter", "list", "--nats", nats_server.url).out


async def test_a_replayed_letter_is_in_intake_again_and_out_of_the_list(
    sporlog: Sporlog, nats_server: NatsServer, bus: Client
) -> None:
    for number in (1, 2, 3):
        await keep(bus, a_letter(number))
    assert sporlog("deadletter", "replay", 2, "--nats", nats_server.url, "--json").json == {"replayed": 1}
    left = sporlog("deadletter", "list", "--nats", nats_server.url, "--json").json
    assert [one["sequence"] for one in left] == [1, 3]
    assert sporlog("deadletter", "replay", "--nats", nats_server.url, "--json").json == {"replayed": 2}
    info = await stream_info(bus, "INTAKE")
    assert info is not None
    assert info["state"]["messages"] == 3


async def test_a_projections_letter_is_answered_with_the_rebuild_that_helps(
    sporlog: Sporlog, nats_server: NatsServer, bus: Client
) -> None:
    await keep(bus, a_letter(1, "register"))
    said = sporlog("deadletter", "replay", 1, "--nats", nats_server.url)
    assert said.code == 2
    assert "sporlog rebuild register" in said.err


def test_no_nats_is_said_in_one_line(sporlog: Sporlog) -> None:
    said = sporlog("deadletter", "list")
    assert said.code == 1
    assert said.err == "fejl: NATS er ikke startet: sporlog up starter det\n"


async def test_a_nats_without_streams_is_said_in_one_line(sporlog: Sporlog, nats_server: NatsServer) -> None:
    said = sporlog("deadletter", "list", "--nats", nats_server.url)
    assert said.code == 1
    assert "DEADLETTER" in said.err
