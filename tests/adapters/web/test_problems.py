"""RFC 9457: every error has one shape, and tells nothing of our insides."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.event_store import database
from adapters.web.app import make_app
from tests.adapters.web.support import BEARER, House, a_house

MEMBERS = {"type", "title", "status", "detail", "instance", "code", "correlation_id"}


def check(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["type"] == f"urn:sporlog:problem:{code}"
    assert body.keys() >= MEMBERS
    assert body["correlation_id"] == answer.headers["x-correlation-id"]
    return body


async def test_an_unknown_address_a_wrong_method_and_an_unknown_incident(house: House) -> None:
    async with house.client() as client:
        check(await client.get("/api/v1/nothing"), 404, "not-found")
        check(await client.delete("/api/v1/incidents"), 405, "method-not-allowed")
        check(await client.get("/api/v1/incidents/H-2026-0404"), 404, "not-found")
        check(await client.get("/api/v1/incidents/rubbish"), 422, "unreadable-reference")
        check(await client.get("/api/v1/incidents?status=rubbish"), 422, "invalid-fields")
        check(await client.get("/api/v1/incidents/H-2026-0404/events?at=yesterday"), 422, "unreadable-time")


async def test_wrong_fields_are_each_named_and_never_repeated(house: House) -> None:
    async with house.client() as client:
        answer = await client.post(
            "/api/v1/incidents", json={"severity": "hemmeligt", "titel": "hemmeligt", "occurred_at": "2026-11-22T09:00:00Z"}
        )
    body = check(answer, 422, "invalid-fields")
    assert {error["field"] for error in body["errors"]} == {"title", "severity", "titel"}
    assert "hemmeligt" not in answer.text


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"a":' * 2000])
async def test_a_body_that_is_no_json_object_is_a_problem_and_not_a_crash(house: House, content: bytes) -> None:
    async with house.client(**{"Content-Type": "application/json"}) as client:
        answer = await client.post("/api/v1/incidents", content=content)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"
    assert house.store.head() == 0


async def test_an_ambiguous_time_is_refused_with_both_readings(house: House) -> None:
    async with house.client() as client:
        sent = {"title": "x", "severity": "low", "occurred_at": "2026-10-25T02:30"}
        body = check(await client.post("/api/v1/incidents", json=sent), 422, "ambiguous-time")
    assert "2026-10-25T02:30:00+02:00" in body["detail"]
    assert "2026-10-25T02:30:00+01:00" in body["detail"]


async def test_a_refusal_names_what_is_missing_and_writes_nothing(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "assess", significant=True, nis2_category="high")
    before = house.store.head()
    async with house.client() as client:
        body = check(
            await client.post(f"/api/v1/incidents/{reference}/close", json={"reason": "resolved"}), 409, "open-statutory-duty"
        )
    assert "early_warning" in body["detail"]
    assert body["title"].startswith("Hændelsen kan ikke lukkes")
    assert house.store.head() == before


async def test_deciding_on_stale_ground_is_a_conflict(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "note", text="imens")
    async with house.client() as client:
        stale = {"significant": False, "nis2_category": "low", "reason": "Intet ramt", "expected_version": 1}
        check(await client.post(f"/api/v1/incidents/{reference}/assess", json=stale), 412, "version-conflict")
        fresh = {**stale, "expected_version": 2}
        first = await client.post(f"/api/v1/incidents/{reference}/assess", json=fresh)
        assert first.status_code == 200
        # Sent again because the answer was lost: it is not recorded twice.
        check(await client.post(f"/api/v1/incidents/{reference}/assess", json=fresh), 412, "version-conflict")


async def test_a_store_that_takes_nothing_asks_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_S", 0.5)
    async with a_house(tmp_path) as house, house.client() as client:
        with closing(sqlite3.connect(tmp_path / "events.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = await client.post("/api/v1/incidents", json={"title": "x", "severity": "low"})
        check(answer, 503, "unavailable")
        assert int(answer.headers["retry-after"]) > 0
        assert house.store.head() == 0


async def test_a_defect_of_ours_shows_no_stack_trace(house: House) -> None:
    def broken() -> Any:  # noqa: ANN401
        raise ZeroDivisionError("a secret of the code")

    app = make_app(replace(house.parts, health=broken))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sporlog.test", headers=BEARER) as client:
        answer = await client.get("/healthz")
    check(answer, 500, "error")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


async def test_people_get_the_problem_as_a_page(house: House) -> None:
    async with house.client(Accept="text/html") as browser:
        answer = await browser.get("/haendelser/H-2026-0404")
    assert answer.status_code == 404
    assert "Det findes ikke her" in answer.text
    assert answer.headers["x-correlation-id"] in answer.text
    with pytest.raises(json.JSONDecodeError):
        answer.json()
