"""The pages: what must be done next first; nothing typed is lost; everything works without JavaScript."""

import asyncio
import re

import pytest

from adapters.web import live
from adapters.web.forms import NOT_ASKED
from handlers.requests import REQUESTS
from tests.adapters.web.support import House, a_house
from tests.browser.story import tell


async def page(house: House, path: str, status: int = 200) -> str:
    async with house.client(Accept="text/html") as browser:
        answer = await browser.get(path)
    assert answer.status_code == status
    return answer.text


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


async def test_an_empty_log_tells_how_to_begin(house: House) -> None:
    html = words(await page(house, "/"))
    assert "Loggen er tom" in html
    assert "/intake/alertmanager" in html
    assert "Hvad er der sket?" in html


async def test_the_next_duty_stands_before_everything_else(house: House) -> None:
    references = await tell(house)
    html = words(await page(house, "/"))
    first = html.index("Næste pligt Hændelsesunderretning 24 t 10 min over fristen")
    assert first < html.index("Åbne hændelser (4)") < html.index("Lukkede hændelser (1)")
    assert html.index("Tidlig varsling, om 40 min") > first
    assert "30 signaler" in html
    assert references["closed"] in html


async def test_three_fields_report_an_incident_in_danish_time(house: House) -> None:
    async with house.browser() as browser:
        await browser.get("/?token=a-token-of-a-test")
        sent = {"title": "Tablets er sorte", "place": "Nord", "occurred_at": "2026-11-22T09:30", "severity": "medium"}
        answer = await browser.post("/haendelser", data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, "/haendelser/H-2026-0001?gemt=report")
        html = words((await browser.get(answer.headers["location"])).text)
        front = words((await browser.get("/")).text)
    assert "Gemt: Registrér hændelse." in html
    assert "søn. 22. nov. 2026 kl. 09.30 Indført senere: søn. 22. nov. 2026 kl. 10.00" in html
    assert "Tablets er sorte" in front


async def test_a_refused_form_says_why_in_danish_beside_it_and_keeps_what_was_typed(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "assess", significant=True, nis2_category="high")
    async with house.client(Accept="text/html") as browser:
        answer = await browser.post(
            f"/haendelser/{reference}/close", data={"reason": "resolved", "summary": "Vi er <færdige>", "expected_version": "3"}
        )
    assert answer.status_code == 409
    form = re.search(r'<form [^>]*id="form-close">.*?</form>', answer.text, re.DOTALL)
    assert form is not None
    assert "Hændelsen kan ikke lukkes" in form[0]
    assert "Vi er &lt;færdige&gt;" in form[0]
    assert '<option value="resolved" selected>' in form[0]
    assert re.search(r'<details class="step" id="trin-close" open>', answer.text)


async def test_an_empty_form_names_each_field(house: House) -> None:
    reference = await house.report()
    async with house.client(Accept="text/html") as browser:
        answer = await browser.post(f"/haendelser/{reference}/early-warning", data={"receipt": "DEMO-2"})
    assert answer.status_code == 422
    assert 'id="early-warning-suspected_malicious-fejl">Skal udfyldes.' in answer.text
    assert 'id="early-warning-cross_border-fejl">Skal udfyldes.' in answer.text
    assert 'value="DEMO-2"' in answer.text
    assert house.store.head() == 1


async def test_a_doubled_hour_is_answered_with_both_readings_to_choose_from(house: House) -> None:
    async with house.client(Accept="text/html") as browser:
        answer = await browser.post("/haendelser", data={"title": "x", "severity": "low", "occurred_at": "2026-10-25T02:30"})
        assert answer.status_code == 422
        readings = re.findall(r'type="radio"[^>]*name="occurred_at" value="([^"]+)"', answer.text)
        assert readings == ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]
        assert "kl. 02.30 (sommertid)" in answer.text
        again = await browser.post("/haendelser", data={"title": "x", "severity": "low", "occurred_at": readings[1]})
    assert again.status_code == 303
    assert house.store.read(0, 1)[0].event.meta.occurred_at.isoformat() == "2026-10-25T01:30:00+00:00"


async def test_deciding_on_an_old_page_is_stopped_and_recording_a_fact_is_not(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "note", text="imens")
    async with house.client(Accept="text/html") as browser:
        stale = {"significant": "true", "nis2_category": "high", "expected_version": "1"}
        answer = await browser.post(f"/haendelser/{reference}/assess", data=stale)
        assert answer.status_code == 412
        assert "En anden har skrevet" in answer.text
        assert 'name="expected_version" value="2"' in answer.text
        fact = await browser.get(f"/haendelser/{reference}")
        note_form = re.search(r'id="form-note">.*?</form>', fact.text, re.DOTALL)
        assert note_form is not None
        assert "expected_version" not in note_form[0]


