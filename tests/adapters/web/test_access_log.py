"""Whoever is shown an incident's text is in the log of readings before; who cannot be written down is shown nothing."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from fastapi.routing import APIRoute

from adapters.event_store import database, postgres
from adapters.event_store.access_table import AccessTable
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.postgres import SCHEMA_LOCK
from adapters.web import witness
from adapters.web.witness import Readings
from domain.organisation.events import ORGANISATION
from domain.roles import Role
from handlers.access_log import Reading
from tests.adapters.web.support import BEARER, START, House
from tests.adapters.web.towns import HOLDERS, SECRET, WATER, Town, asked, text_of
from tests.support.organisations import OTHER_CVR, placed, registered


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a database that somebody holds gives up after a second."""
    monkeypatch.setattr(database, "LOCK_TIMEOUT_S", 1.0)
    monkeypatch.setattr(postgres, "LOCK_TIMEOUT_S", 1.0)


def readings(house: House) -> list[Reading]:
    return list(house.parts.access_log.readings())


def references(house: House, one: Reading) -> set[str | None]:
    return {house.store.reference_of(incident) for incident in one.incidents}


async def test_whatever_address_shows_an_incidents_text_says_who_saw_it(town: Town) -> None:
    """Also of the answers that are kept: each address is asked twice."""
    house, shown = town.house, 0
    async with house.client(Accept="text/html") as client:
        for route in house.app.routes:
            if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()):
                continue
            for address in town.addresses(route.path, town.refs[WATER]) * 2:
                answer = await asked(town, client, address)
                body, correlation = text_of(answer), answer.headers["x-correlation-id"]
                told = [one for one in readings(house) if one.correlation_id == correlation]
                seen = set[str | None]().union(*(references(house, one) for one in told))
                for entity, secret in SECRET.items():
                    # Services are clear, and have the secret for their name: what is sealed has it in words of its own.
                    if f"{secret} A" in body:
                        assert town.refs[entity] in seen, address
                        shown += 1
                if told:
                    assert {one.where for one in told} == {route.path}
    assert shown > 60


async def test_a_reading_says_who_when_where_and_by_which_way(town: Town) -> None:
    house, ref = town.house, town.refs[WATER]
    asked_for = {
        f"/haendelser/{ref}": ("page", "/haendelser/{reference}"),
        f"/api/v1/incidents/{ref}": ("api", "/api/v1/incidents/{ref}"),
        f"/api/v1/incidents/{ref}/export": ("paper", "/api/v1/incidents/{ref}/export"),
        f"/haendelser/{ref}/live": ("live", "/haendelser/{reference}/live"),
    }
    async with town.client() as own:
        for address, (way, where) in asked_for.items():
            answer = await asked(town, own, address)
            one = readings(house)[0]
            assert (one.way, one.where, one.who, one.proved) == (way, where, HOLDERS[WATER], True)
            assert (one.at, one.correlation_id) == (house.clock.now, answer.headers["x-correlation-id"])
            assert references(house, one) == {ref}
            house.clock.go_on(seconds=1)
    async with house.visitor(**BEARER, Cookie="sporlog-hvem=u-paastand") as claiming:
        await claiming.get(f"/haendelser/{ref}")
    assert (readings(house)[0].who, readings(house)[0].proved) == ("u-paastand", False)


async def test_a_list_is_one_reading_of_all_that_it_shows_and_clear_facts_are_none(town: Town) -> None:
    house = town.house
    async with house.client() as client:
        refs = {one["ref"] for one in (await client.get("/api/v1/incidents")).json()}
        (one,) = readings(house)
        assert references(house, one) == refs
        for address in ("/api/v1/deadlines", "/metrics", "/api/v1/organisation", "/docs", "/healthz"):
            await client.get(address)
        await asked(town, client, "/api/v1/stream")
        assert len(readings(house)) == 1


async def test_a_page_that_follows_is_read_once_for_each_incident_that_it_shows(house: House) -> None:
    first = await house.report("Den første")
    async with house.client() as client:
        following = asyncio.create_task(client.get("/live"))
        await asyncio.sleep(0.5)
        await house.step(first, "note", text="x")
        second = await house.report("Den anden")
        await asyncio.sleep(1)
        house.commits.close()
        answer = await asyncio.wait_for(following, 10)
    assert "Den anden" in answer.text
    assert [references(house, one) for one in readings(house)] == [{second}, {first}]


