"""Who comes with a token of their own: known by it, acting as nobody else, and out at once when it is withdrawn."""

import asyncio
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry

from adapters.event_store.application import EventStore
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.keyring import Keyring
from adapters.web.app import make_app
from adapters.web.auth import COOKIE
from adapters.web.caller import UnguardedRouteError, obeying, take_in
from domain.organisation.events import ORGANISATION
from domain.organisation.state import Organisation
from domain.roles import Role
from tests.adapters.web.support import TOKEN, House
from tests.support.organisations import OTHER_CVR, WATER, placed, registered, withdrawn


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
async def token(house: House) -> str:
    """Of u-51, who may see the water company."""
    events = [registered(), registered(WATER, cvr=OTHER_CVR, prefix="VA"), placed(Role.ASSESSOR, "u-51", entity=WATER)]
    await house.parts.desk.committer.submit(lambda uow: uow.append(ORGANISATION, events, expected=0))
    return await house.grant("u-51", WATER)


async def signed_in(browser: httpx.AsyncClient, token: str) -> None:
    assert (await browser.get(f"/?token={token}")).status_code == 303


async def test_the_token_opens_api_and_page_and_a_wrong_one_does_not(house: House, token: str) -> None:
    async with house.visitor(**bearer(token)) as machine, house.visitor(**bearer(f"{token}x")) as stranger:
        assert (await machine.get("/api/v1/incidents")).status_code == 200
        assert (await stranger.get("/api/v1/incidents")).status_code == 401
    async with house.browser() as browser:
        await signed_in(browser, token)
        assert (await browser.get("/")).status_code == 200
        await browser.post("/log-ud")
        assert (await browser.post("/log-ind", data={"token": token})).status_code == 303
        assert "Du er u-51" in (await browser.get("/")).text


async def test_the_cookie_is_the_holders_own_and_holds_neither_token_nor_what_the_log_tells_of_it(
    house: House, token: str
) -> None:
    cookies = set()
    for one in (TOKEN, token, await house.grant("u-52", WATER)):
        async with house.browser() as browser:
            await signed_in(browser, one)
            cookies.add(browser.cookies[COOKIE])
    assert len(cookies) == 3
    for cookie in cookies:
        assert token not in cookie
        assert all(grant.token_sha256 not in cookie for grant in house.store.organisation().grants.values())


async def test_the_hash_that_the_log_tells_opens_nothing(house: House) -> None:
    await house.grant("u-51")
    told = house.store.organisation().grants["u-51"].token_sha256
    async with house.visitor(**bearer(told)) as machine:
        assert (await machine.get("/api/v1/incidents")).status_code == 401
    async with house.visitor(Cookie=f"{COOKIE}={told}") as browser:
        assert (await browser.get("/")).status_code == 401


async def test_the_link_of_another_person_makes_the_browser_theirs(house: House, token: str) -> None:
    async with house.browser() as browser:
        await signed_in(browser, TOKEN)
        await signed_in(browser, token)
        assert "Du er u-51" in (await browser.get("/")).text


async def test_withdrawn_it_opens_nothing_from_that_moment(house: House, token: str) -> None:
    async with house.browser() as browser, house.visitor(**bearer(token)) as machine:
        await signed_in(browser, token)
        assert (await machine.get("/api/v1/incidents")).status_code == 200
        await house.withdraw("u-51")
        assert (await machine.get("/api/v1/incidents")).status_code == 401
        assert (await browser.get("/")).status_code == 401
        assert (await browser.post("/haendelser", data={"title": "x"})).status_code == 401
        assert (await browser.get(f"/?token={token}")).status_code == 401


@pytest.mark.parametrize("path", ["/live", "/haendelser/VA-2026-0001/live", "/api/v1/stream"])
async def test_whoever_is_reading_while_it_is_withdrawn_is_told_nothing_more(house: House, token: str, path: str) -> None:
    reference = await house.report("Trykket falder", entity=WATER)
    async with house.visitor(**bearer(token)) as machine:
        reading = asyncio.create_task(machine.get(path))
        await asyncio.sleep(0.3)
        await house.withdraw("u-51")
        await house.step(reference, "note", text="Efter inddragelsen")
        answer = await asyncio.wait_for(reading, 10)
    assert reference in answer.text
    assert "dk.sporlog.incident.note" not in answer.text


async def test_what_another_process_withdraws_is_withdrawn_here(house: House, token: str, tmp_path: Path) -> None:
    other = EventStore(SQLiteDatabase(tmp_path / "events.db"), Keyring(SQLiteDatabase(tmp_path / "keyring.db"), bytes(32)), {})
    async with house.visitor(**bearer(token)) as machine:
        assert (await machine.get("/api/v1/incidents")).status_code == 200
        version = house.store.organisation().version
        other.commit([lambda uow: uow.append(ORGANISATION, [withdrawn("u-51")], expected=version)])
        assert house.store.database.changed()
        # What hears of other processes' commits says so: `tell_changes`, every 20 ms.
        house.commits.notify()
        assert (await machine.get("/api/v1/incidents")).status_code == 401
    other.keyring.close()
    other.database.close()


