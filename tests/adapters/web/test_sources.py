"""The sources by HTTP, and what a source is told of its own signals."""

from hashlib import sha256

from domain.intake import events as e
from handlers.intake_setup import change
from tests.adapters.web.support import START, House
from tests.browser.story import alerts
from tests.support.incidents import meta
from tests.support.intake import do

API = "/api/v1/sources"


async def test_sources_are_listed_with_what_was_heard_and_who_is_silent(house: House) -> None:
    forti = e.SourceSet(meta=meta(0), source="forti", format="json", expected_minutes=5)
    token = e.TokenIssued(meta=meta(0), source="forti", token_sha256="a" * 64)
    do(house.store, lambda uow: change(uow, [forti, token]))
    async with house.client() as client:
        await client.post("/intake/alertmanager", content=alerts(0, 2))
        await client.post("/intake/alertmanager", content=alerts(0, 2))
        await house.parts.wait_for(house.store.head())
        heard, silent = (await client.get(API)).json()
    assert [heard[name] for name in ("source", "added", "signals", "repeats", "silent_since")] == [
        "alertmanager",
        False,
        2,
        2,
        None,
    ]
    assert heard["last_at"] == START.isoformat().replace("+00:00", "Z")
    assert [silent[name] for name in ("source", "format", "has_token", "last_at")] == ["forti", "json", True, None]
    assert silent["silent_since"] is not None
    assert "a" * 64 not in str(silent)


async def test_a_source_reads_the_fate_of_its_own_signal(house: House) -> None:
    async with house.client() as client:
        (taken,) = (await client.post("/intake/alertmanager", content=alerts(7, 1))).json()["taken"]
        for _ in range(2):
            await client.post("/intake/alertmanager", content=alerts(7, 1))
        fate = (await client.get(f"{API}/alertmanager/signals/{taken['source_event_id']}")).json()
    told = [fate[name] for name in ("signals", "repeats", "disposition", "status", "ref", "rule")]
    assert told == [1, 2, "opened", "firing", "H-2026-0001", "severe"]
    assert fate["incident_id"] == taken["incident_id"]


async def test_an_id_may_hold_slashes(house: House) -> None:
    event = (
        b'{"specversion": "1.0", "id": "a/1", "source": "/lager/alarm", "type": "t", "data": {"title": "T", "severity": "low"}}'
    )
    async with house.client() as client:
        (taken,) = (await client.post("/intake/cloudevents", content=event)).json()["taken"]
        answer = await client.get(f"{API}/cloudevents/signals/{taken['source_event_id']}")
    assert (answer.status_code, answer.json()["disposition"]) == (200, "counted")


async def test_a_signal_that_never_came_is_not_found_and_nobody_reads_without_a_token(house: House) -> None:
    async with house.client() as client, house.visitor() as stranger:
        unknown = await client.get(f"{API}/alertmanager/signals/nej")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "not-found")
        assert (await stranger.get(API)).status_code == 401
        assert (await stranger.get(f"{API}/alertmanager/signals/nej")).status_code == 401


async def test_a_source_s_token_sends_its_alerts_reads_their_fate_and_opens_nothing_else(house: House) -> None:
    issued = e.TokenIssued(meta=meta(0), source="drift", token_sha256=sha256(b"t-drift").hexdigest())
    other = e.SourceSet(meta=meta(0), source="andet", format="alertmanager")
    do(house.store, lambda uow: change(uow, [e.SourceSet(meta=meta(0), source="drift", format="alertmanager"), issued, other]))
    async with house.visitor(Authorization="Bearer t-drift") as tool:
        (taken,) = (await tool.post("/intake/drift", content=alerts(7, 1))).json()["taken"]
        fate = await tool.get(f"{API}/drift/signals/{taken['source_event_id']}")
        assert (fate.status_code, fate.json()["disposition"]) == (200, "opened")
        head = house.store.head()
        for answer in (
            await tool.post("/intake/andet", content=alerts(8, 1)),
            await tool.post("/intake/alertmanager", content=alerts(8, 1)),
            await tool.get(f"{API}/andet/signals/1"),
            await tool.get(API),
            await tool.get("/api/v1/incidents"),
            await tool.post("/api/v1/incidents", json={"title": "Nej"}),
            await tool.get("/"),
            await tool.get("/metrics"),
            await tool.get("/docs"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "other-source"), answer.url
        assert house.store.head() == head
    async with house.browser() as browser:
        assert (await browser.get("/?token=t-drift")).status_code == 401
        assert (await browser.post("/log-ind", data={"token": "t-drift"})).status_code == 401


async def test_a_removed_source_s_token_and_an_old_one_are_worthless_at_once(house: House) -> None:
    first, second = (sha256(token).hexdigest() for token in (b"t-1", b"t-2"))
    drift = e.SourceSet(meta=meta(0), source="drift", format="alertmanager")
    do(house.store, lambda uow: change(uow, [drift, e.TokenIssued(meta=meta(0), source="drift", token_sha256=first)]))
    async with house.visitor(Authorization="Bearer t-1") as old, house.visitor(Authorization="Bearer t-2") as new:
        assert (await old.post("/intake/drift", content=alerts(1, 1))).status_code == 200
        do(house.store, lambda uow: change(uow, [e.TokenIssued(meta=meta(0), source="drift", token_sha256=second)]))
        assert (await old.post("/intake/drift", content=alerts(2, 1))).status_code == 401
        assert (await new.post("/intake/drift", content=alerts(3, 1))).status_code == 200
        do(house.store, lambda uow: change(uow, [e.SourceRemoved(meta=meta(0), source="drift")]))
        assert (await new.post("/intake/drift", content=alerts(4, 1))).status_code == 401
