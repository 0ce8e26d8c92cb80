"""The catalogue's pages in a real browser: axe on each, nothing cut off on a phone, everything by keyboard."""

from functools import partial

import pytest
from playwright.async_api import expect

from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from handlers.catalogue import Change, change_all
from tests.adapters.web.support import House
from tests.browser.conftest import Site
from tests.browser.test_accessibility import axe, violations
from tests.support.catalogues import CARE, PLAN, SERVER, SYSTEM, classed, ident, new, proposed, small

__all__ = ["axe"]
pytestmark = pytest.mark.browser
LONG = "Etmegetlangtnavnsomingenbrowserkandelenogetsted" * 3


async def fill(house: House) -> None:
    """Services of every class, one with a name that nothing breaks, one that waits, a page and more of systems."""
    told = [
        *small(),
        new(Kind.SERVICE, LONG, administration="Teknik og Miljø"),
        *classed(LONG, ServiceClass.SOCIETY_CRITICAL, 2),
    ]
    told += [new(Kind.SERVICE, "Bibliotek"), Change(ident(Kind.SERVICE, "Bibliotek"), proposed(ServiceClass.ORDINARY))]
    told += [new(Kind.SYSTEM, f"system-{number:03}", aliases=("srv-" + "x" * 120,)) for number in range(120)]
    await house.parts.desk.committer.submit(partial(change_all, proposed=told))
    await house.parts.wait_for(house.store.head())
    await house.report("Journalen svarer ikke", services=[CARE], components=[SERVER])


def paths() -> list[str]:
    """One address for each way a page can look."""
    care, system, plan = (f"/katalog/{ident(*one)}" for one in ((Kind.SERVICE, CARE), (Kind.SYSTEM, SYSTEM), (Kind.PLAN, PLAN)))
    library, long = (f"/katalog/{ident(Kind.SERVICE, name)}" for name in ("Bibliotek", LONG))
    lists = ["/katalog", "/katalog?slags=system&side=2", "/katalog?slags=plan", "/katalog?tekst=findes-ikke"]
    objects = [
        care,
        system,
        plan,
        library,
        long,
        f"{care}?at=2026-11-21T10:00",
        f"{care}?at=2026-11-22T10:00",
        "/katalog/ukendt",
    ]
    acts = ("change", "tie", "propose-class", "approve-class", "reject-class", "retire")
    forms = ["/katalog/ny", "/katalog/ny?slags=contract", f"{plan}/fil/ny", *(f"{care}/trin/{act}" for act in acts)]
    untie = f"{care}/trin/untie?tie=depends_on&to={ident(Kind.SYSTEM, SYSTEM)}"
    return [*lists, *objects, *forms, untie, "/katalog/kritiske", "/katalog/mangler", "/katalog/mangler?slags=unused"]


@pytest.mark.parametrize("width", [360])
async def test_axe_finds_nothing_on_any_page_of_the_catalogue(site: Site, axe: str, width: int) -> None:
    page = await site.signed_in(width=width)
    await page.goto(f"{site.url}/katalog")
    assert await violations(page, axe) == [], "while it is empty"
    await fill(site.house)
    for path in paths():
        await page.goto(f"{site.url}{path}")
        assert await violations(page, axe) == [], path


@pytest.mark.parametrize("width", [320])
async def test_nothing_of_the_catalogue_is_cut_off_on_a_narrow_screen(site: Site, width: int) -> None:
    await fill(site.house)
    page = await site.signed_in(width=width)
    for path in paths():
        await page.goto(f"{site.url}{path}")
        await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path


async def test_a_service_is_registered_and_tied_by_keyboard_alone_without_javascript(site: Site) -> None:
    await fill(site.house)
    page = await site.signed_in(width=360, javascript=False)
    await page.goto(f"{site.url}/katalog")
    await page.get_by_role("link", name="Registrér i kataloget").focus()
    await page.keyboard.press("Enter")
    await page.get_by_label("Navn (skal udfyldes)").focus()
    await page.keyboard.type("Vandforsyning")
    await page.get_by_label("Forsyning: vand, varme, affald, el").focus()
    await page.keyboard.press("Space")
    await page.get_by_role("button", name="Registrér").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Vandforsyning")
    await expect(page.get_by_role("status")).to_contain_text("Gemt")
    await page.get_by_role("link", name="Knyt til noget andet").focus()
    await page.keyboard.press("Enter")
    await page.get_by_label("Hvordan hænger de sammen?").select_option("depends_on")
    await page.get_by_label("Med hvad?").focus()
    await page.keyboard.type(SYSTEM.upper())
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name=SYSTEM).first).to_be_visible()
    await expect(page.get_by_text("Vandforsyning afhænger af").first).to_be_visible()


async def test_a_form_that_was_refused_is_accessible_and_says_so_first(site: Site, axe: str) -> None:
    page = await site.signed_in()
    await page.goto(f"{site.url}/katalog/ny")
    await page.locator("form[action='/katalog/ny']").evaluate("form => { form.noValidate = true; form.submit() }")
    await expect(page.get_by_role("alert")).to_be_visible()
    assert await violations(page, axe) == []
    assert (await page.title()).startswith("Fejl: ")