async def test_as_long_as_nothing_is_committed_nobody_is_looked_up_again(
    house: House, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = 0

    def organisation(store: EventStore) -> Organisation:
        nonlocal looked
        looked += 1
        return known(store)

    known = EventStore.organisation
    async with house.visitor(**bearer(token)) as machine:
        await machine.get("/docs")
        monkeypatch.setattr(EventStore, "organisation", organisation)
        for _ in range(5):
            assert (await machine.get("/docs")).status_code == 200
        assert looked == 0


async def test_who_they_are_is_no_claim_and_cannot_be_changed(house: House, token: str) -> None:
    async with house.browser() as browser:
        await signed_in(browser, token)
        page = (await browser.get("/hvem")).text
        assert "Du er u-51. Du er logget ind med din egen adgang" in page
        assert 'name="other"' not in page
        assert (await browser.post("/hvem", data={"other": "u-1"})).status_code == 409
        browser.cookies.set("sporlog-hvem", "u-1")
        await browser.post("/haendelser", data={"title": "Trykket falder"})
    assert house.store.read(0, 100)[-1].event.meta.actor == "u-51"


async def test_the_api_takes_the_holder_for_the_actor_and_refuses_another_by_name(house: House, token: str) -> None:
    async with house.visitor(**bearer(token)) as machine:
        for told in ({}, {"actor": "u-51"}, {"on_behalf_of": "naboby"}):
            assert (await machine.post("/api/v1/incidents", json={"title": "x", **told})).status_code == 201
            assert house.store.read(0, 100)[-1].event.meta.actor == "u-51"
        head = house.store.head()
        for path, told in (("", {"title": "x"}), ("/VA-2026-0001/note", {"text": "x"})):
            answer = await machine.post(f"/api/v1/incidents{path}", json={**told, "actor": "u-1"})
            assert (answer.status_code, answer.json()["code"]) == (409, "other-actor")
            assert house.store.head() == head


async def test_an_incident_is_reported_for_an_entity_of_ones_own_and_no_other(house: House, token: str) -> None:
    async with house.visitor(**bearer(token)) as machine:
        assert (await machine.post("/api/v1/incidents", json={"title": "x"})).json()["ref"] == "VA-2026-0001"
        for entity in ("laerkeborg", "naboby"):
            answer = await machine.post("/api/v1/incidents", json={"title": "x", "entity": entity})
            assert (answer.status_code, answer.json()["code"]) == (422, "unknown-entity")
            assert answer.json()["detail"].startswith(f"there is no entity '{entity}' on record (known: vand)")
    async with house.browser() as browser:
        await signed_in(browser, token)
        form = (await browser.get("/")).text.partition('id="registrer"')[2]
        assert '<option value="vand" selected>' in form
        assert "laerkeborg" not in form
        await signed_in(browser, await house.grant("u-1", WATER, "laerkeborg"))
        first = (await browser.get("/")).text.partition('id="registrer"')[2].partition("<details")[0]
        assert '<option value="laerkeborg" selected>' in first
        assert '<option value="vand">' in first


async def test_without_entities_all_is_seen_and_what_is_the_houses_stays_so(house: House) -> None:
    reference = await house.report("Journalen svarer ikke")
    async with house.visitor(**bearer(await house.grant("u-1"))) as machine:
        assert [one["ref"] for one in (await machine.get("/api/v1/incidents")).json()] == [reference]
        for method, path in (("GET", "/metrics"), ("POST", "/intake/wazuh"), ("PUT", "/api/v1/organisation")):
            answer = await machine.request(method, path, json={})
            assert (answer.status_code, answer.json()["code"]) == (403, "house-only")


async def test_a_route_that_does_not_say_how_it_obeys_is_the_houses_alone(house: House, token: str) -> None:
    app, forgotten = make_app(replace(house.parts, metrics=CollectorRegistry())), obeying()

    @forgotten.get("/glemt")
    async def tell() -> str:
        return "alt"

    take_in(app, forgotten)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://sporlog.test") as client:
        assert (await client.get("/glemt", headers=bearer(TOKEN))).status_code == 200
        assert (await client.get("/glemt", headers=bearer(token))).status_code == 403


def test_a_route_that_stands_behind_nobody_is_not_taken_in() -> None:
    app, forgotten = FastAPI(), APIRouter()
    forgotten.get("/glemt")(lambda: "alt")
    with pytest.raises(UnguardedRouteError):
        take_in(app, forgotten)
    assert "/glemt" not in [getattr(route, "path", None) for route in app.routes]
