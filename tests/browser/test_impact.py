"""What an incident hits, in a browser: accessible on any width, and from a report to a corrected severity by keyboard alone."""

import pytest
from playwright.async_api import expect

from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie, Weight
from handlers.catalogue import change_all
from tests.browser.conftest import Site
from tests.browser.test_accessibility import axe, violations
from tests.support.catalogues import CARE, SERVER, SYSTEM, bond, new, small

__all__ = ["axe"]
pytestmark = pytest.mark.browser


async def fill(site: Site) -> None:
    more = [f"Ydelse med et temmelig langt navn, nummer {number}" for number in range(12)]
    tied = [bond((Kind.SERVICE, name), Tie.DEPENDS_ON, (Kind.SYSTEM, SYSTEM), weight=Weight.DEGRADES) for name in more]
    changes = [*small(), *(new(Kind.SERVICE, name) for name in more), *tied]
    await site.house.parts.desk.committer.submit(lambda uow: change_all(uow, changes))
    await site.house.parts.wait_for(site.house.store.head())


@pytest.mark.parametrize("width", [360])
async def test_axe_finds_nothing_and_nothing_is_cut_off_where_it_is_shown_and_where_services_are_picked(
    site: Site, axe: str, width: int
) -> None:
    await fill(site)
    reference = await site.house.report(components=[SERVER, "srv-" + "x" * 120])
    page = await site.signed_in(width=width)
    for path in ("/", f"/haendelser/{reference}"):
        await page.goto(f"{site.url}{path}")
        assert await violations(page, axe) == [], path
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path


async def test_a_service_is_picked_and_the_severity_of_its_class_recorded_without_a_mouse(site: Site) -> None:
    await fill(site)
    page = await site.signed_in()
    assert await page.locator("#report-services-navne option").first.text_content() == f"{CARE} (samfundskritisk)"
    await page.get_by_label("Hvad er der sket?").fill("Omsorgsjournalen svarer ikke")
    await page.get_by_label("Berørte ydelser 1").fill(CARE)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Anbefalet alvor: Kritisk. Hændelsen står som: Mellem.")).to_be_visible()
    await page.get_by_role("link", name="Ret alvoren til den anbefalede").press("Enter")
    save = page.get_by_role("button", name="Gem: Ret oplysning")
    await expect(save).to_be_visible()
    await save.press("Enter")
    await expect(page.get_by_text("Anbefalet alvor: Kritisk, og det er den, der står.")).to_be_visible()
    await expect(page.get_by_text("Alvor: Kritisk", exact=True).first).to_be_visible()
