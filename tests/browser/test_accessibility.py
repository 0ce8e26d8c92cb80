"""WCAG 2.1 AA, as far as a machine can tell: axe-core on every page, and what it does not look at."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from adapters.web.build_assets import fetch
from domain.emergency_lists.seen import Problem
from domain.organisation.events import OrganisationEvent
from domain.policy import Policy
from domain.roles import Role
from handlers.emergency_lists import change as change_list
from handlers.organisation import change
from tests.browser.conftest import Site
from tests.browser.story import tell
from tests.support.emergency_lists import checked, declared, released
from tests.support.organisations import contact, named, placed, policy, registered
from tests.support.tree import ROOT

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core, fetched as the wheel's assets are: pinned by version and hash."""
    modules = fetch(ROOT / "tests" / "browser", tmp_path_factory.mktemp("axe"))
    return (modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


async def paths(site: Site) -> list[str]:
    """One address for each way a page can look."""
    references = await tell(site.house)
    filled: list[OrganisationEvent] = [
        registered(),
        placed(Role.NOTIFIER, "u-1", "u-2"),
        named(),
        contact(),
        policy(Policy(), "laerkeborg"),
    ]
    for event in filled:
        await site.house.parts.desk.committer.submit(partial(change, proposed=event))
    for told in (declared(), checked(0, Problem.LATE, Problem.TOO_OPEN), released(), declared(name="Medicin")):
        await site.house.parts.desk.committer.submit(partial(change_list, proposed=told))
    closed, amber = f"/haendelser/{references['closed']}", f"/haendelser/{references['amber']}"
    filed = f"/haendelser/{references['red']}/underretning/early_warning"
    papers = [filed, f"{amber}/underretning/incident_notification", f"{amber}/underretning/recipients", f"{amber}/brief"]
    lists = ["/lister", "/lister/judgements", "/lister/todos", "/lister/breaches?from=2026-11-30&to=2026-11-01"]
    plain = ["/handlingskort", "/organisation", "/regler", "/docs", "/log-ind", "/haendelser/H-2026-0404"]
    plain += [
        "/organisation/opbevaring",
        "/organisation/persondata",
        "/noedlister",
        "/noedpakke",
        "/fra-papir",
        f"/fra-papir?til={references['amber']}",
    ]
    plain += ["/ledelse", "/ledelse?period=x", "/ledelse/tal/incidents"]
    mine = [closed, amber, f"{amber}/vurder?del=2", f"{amber}?at=2026-11-21T13:00", f"{amber}/laesninger"]
    mine += [f"{amber}/dokumenter"]
    return ["/", *mine, *papers, *lists, *plain]


async def violations(page: Page, axe: str) -> list[str]:
    await page.evaluate(axe)
    # Closed sections hold forms that must be accessible too.
    await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found: dict[str, Any] = await page.evaluate(f"axe.run({{runOnly: {RULES}, resultTypes: ['violations']}})")
    return [f"{v['id']}: {v['help']}: {n['html'][:150]}" for v in found["violations"] for n in v["nodes"]]


@pytest.mark.parametrize("site", [{"demo": True}], indirect=True)
@pytest.mark.parametrize("width", [360])
async def test_axe_finds_nothing_on_any_page(site: Site, axe: str, width: int) -> None:
    page = await site.signed_in(width=width)
    assert await violations(page, axe) == []
    for path in await paths(site):
        await page.goto(f"{site.url}{path}")
        assert await violations(page, axe) == [], path


async def test_axe_finds_nothing_on_a_form_that_was_refused(site: Site, axe: str) -> None:
    reference = await site.house.report()
    page = await site.signed_in()
    await page.goto(f"{site.url}/haendelser/{reference}")
    await page.locator("#form-close").evaluate("form => { form.noValidate = true; form.submit() }")
    await expect(page.get_by_role("alert")).to_be_visible()
    assert await violations(page, axe) == []
    assert (await page.title()).startswith("Fejl: ")


@pytest.mark.parametrize("width", [320])
async def test_nothing_is_cut_off_on_a_narrow_screen_or_at_double_size(site: Site, width: int) -> None:
    # 1280 pixels at 200 % are 640; WCAG 1.4.10 asks for 320.
    await site.house.report("Etmegetlangtordsomingenbrowserkandelenogetsted" * 3, components=["srv-" + "x" * 120])
    page = await site.signed_in(width=width)
    for path in await paths(site):
        await page.goto(f"{site.url}{path}")
        await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path


async def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(site: Site) -> None:
    await site.house.report()
    page = await site.signed_in()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Gå til indhold")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()
    for _ in range(8):
        await page.keyboard.press("Tab")
        seen = await page.evaluate(
            "(s => s.outlineStyle !== 'none' && s.outlineWidth !== '0px')(getComputedStyle(document.activeElement))"
        )
        assert seen, await page.evaluate("document.activeElement.outerHTML")


async def test_urgency_is_said_in_words_and_not_only_in_colour(site: Site) -> None:
    await tell(site.house)
    page = await site.signed_in()
    for state, word in (("overdue", "Overskredet"), ("soon", "Haster"), ("running", "Løber")):
        badges = await page.locator(f".state-{state}").all()
        assert badges, f"the story shows nothing that is {state}"
        for badge in badges:
            assert (await badge.inner_text()).strip() == word
            assert await badge.locator("svg").count() == 1


def test_the_pinned_axe_names_no_registry() -> None:
    assert "resolved" not in (Path(__file__).parent / "package-lock.json").read_text(encoding="utf-8")
