"""The pages and the API of maps, over both databases."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from defusedxml.ElementTree import fromstring
from pypdf import PdfReader

from domain.catalogue.kinds import Kind
from domain.time import local
from handlers.catalogue import Change
from tests.adapters.web.support import House, a_house
from tests.adapters.web.test_catalogue_page import tell
from tests.support.catalogues import CARE, SERVER, SYSTEM, ident, new, small

MAP = f"/katalog/{ident(Kind.SERVICE, CARE)}/kort"
API = f"/api/v1/catalogue/{ident(Kind.SERVICE, CARE)}"


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[House]:
    """A house whose catalogue holds the small one."""
    async with a_house(tmp_path) as house:
        await tell(house, small())
        yield house


def visitor(house: House) -> httpx.AsyncClient:
    return house.client(Accept="text/html")


async def test_the_page_shows_picture_table_and_what_is_hit_now(kept: House) -> None:
    reference = await kept.report(components=[f"{SERVER}.laerkeborg.dk"])
    async with visitor(kept) as client:
        page = (await client.get(MAP)).text
    assert "<svg" in page
    assert f"{reference} · Høj" in page
    assert page.count(f'href="/katalog/{ident(Kind.SYSTEM, SYSTEM)}"') == 2
    assert "afhænger af Omsorgsjournal (stopper uden)" in page
    assert "Kan stoppe" in page
    assert f"1 åben hændelse rammer noget på kortet: {reference}." in page


async def test_a_closed_incident_is_on_no_map(kept: House) -> None:
    reference = await kept.report(components=[SERVER])
    await kept.step(reference, "close", reason="not_an_incident")
    async with visitor(kept) as client:
        assert reference not in (await client.get(MAP)).text


async def test_as_of_shows_what_was_known_then(kept: House) -> None:
    before = kept.clock.now
    kept.clock.go_on(hours=1)
    reference = await kept.report(components=[SERVER])
    async with visitor(kept) as client:
        past = (await client.get(MAP, params={"at": local(before).strftime("%Y-%m-%dT%H:%M")})).text
        svg = (await client.get(f"{API}/map.svg", params={"at": before.isoformat()})).text
    assert reference not in past
    assert reference not in svg
    assert "Kortet viser, hvad loggen vidste" in past


async def test_a_depth_is_chosen_and_a_wrong_one_is_told(kept: House) -> None:
    async with visitor(kept) as client:
        near = (await client.get(MAP, params={"depth": "1"})).text
        assert f">{SERVER}<" not in near
        assert "Kortet går ét led ud" in near
        wrong = await client.get(MAP, params={"depth": "ni"})
        assert wrong.status_code == 422
        assert "Det kan ikke læses" in wrong.text
        assert f">{SERVER}<" in wrong.text
        assert (await client.get(MAP, params={"at": "i går"})).status_code == 422
        assert (await client.get(f"{API}/map.svg", params={"depth": "0"})).status_code == 422


async def test_the_api_gives_the_picture_and_the_paper(kept: House) -> None:
    async with kept.client() as client:
        svg, pdf = await client.get(f"{API}/map.svg"), await client.get(f"{API}/map.pdf")
        english = await client.get(f"{API}/map.svg", params={"lang": "en"})
    assert svg.headers["content-type"] == "image/svg+xml"
    assert fromstring(svg.text).get("role") == "img"
    assert pdf.headers["content-type"] == "application/pdf"
    assert len(PdfReader(BytesIO(pdf.content)).pages) == 2
    assert f"Map of {CARE}" in english.text


async def test_all_critical_services_have_a_map_and_without_any_it_is_said(kept: House) -> None:
    async with visitor(kept) as client:
        page = (await client.get("/katalog/kort")).text
        assert "Kort over de samfundskritiske ydelser" in page
        assert f">{CARE}<" in page
        assert (await client.get("/api/v1/catalogue/critical/map.svg")).status_code == 200
        assert (await client.get("/api/v1/catalogue/critical/map.pdf")).status_code == 200


async def test_an_empty_catalogue_has_no_map_and_says_what_to_do(house: House) -> None:
    async with visitor(house) as client:
        page = await client.get("/katalog/kort")
        assert page.status_code == 200
        assert "intet kort at tegne" in page.text
        problem = await client.get("/api/v1/catalogue/critical/map.svg")
    assert problem.status_code == 404
    assert problem.json()["code"] == "nothing-to-draw"


async def test_an_object_that_there_is_none_of_is_a_problem_and_one_alone_is_told(kept: House) -> None:
    lonely: list[Change] = [new(Kind.SYSTEM, "Øde ø")]
    await tell(kept, lonely)
    async with visitor(kept) as client:
        assert (await client.get(f"/katalog/{uuid4()}/kort")).status_code == 404
        assert (await client.get("/katalog/hjemmepleje/kort")).status_code == 404
        problem = await client.get(f"/api/v1/catalogue/{uuid4()}/map.svg")
        assert problem.json()["code"] == "unknown-object"
        alone = (await client.get(f"/katalog/{ident(Kind.SYSTEM, 'Øde ø')}/kort")).text
    assert "Tilføj dets forbindelser" in alone


async def test_the_object_s_page_leads_to_its_map_and_the_map_back(kept: House) -> None:
    async with visitor(kept) as client:
        assert f'href="{MAP}"' in (await client.get(MAP.removesuffix("/kort"))).text
        assert f'href="{MAP.removesuffix("/kort")}"' in (await client.get(MAP)).text
        assert 'href="/katalog/kort"' in (await client.get("/katalog")).text
