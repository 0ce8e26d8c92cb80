"""A notice in the browser: without JavaScript on a telephone from the log to the receipt, and accessible when refused."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Site
from tests.browser.test_accessibility import axe, violations

__all__ = ["axe"]
pytestmark = pytest.mark.browser


async def test_an_early_warning_is_drafted_approved_and_recorded_on_a_telephone_without_javascript(site: Site) -> None:
    reference = await site.house.report("Omsorgsjournalen svarer ikke")
    await site.house.step(reference, "significant-now", suspected_malicious="yes", reason="Medicinlister mangler")
    page = await site.signed_in(width=360, javascript=False)
    await page.goto(f"{site.url}/haendelser/{reference}")
    await page.get_by_role("link", name="Tidlig varsling", exact=True).click()
    await expect(page.get_by_text("Et menneske indsender på virk.dk").first).to_be_visible()
    await page.get_by_role("button", name="Gem udkast").click()
    await page.get_by_role("group", name="Er du alene på vagt?").get_by_label("Ja").check()
    await page.get_by_role("button", name="Godkend udkastet").click()
    await expect(page.get_by_text("Udkastet er godkendt.")).to_be_visible()
    await page.get_by_label("Kvitteringens nummer").fill("K-1")
    await page.get_by_role("button", name="Registrér, at den er sendt").click()
    await expect(page.get_by_role("heading", name="Det, der er sendt")).to_be_visible()
    await expect(page.get_by_text("Alle felter siger det samme")).to_be_visible()


async def test_axe_finds_nothing_on_a_notice_that_was_refused(site: Site, axe: str) -> None:
    reference = await site.house.report()
    page = await site.signed_in(width=360)
    await page.goto(f"{site.url}/haendelser/{reference}/underretning/early_warning")
    await page.get_by_role("textbox", name="Opdaget").fill("i går")
    await page.get_by_role("button", name="Gem udkast").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    assert await violations(page, axe) == []
    assert (await page.title()).startswith("Fejl: ")
