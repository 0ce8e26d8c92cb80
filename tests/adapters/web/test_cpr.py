"""A CPR number is warned of before it is recorded: on every form, without JavaScript; by the API it is recorded and told."""

import re
from collections.abc import Mapping

import pytest

from tests.adapters.web.support import House

NUMBER = "010190-1234"


async def post(house: House, path: str, sent: Mapping[str, str]) -> tuple[int, str]:
    async with house.client(Accept="text/html") as browser:
        answer = await browser.post(path, data=sent)
    return answer.status_code, answer.text


def marked(html: str) -> list[str]:
    """The fields at which the warning stands."""
    return re.findall(r'id="([^"]+)-fejl">Her står noget, der ligner et CPR-nummer', html)


@pytest.mark.parametrize(
    ("path", "sent", "field"),
    [
        ("/haendelser", {"title": f"Borger {NUMBER}"}, "report-title"),
        ("/haendelser/H-2026-0001/note", {"text": f"Om {NUMBER}."}, "note-text"),
        ("/haendelser/H-2026-0001/underretning/early_warning/udkast", {"udkast": "", "summary": NUMBER}, None),
        ("/haendelser/H-2026-0001/vurder", {"handling": "gem", "decision": "low", "reason": NUMBER}, "assess-reason"),
        (
            "/haendelser/H-2026-0001/vurder",
            {"handling": "gem", "decision": "low", "reason": "x", "q1.safety.words": NUMBER},
            None,
        ),
    ],
)
async def test_nothing_is_recorded_before_the_person_says_so(
    house: House, path: str, sent: dict[str, str], field: str | None
) -> None:
    await house.report()
    head = house.store.head()
    status, html = await post(house, path, sent)
    assert (status, house.store.head()) == (422, head)
    assert NUMBER in html, "nothing that was typed is lost"
    assert 'name="cpr_ok"' in html
    assert "Gå tilbage og ret" in html
    assert field is None or field in marked(html)
    status, _ = await post(house, path, sent | {"cpr_ok": "ja"})
    assert (status, house.store.head() > head) == (303, True)


async def test_whoever_goes_back_and_changes_it_is_asked_no_more(house: House) -> None:
    await house.report()
    status, _ = await post(house, "/haendelser/H-2026-0001/note", {"text": "Om en borger"})
    assert status == 303


async def test_the_api_records_it_and_warns(house: House) -> None:
    reference = await house.report()
    async with house.client() as api:
        told = await api.post(f"/api/v1/incidents/{reference}/note", json={"text": f"Om {NUMBER}"})
        clean = await api.post(f"/api/v1/incidents/{reference}/note", json={"text": "Om en borger"})
        opened = await api.post("/api/v1/incidents", json={"title": NUMBER})
    assert told.status_code == 200
    assert told.json()["warnings"] == [
        {
            "code": "cpr-written",
            "fields": ["text"],
            "detail": "text: reads as a CPR number, and is recorded: personal numbers belong in the case system",
        }
    ]
    assert clean.json()["warnings"] == []
    assert opened.json()["warnings"][0]["fields"] == ["title"]
