"""The page on which paper is entered: shown first, then recorded, and nothing that was typed is lost."""

import re
from html import unescape

from tests.adapters.web.support import House

NIGHT = "2026-11-20 02:10; vagt-3; N; Ringede til driften\n2026-11-20 02:40; u-7; V; Medicinlister mangler"
SENT = {"title": "Journalen er væk", "severity": "high", "occurred_at": "2026-11-20T02:00", "lines": NIGHT}


def shown_of(page: str) -> str:
    (found,) = re.findall(r'name="shown" value="(\w+)"', page)
    return str(found)


async def test_it_is_shown_before_it_is_recorded(house: House) -> None:
    async with house.client(Accept="text/html") as browser:
        assert 'href="/fra-papir"' in (await browser.get("/")).text
        shown = await browser.post("/fra-papir", data={**SENT, "vis": "ja"})
        assert shown.status_code == 200
        assert house.store.head() == 0
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(shown.text)))
        assert "fre. 20. nov. 2026 kl. 02.10 vagt-3 Notat Ringede til driften" in text
        seen = {"gem": "ja", "shown": shown_of(shown.text)}
        changed = await browser.post("/fra-papir", data={**SENT, **seen, "lines": NIGHT.replace("Ringede", "Skrev")})
        assert (changed.status_code, house.store.head()) == (200, 0), "what was changed since is shown first"
        recorded = await browser.post("/fra-papir", data={**SENT, **seen})
        assert recorded.status_code == 303
        page = (await browser.get(recorded.headers["location"])).text
        assert "Ringede til driften" in page
        assert f"/fra-papir?til={recorded.headers['location'].rpartition('/')[2]}" in page


async def test_a_line_that_cannot_be_read_keeps_everything_that_was_typed(house: House) -> None:
    wrong = NIGHT + "\n2026-11-20 05:00; Anne Jensen; N; x"
    async with house.client(Accept="text/html") as browser:
        answer = await browser.post("/fra-papir", data={**SENT, "lines": wrong, "gem": "ja"})
    assert answer.status_code == 422
    assert house.store.head() == 0
    shown = unescape(answer.text)
    assert "line 3" in shown
    assert "Ringede til driften" in shown
    assert 'value="Journalen er væk"' in shown


async def test_a_cpr_number_is_warned_of_first(house: House) -> None:
    sent = {**SENT, "lines": "2026-11-20 02:10; vagt-3; N; Borgeren 010190-1234", "gem": "ja"}
    async with house.client(Accept="text/html") as browser:
        answer = await browser.post("/fra-papir", data=sent)
        assert (answer.status_code, house.store.head()) == (422, 0)
        assert 'name="cpr_ok"' in answer.text
        assert (await browser.post("/fra-papir", data={**sent, "cpr_ok": "ja"})).status_code == 303


async def test_it_goes_on_with_an_incident_that_may_be_seen(house: House) -> None:
    reference = await house.report()
    async with house.client(Accept="text/html") as browser:
        assert reference in (await browser.get(f"/fra-papir?til={reference}")).text
        sent = {"til": reference, "lines": NIGHT, "gem": "ja"}
        first = await browser.post("/fra-papir", data=sent)
        done = await browser.post("/fra-papir", data={**sent, "shown": shown_of(first.text)})
        assert done.headers["location"] == f"/haendelser/{reference}"
        assert (await browser.get("/fra-papir?til=H-2026-0999")).status_code == 404
