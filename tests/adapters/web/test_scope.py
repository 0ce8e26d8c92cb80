"""Three reporting entities in one log: whoever may see one of them is told nothing of the others, by any address."""

import re
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from starlette.routing import Mount

from adapters.lists.table import LISTS
from adapters.web.caller import Tells, declared
from domain.organisation.events import ORGANISATION
from tests.adapters.web.support import House
from tests.adapters.web.towns import HARBOUR, HOLDERS, SECRET, TOWN, WATER, Town, addresses, asked, text_of
from tests.support.organisations import OTHER_CVR, registered


def test_every_route_says_how_it_obeys(house: House) -> None:
    undeclared = []
    for route in house.app.routes:
        if isinstance(route, Mount):
            assert route.path == "/static"
        elif not isinstance(route, APIRoute) or declared(route.endpoint) is None:
            undeclared.append(getattr(route, "path", route))
    assert undeclared == [], "put @tells(...) under the route's decorator, see adapters/web/caller.py"


async def test_no_address_tells_anything_of_anothers_incident(town: Town) -> None:
    seen, refused = 0, set[str]()
    async with town.client() as client:
        for route in town.house.app.routes:
            if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()):
                continue
            own = [
                address.replace("{number}", str(town.evidence[reference]))
                for reference in (town.refs[WATER], town.shared)
                for address in addresses(route.path, reference)
            ]
            for address in dict.fromkeys(own):
                answer = await asked(town, client, address)
                body = text_of(answer)
                assert [one for one in town.others if one in body] == [], address
                closed = declared(route.endpoint) in {Tells.HOUSE, Tells.SOURCE, Tells.WHOLE}
                assert answer.status_code in ({403} if closed else {200}), (address, body)
                if answer.status_code == 403:
                    refused.add(route.path)
                seen += SECRET[WATER] in body
    assert refused == {
        "/metrics",
        "/laesninger",
        "/noedpakke",
        "/alarmer",
        "/noedlister",
        "/api/v1/emergency-lists",
        "/ledelse",
        "/ledelse/rapport.{format_}",
        "/ledelse/tal/{key}",
        "/api/v1/reports/management",
        "/api/v1/reports/management/figures/{key}",
        "/api/v1/reports/management/sent",
        "/katalog",
        "/katalog/kritiske",
        "/katalog/mangler",
        "/katalog/afvigelser",
        "/api/v1/catalogue/drift",
        "/katalog/ny",
        "/katalog/{object_id}",
        "/katalog/{object_id}/fil",
        "/katalog/{object_id}/fil/ny",
        "/katalog/{object_id}/trin/{act}",
        "/katalog/kort",
        "/katalog/{object_id}/kort",
        "/api/v1/catalogue/critical/map.svg",
        "/api/v1/catalogue/critical/map.pdf",
        "/api/v1/catalogue/{object_id}/impact",
        "/api/v1/catalogue/{object_id}/map.svg",
        "/api/v1/catalogue/{object_id}/map.pdf",
        "/regler",
        "/api/v1/catalogue",
        "/api/v1/catalogue/critical",
        "/api/v1/catalogue/{object_id}",
        "/api/v1/catalogue/{object_id}/history",
        "/api/v1/rules",
        "/api/v1/maintenance",
        "/api/v1/ledger/proof",
        "/api/v1/signals/waiting",
        "/api/v1/signals/{source}/{event_id:path}",
        "/api/v1/sources",
        "/api/v1/sources/{source}/signals/{source_event_id:path}",
    }
    assert seen > 50


async def test_an_incident_that_may_not_be_seen_answers_as_one_that_does_not_exist(town: Town) -> None:
    def told(answer: httpx.Response, reference: str) -> tuple[int, str]:
        return answer.status_code, answer.text.replace(answer.headers["x-correlation-id"], "ID").replace(reference, "REF")

    other, none = town.refs[TOWN], "H-2026-0999"
    async with town.client() as client:
        for route in town.house.app.routes:
            if not isinstance(route, APIRoute) or "{ref" not in route.path:
                continue
            (method,) = route.methods or {"GET"}
            for address in addresses(route.path.replace("{step}", "note").replace("{number}", "1"), "REF"):
                answers = []
                for reference in (other, none):
                    # A body that every step can read: what is wrong with one must not be told before the incident.
                    sent: dict[str, Any] = {} if method == "GET" else {"json": {"text": "x"}}
                    if address.startswith("/haendelser") and method == "POST":
                        sent = {"data": {"text": "x"}, "headers": {"Sec-Fetch-Site": "same-origin"}}
                    answers.append(told(await client.request(method, address.replace("REF", reference), **sent), reference))
                assert answers[0] == answers[1], address
                assert answers[0][0] in ({404} if method == "GET" else {404, 422}), address


