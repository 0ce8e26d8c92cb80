"""A real Chromium against a real server on loopback."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
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


@pytest.fixture
async def site(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Site]:
    """`@pytest.mark.parametrize("site", [{"demo": True}], indirect=True)` serves a demo."""
    async with (
        a_house(tmp_path, demo=getattr(request, "param", {}).get("demo", False)) as house,
        serve_http(house.app, "127.0.0.1", 0) as url,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield Site(house, url, browser)
        await browser.close()
        house.commits.close()
