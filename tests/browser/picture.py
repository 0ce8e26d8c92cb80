"""`python -m tests.browser.picture` takes the README's picture anew: the demo's front page, once its live part has played."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.support.demo import running_demo
from tests.support.tree import ROOT

PICTURE = ROOT / ".readme" / "overview.png"
LIVE_PART_MS = 60_000


async def take(picture: Path) -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        async with running_demo(Path(folder)) as demo, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = await browser.new_page(viewport={"width": 1120, "height": 900}, locale="da-DK")
            await page.goto(f"{demo.url}/?token={demo.token}")
            await page.get_by_text("61 signaler").wait_for(timeout=LIVE_PART_MS)
            await page.screenshot(path=picture)
            await browser.close()


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    asyncio.run(take(PICTURE))
    print(f"{PICTURE}: {PICTURE.stat().st_size} bytes")  # noqa: T201 - a script says what it made
