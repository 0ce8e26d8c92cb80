"""A real Chromium against a real server on loopback."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from inspect import iscoroutinefunction
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from adapters.web.server import serve_http
from tests.adapters.web.support import TOKEN, House, a_house

PATIENCE_MS = 20_000
"""For machines with other things to do."""
expect.set_options(timeout=PATIENCE_MS)

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@dataclass
class Site:
    """A served house and a browser to look at it with."""

    house: House
    url: str
    browser: Browser

    async def context(self, *, width: int = 1280, javascript: bool = True) -> BrowserContext:
        made = await self.browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
        )
        made.set_default_timeout(PATIENCE_MS)
        return made

    async def signed_in(self, *, width: int = 1280, javascript: bool = True) -> Page:
        page = await (await self.context(width=width, javascript=javascript)).new_page()
        await page.goto(f"{self.url}/?token={TOKEN}")
        return page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser belongs to the event loop in which it was started."""
    for item in items:
        if item.get_closest_marker("browser") and isinstance(item, pytest.Function) and iscoroutinefunction(item.function):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Started once, which takes over a second; no two contexts of it share anything."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path, request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Site]:
    """`@pytest.mark.parametrize("site", [{"demo": True}], indirect=True)` serves a demo."""
    async with (
        a_house(tmp_path, demo=getattr(request, "param", {}).get("demo", False)) as house,
        serve_http(house.app, "127.0.0.1", 0) as url,
    ):
        yield Site(house, url, browser)
        for context in browser.contexts:
            await context.close()
        house.commits.close()
