"""The organisation by HTTP and as a page: read, changed as a whole, refused by name, and what it lacks on top."""

import re
from typing import Any

from handlers.organisation import change
from tests.adapters.web.support import House
from tests.support.organisations import registered

API = "/api/v1/organisation"
WANTED: dict[str, Any] = {
    "reason": "Vedtaget i direktionen",
    "entities": [
        {
            "entity": "laerkeborg",
            "cvr": "12345674",
            "prefix": "H",
            "roles": [
                {"role": "notifier", "holder": "u-1", "deputies": ["u-2", "u-3"]},
                {"role": "decision_maker", "holder": "u-4", "administration": "Sundhed <b>"},
            ],
            "filers": [{"who": "u-1", "tested": "2026-11-01 10:00"}, {"who": "u-2"}],
            "policy": {"assess_within_hours": 3},
        }
    ],
    "contacts": {"csirt": "Ring 00 00 00 00"},
}


async def test_what_is_sent_is_recorded_and_read_again_with_its_version(house: House) -> None:
    async with house.client() as client:
        assert (await client.get(API)).json() == {"version": 0, "entities": [], "contacts": {}}
        done = (await client.put(API, json=WANTED)).json()
        shown = (await client.get(API)).json()
        again = (await client.put(API, json=shown)).json()

    assert done["version"] == done["position"] == len(done["events"]) == 8
    assert done["events"][0]["type"] == "dk.sporlog.organisation.entity-registered.v1"
    assert done["events"][1]["danish"] == "Rolle placeret: laerkeborg, Underretningsansvarlig"
    assert shown["version"] == 8
    (entity,) = shown["entities"]
    assert entity["roles"][0] == {"role": "notifier", "holder": "u-1", "deputies": ["u-2", "u-3"]}
    assert entity["filers"] == [{"who": "u-1", "tested": "2026-11-01T09:00:00Z"}, {"who": "u-2"}]
    assert entity["policy"]["assess_within_hours"] == 3
    assert again == {"version": 8, "position": 0, "events": []}


async def test_refusals_are_problems_with_a_code_and_write_nothing(house: House) -> None:
    await house.parts.desk.committer.submit(lambda uow: change(uow, registered()))
    (entity,) = WANTED["entities"]
    sent: list[tuple[dict[str, Any], int, str]] = [
        ({**WANTED, "entities": []}, 409, "entity-kept"),
        ({**WANTED, "entities": [{**entity, "prefix": "L"}]}, 409, "prefix-fixed"),
        ({**WANTED, "entities": [entity, {**entity, "entity": "vand"}]}, 409, "prefix-taken"),
        ({**WANTED, "entities": [{**entity, "cvr": "12345675"}]}, 422, "invalid-cvr"),
        ({**WANTED, "reason": ""}, 422, "reason-missing"),
        ({**WANTED, "navn": "x"}, 422, "invalid-fields"),
        ({**WANTED, "version": 0}, 412, "version-conflict"),
    ]
    async with house.client() as client:
        for body, status, code in sent:
            answer = await client.put(API, json=body)
            assert (answer.status_code, answer.json()["code"]) == (status, code)
            assert answer.headers["content-type"] == "application/problem+json"
        assert (await client.get(API)).json()["version"] == 1


async def test_the_warnings_are_told_in_both_languages(house: House) -> None:
    async with house.client() as client:
        found = (await client.get(f"{API}/warnings")).json()

    assert [one["key"] for one in found] == [
        "no-organisation",
        "contact-empty/virk",
        "contact-empty/fallback",
        "contact-empty/csirt",
    ]
    assert all(one["danish"] and one["english"] for one in found)


async def test_the_organisation_needs_the_token(house: House) -> None:
    async with house.visitor() as client:
        for path in (API, f"{API}/warnings", "/organisation"):
            assert (await client.get(path)).status_code == 401
        assert (await client.put(API, json=WANTED)).status_code == 401


async def test_the_page_shows_what_is_missing_first_and_then_everybody(house: House) -> None:
    async with house.client() as client:
        await client.put(API, json=WANTED)
        page = (await client.get("/organisation")).text
        english = (await client.get("/organisation?lang=en")).text

    assert page.index("Rollen Hændelsesmodtager er ikke placeret") < page.index('<h2 id="enhed-1">laerkeborg')
    for shown in (
        "CVR 12345674",
        "u-2, u-3",
        "Sundhed &lt;b&gt;",
        "søn. 1. nov. 2026 kl. 10.00",
        "aldrig afprøvet",
        "Ring 00 00 00 00",
    ):
        assert shown in page
    assert re.search(r"Timer til den første vurdering</th><td[^>]*>3<", page)
    assert re.search(r"Timer til den første vurdering</th><td[^>]*>4<", page)
    assert "The role Incident receiver is not placed" in english


async def test_the_page_without_an_organisation_says_so_and_every_page_links_to_it(house: House) -> None:
    async with house.client() as client:
        page = (await client.get("/organisation")).text
        assert "Organisationen er ikke registreret" in page
        assert '<a href="/organisation">Organisation</a>' in (await client.get("/")).text
