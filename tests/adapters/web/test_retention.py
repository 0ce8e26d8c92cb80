"""The page under the organisation tells in plain words how long what is kept, what is to come, and what was let go."""

import re
from datetime import date
from functools import partial

from domain.retention.events import PayloadsErased
from domain.retention.periods import Periods
from handlers.retention import change, periods_set
from tests.adapters.web.support import House
from tests.support.incidents import meta

PAGE = "/organisation/opbevaring"


async def page(house: House, path: str = PAGE) -> str:
    async with house.client(Accept="text/html") as browser:
        answer = await browser.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


async def test_the_suggested_periods_are_shown_until_somebody_chooses(house: House) -> None:
    shown = await page(house)
    assert "Det er Sporlogs forslag" in shown
    assert "Væsentlige hændelser (§ 12), fra de blev lukket 10 år Et menneske beslutter" in shown
    assert "Intet endnu." in shown
    assert "Significant incidents (§ 12), from when they were closed 10 years A person decides" in await page(
        house, f"{PAGE}?lang=en"
    )
    assert "Hvor længe vi gemmer hvad" in await page(house, "/organisation")


async def test_what_was_decided_and_let_go_is_told_newest_first(house: House) -> None:
    submit, origin = house.parts.desk.committer.submit, house.parts.origin("cli", "test")
    coming = periods_set(Periods(logs="1 years"), date(2027, 1, 1), "Ny arkivplan", origin)
    await submit(partial(change, proposed=coming))
    gone = PayloadsErased(meta=meta(), month="2024-10", what="payloads", rows=3, key="payload:2024-10", number=0)
    await submit(partial(change, proposed=gone))
    shown = await page(house)
    assert "Frister nr. 1, fra 2027-01-01" in shown
    assert "Frister, der gælder nu (nr. 0)" in shown
    newer, older = shown.index("alle alarmer fra 2024-10 slettet"), shown.index("gælder fra 2027-01-01: Ny arkivplan")
    assert newer < older
