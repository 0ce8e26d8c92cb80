"""Differences from other registers in a browser: accessible on any width, and decided without a mouse or JavaScript."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from domain.catalogue.kinds import Kind
from handlers.registers import RegisterObject, RegisterState
from tests.browser.conftest import Site
from tests.browser.test_accessibility import axe, violations
from tests.browser.test_map import fill
from tests.support.catalogues import SYSTEM, small

__all__ = ["axe"]
pytestmark = pytest.mark.browser
PAGE = "/katalog/afvigelser"
LONG = "Borgerservicecenterets sagsbehandlingsunderstøttelsessystem for hjemmeplejevisitation og hjælpemidler"


async def differing(site: Site) -> None:
    """A register that knows the small catalogue's system by another owner, has one more, and failed last."""
    await fill(site, small())
    known = {"name": SYSTEM, "owner": "os2kitos:5b1f1d5e-3f6a-4a5e-9a55-0d6a1f7e2b11"}
    objects = [
        RegisterObject(kind=Kind.SYSTEM, key="a", facts=known),
        RegisterObject(kind=Kind.SYSTEM, key="b", facts={"name": LONG, "hosting": "supplier"}),
        RegisterObject(kind=Kind.SYSTEM, key="c", facts={"name": "Skole", "owner": "Ole Olsen"}),
    ]
    now = site.house.clock.now
    told = RegisterState("os2kitos", "c", tuple(objects), now, "OS2kitos answered 500", now + timedelta(hours=1))
    site.house.registers = (told, RegisterState("servicenow"))


@pytest.mark.parametrize("width", [360])
async def test_axe_finds_nothing_and_nothing_runs_over_the_edge(site: Site, axe: str, width: int) -> None:
    page = await site.signed_in(width=width)
    await page.goto(f"{site.url}{PAGE}")
    assert await violations(page, axe) == []
    await differing(site)
    await page.goto(f"{site.url}{PAGE}")
    assert await violations(page, axe) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_a_person_decides_by_keyboard_and_without_javascript(site: Site) -> None:
    await differing(site)
    page = await site.signed_in(javascript=False)
    await page.goto(f"{site.url}{PAGE}")
    box = page.get_by_label(f"Vælg {SYSTEM}: Forskel: rettet her")
    await box.focus()
    await page.keyboard.press("Space")
    await expect(box).to_be_checked()
    await page.get_by_label("Hvorfor").fill("Kitos har ret")
    await page.get_by_role("button", name="Overtag de valgte").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Det er registreret.")
    await expect(page.get_by_label(f"Vælg {SYSTEM}: Forskel: rettet her")).to_have_count(0)
