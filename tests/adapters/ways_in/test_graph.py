"""Graph: each update of an incident reaches the door once, whatever paging, expiry and throttling come between."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from adapters.main import open_office
from adapters.settings import read_settings
from adapters.ways_in.graph import GraphWay
from domain.errors import UnavailableError
from domain.signals import SignalsReceived
from tests.support.graph import SECRET, GraphServer, graph_server, incident
from tests.support.waiting import until
from tests.support.ways import Ways

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FIRST, SECOND = incident(29, "2026-11-21T02:05:00.1234567Z"), incident(30, "2026-11-21T02:20:00.7654321Z")


@pytest.fixture
def server() -> Iterator[GraphServer]:
    with graph_server() as running:
        yield running


def way_to(server: GraphServer, secret: str = SECRET, limit: int = 1_048_576) -> GraphWay:
    return GraphWay(server.settings(secret), limit, lambda: NOW, login=server.url, api=server.url)


def ids(ways: Ways) -> list[str]:
    return [one["id"] for body in ways.door.brought for one in json.loads(body.body)["value"]]


async def looks(server: GraphServer, count: int) -> None:
    before = len(server.asked)
    await until(lambda: len(server.asked) >= before + count)


async def test_every_incident_of_every_page_is_brought_once_and_an_update_again(ways: Ways, server: GraphServer) -> None:
    way = way_to(server)
    server.page_size, server.incidents = 1, [SECOND, FIRST]
    async with ways.running(way):
        await ways.door.has(2)
        await looks(server, 5)
        server.incidents = [FIRST, SECOND | {"lastUpdateDateTime": "2026-11-21T02:21:00.0000000Z", "status": "resolved"}]
        await ways.door.has(3)
        await looks(server, 5)
    assert ids(ways) == ["29", "30", "30"]
    assert {(one.source, one.headers["content-type"]) for one in ways.door.brought} == {("defender", "application/json")}
    assert json.loads(ways.door.brought[0].body)["value"] == [FIRST]
    assert server.tokens == 1


async def test_the_first_look_goes_back_a_week_and_the_cursor_stands_back_five_minutes(ways: Ways, server: GraphServer) -> None:
    way = way_to(server)
    server.incidents = [incident(1, "2026-11-01T00:00:00.0000000Z"), FIRST]
    async with ways.running(way):
        await ways.door.has(1)
        await until(lambda: ways.state(way).cursor == "2026-11-21T02:00:00.123456Z")
        await looks(server, 2)
    assert server.asked[0]["$filter"] == ["lastUpdateDateTime gt 2026-11-14T12:00:00.000000Z"]
    assert server.asked[-1]["$filter"] == ["lastUpdateDateTime gt 2026-11-21T02:00:00.123456Z"]
    assert ids(ways) == ["29"]


async def test_what_graph_shows_late_within_the_overlap_is_brought_alone(ways: Ways, server: GraphServer) -> None:
    server.incidents = [SECOND]
    async with ways.running(way_to(server)):
        await ways.door.has(1)
        server.incidents = [SECOND, incident(31, "2026-11-21T02:17:00.0000000Z")]
        await ways.door.has(2)
    assert ids(ways) == ["30", "31"]


async def test_another_start_goes_on_and_repeats_no_more_than_the_overlap(ways: Ways, server: GraphServer) -> None:
    server.incidents = [FIRST, SECOND]
    for count in (1, 2):
        async with ways.running(way_to(server)):
            await ways.door.has(count)
            await until(lambda: ways.state(way_to(server)).cursor == "2026-11-21T02:15:00.765432Z")
    assert ids(ways) == ["29", "30", "30"]


async def test_while_the_store_takes_nothing_the_cursor_stays(ways: Ways, server: GraphServer) -> None:
    way = way_to(server)
    server.incidents, ways.door.faults = [FIRST], [UnavailableError("the disk is full")]
    async with ways.running(way):
        assert (await ways.fails(way, with_words="the disk is full")).cursor == ""
        await ways.door.has(1)


@pytest.mark.parametrize("status", [429, 503])
async def test_it_leaves_graph_alone_for_as_long_as_graph_asks(ways: Ways, server: GraphServer, status: int) -> None:
    way = way_to(server)
    server.incidents, server.faults = [FIRST], [(status, {"Retry-After": "1"})]
    began = monotonic()
    async with ways.running(way):
        state = await ways.fails(way, with_words=f"Graph answered {status} TooManyRequests")
        await ways.door.has(1)
    assert state.is_failing
    assert monotonic() - began >= 1


async def test_a_token_that_expired_is_renewed_once_and_a_second_refusal_is_told(ways: Ways, server: GraphServer) -> None:
    way = way_to(server)
    server.incidents = [FIRST]
    async with ways.running(way):
        await ways.door.has(1)
        server.tokens += 1  # the token that the way holds is good no more
        await until(lambda: server.tokens == 3)
        await looks(server, 2)
        assert ways.state(way).last_error is None
        server.faults = [(401, {}), (401, {})]
        await ways.fails(way, with_words="Graph answered 401")
        await ways.works(way)


async def test_a_wrong_secret_is_told_by_its_code_and_without_the_secret(
    ways: Ways, server: GraphServer, capsys: pytest.CaptureFixture[str]
) -> None:
    way = way_to(server, secret="forkert-hemmelig")
    async with ways.running(way):
        told = (await ways.fails(way)).last_error or ""
    assert told == "the login answered 401 invalid_client AADSTS7000215"
    assert "hemmelig" not in told + capsys.readouterr().out + way.name


async def test_a_next_page_elsewhere_is_not_asked_for(ways: Ways, server: GraphServer) -> None:
    way = way_to(server)
    server.page_size, server.incidents, server.next_page_at = 1, [FIRST, SECOND], "http://127.0.0.1.example:1"
    async with ways.running(way):
        await ways.fails(way, with_words="at another address")


async def test_a_page_larger_than_a_body_is_brought_in_parts(ways: Ways, server: GraphServer) -> None:
    server.incidents = [incident(n, f"2026-11-21T02:{n}:00.0000000Z", summary="x" * 2000) for n in range(10, 20)]
    async with ways.running(way_to(server, limit=6000)):
        await until(lambda: len(ids(ways)) == 10)
    assert ids(ways) == [str(n) for n in range(10, 20)]
    assert max(len(body.body) for body in ways.door.brought) <= 6000


async def test_the_format_reads_what_graph_sends(ways: Ways, server: GraphServer, tmp_path: Path) -> None:
    way = way_to(server)
    server.incidents = [FIRST, SECOND]
    with open_office(read_settings({}, data=tmp_path / "data")) as office:
        async with ways.running(way, office.door.take):
            await until(lambda: ways.state(way).cursor != "")
            await asyncio.sleep(0)
        received = [recorded.event for recorded in office.store.read(0, 100) if isinstance(recorded.event, SignalsReceived)]
    assert sum(len(event.signals) for event in received) == 2
    assert ways.state(way).last_error is None
