"""An auditor reads the incidents that were named, in the time that was given, and changes nothing."""

import asyncio
import re
from typing import NamedTuple

import httpx
import pytest
from fastapi.routing import APIRoute

from adapters.web.caller import SAFE, Tells, declared
from domain.events import Recorded
from domain.incident.events import Reported
from tests.adapters.web.support import TOKEN, House
from tests.adapters.web.towns import SECRET, WATER, Town, asked, text_of

AUDITOR = "u-revisor"


class Audit(NamedTuple):
    """Of one of the water company's two incidents."""

    town: Town
    ref: str
    token: str

    @property
    def house(self) -> House:
        return self.town.house

    @property
    def others(self) -> list[str]:
        """What may stand in no answer: all of other entities, and the water company's other incident."""
        (shared,) = (one for one in self.house.store.read(0, 1000) if _reference(one) == self.town.shared)
        return [*self.town.others, self.town.shared, "Fælles leverandør", str(shared.aggregate_id), shared.aggregate_id.hex]

    def client(self, **headers: str) -> httpx.AsyncClient:
        return self.house.visitor(Authorization=f"Bearer {self.token}", Accept="text/html", **headers)


def _reference(one: Recorded) -> str | None:
    return one.event.reference if isinstance(one.event, Reported) else None


@pytest.fixture
async def audit(town: Town) -> Audit:
    ref = town.refs[WATER]
    return Audit(town, ref, await town.house.audit(AUDITOR, ref))


async def test_no_address_tells_of_another_incident_and_those_of_whole_entities_are_refused(audit: Audit) -> None:
    seen, refused = 0, dict[str, str]()
    async with audit.client() as client:
        for route in audit.house.app.routes:
            if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()):
                continue
            for address in audit.town.addresses(route.path, audit.ref):
                answer = await asked(audit.town, client, address)
                body = text_of(answer)
                assert [one for one in audit.others if one in body] == [], address
                closed = declared(route.endpoint) not in {Tells.OWN, Tells.COMMON}
                assert answer.status_code == (403 if closed else 200), (address, body)
                if closed:
                    refused[route.path] = body
                seen += SECRET[WATER] in body
    assert {"/organisation", "/api/v1/organisation", "/api/v1/organisation/warnings"} <= set(refused)
    assert {"/laesninger", "/haendelser/{reference}/laest"} <= set(refused)
    assert {"/handlingskort", "/api/v1/action-cards", "/metrics", "/regler", "/alarmer"} <= set(refused)
    assert SECRET[WATER] not in "".join(refused.values())
    assert seen > 25


async def test_another_incident_of_the_same_entity_is_as_one_that_does_not_exist(audit: Audit) -> None:
    async with audit.client() as client:
        for route in audit.house.app.routes:
            if (
                isinstance(route, APIRoute)
                and "{ref" in route.path
                and declared(route.endpoint) is Tells.OWN
                and "GET" in (route.methods or ())
            ):
                for address in audit.town.addresses(route.path, audit.town.shared):
                    assert (await client.get(address)).status_code == 404, address


async def test_every_address_that_could_change_something_refuses(audit: Audit) -> None:
    head, asked_for = audit.house.store.head(), 0
    async with audit.client(**{"Sec-Fetch-Site": "same-origin"}) as client:
        for route in audit.house.app.routes:
            if not isinstance(route, APIRoute) or declared(route.endpoint) is Tells.COMMON:
                continue
            for method in (route.methods or set()) - SAFE:
                for address in audit.town.addresses(route.path.replace("{step}", "note"), audit.ref):
                    answer = await client.request(method, address, json={"text": "x"}, headers={"Accept": "application/json"})
                    assert answer.status_code == 403, (method, address, answer.text)
                    assert answer.json()["code"] == "audit-reads-only"
                    asked_for += 1
    assert asked_for > 60
    assert audit.house.store.head() == head


async def test_the_counts_the_stream_and_the_lists_are_of_the_audited_incident_alone(audit: Audit) -> None:
    own = str(audit.house.parts.desk.find(audit.ref))
    async with audit.client() as client:
        assert [one["ref"] for one in (await client.get("/api/v1/incidents")).json()] == [audit.ref]
        assert {one["ref"] for one in (await client.get("/api/v1/deadlines")).json()} == {audit.ref}
        assert {one["ref"] for one in (await client.get("/api/v1/lists/judgements")).json()} == {audit.ref}
        stream = (await asked(audit.town, client, "/api/v1/stream")).text
    recorded = [one.position for one in audit.house.store.read(0, 1000) if str(one.aggregate_id) == own]
    assert [int(line[4:]) for line in stream.splitlines() if line.startswith("id: ")] == recorded


async def test_the_page_says_so_and_offers_nothing_that_would_be_refused(audit: Audit) -> None:
    async with audit.client() as client:
        for address in ("/", f"/haendelser/{audit.ref}", f"/haendelser/{audit.ref}/underretning/early_warning"):
            page = (await client.get(address)).text
            assert "Du læser som revisor" in page
            assert re.findall(r'<form method="post" action="([^"]+)"', page) in (["/log-ud"], [f"{address}/udkast", "/log-ud"])
            # Signing out, and on these two showing it as the log stood.
            assert page.count("<button") == (2 if address in ("/", f"/haendelser/{audit.ref}") else 1)
        assert 'id="skridt"' not in (await client.get(f"/haendelser/{audit.ref}")).text


async def test_before_and_after_the_period_it_opens_nothing_and_says_when_it_does(audit: Audit) -> None:
    start = audit.house.clock.now
    async with audit.client(**{"Sec-Fetch-Site": "same-origin"}) as client:
        for hours, status in ((-0.01, 403), (0, 200), (0.99, 200), (1, 403), (500, 403)):
            audit.house.clock.now = start
            audit.house.clock.go_on(hours=hours)
            answer = await client.get("/api/v1/incidents", headers={"Accept": "application/json"})
            assert answer.status_code == status, hours
            if status == 403:
                assert answer.json()["code"] == "outside-period"
                assert "holds from 2026-11-22T12:00:00+01:00 until 2026-11-22T13:00:00+01:00" in answer.json()["detail"]
                assert (await client.get(f"/?token={audit.token}")).status_code == 403
                assert (await client.post("/haendelser", data={"title": "x"})).status_code == 403


async def test_whoever_reads_when_the_period_ends_is_told_nothing_more(audit: Audit) -> None:
    house = audit.house
    async with audit.client() as client:
        reading = asyncio.create_task(client.get("/api/v1/stream"))
        await asyncio.sleep(0.3)
        house.clock.go_on(hours=1)
        position = await house.step(audit.ref, "note", text="Efter perioden", actor="u-vand")
        answer = await asyncio.wait_for(reading, 10)
    assert "dk.sporlog.incident.reported.v1" in answer.text
    assert f"id: {position}\n" not in answer.text


async def test_withdrawn_it_opens_nothing_and_the_house_sees_all_meanwhile(audit: Audit) -> None:
    await audit.house.withdraw(AUDITOR)
    async with audit.client() as client:
        assert (await client.get("/api/v1/incidents")).status_code == 401
    async with audit.house.visitor(Authorization=f"Bearer {TOKEN}") as house:
        assert len((await house.get("/api/v1/incidents")).json()) > 3
