"""Somebody of the water company in a browser of their own: from the link they were handed to an incident they report."""

import pytest
from playwright.async_api import expect

from domain.organisation.events import ORGANISATION
from tests.browser.conftest import Site
from tests.support.organisations import OTHER_CVR, WATER, registered

pytestmark = pytest.mark.browser


async def test_a_link_opens_ones_own_entity_and_the_page_closes_when_access_is_withdrawn(site: Site) -> None:
    house = site.house
    events = [registered(), registered(WATER, cvr=OTHER_CVR, prefix="VA")]
    await house.parts.desk.committer.submit(lambda uow: uow.append(ORGANISATION, events, expected=0))
    await house.report("Kommunens journal svarer ikke")
    page = await (await site.context()).new_page()
    await page.goto(f"{site.url}/?token={await house.grant('u-51', WATER)}")

    await expect(page).to_have_url(f"{site.url}/")
    await expect(page.get_by_text("Ingen hændelser, som du har adgang til")).to_be_visible()
    await page.get_by_role("link", name="Du er u-51").click()
    await expect(page.get_by_text("får altid dette navn")).to_be_visible()
    await page.get_by_role("link", name="Overblik").click()
    await page.get_by_label("Hvad er der sket?").fill("Trykket falder")
    await page.get_by_role("button", name="Registrér").click()
    await expect(page.get_by_role("heading", name="Trykket falder")).to_be_visible()
    assert page.url.startswith(f"{site.url}/haendelser/VA-2026-0001")

    # The overview lives: what others report does not come, what is one's own does.
    await page.get_by_role("link", name="Overblik").click()
    await expect(page.get_by_role("heading", name="Åbne hændelser (1)")).to_be_visible()
    await house.report("Kommunens telefoner er tavse")
    await house.report("Pumpen er stoppet", entity=WATER)
    await expect(page.get_by_role("heading", name="Åbne hændelser (2)")).to_be_visible()
    await expect(page.get_by_text("Kommunens")).to_have_count(0)

    await house.withdraw("u-51")
    await page.reload()
    await expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
