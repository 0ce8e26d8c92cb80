"""Differences from other registers, in the API and on the page: shown, taken over, kept, refused without losing a word."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie
from handlers.catalogue import change_all
from handlers.registers import RegisterObject, RegisterState, RegisterTie
from tests.adapters.web.support import House, a_house
from tests.support.catalogues import new

CPR = "010190-1234"


def told(*objects: RegisterObject, house: House, **more: Any) -> None:  # noqa: ANN401 - as the fields of the state
    house.registers = (RegisterState("os2kitos", "c", objects, read_at=house.clock.now, **more),)


def system(key: str, name: str, **facts: object) -> RegisterObject:
    return RegisterObject(kind=Kind.SYSTEM, key=key, facts={"name": name, **facts})


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[House]:
    """A house whose catalogue has a system that the register knows by another owner, and not one that it has."""
    async with a_house(tmp_path) as house:
        changes = [new(Kind.SYSTEM, "Løn", owner="hr")]
        await house.parts.desk.committer.submit(lambda uow: change_all(uow, changes))
        await house.parts.wait_for(house.store.head())
        told(system("a", "Omsorg", owner="os2kitos:1"), system("b", "Løn", owner="os2kitos:2"), house=house)
        yield house


async def drift(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/api/v1/catalogue/drift")
    assert answer.status_code == 200, answer.text
    (one,) = answer.json()
    return dict(one)


async def test_the_api_shows_takes_over_and_keeps_by_the_differences_ids(kept: House) -> None:
    async with kept.client() as client:
        found = await drift(client)
        assert [(one["sort"], one["name"], one["here"], one["source"]) for one in found["differences"]] == [
            ("new", "Omsorg", None, "a"),
            ("linked", "Løn", None, "b"),
            ("conflict", "Løn", "hr", "os2kitos:2"),
        ]
        new_one, linked, conflict = (one["id"] for one in found["differences"])
        body = {"take": [new_one, linked], "keep": [conflict], "reason": "Vi har aftalt ejeren"}
        answer = await client.post("/api/v1/catalogue/drift/os2kitos", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json() == {"import_number": 1, "events": 2, "kept": 1, "position": kept.store.head()}
        found = await drift(client)
        assert (found["differences"], found["same"]) == ([], 2)
        listed = (await client.get("/api/v1/catalogue")).json()
        assert [(one["name"], one["owner"]) for one in listed] == [("Løn", "hr"), ("Omsorg", "os2kitos:1")]


async def test_the_api_refuses_what_is_no_difference_any_more_or_no_register_and_writes_nothing(kept: House) -> None:
    async with kept.client() as client:
        head = kept.store.head()
        for address, body, status, code in (
            ("os2kitos", {"take": ["0123456789abcdef"], "reason": "x"}, 412, "difference-gone"),
            ("servicenow", {"take_plain": True, "reason": "x"}, 404, "no-register"),
            ("os2kitos", {"take_plain": True}, 422, "invalid-fields"),
            ("os2kitos", {"take_plain": True, "reason": "  "}, 422, "invalid-fields"),
        ):
            answer = await client.post(f"/api/v1/catalogue/drift/{address}", json=body)
            assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
        assert kept.store.head() == head


async def test_on_the_page_a_person_chooses_says_why_and_sees_what_is_left(kept: House) -> None:
    async with kept.client(Accept="text/html", **{"Sec-Fetch-Site": "same-origin"}) as client:
        assert 'href="/katalog/afvigelser"' in (await client.get("/katalog")).text
        page = (await client.get("/katalog/afvigelser")).text
        assert page.index("Forskel: rettet her") < page.index("Genkendt på navnet"), "what must be chosen comes first"
        assert "Overtag alle 2, som ingen har rettet her" in page
        (conflict, *_) = re.findall(r'name="id" value="(\w+)"', page)

        sent = {"register": "os2kitos", "id": conflict, "do": "overtag", "reason": f"Aftalt med {CPR}"}
        warned = await client.post("/katalog/afvigelser", data=sent)
        assert warned.status_code == 422
        assert f'value="Aftalt med {CPR}"' in warned.text
        assert f'value="{conflict}" id="d-{conflict}" checked' in warned.text
        assert '<input type="hidden" name="do" value="overtag">' in warned.text
        for empty in ({"reason": ""}, {"reason": "   "}):
            refused = await client.post("/katalog/afvigelser", data=sent | empty)
            assert (refused.status_code, "feltet må ikke være tomt" in refused.text) == (422, True)

        done = await client.post("/katalog/afvigelser", data=sent | {"reason": "Kitos har ret"})
        assert (done.status_code, done.headers["location"]) == (303, "/katalog/afvigelser?gemt=ja")
        done = await client.post(
            "/katalog/afvigelser", data={"register": "os2kitos", "do": "overtag-alle", "reason": "Første indlæsning"}
        )
        assert done.status_code == 303
        page = (await client.get(done.headers["location"])).text
        assert "Det er registreret." in page
        assert "Ingen afvigelser." in page
        assert "Ens i begge: 2 objekter." in page
        again = await client.post("/katalog/afvigelser", data=sent | {"reason": "igen"})
        assert (again.status_code, "Forskellen er der ikke mere" in again.text) == (412, True)
        nothing = await client.post("/katalog/afvigelser", data={"register": "os2kitos", "do": "behold", "reason": "x"})
        assert nothing.headers["location"] == "/katalog/afvigelser?gemt=intet"


async def test_the_page_says_how_registers_are_read_what_fails_and_what_cannot_be_used(house: House) -> None:
    async with house.client(Accept="text/html") as client:
        page = (await client.get("/katalog/afvigelser")).text
        assert "SPORLOG_KITOS" in page
        house.registers = (RegisterState("os2kitos"),)
        assert "sporlog catalogue sync os2kitos" in (await client.get("/katalog/afvigelser")).text
        tie = RegisterTie(tie=Tie.DEPENDS_ON, source="a", to="zzz")
        one = RegisterObject(kind=Kind.SYSTEM, key="a", facts={"name": "Omsorg <b>", "owner": "Ole Olsen"}, ties=(tie,))
        told(one, house=house, last_error="OS2kitos answered 500", error_at=house.clock.now + timedelta(hours=1))
        page = (await client.get("/katalog/afvigelser", params={"lang": "en"})).text
        assert "The last attempt failed" in page
        assert "OS2kitos answered 500" in page
        assert "Omsorg &lt;b&gt;: column Owner: &#39;Ole Olsen&#39; cannot be used: A role or mailbox without spaces" in page
        assert "it is neither here nor in the source" in page
        assert "<b>:" not in page
