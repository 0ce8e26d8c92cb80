"""The sources by HTTP, and what a source is told of its own signals."""

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
