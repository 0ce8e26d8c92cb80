"""Everything works without JavaScript: on a hardened browser, or when a proxy eats the scripts."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


async def test_a_telephone_call_becomes_an_incident_and_its_clocks_run(site: Site) -> None:
    page = await site.signed_in(javascript=False)
    await page.get_by_label("Hvad er der sket?").fill("Tablets viser ingen køreliste")
    await page.get_by_label("Hvor?").fill("Hjemmeplejen Nord")
    await page.get_by_role("button", name="Registrér").click()
    await expect(page.get_by_role("heading", name="H-2026-0001 Tablets viser ingen køreliste")).to_be_visible()
    await page.get_by_role("button", name="Væsentlig nu").click()
    await expect(page.get_by_text("Hurtigst muligt, senest man. 23. nov. 2026 kl. 10.00").first).to_be_visible()
    await page.goto(site.url)
    await expect(page.get_by_role("heading", name="Næste pligt")).to_be_visible()
    await expect(page.get_by_text("om 24 t 0 min").first).to_be_visible()


async def test_a_refused_form_takes_the_reader_to_what_is_wrong(site: Site) -> None:
    reference = await site.house.report()
    page = await site.signed_in(javascript=False, width=360)
    await page.goto(f"{site.url}/haendelser/{reference}")
    await page.locator("#fase-learning > summary").click()
    await page.locator("#trin-close > summary").click()
    await page.locator("#close-reason").select_option("resolved")
    await page.locator("#close-summary").fill("Ordnet")
    await page.locator("#form-close").get_by_role("button").click()
    alert = page.get_by_role("alert")
    await expect(alert).to_have_text("Hændelsen skal først vurderes: er den væsentlig eller ikke?")
    await expect(alert).to_be_focused()
    await expect(page.locator("#close-summary")).to_have_value("Ordnet")


async def test_the_replay_is_walked_by_links(site: Site) -> None:
    reference = await site.house.report()
    await site.house.step(reference, "assess", significant=False, nis2_category="low", reason="Intet er ramt")
    await site.house.step(reference, "note", text="Senere")
    page = await site.signed_in(javascript=False)
    await page.goto(f"{site.url}/haendelser/{reference}?position=2")
    await expect(page.get_by_role("row", name="Status Registreret Vurderet")).to_be_visible()
    await page.get_by_role("link", name="Forrige skridt").click()
    await expect(page.get_by_text("Status: Registreret")).to_be_visible()
    await page.get_by_role("link", name="Vis hændelsen nu").click()
    await expect(page.locator("#live").get_by_text("Senere", exact=True)).to_be_visible()


async def test_a_stranger_signs_in_with_the_token_and_out_again(site: Site) -> None:
    page = await (await site.context(javascript=False)).new_page()
    await page.goto(f"{site.url}/haendelser/H-2026-0001")
    await page.get_by_label("Token").fill("a-token-of-a-test")
    await page.get_by_role("button", name="Log ind").click()
    await expect(page.get_by_text("Det findes ikke her")).to_be_visible()
    await page.get_by_role("button", name="Log ud").click()
    await expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    await page.goto(site.url)
    await expect(page.get_by_label("Token")).to_be_visible()