async def test_the_counts_the_empty_pages_and_the_next_duty_are_those_of_what_may_be_seen(town: Town) -> None:
    async with town.client() as client:
        refs = [one["ref"] for one in (await client.get("/api/v1/incidents")).json()]
        assert sorted(refs) == ["VA-2026-0001", "VA-2026-0002"]
        # Of the whole house another entity's duty comes first: the limit counts only what may be seen.
        (first,) = (await client.get("/api/v1/deadlines", params={"limit": 1})).json()
        assert first["ref"] in refs
        # The harbour has one that is closed; of the water company none is.
        assert (await client.get("/api/v1/incidents", params={"status": "closed"})).json() == []
        overview, lists = (await client.get("/")).text, (await client.get("/lister")).text
        counted = {name: int(rows) for name, rows in re.findall(r'href="/lister/([a-z-]+)">[^<]+</a> \((\d+)\)', lists)}
        for name in LISTS:
            assert counted[name] == len((await client.get(f"/api/v1/lists/{name}")).json())
    assert counted["not-significant"] == 1
    assert counted["recurrence"] == 0
    assert re.findall(r'<h2 id="(?:aabne|lukkede)">.*\((\d+)\)</h2>', overview) == ["2"]
    assert "VA-2026-000" in overview.partition('id="aabne"')[0]


async def test_who_may_see_an_entity_without_incidents_sees_the_empty_page(town: Town) -> None:
    fourth = registered("spildevand", cvr=OTHER_CVR, prefix="SP")
    version = town.house.store.organisation().version
    await town.house.parts.desk.committer.submit(lambda uow: uow.append(ORGANISATION, [fourth], expected=version))
    token = await town.house.grant("u-ny", "spildevand")
    async with town.house.visitor(Authorization=f"Bearer {token}", Accept="text/html") as client:
        page = (await client.get("/")).text
    assert "Ingen hændelser, som du har adgang til" in page
    assert 'id="aabne"' not in page
    # Alerts are taken in with the house's token only: nobody else is told to try.
    assert "/intake/" not in page


async def test_the_stream_has_only_ones_own_events_under_the_positions_that_they_have(town: Town) -> None:
    async with town.client() as client, town.house.client() as whole:
        own = (await asked(town, client, "/api/v1/stream")).text
        everything = (await asked(town, whole, "/api/v1/stream")).text
    positions = [int(one) for one in re.findall(r"^id: (\d+)$", own, re.MULTILINE)]
    mine = {str(town.house.parts.desk.find(one)) for one in (town.refs[WATER], town.shared)}
    recorded = [one.position for one in town.house.store.read(0, 1000) if str(one.aggregate_id) in mine]
    assert positions == recorded
    assert len(re.findall(r"^id: ", everything, re.MULTILINE)) == town.house.store.head()
    # That it was shared is told, with whom not: the incident is the other's.
    assert '"incident":null' in own
    assert '"from_incident":null' in own


async def test_the_page_shows_that_there_is_another_incident_and_no_more(town: Town) -> None:
    async with town.client() as client, town.house.client(Accept="text/html") as whole:
        page = (await client.get(f"/haendelser/{town.shared}")).text
        assert "Udgår fra en hændelse, som du ikke har adgang til" in page
        assert "/haendelser/H-2026" in (await whole.get(f"/haendelser/{town.shared}")).text


async def test_nobody_reaches_another_incident_by_naming_it_in_a_step(town: Town) -> None:
    house, other = town.house, town.refs[TOWN]
    async with town.client() as client:
        for named_so in (other, str(house.parts.desk.find(other))):
            for step, sent in (
                ("merge", {"into": named_so, "reason": "x"}),
                ("recurrence", {"others": [named_so], "significant_together": True, "reason": "x"}),
                ("close", {"duplicate_of": named_so, "reason": "duplicate"}),
            ):
                answer = await client.post(f"/api/v1/incidents/{town.refs[WATER]}/{step}", json=sent)
                assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), answer.text


async def test_the_organisation_is_seen_as_far_as_it_is_ones_own(town: Town) -> None:
    async with town.client() as client:
        shown = (await client.get("/api/v1/organisation")).json()
        assert [one["entity"] for one in shown["entities"]] == [WATER]
        assert shown["policy"]["four_eyes"] is False
        keys = [one["key"] for one in (await client.get("/api/v1/organisation/warnings")).json()]
        assert f"filing-not-tested/{WATER}" in keys
        assert not [key for key in keys if TOWN in key or HARBOUR in key]
        assert (await client.put("/api/v1/organisation", json=shown)).status_code == 403


@pytest.mark.parametrize(("entity", "other"), [(TOWN, HARBOUR), (HARBOUR, TOWN)])
async def test_each_sees_its_own(town: Town, entity: str, other: str) -> None:
    token = await town.house.grant(f"{HOLDERS[entity]}-2", entity)
    async with town.house.visitor(Authorization=f"Bearer {token}", Accept="text/html") as client:
        assert SECRET[entity] in (await client.get("/")).text
        assert SECRET[entity] in (await client.get(f"/haendelser/{town.refs[entity]}")).text
        assert SECRET[other] not in (await client.get("/")).text