async def test_a_duplicate_is_named_by_its_reference(house: House) -> None:
    first, second = await house.report("Første"), await house.report("Anden")
    async with house.client(Accept="text/html") as browser:
        sent = {"reason": "duplicate", "duplicate_of": first, "expected_version": "1"}
        assert (
            await browser.post(f"/haendelser/{second}/close", data={**sent, "duplicate_of": "H-2026-0099"})
        ).status_code == 404
        assert (await browser.post(f"/haendelser/{second}/close", data=sent)).status_code == 303
        html = words((await browser.get(f"/haendelser/{second}")).text)
    assert f"Gentager hændelsen {first}" in html


ON_THE_NOTICES_PAGE = {"draft-submission", "approve-submission"}


@pytest.fixture(scope="module")
def with_forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages that hold the forms, read once for all of them: of nothing yet, of an open incident, of a closed one."""

    async def read() -> dict[str, str]:
        async with a_house(tmp_path_factory.mktemp("forms")) as house:
            reference = await house.report()
            begun, opened = await page(house, "/"), await page(house, f"/haendelser/{reference}")
            await house.step(reference, "close", reason="not_an_incident")
            return {"begun": begun, "open": opened, "closed": await page(house, f"/haendelser/{reference}")}

    return asyncio.run(read())


@pytest.mark.parametrize("step", sorted(REQUESTS.keys() - ON_THE_NOTICES_PAGE))
def test_every_step_has_a_form_that_asks_each_of_its_fields(with_forms: dict[str, str], step: str) -> None:
    closed = dict.fromkeys(("reopen", "propose-disposal", "dispose"), "closed")
    html = with_forms[{"report": "begun", **closed}.get(step, "open")]
    form = re.search(rf'<form [^>]*id="form-{step}">.*?</form>', html, re.DOTALL)
    assert form is not None
    asked = set(re.findall(r' name="([a-z_0-9]+)"', form[0])) | NOT_ASKED
    wanted = set(REQUESTS[step].model_fields)
    if step == "report":
        wanted -= {"actor", "role", "on_behalf_of"}
    assert wanted - asked == set()
    # Every question has its label, every label its question.
    ids = set(re.findall(r'<(?:input|textarea|select)[^>]* id="([^"]+)"', form[0]))
    assert set(re.findall(r'<label [^>]*for="([^"]+)"', form[0])) == ids


async def test_the_replay_shows_what_was_known_what_changed_and_what_was_only_entered_later(house: House) -> None:
    reference = await house.report("Nat")
    house.clock.go_on(minutes=30)
    await house.step(reference, "assess", significant=True, nis2_category="high")
    house.clock.go_on(hours=7)
    await house.step(reference, "note", text="Papirnotat fra natten", occurred_at="2026-11-22 10:20")
    at = words(await page(house, f"/haendelser/{reference}?at=2026-11-22T10:40"))
    assert "Du ser fortiden" in at
    assert "Kategori: Høj" in at
    before, later = at.split("Sket inden da, men endnu ikke indført")
    assert "Papirnotat" not in before
    assert "Papirnotat fra natten" in later.split("Forløb")[0]
    assert "om 24 t" in at or "om 23 t" in at
    first = words(await page(house, f"/haendelser/{reference}?position=2"))
    assert "Status Registreret Vurderet" in first
    assert "Næste skridt" in first
    now = await page(house, f"/haendelser/{reference}")
    assert "Du ser fortiden" not in now
    assert "hx-sse:connect" in now


async def test_the_overview_is_shown_as_the_log_stood_and_takes_nothing_then(house: House) -> None:
    first = await house.report("Nat")
    house.clock.go_on(hours=3)
    later = await house.report("Dag")
    html = await page(house, "/?at=2026-11-22T11:00")
    assert first in html
    assert later not in html
    assert "Sådan stod loggen dengang" in html
    assert "hx-sse:connect" not in html
    assert 'action="/haendelser"' not in html
    assert later in await page(house, "/")
    async with house.client() as client:
        wrong = await client.get("/?at=i morges")
    assert wrong.status_code == 422
    assert "Skriv en dato og et klokkeslæt." in wrong.text


async def test_before_the_report_there_was_nothing_to_know(house: House) -> None:
    reference = await house.report("Hemmelig titel")
    html = await page(house, f"/haendelser/{reference}?at=2026-11-22T08:00")
    assert "endnu ikke registreret" in html
    assert "Hemmelig titel" not in html


async def test_what_people_write_is_never_read_as_markup(house: House) -> None:
    evil = "<script>alert(1)</script>"
    reference = await house.report(evil, place=evil, description=evil, components=[evil])
    await house.step(reference, "note", text=evil, actor=evil)
    for path in (
        "/",
        f"/haendelser/{reference}",
        f"/haendelser/{reference}?position=2",
        f"/haendelser/{reference}?gemt={evil}",
    ):
        assert evil not in await page(house, path)


async def test_the_language_is_danish_until_english_is_asked_for_and_then_remembered(house: House) -> None:
    async with house.client(**{"Accept": "text/html", "Accept-Language": "en-GB,en"}) as browser:
        assert '<html lang="da">' in (await browser.get("/")).text
        assert '<html lang="en">' in (await browser.get("/?lang=en")).text
        assert "Report an incident" in (await browser.get("/")).text
        assert '<html lang="da">' in (await browser.get("/?lang=da")).text
        assert '<html lang="da">' in (await browser.get("/")).text


async def test_a_page_that_cannot_update_itself_says_so(house: House) -> None:
    # Chromium shows a noscript part only when scripts are off in its settings, which no test can reach.
    html = re.search(r"<noscript>.*?</noscript>", await page(house, "/"), re.DOTALL)
    assert html is not None
    assert "opdaterer ikke sig selv" in html[0]


async def test_a_demo_says_so_on_every_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with a_house(tmp_path_factory.mktemp("demo"), demo=True) as house:
        reference = await house.report()
        for path in ("/", f"/haendelser/{reference}", "/docs", "/log-ind"):
            assert "DEMO" in await page(house, path)
        assert "DEMO" in await page(house, "/haendelser/H-2026-0404", 404)


async def test_an_overview_that_is_behind_says_so(house: House) -> None:
    await house.parts.desk.report({"title": "x", "severity": "low"}, house.parts.origin("api", "test"))
    assert "bagud" not in await page(house, "/")
    house.clock.go_on(seconds=6)
    assert "til og med nr. 0, loggen er nået til 1" in await page(house, "/")
    await house.parts.wait_for(1)
    assert "bagud" not in await page(house, "/")


async def test_an_overview_says_how_far_behind_intake_is_and_goes_on_by_itself(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEHIND_TICK_S", 0.2)
    house.backlog = 499
    assert "venter på at komme i loggen" not in await page(house, "/")
    house.backlog = 90_000
    async with house.client() as client:
        reading = asyncio.create_task(client.get("/live"))
        for left in (40_000, 0):
            await asyncio.sleep(1)
            house.backlog = left
        await asyncio.sleep(1)
        house.commits.close()
        sent = (await reading).text.split("\n\n")
    told = [words(block) for block in sent if "data: " in block]
    assert "90000 beskeder fra værktøjer er modtaget og venter på at komme i loggen." in told[0]
    assert "40000 beskeder" in told[1]
    assert "venter på at komme i loggen" not in told[2]


async def test_whoever_may_see_some_entities_is_not_told_how_much_waits(house: House) -> None:
    house.backlog = 90_000
    token = await house.grant("u-7", "laerkeborg")
    async with house.visitor(Accept="text/html", Authorization=f"Bearer {token}") as client:
        answer = await client.get("/")
    assert answer.status_code == 200
    assert "venter på at komme i loggen" not in answer.text


async def test_the_live_part_is_sent_again_when_something_happened(house: House) -> None:
    reference = await house.report("Første")
    async with house.client() as client:
        reading = asyncio.create_task(client.get("/live"))
        await asyncio.sleep(0.6)
        await house.report("Anden")
        await asyncio.sleep(0.8)
        house.commits.close()
        sent = (await reading).text.split("\n\n")
    parts = [words(block) for block in sent if "data: " in block]
    assert len(parts) == 2
    assert reference in parts[0]
    assert "Anden" not in parts[0]
    assert "Anden" in parts[1]


async def test_a_page_opened_while_the_read_models_are_behind_catches_up(house: House) -> None:
    await house.parts.desk.report({"title": "Endnu ikke i listen", "severity": "low"}, house.parts.origin("api", "test"))
    async with house.client() as client:
        reading = asyncio.create_task(client.get("/live"))
        await asyncio.sleep(0.5)
        house.commits.close()
        assert "Endnu ikke i listen" in (await reading).text
