"""Maps in a browser: accessible, on any width, every text inside its box as the browser writes it, and ready for print."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape
from domain.catalogue.ties import Tie
from handlers.catalogue import Change, change_all
from tests.browser.conftest import Site
from tests.browser.test_accessibility import axe, violations
from tests.support.catalogues import CARE, SERVER, bond, classed, ident, new, small
from tests.support.landscapes import SERVICE, TOP, grown
from tests.support.waiting import until

__all__ = ["axe"]
pytestmark = pytest.mark.browser
MAP = f"/katalog/{ident(Kind.SERVICE, CARE)}/kort"
LONG = "Borgerservicecenterets sagsbehandlingsunderstøttelsessystem for hjemmeplejevisitation og hjælpemidler"


def told(landscape: Landscape) -> list[Change]:
    """What makes a catalogue of a landscape."""
    nodes = landscape.nodes
    changes = [new(node.kind, node.name, administration=node.administration) for node in nodes.values()]
    for source, node in nodes.items():
        for one in landscape.bonds(source):
            to = nodes[one.to]
            more = {"weight": one.weight, "group": one.group}
            changes.append(bond((node.kind, node.name), one.tie, (to.kind, to.name), **more))
    return [*changes, *classed(SERVICE, ServiceClass.SOCIETY_CRITICAL, 1 + len(landscape.bonds(TOP)) + 1)]


async def fill(site: Site, changes: list[Change]) -> None:
    await site.house.parts.desk.committer.submit(lambda uow: change_all(uow, changes))
    await site.house.parts.wait_for(site.house.store.head())


OUTSIDE = """() => [...document.querySelectorAll('.map svg a, .map svg g')].flatMap(group => {
  const outline = group.querySelector(':scope > path:last-of-type');
  const texts = [...group.querySelectorAll(':scope > text')];
  if (!outline || !texts.length) return [];
  const boxes = [...group.querySelectorAll(':scope > path')].map(p => p.getBBox()).filter(b => b.width > 100);
  return texts.filter(text => {
    const t = text.getBBox();
    return !boxes.some(b => t.x >= b.x && t.x + t.width <= b.x + b.width && t.y >= b.y && t.y + t.height <= b.y + b.height);
  }).map(text => text.textContent);
})"""


async def small_map(site: Site) -> None:
    system = new(Kind.SYSTEM, LONG, administration="Beskæftigelse, Borgerservice og Digitalisering")
    await fill(site, [*small(), system, bond((Kind.SERVICE, CARE), Tie.DEPENDS_ON, (Kind.SYSTEM, LONG))])
    await site.house.report(components=[SERVER])
    await site.house.report(components=[SERVER], exercise=True)


@pytest.mark.parametrize("width", [360])
async def test_axe_finds_nothing_on_a_map(site: Site, axe: str, width: int) -> None:
    page = await site.signed_in(width=width)
    await page.goto(f"{site.url}/katalog/kort")
    assert await violations(page, axe) == []
    await small_map(site)
    for path in (MAP, f"{MAP}?depth=1", f"{MAP}?depth=ni", "/katalog/kort"):
        await page.goto(f"{site.url}{path}")
        assert await violations(page, axe) == [], path


@pytest.mark.parametrize("width", [320])
async def test_a_map_scrolls_in_a_region_of_its_own_and_the_page_does_not(site: Site, width: int) -> None:
    """1280 pixels at 400 % are 320: WCAG 1.4.10 lets a picture that needs two directions scroll, and nothing else."""
    await small_map(site)
    page = await site.signed_in(width=width)
    await page.goto(f"{site.url}{MAP}")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    region = page.get_by_role("region", name="Kortet. Rul til siden for at se det hele.")
    await expect(region).to_be_visible()
    assert await region.evaluate("map => map.scrollWidth > map.clientWidth")
    await region.focus()
    await page.keyboard.press("ArrowRight")
    await until(lambda: region.evaluate("map => map.scrollLeft > 0"))


@pytest.mark.parametrize("size", [20, 90])
async def test_every_text_is_inside_its_box_as_the_browser_writes_it(site: Site, size: int) -> None:
    await fill(site, told(grown(size)))
    await small_map(site)
    page = await site.signed_in()
    for path in (f"/katalog/{TOP}/kort", MAP):
        await page.goto(f"{site.url}{path}")
        await page.evaluate("document.fonts.ready")
        assert await page.locator(".map svg text").count() > 20
        assert await page.evaluate(OUTSIDE) == []


async def test_a_box_leads_to_its_object_by_mouse_and_by_keyboard(site: Site) -> None:
    await small_map(site)
    page = await site.signed_in()
    await page.goto(f"{site.url}{MAP}")
    link = page.locator(".map svg a", has_text=SERVER)
    await link.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name=SERVER)).to_be_visible()


async def test_a_printed_map_is_as_wide_as_the_paper_and_has_no_form(site: Site) -> None:
    await fill(site, told(grown(30)))
    page = await site.signed_in(width=800)
    await page.goto(f"{site.url}/katalog/{TOP}/kort")
    assert await wide(page) > 800
    await page.emulate_media(media="print")
    assert await wide(page) <= 800
    await expect(page.get_by_role("button", name="Vis kortet")).to_be_hidden()


async def wide(page: Page) -> float:
    found: Any = await page.locator(".map svg").evaluate("svg => svg.getBoundingClientRect().width")
    return float(found)
