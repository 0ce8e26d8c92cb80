"""At 02:00 on a telephone, by somebody who never saw it: from a call or an alert to a judgement, without JavaScript."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.story import alerts
from tests.browser.test_accessibility import axe, violations

__all__ = ["axe"]
pytestmark = pytest.mark.browser
TELEPHONE = 360


async def answer(page: Page, question: str, option: str) -> None:
    await page.get_by_role("group", name=question).get_by_label(option, exact=True).check()


async def test_the_guide_works_end_to_end_without_javascript(site: Site) -> None:
    reference = await site.house.report()
    page = await site.signed_in(width=TELEPHONE, javascript=False)
    await page.goto(f"{site.url}/haendelser/{reference}")
    await page.get_by_role("link", name="Gennemgå spørgeguiden").first.click()
    await answer(page, "1. Hvad beskriver bedst", "En hændelse")
    await answer(page, "5. Kan liv, helbred", "Ja, det er muligt")
    await answer(page, "7. Tyder noget", "Ved ikke")
    await page.get_by_role("button", name="Se anbefaling").click()
    advice = page.get_by_role("heading", name="Anbefaling: væsentlig hændelse")
    await expect(advice).to_be_in_viewport()
    assert site.house.store.head() == 1
    await answer(page, "Er hændelsen væsentlig?", "Nej, ikke væsentlig (Lav)")
    await page.get_by_role("button", name="Gem vurderingen").click()
    await expect(page.get_by_role("alert")).to_be_focused()
    await expect(page.get_by_role("group", name="5. Kan liv, helbred").get_by_label("Ja, det er muligt")).to_be_checked()
    await answer(page, "Er hændelsen væsentlig?", "Ja, væsentlig (Høj): skal underrettes anbefalet")
    await page.get_by_role("button", name="Gem vurderingen").click()
    await expect(page.get_by_role("link", name="Skriv: Tidlig varsling")).to_be_visible()
    await expect(page.get_by_text("Status: Vurderet")).to_be_visible()


async def test_an_alert_is_significant_and_its_early_warning_at_hand_in_three_clicks(site: Site) -> None:
    async with site.house.client() as client:
        await client.post("/intake/alertmanager", content=alerts(0, 1))
    await site.house.parts.wait_for(site.house.store.head())
    page = await site.signed_in(width=TELEPHONE)
    await page.get_by_role("link", name="H-2026-0001").first.click()
    await page.get_by_role("button", name="Væsentlig nu").click()
    sheet = page.get_by_role("link", name="Skriv: Tidlig varsling")
    await expect(sheet).to_be_visible()
    assert await sheet.get_attribute("href") == "/haendelser/H-2026-0001/underretning/early_warning"


async def test_the_facts_that_are_being_told_stay_when_the_page_updates_itself(site: Site) -> None:
    reference = await site.house.report()
    page = await site.signed_in(width=TELEPHONE)
    await page.goto(f"{site.url}/haendelser/{reference}")
    await page.get_by_text("To oplysninger, hvis du har dem").click()
    await answer(page, "Mistanke om", "Ja")
    await site.house.step(reference, "note", text="Nyt imens")
    await expect(page.get_by_text("Nyt imens")).to_be_visible()
    await expect(page.get_by_role("group", name="Mistanke om").get_by_label("Ja")).to_be_checked()
    await page.get_by_role("button", name="Væsentlig nu").click()
    await expect(page.get_by_role("heading", name="Erklæret væsentlig")).to_be_visible()


@pytest.mark.parametrize("width", [TELEPHONE, 1280])
async def test_the_recommendation_is_accessible_and_fits_the_screen(site: Site, axe: str, width: int) -> None:
    reference = await site.house.report(exercise=True)
    page = await site.signed_in(width=width)
    await page.goto(f"{site.url}/haendelser/{reference}/vurder?del=2")
    await answer(page, "5. Kan liv, helbred", "Ja, det er muligt")
    await page.locator('[name="q1.economy_amount"][type="text"]').fill("mange")
    await page.get_by_role("button", name="Se anbefaling").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    assert await violations(page, axe) == []
    await page.locator('[name="q1.economy_amount"][type="text"]').fill("1.200")
    await page.get_by_role("button", name="Se anbefaling").click()
    await expect(page.get_by_role("heading", name="Anbefaling: væsentlig hændelse")).to_be_in_viewport()
    assert await violations(page, axe) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
