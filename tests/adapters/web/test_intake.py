"""POST /intake/{source}: every item's fate, told when it is durable."""

from hashlib import sha256

import pytest

from domain.intake.events import SourceSet
from domain.signals import SignalsReceived
from handlers import intake_unread
from handlers.intake_setup import change
from tests.adapters.web.support import House
from tests.browser.story import alerts
from tests.support.incidents import meta
from tests.support.intake import do


async def test_each_item_is_told_its_fate(house: House) -> None:
    async with house.client() as client:
        body = (await client.post("/intake/alertmanager", content=alerts(0, 2))).json()
    assert [(one["fate"], one["disposition"], one["ref"]) for one in body["taken"]] == [
        ("new", "opened", "H-2026-0001"),
        ("new", "attached", "H-2026-0001"),
    ]
    assert body["rejected"] == []
    assert house.store.head() > 0


async def test_the_same_alert_again_is_a_repeat_and_no_new_incident(house: House) -> None:
    async with house.client() as client:
        await client.post("/intake/alertmanager", content=alerts(7, 1))
        await house.parts.wait_for(house.store.head())
        (again,) = (await client.post("/intake/alertmanager", content=alerts(7, 1))).json()["taken"]
        assert (again["fate"], again["times"], again["text"], again["ref"]) == ("repeat", 2, "gentagelse 2", "H-2026-0001")
        await house.parts.wait_for(house.store.head())
        (incident,) = (await client.get("/api/v1/incidents")).json()
        page = await client.get("/haendelser/H-2026-0001", headers={"Accept": "text/html"})
    assert incident["signal_count"] == 2
    assert "2 signaler" in page.text


async def test_an_item_that_cannot_be_read_costs_the_others_nothing(house: House) -> None:
    body = alerts(0, 2).replace(b'"alerts":[', b'"alerts":[17,')
    async with house.client() as client:
        answer = await client.post("/intake/alertmanager", content=body)
    assert answer.status_code == 200
    assert (len(answer.json()["taken"]), [one["item"] for one in answer.json()["rejected"]]) == (2, [1])


async def test_a_body_of_which_nothing_can_be_taken_is_a_problem_with_reasons(house: House) -> None:
    async with house.client() as client:
        answer = await client.post("/intake/alertmanager", content=b"\xff not json")
    assert (answer.status_code, answer.json()["code"]) == (422, "all-rejected")
    assert answer.json()["errors"]
    digest = sha256(b"\xff not json").hexdigest()
    assert f"sha256 {digest}" in answer.json()["detail"]
    (kept,) = (recorded.event for recorded in house.store.read(0, 10))
    assert isinstance(kept, SignalsReceived)
    assert [(s.kind, s.disposition, s.rule) for s in kept.signals] == [("unread", "to_person", "person")]
    payload = house.store.payload(digest)
    assert payload is not None
    assert payload.raw == b"\xff not json"


def own_json(house: House) -> None:
    do(house.store, lambda uow: change(uow, [SourceSet(meta=meta(0), source="forti", format="json")]))


async def test_json_that_no_mapping_reads_yet_is_accepted_and_said_where_it_waits(house: House) -> None:
    own_json(house)
    async with house.client() as client:
        first = await client.post("/intake/forti", content=b'{"a": 1}')
        again = await client.post("/intake/forti", content=b'{"a": 1}')
        await house.parts.wait_for(house.store.head())
        page = await client.get(first.json()["waits_at"], headers={"Accept": "text/html"})
    digest = sha256(b'{"a": 1}').hexdigest()
    for answer in (first, again):
        assert answer.status_code == 202
        assert (answer.json()["taken"], answer.json()["kept"]) == ([], digest)
        assert "sporlog source map" in answer.json()["rejected"][0]["reason"]
    payload = house.store.payload(digest)
    assert payload is not None
    assert payload.raw == b'{"a": 1}'
    assert digest in page.text


async def test_what_is_no_json_is_a_problem_of_the_senders_also_where_a_mapping_reads(house: House) -> None:
    own_json(house)
    async with house.client() as client:
        answer = await client.post("/intake/forti", content=b'{"a": 1')
    assert (answer.status_code, answer.json()["code"]) == (422, "all-rejected")
    digest = sha256(b'{"a": 1').hexdigest()
    assert f"sha256 {digest}" in answer.json()["detail"]


async def test_where_nothing_was_kept_nothing_is_accepted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    own_json(house)
    monkeypatch.setattr(intake_unread, "MAX_WAITING", 0)
    async with house.client() as client:
        answer = await client.post("/intake/forti", content=b'{"a": 1}')
    assert (answer.status_code, answer.json()["code"]) == (422, "all-rejected")
    assert "kept" not in answer.json()["detail"]


async def test_an_unknown_source_is_not_found(house: House) -> None:
    async with house.client() as client:
        answer = await client.post("/intake/nobody", content=b"{}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
