"""The catalogue over HTTP: reading as it stands and stood, each act, its refusals as problem details, and who may."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.catalogue.kinds import Kind
from handlers.catalogue import change_all
from handlers.catalogue_requests import CATALOGUE_REQUESTS
from tests.adapters.web.support import House, a_house
from tests.support.catalogues import CARE, MAILBOX, PLAN, SERVER, SUPPLIER, SYSTEM, ident, small

BASE = "/api/v1/catalogue"
SERVICE = {"facts": {"kind": "service", "name": "Vand", "criteria": ["supply"]}, "description": "Drikkevand"}


@pytest.fixture(params=["sqlite", "postgres"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    async with a_house(tmp_path, postgres_url=url) as house:
        await house.parts.desk.committer.submit(lambda uow: change_all(uow, small()))
        await house.parts.wait_for(house.store.head())
        yield house


def at(kind: Kind, name: str, *ends: str) -> str:
    return "/".join((BASE, str(ident(kind, name)), *ends))


async def ok(client: httpx.AsyncClient, method: str, address: str, status: int = 200, **body: Any) -> Any:  # noqa: ANN401 - JSON
    answer = await client.request(method, address, json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json()


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["code"]) == (status, code), told
    return told


async def test_the_list_tells_facts_classes_and_ties_and_is_narrowed(kept: House) -> None:
    async with kept.client() as client:
        everything = await ok(client, "GET", BASE)
        assert [one["name"] for one in everything] == [CARE, SYSTEM, SERVER, SUPPLIER, MAILBOX, PLAN]
        assert "contact" not in everything[1]
        assert everything[0]["ties"][0]["to"]["name"] == SYSTEM
        for query, names in (
            ("kind=system&kind=plan", [SYSTEM, PLAN]),
            ("class=society_critical", [CARE]),
            ("class=ordinary", []),
            ("administration=Sundhed", [CARE]),
            ("name=OMSORG-db", [SERVER]),
            ("name=ukendt", []),
            ("position=1", [CARE]),
        ):
            assert [one["name"] for one in await ok(client, "GET", f"{BASE}?{query}")] == names, query
        problem(await client.get(f"{BASE}?kind=boat"), 422, "invalid-fields")


async def test_an_object_is_shown_with_its_texts_as_it_stood(kept: House) -> None:
    async with kept.client() as client:
        address = at(Kind.SYSTEM, SYSTEM)
        before = await ok(client, "GET", address)
        assert (before["contact"], before["owner"], before["version"]) == ("Ring til vagten", "it-drift", 4)
        assert [one["from"]["name"] for one in before["tied_from"]] == [CARE]
        kept.clock.go_on(hours=1)
        facts = {"kind": "system", "name": SYSTEM, "hosting": "cloud"}
        done = await ok(client, "PUT", address, facts=facts, reason="Flyttet", expected_version=4, actor="u-7")
        assert (done["version"], [one["danish"] for one in done["events"]]) == (5, ["Ændret"])
        after = await ok(client, "GET", address)
        assert (after["hosting"], after["owner"], after["contact"]) == ("cloud", None, None)
        assert await ok(client, "GET", f"{address}?position={done['position'] - 1}") == before
        then = await ok(client, "GET", f"{address}?at=2026-11-22T09:30:00Z")
        assert (then["version"], then["contact"]) == (4, "Ring til vagten")
        history = await ok(client, "GET", f"{address}/history")
        assert [(one["number"], one["actor"], one["reason"]) for one in history][-1] == (5, "u-7", "Flyttet")
        assert history[-1]["channel"] == "api"
        assert len(await ok(client, "GET", f"{address}/history?at=2026-11-22T09:30:00Z")) == 4
        service = await ok(client, "GET", at(Kind.SERVICE, CARE))
        assert (service["service_class"], service["class_reason"]) == ("society_critical", "Kortlægningen i år")
        assert service["class_approved_by"] == "u-2"


async def test_an_object_is_registered_tied_classed_and_taken_out_of_use(kept: House) -> None:
    async with kept.client() as client:
        answer = await client.post(BASE, json={**SERVICE, "actor": "u-1", "on_behalf_of": "u-9"})
        assert answer.status_code == 201
        address = answer.headers["location"]
        assert address == at(Kind.SERVICE, "Vand")
        assert (await client.post(BASE, json=SERVICE)).json()["events"] == []
        tied = await ok(client, "POST", f"{address}/ties", tie="depends_on", to="omsorg-db", need="data", group="db")
        assert tied["version"] == 2
        by_id = str(ident(Kind.COMPONENT, SERVER))
        assert (await ok(client, "POST", f"{address}/ties", tie="depends_on", to=by_id, need="data", group="db"))[
            "events"
        ] == []
        shown = await ok(client, "GET", address)
        assert [(tie["to"]["name"], tie["group"]) for tie in shown["ties"]] == [(SERVER, "db")]
        assert (await ok(client, "DELETE", f"{address}/ties/depends_on/{by_id}?reason=Fejl"))["version"] == 3
        told: dict[str, Any] = {"service_class": "society_critical", "reason": "Alle drikker det"}
        number = (await ok(client, "POST", f"{address}/class", **told, actor="u-1"))["version"]
        problem(
            await client.post(f"{address}/class/approve", json={"proposal_number": number, "actor": "u-1"}), 409, "same-eyes"
        )
        await ok(client, "POST", f"{address}/class/approve", proposal_number=number, actor="u-2")
        problem(await client.post(f"{address}/class/approve", json={"proposal_number": number}), 409, "no-such-proposal")
        second = (await ok(client, "POST", f"{address}/class", service_class="important", reason="Brønd"))["version"]
        await ok(client, "POST", f"{address}/class/reject", proposal_number=second, reason="Nej")
        assert (await ok(client, "GET", address))["service_class"] == "society_critical"
        await ok(client, "POST", f"{address}/retire", reason="Overdraget")
        assert "Vand" not in [one["name"] for one in await ok(client, "GET", BASE)]
        assert "Vand" in [one["name"] for one in await ok(client, "GET", f"{BASE}?retired=true")]
        problem(await client.post(f"{address}/class", json=told), 409, "object-retired")
        await ok(client, "POST", f"{address}/reinstate", reason="Tilbage igen")
        first = (await ok(client, "GET", f"{address}/history"))[0]
        assert (first["actor"], first["on_behalf_of"]) == ("u-1", "u-9")


async def test_what_is_refused_names_what_where_and_writes_nothing(kept: House) -> None:
    head, system, none = kept.store.head(), at(Kind.SYSTEM, SYSTEM), f"{BASE}/{uuid4()}"
    facts = {"kind": "system", "name": SYSTEM}
    async with kept.client() as client:
        told = problem(await client.post(BASE, json={"facts": {"kind": "service", "name": ""}, "x": 1}), 422, "invalid-fields")
        assert {one["field"] for one in told["errors"]} == {"facts.service.name", "x"}
        for method, address, body, status, code in (
            ("PUT", system, {"facts": facts, "reason": "x", "expected_version": 1}, 412, "version-conflict"),
            ("PUT", system, {"facts": facts}, 422, "invalid-fields"),
            ("PUT", system, {"facts": {"kind": "service", "name": "x"}, "reason": "x"}, 409, "kind-fixed"),
            ("PUT", none, {"facts": facts, "reason": "x"}, 404, "unknown-object"),
            ("POST", BASE, {"facts": facts}, 409, "already-registered"),
            ("POST", BASE, {"facts": {"kind": "plan", "name": "Ny", "sha256": "0" * 64}}, 422, "invalid-fields"),
            ("POST", f"{system}/ties", {"tie": "depends_on", "to": "ukendt"}, 404, "unknown-object"),
            ("POST", f"{system}/ties", {"tie": "depends_on", "to": str(uuid4())}, 404, "unknown-object"),
            ("POST", f"{system}/ties", {"tie": "covers", "to": CARE}, 422, "tie-impossible"),
            ("POST", f"{system}/class", {"service_class": "critical", "reason": "x"}, 422, "not-a-service"),
            ("POST", f"{system}/retire", {"reason": ""}, 422, "invalid-fields"),
            ("GET", none, {}, 404, "unknown-object"),
            ("GET", f"{none}/history", {}, 404, "unknown-object"),
            ("GET", f"{BASE}/ukendt", {}, 422, "invalid-fields"),
            ("DELETE", f"{system}/ties/supplied_by/x", {}, 422, "invalid-fields"),
        ):
            told = problem(await client.request(method, address, json=body or None), status, code)
            assert told["title"], (method, address)
            assert told["detail"], (method, address)
    assert kept.store.head() == head


async def test_an_incidents_id_opens_no_history_here(kept: House) -> None:
    reference = await kept.report("Hemmeligt")
    async with kept.client() as client:
        incident = (await client.get(f"/api/v1/incidents/{reference}")).json()["id"]
        for end in ("", "/history"):
            problem(await client.get(f"{BASE}/{incident}{end}"), 404, "unknown-object")


async def test_the_board_approves_the_list_that_was_seen(kept: House) -> None:
    async with kept.client() as client:
        seen = await ok(client, "GET", f"{BASE}/critical")
        assert ([one["name"] for one in seen["services"]], seen["approved"]) == ([CARE], None)
        told = {"approved_on": "2026-11-20", "case_number": "26/1", "list_sha256": seen["list_sha256"], "actor": "u-3"}
        done = await ok(client, "POST", f"{BASE}/critical/approve", **told)
        assert (done["number"], done["position"]) == (1, kept.store.head())
        await kept.parts.wait_for(done["position"])
        assert (await ok(client, "GET", f"{BASE}/critical"))["differs"] is False
        facts = {"kind": "service", "name": CARE, "restoration_order": 2}
        await ok(client, "PUT", at(Kind.SERVICE, CARE), facts=facts, reason="x")
        problem(await client.post(f"{BASE}/critical/approve", json=told), 412, "list-changed")
        seen = await ok(client, "GET", f"{BASE}/critical")
        assert seen["differences"][0]["fields"] == ["restoration_order", "administration"]
        then = await ok(client, "GET", f"{BASE}/critical?position={done['position']}")
        assert (then["differs"], then["approved"]["number"]) == (False, 1)


async def test_a_personal_number_is_warned_of_and_recorded_all_the_same(kept: House) -> None:
    async with kept.client() as client:
        body = {"facts": {"kind": "mailbox", "name": "Vagt"}, "contact": "Ring til 010190-1234"}
        done = await ok(client, "POST", BASE, 201, **body)
    assert [(one["code"], one["fields"]) for one in done["warnings"]] == [("cpr-written", ["contact"])]


async def test_the_landscape_is_read_by_who_may_read_all_and_written_by_the_house(kept: House) -> None:
    reference = await kept.report()
    address = at(Kind.SERVICE, CARE)
    reads = (BASE, f"{BASE}/critical", address, f"{address}/history")
    confined, auditor = await kept.grant("u-vand", "laerkeborg"), await kept.audit("u-revisor", reference)
    for token in (confined, auditor):
        async with kept.visitor(Authorization=f"Bearer {token}") as client:
            assert [(await client.get(one)).status_code for one in reads] == [403] * 4
    async with kept.visitor(Authorization=f"Bearer {await kept.grant('u-alle')}") as client:
        assert [(await client.get(one)).status_code for one in reads] == [200] * 4
        head = kept.store.head()
        problem(await client.post(f"{address}/retire", json={"reason": "x"}), 403, "house-only")
        problem(await client.post(BASE, json=SERVICE), 403, "house-only")
        assert kept.store.head() == head


async def test_openapi_tells_each_act_as_its_request_is(house: House) -> None:
    async with house.client() as client:
        document = (await client.get("/openapi.json")).json()
        page = (await client.get("/docs", headers={"Accept": "text/html"})).text
    told = {one["operationId"]: one for path in document["paths"].values() for one in path.values()}
    for act, model in CATALOGUE_REQUESTS.items():
        operation = told[f"catalogue-{act}"]
        assert operation["summary"]
        assert {"409", "412", "422"} <= operation["responses"].keys()
        if act == "untie":
            continue
        schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        assert document["components"]["schemas"][schema]["properties"].keys() == model.model_fields.keys()
    assert "ServiceFacts | ProcessFacts" in page