@contextmanager
def held(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """Somebody holds the database of the log of readings."""
    if (tmp_path / "access.db").exists():
        other = SQLiteDatabase(tmp_path / "access.db")
        with other.write():
            yield
        other.close()
    else:
        with psycopg.connect(request.getfixturevalue("postgres_url")) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (SCHEMA_LOCK,))
            yield


async def test_what_cannot_be_written_down_now_is_shown_and_owed_and_written_with_the_next_that_can_be(
    town: Town, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    house, ref = town.house, town.refs[WATER]
    async with house.client() as client:
        with held(tmp_path, request):
            assert (await client.get(f"/api/v1/incidents/{ref}")).status_code == 200
            assert readings(house) == []
        assert (await client.get("/api/v1/incidents")).status_code == 200
    assert {one.where for one in readings(house)} == {"/api/v1/incidents/{ref}", "/api/v1/incidents"}


async def test_when_no_more_can_be_owed_nothing_is_shown_and_that_is_told(
    town: Town, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(witness, "MAX_OWED", 0)
    house, ref = town.house, town.refs[WATER]
    async with house.client() as client, house.client(Accept="text/html") as browser:
        with held(tmp_path, request):
            answers = await asyncio.gather(
                client.get(f"/api/v1/incidents/{ref}"),
                client.get(f"/api/v1/incidents/{ref}/export"),
                browser.get(f"/haendelser/{ref}"),
                browser.get("/"),
                browser.post(f"/haendelser/{ref}/note", data={"text": ""}, headers={"Sec-Fetch-Site": "same-origin"}),
            )
            stream = await asked(town, client, f"/haendelser/{ref}/live")
            assert (await client.get("/api/v1/deadlines")).status_code == 200
        for answer in answers:
            assert answer.status_code == 503
            assert f"{SECRET[WATER]} A" not in answer.text
        assert f"{SECRET[WATER]} A" not in stream.text
        assert answers[0].json()["code"] == "reading-not-logged"
        assert "look before you send it again" not in answers[0].text
        assert "Det kunne ikke noteres, at du læser her" in answers[2].text
        assert readings(house) == []
        assert (await client.get(f"/api/v1/incidents/{ref}")).status_code == 200


async def test_what_is_read_at_the_same_time_is_written_in_one_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, batches = AccessTable(SQLiteDatabase(tmp_path / "access.db")), list[int]()
    record = AccessTable.record

    def counted(self: AccessTable, batch: list[Reading]) -> None:
        batches.append(len(batch))
        record(self, batch)

    monkeypatch.setattr(AccessTable, "record", counted)
    log = Readings(table)
    one = Reading(START, "u-1", proved=True, os_user=None, way="page", where="/", correlation_id="id", incidents=frozenset())
    await asyncio.gather(*(log.write(one) for _ in range(100)))
    assert sum(batches) == 100
    assert len(batches) <= 2
    table.close()


async def test_the_house_and_those_who_answer_for_it_see_who_read_an_incident_and_nobody_else(house: House) -> None:
    events = [registered(), registered(WATER, cvr=OTHER_CVR, prefix="VA"), placed(Role.DPO, "u-dpo", entity=WATER)]
    events += [placed(Role.ASSESSOR, "u-vurderer", entity=WATER)]
    await house.parts.desk.committer.submit(lambda uow: uow.append(ORGANISATION, events, expected=0))
    ref = await house.report("Trykket falder", entity=WATER)
    page, link = f"/haendelser/{ref}/laest", f'href="/haendelser/{ref}/laest"'
    for holder, entities, allowed in (
        ("u-dpo", (WATER,), True),
        ("u-vurderer", (WATER,), False),
        ("u-chef", (), False),
    ):
        token = await house.grant(holder, *entities)
        async with house.visitor(Authorization=f"Bearer {token}", Accept="text/html") as client:
            assert (link in (await client.get(f"/haendelser/{ref}")).text) is allowed
            answer = await client.get(page)
            assert answer.status_code == (200 if allowed else 403)
            assert ("u-dpo" in answer.text) is allowed
            assert (await client.get("/laesninger")).status_code == 403
    async with house.client(Accept="text/html") as client:
        assert link in (await client.get(f"/haendelser/{ref}")).text
        told = (await client.get(page)).text
        assert all(who in told for who in ("u-dpo", "u-vurderer", "u-chef", "eget udsagn"))
        assert ref in (await client.get("/laesninger")).text
        assert "Nobody has read anything yet" not in (await client.get("/laesninger?lang=en")).text


async def test_nobody_has_read_anything_yet(house: House) -> None:
    async with house.client(Accept="text/html") as client:
        assert "Ingen har læst noget endnu" in (await client.get("/laesninger")).text
