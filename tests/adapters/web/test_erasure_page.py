"""On the page: what can be removed is chosen, what goes and what stays is said first, and what is gone says why."""

import re
from html import unescape
from typing import Any

import pytest

from adapters.web.timelines import Timelines
from tests.adapters.web.support import House

NAME = "Åse Ørsted"
TEXT: dict[str, Any] = {"redacted_number": 2, "path": "text", "legal_basis": "right_to_erasure", "reason": "Et navn"}
WHOLE: dict[str, Any] = {
    "ground": "stated",
    "archive_check": "delivered",
    "legal_basis": "storage_limitation",
    "reason": "Afleveret",
}


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


async def page(house: House, path: str) -> str:
    async with house.client(Accept="text/html") as client:
        answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


async def noted(house: House) -> str:
    reference = await house.report("Serveren svarer ikke")
    await house.step(reference, "note", text=NAME, actor="u-1")
    return reference


async def test_what_would_go_is_said_before_it_goes_and_afterwards_why_it_went(house: House) -> None:
    reference = await noted(house)
    html = await page(house, f"/haendelser/{reference}")
    assert '<option value="2">2: Åse Ørsted</option>' in html
    assert '<option value="text">' in html
    await house.step(reference, "propose-redaction", actor="u-1", **TEXT)
    asked = words(await page(house, f"/haendelser/{reference}"))
    assert "Teksten »text« i nummer 2 går tabt for altid" in asked
    assert "Tilbage bliver alt andet" in asked
    await house.step(reference, "redact", actor="u-2", proposal_number=3)
    gone = words(await page(house, f"/haendelser/{reference}"))
    assert NAME not in gone
    assert "[fjernet] Retten til sletning (GDPR art. 17): Et navn" in gone
    before = words(await page(house, f"/haendelser/{reference}?position=2"))
    assert NAME not in before
    assert "[fjernet] Retten til sletning" in before


async def test_a_disposed_incident_is_its_tombstone_and_has_no_steps(house: House) -> None:
    reference = await noted(house)
    await house.step(reference, "close", reason="not_an_incident")
    await house.step(reference, "propose-disposal", actor="u-1", **WHOLE)
    asked = words(await page(house, f"/haendelser/{reference}"))
    assert "Alle hændelsens tekster og alarmernes indhold går tabt for altid" in asked
    await house.step(reference, "dispose", actor="u-2", proposal_number=4)
    html = await page(house, f"/haendelser/{reference}")
    told = words(html)
    assert "Hændelsen er kasseret. Tilbage er gravstenen" in told
    assert "Serveren svarer ikke" not in told
    assert NAME not in told
    assert 'id="form-' not in html


async def test_the_api_names_the_refusal_and_says_what_is_there(house: House) -> None:
    reference = await noted(house)
    async with house.client() as client:
        wrong = await client.post(f"/api/v1/incidents/{reference}/propose-redaction", json=TEXT | {"path": "title"})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "nothing-to-erase")
        assert "there is: text" in wrong.json()["detail"]
        proposed = await client.post(f"/api/v1/incidents/{reference}/propose-redaction", json=TEXT)
        number = proposed.json()["version"]
        own = await client.post(f"/api/v1/incidents/{reference}/redact", json={"proposal_number": number})
        assert (own.status_code, own.json()["code"]) == (409, "own-approval")


@pytest.mark.parametrize("upto", [None, 2])
async def test_a_kept_timeline_is_made_anew_also_that_of_an_earlier_position(house: House, upto: int | None) -> None:
    reference = await noted(house)
    timelines = Timelines(house.parts.desk.history)
    assert NAME.encode() in await timelines.body(house.parts.desk, reference, upto)
    await house.step(reference, "propose-redaction", actor="u-1", **TEXT)
    assert NAME.encode() in await timelines.body(house.parts.desk, reference, upto)
    await house.step(reference, "redact", actor="u-2", proposal_number=3)
    assert NAME.encode() not in await timelines.body(house.parts.desk, reference, upto)
