"""Who gets in, and what no request gets past."""

import re
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from adapters.web.body_limits import MAX_BODY
from adapters.web.server import serve_http
from tests.adapters.web.support import BEARER, TOKEN, House

CONFIDENTIAL = ["/", "/api/v1/incidents", "/api/v1/deadlines", "/api/v1/stream", "/metrics", "/openapi.json", "/docs", "/live"]


@pytest.mark.parametrize("path", CONFIDENTIAL)
async def test_without_the_token_nothing_is_told(house: House, path: str) -> None:
    reference = await house.report("Hemmelig titel")
    async with house.visitor() as visitor:
        answer = await visitor.get(path)
    assert answer.status_code == 401
    assert "Hemmelig titel" not in answer.text
    assert reference not in answer.text


async def test_a_wrong_token_is_no_token(house: House) -> None:
    async with house.visitor(Authorization=f"Bearer {TOKEN}x") as visitor:
        assert (await visitor.get("/api/v1/incidents")).status_code == 401
        assert (await visitor.get(f"/?token={TOKEN}x", headers={"Accept": "text/html"})).status_code == 401


async def test_health_and_styles_need_no_token(house: House) -> None:
    async with house.visitor() as visitor:
        assert (await visitor.get("/healthz")).json()["status"] == "ok"
        assert (await visitor.get("/static/sporlog.css")).status_code == 200


async def test_the_first_visit_turns_the_token_into_a_cookie_that_scripts_and_other_sites_never_see(house: House) -> None:
    async with house.browser() as browser:
        answer = await browser.get(f"/haendelser/H-2026-0001?token={TOKEN}&lang=en")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/haendelser/H-2026-0001?lang=en"
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert TOKEN not in cookie
        assert (await browser.get("/")).status_code == 200


async def test_the_sign_in_page_takes_the_token_and_leads_on_only_within_the_site(house: House) -> None:
    async with house.browser() as browser:
        page = await browser.get("/haendelser/H-2026-0001")
        assert page.status_code == 401
        assert 'name="token"' in page.text
        assert (await browser.post("/log-ind", data={"token": "wrong", "to": "/"})).status_code == 401
        answer = await browser.post("/log-ind", data={"token": TOKEN, "to": "//elsewhere.example/"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert (await browser.get("/")).status_code == 200
        assert (await browser.post("/log-ud")).status_code == 303
        assert (await browser.get("/")).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://evil.example"},
    ],
)
async def test_a_form_of_another_site_cannot_write_with_our_cookie(house: House, headers: dict[str, str]) -> None:
    async with house.visitor(Accept="text/html") as browser:
        await browser.get(f"/?token={TOKEN}")
        answer = await browser.post("/haendelser", data={"title": "x", "severity": "low"}, headers=headers)
        assert answer.status_code == 403
        nameless = await browser.post("/haendelser", data={"title": "x", "severity": "low"})
        assert nameless.status_code == 403
        ours = await browser.post(
            "/haendelser", data={"title": "x", "severity": "low"}, headers={"Origin": "http://sporlog.test"}
        )
        assert ours.status_code == 303
    assert house.store.head() == 1


async def test_every_answer_carries_the_security_headers_and_is_kept_by_no_cache(house: House) -> None:
    async with house.client() as client:
        for path in ("/", "/api/v1/incidents", "/nothing-here", "/static/sporlog.css"):
            headers = (await client.get(path)).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cache-control"]


async def test_the_pages_hold_no_script_or_style_that_the_policy_would_stop(house: House) -> None:
    reference = await house.report()
    async with house.client(Accept="text/html") as client:
        for path in ("/", f"/haendelser/{reference}", "/docs", "/log-ind"):
            html = (await client.get(path)).text
            assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=|hx-on", html)
            assert not re.search(r"(src|href)=\"https?://", html)


async def test_a_correlation_id_is_kept_returned_and_stored(house: House) -> None:
    async with house.client() as client:
        answer = await client.post(
            "/api/v1/incidents", json={"title": "x", "severity": "low"}, headers={"X-Correlation-ID": "alert-17"}
        )
    assert answer.headers["x-correlation-id"] == "alert-17"
    assert house.store.read(0, 10)[0].event.meta.correlation_id == "alert-17"


@pytest.mark.parametrize("given", ["", "a b", "x" * 101, "<script>"])
async def test_a_correlation_id_that_could_do_harm_is_replaced(house: House, given: str) -> None:
    async with house.client() as client:
        answer = await client.get("/api/v1/incidents", headers={"X-Correlation-ID": given})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-correlation-id"])


async def test_a_body_above_the_limit_is_refused_before_it_is_read(house: House) -> None:
    async with house.client() as client:
        answer = await client.post("/intake/wazuh", content=b" " * (MAX_BODY + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/intake/wazuh", "application/json"),
        ("/api/v1/incidents", "application/json"),
        ("/haendelser", "application/x-www-form-urlencoded"),
    ],
)
async def test_a_body_that_hides_its_length_is_refused_at_the_limit(house: House, path: str, kind: str) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(64):
            sent += 65_536
            yield b" " * 65_536

    async with house.client(**{"Content-Type": kind}) as client:
        answer = await client.post(path, content=chunks())
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert sent <= MAX_BODY + 2 * 65_536


async def test_a_small_answer_does_not_wait_for_the_callers_acknowledgement(house: House) -> None:
    async with serve_http(house.app, "127.0.0.1", 0) as url, httpx.AsyncClient(base_url=url, headers=BEARER) as client:
        taken = list[float]()
        for _ in range(25):
            began = time.perf_counter()
            await client.get("/healthz")
            taken.append(time.perf_counter() - began)
    # Head and body wait 40 ms for each other where TCP_NODELAY is missing, each time.
    assert min(taken) < 0.035
