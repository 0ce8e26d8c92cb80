"""What waits for a person, on the page and over the API, and every decision with its way back."""

from datetime import timedelta
from urllib.parse import quote

from domain.intake.events import SourceSet
from handlers.intake_setup import change
from tests.adapters.web.support import House
from tests.browser.story import alerts
from tests.support.incidents import meta
from tests.support.intake import do

MAIL = (
    b"Message-ID: <1@leverandoer.example>\r\nReceived: from a by b; Fri, 20 Nov 2026 14:05:00 +0100\r\n"
    b"Subject: Brud hos databehandler\r\nFrom: drift@leverandoer.example\r\n\r\nVi har haft uautoriseret adgang.\r\n"
)
PAGE = {"Accept": "text/html"}


async def mail(house: House, number: int = 1) -> str:
    async with house.client() as client:
        body = MAIL.replace(b"<1@", f"<{number}@".encode())
        (taken,) = (await client.post("/intake/email", content=body)).json()["taken"]
    await house.parts.wait_for(house.store.head())
    return str(taken["source_event_id"])


async def waiting(house: House) -> list[str]:
    await house.parts.wait_for(house.store.head())
    async with house.client() as client:
        return [one["id"] for one in (await client.get("/api/v1/signals/waiting")).json()]


async def test_a_mail_waits_with_its_words_until_somebody_opens_an_incident_from_it(house: House) -> None:
    event_id = await mail(house)
    async with house.client() as client:
        (one,) = (await client.get("/api/v1/signals/waiting")).json()
        assert (one["source"], one["id"], one["kind"], one["title"]) == ("email", event_id, "report", "Brud hos databehandler")
        assert "uautoriseret adgang" in one["description"]
        told = (await client.get(f"/api/v1/signals/email/{quote(event_id, safe='')}")).json()
        assert (told["disposition"], told["rule"]) == ("to_person", "person")
        assert told["raw"].encode() == MAIL
        answer = await client.post("/api/v1/signals/open", json={"source": "email", "ids": [event_id]})
        assert (answer.status_code, answer.json()["ref"]) == (201, "H-2026-0001")
        incident = (await client.get("/api/v1/incidents/H-2026-0001")).json()
        assert incident["title"] == "Brud hos databehandler"
    assert await waiting(house) == []


async def test_what_the_person_knows_better_goes_before_what_the_signal_says(house: House) -> None:
    event_id = await mail(house)
    async with house.client() as client:
        fields = {"title": "Brud hos Drift A/S", "severity": "critical", "told_by": "processor"}
        await client.post("/api/v1/signals/open", json={"source": "email", "ids": [event_id], "fields": fields})
        await house.parts.wait_for(house.store.head())
        incident = (await client.get("/api/v1/incidents/H-2026-0001")).json()
        assert (incident["title"], incident["severity"]) == ("Brud hos Drift A/S", "critical")
        wrong = await client.post(
            "/api/v1/signals/open", json={"source": "email", "ids": [event_id], "fields": {"severity": "slem"}}
        )
        assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid-fields")


async def test_dismissed_and_let_wait_again(house: House) -> None:
    event_id = await mail(house)
    chosen = {"source": "email", "ids": [event_id]}
    async with house.client() as client:
        assert (await client.post("/api/v1/signals/dismiss", json={**chosen, "reason": "Reklame"})).status_code == 200
        assert await waiting(house) == []
        assert (await client.post("/api/v1/signals/reopen", json=chosen)).status_code == 200
        assert await waiting(house) == [event_id]
        again = await client.post("/api/v1/signals/reopen", json=chosen)
    assert (again.status_code, again.json()["code"]) == (409, "already-decided")


async def test_bad_decisions_are_refused_by_name(house: House) -> None:
    event_id = await mail(house)
    chosen = {"source": "email", "ids": [event_id]}
    async with house.client() as client:
        for verb, body, expected in (
            ("attach", chosen, (422, "invalid-input")),
            ("attach", {**chosen, "ref": "H-2026-0099"}, (404, "not-found")),
            ("dismiss", {"source": "email", "ids": ["ukendt"]}, (404, "not-found")),
            ("dismiss", {"source": "email", "ids": []}, (422, "invalid-fields")),
            ("eat", chosen, (422, "invalid-fields")),
        ):
            answer = await client.post(f"/api/v1/signals/{verb}", json=body)
            assert (answer.status_code, answer.json()["code"]) == expected, verb
    assert await waiting(house) == [event_id]


