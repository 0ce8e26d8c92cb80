"""With JavaScript the page keeps itself up to date, and never under the reader's hands."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Site
from tests.browser.story import alerts, tell

pytestmark = pytest.mark.browser


async def test_an_incident_appears_and_its_counter_runs_without_a_reload(site: Site) -> None:
    page = await site.signed_in()
    await expect(page.get_by_text("Loggen er tom")).to_be_visible()
    async with site.house.client() as client:
        await client.post("/intake/alertmanager", content=alerts(0, 1))
        await expect(page.get_by_role("heading", name="Åbne hændelser (1)")).to_be_visible()
        await expect(page.get_by_text("1 signal", exact=True)).to_be_visible()
        for first in range(1, 61, 10):
            await client.post("/intake/alertmanager", content=alerts(first, 10))
    await expect(page.get_by_text("61 signaler")).to_be_visible()


async def test_how_far_behind_intake_is_counts_down_without_a_reload(site: Site) -> None:
    site.house.backlog = 90_000
    page = await site.signed_in()
    await expect(page.get_by_text("90000 beskeder fra værktøjer")).to_be_visible()
    site.house.backlog = 40_000
    await expect(page.get_by_text("40000 beskeder fra værktøjer")).to_be_visible()
    site.house.backlog = 0
    await expect(page.get_by_text("venter på at komme i loggen")).not_to_be_visible()


async def test_what_is_being_typed_stays_and_keeps_its_focus(site: Site) -> None:
    page = await site.signed_in()
    field = page.get_by_label("Hvad er der sket?")
    await field.fill("Halvt skre")
    await site.house.report("Imens")
    await expect(page.get_by_role("link", name="H-2026-0001").first).to_be_visible()
    await page.keyboard.type("vet")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("Halvt skrevet")


async def test_an_open_explanation_stays_open_when_the_incident_changes(site: Site) -> None:
    references = await tell(site.house)
    page = await site.signed_in()
    await page.goto(f"{site.url}/haendelser/{references['amber']}")
    await page.locator("#why-early_warning summary").click()
    await expect(page.get_by_text("24 timer efter kendskabet")).to_be_visible()
    await site.house.step(references["amber"], "note", text="Nyt imens")
    await expect(page.get_by_text("Nyt imens")).to_be_visible()
    await expect(page.get_by_text("24 timer efter kendskabet")).to_be_visible()


async def test_a_screen_reader_is_told_what_is_next_in_one_line(site: Site) -> None:
    page = await site.signed_in()
    await tell(site.house)
    status = page.get_by_role("status")
    await expect(status).to_have_text("Åbne hændelser: 4. Næste pligt: Hændelsesunderretning, H-2026-0002.")


async def test_the_way_from_the_next_duty_to_its_sheet_and_its_record_is_one_page(site: Site) -> None:
    references = await tell(site.house)
    await site.house.step(references["red"], "incident-notification", receipt="DEMO-4")
    page = await site.signed_in(width=360)
    await page.get_by_role("link", name="Skriv: Tidlig varsling").click()
    await page.get_by_label("Mistanke om ulovlig eller ondsindet handling?").select_option("unknown")
    await page.get_by_label("Mulig grænseoverskridende virkning?").select_option("no")
    await page.get_by_role("button", name="Gem udkast").click()
    await expect(page.get_by_text("Alt, hvad loven kræver nu, er udfyldt.")).to_be_visible()
    await page.get_by_label("Kvitteringens nummer").fill("DEMO-2")
    await page.get_by_role("button", name="Registrér, at den er sendt").click()
    await expect(page.get_by_text("DEMO-2").first).to_be_visible()
    assert site.house.store.read(0, 1000)[-1].topic == "incident.early-warning-sent.1"


async def test_nothing_is_loaded_from_elsewhere_and_the_policy_stops_nothing(site: Site) -> None:
    references = await tell(site.house)
    page = await site.signed_in()
    said, asked = list[str](), set[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.add(request.url))
    for path in ("/", f"/haendelser/{references['red']}", f"/haendelser/{references['red']}?position=4", "/docs"):
        await page.goto(f"{site.url}{path}")
        await expect(page.get_by_role("main")).to_be_visible()
    assert said == []
    assert {url for url in asked if not url.startswith(site.url)} == set()
    assert any("all-svg-icons" in url for url in asked)