async def test_the_page_shows_what_waits_and_takes_each_decision(house: House) -> None:
    first, second = await mail(house, 1), await mail(house, 2)
    async with house.client() as client:
        await client.post("/intake/alertmanager", content=alerts(0, 1))
        await house.parts.wait_for(house.store.head())
        page = (await client.get("/alarmer", headers=PAGE)).text
        assert page.count("Brud hos databehandler") == 2
        assert "Vi har haft uautoriseret adgang." in page
        assert "alertmanager" in page
        overview = (await client.get("/", headers=PAGE)).text
        assert "2 alarmer eller breve venter på et menneske" in overview

        same_site = {**PAGE, "Sec-Fetch-Site": "same-origin"}
        then = house.clock.now.isoformat()
        house.clock.go_on(minutes=5)
        gone = await client.post("/alarmer/dismiss", data={"source": "email", "id": first, "reason": "Nej"}, headers=same_site)
        assert gone.status_code == 303
        undo = (await client.get(gone.headers["location"], headers=PAGE)).text
        assert "Afvist." in undo
        assert "/alarmer/reopen" in undo
        added = await client.post(
            "/alarmer/attach", data={"source": "email", "id": second, "ref": "H-2026-0001"}, headers=same_site
        )
        assert added.status_code == 303
        assert "Intet venter." in (await client.get("/alarmer", headers=PAGE)).text
        stood = (await client.get("/alarmer", params={"at": then}, headers=PAGE)).text
        assert "Sådan stod loggen dengang" in stood
        assert 'action="/alarmer/open"' not in stood
        assert "(2)" in stood
        held = (await client.get("/haendelser/H-2026-0001/alarmer", headers=PAGE)).text
        assert "Brud hos databehandler" in held
        out = {"source": "email", "id": second, "ref": "H-2026-0001", "back": "H-2026-0001"}
        left = await client.post("/alarmer/detach", data=out, headers=same_site)
        assert left.headers["location"] == "/haendelser/H-2026-0001/alarmer?gemt=detach"
        assert "Brud hos databehandler" not in (await client.get(left.headers["location"], headers=PAGE)).text
        twice = await client.post("/alarmer/detach", data=out, headers=same_site)
        assert twice.status_code == 409
        assert "en anden kan have taget stilling" in twice.text


async def test_the_page_shows_the_bytes_of_what_nobody_could_read_as_text_and_not_as_markup(house: House) -> None:
    async with house.client() as client:
        await client.post("/intake/wazuh", content=b'{"id": "<script>alert(1)</script>')
        await house.parts.wait_for(house.store.head())
        page = (await client.get("/alarmer", headers=PAGE)).text
    assert "Kunne ikke læses" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


async def test_a_source_that_keeps_silent_is_shown_where_people_look(house: House) -> None:
    started = house.parts.clock() - timedelta(hours=2)
    quiet = SourceSet(
        meta=meta(0).model_copy(update={"occurred_at": started}), source="forti", format="cef", expected_minutes=60
    )
    do(house.store, lambda uow: change(uow, [quiet]))
    async with house.client() as client:
        assert "Tavse kilder: forti" in (await client.get("/", headers=PAGE)).text
        page = (await client.get("/alarmer", headers=PAGE)).text
    assert "Aldrig" in page
    assert "Tavs: se efter, om den virker" in page


async def test_an_empty_house_says_what_to_do(house: House) -> None:
    async with house.client() as client:
        page = (await client.get("/alarmer", headers=PAGE)).text
        missing = await client.get("/haendelser/H-2026-0009/alarmer", headers=PAGE)
    assert "Intet venter." in page
    assert "/intake/alertmanager" in page
    assert missing.status_code == 404


async def test_a_mail_may_be_larger_than_an_alert_and_not_without_limit(house: House) -> None:
    async with house.client() as client:
        taken = await client.post("/intake/email", content=MAIL + b"x" * 2 * 1_048_576)
        refused = await client.post("/intake/email", content=MAIL + b"x" * 26 * 1_048_576)
        alert = await client.post("/intake/wazuh", content=b" " * 2 * 1_048_576)
    assert taken.status_code == 200
    assert [(answer.status_code, answer.json()["code"]) for answer in (refused, alert)] == [(413, "too-large")] * 2
