"""A notice on the page: filled in from the log, drafted, approved, recorded as sent, and shown beside what was known."""

import re
from functools import partial
from typing import Any

import httpx

from domain.policy import Policy
from domain.submissions.kinds import ReportKind
from handlers.organisation import change
from tests.adapters.web.support import House
from tests.support.organisations import contact, named, policy, registered, tried

EARLY, NOTICE = "early_warning", "incident_notification"


async def significant(house: House) -> str:
    reference = await house.report(description="Filer er krypteret.", services=["Hjemmepleje"], place="Hele kommunen")
    await house.step(reference, "significant-now", suspected_malicious="yes", reason="Medicinlister mangler")
    await house.step(reference, "approve-assessment", actor="ledelse")
    return reference


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


async def page(house: House, path: str, status: int = 200) -> str:
    async with house.client(Accept="text/html") as browser:
        answer = await browser.get(path)
    assert answer.status_code == status
    return answer.text


def form_of(html: str) -> dict[str, str]:
    """What a browser would send back of the notice's form, untouched."""
    form = html[html.index("/udkast") : html.index("</form>", html.index("/udkast"))]
    sent = dict[str, str]()
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            sent[name[1]] = value[1]
    sent |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, flags=re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


async def post(house: House, path: str, **sent: str) -> httpx.Response:
    async with house.client(Accept="text/html") as browser:
        return await browser.post(path, data=sent)


async def submissions(house: House, reference: str) -> list[dict[str, Any]]:
    async with house.client() as client:
        found: list[dict[str, Any]] = (await client.get(f"/api/v1/incidents/{reference}/submissions")).json()
    return found


async def test_every_notice_has_a_page_that_says_that_nothing_was_submitted(house: House) -> None:
    reference = await significant(house)
    for kind in ReportKind:
        html = words(await page(house, f"/haendelser/{reference}/underretning/{kind.value}"))
        assert re.search("Sporlog har ikke (ind)?sendt noget. Et menneske", html)
        assert "Registrér, at den er sendt" in html


async def test_the_page_is_filled_in_from_the_log_and_marks_what_the_law_wants(house: House) -> None:
    reference = await significant(house)
    html = await page(house, f"/haendelser/{reference}/underretning/{EARLY}")
    sent = form_of(html)
    assert sent["summary"] == "Omsorgsjournalen svarer ikke. Filer er krypteret."
    assert sent["suspected_malicious"] == "yes"
    assert sent["time.aware"] == "2026-11-22 10:00"
    shown = words(html)
    assert "Alt, hvad loven kræver nu, er udfyldt." in shown
    assert "Loven kræver det: NIS 2-loven § 13, stk. 1, nr. 1" in shown
    notice = words(await page(house, f"/haendelser/{reference}/underretning/{NOTICE}"))
    assert "Det kræver loven nu: Kompromitteringsindikatorer (IoC) (NIS 2-loven § 13, stk. 1, nr. 2" in notice


async def test_the_fields_are_in_the_order_that_the_municipality_sees_on_virk(house: House) -> None:
    reference = await significant(house)
    own = Policy(notice_order=("time.detected", "summary"))
    for event in (registered(), policy(own)):
        await house.parts.desk.committer.submit(partial(change, proposed=event))
    html = await page(house, f"/haendelser/{reference}/underretning/{NOTICE}")
    places = [html.index(f'id="felt-{key}"') for key in ("time.detected", "summary", "reporting_reason", "entity.name")]
    assert places == sorted(places)


async def test_who_may_file_and_the_way_around_are_on_the_page(house: House) -> None:
    reference = await significant(house)
    for event in (registered(), named(), tried(hours=-24), named("u-2"), contact()):
        await house.parts.desk.committer.submit(partial(change, proposed=event))
    html = words(await page(house, f"/haendelser/{reference}/underretning/{EARLY}"))
    assert "u-1 : sidst afprøvet tor. 19. nov. 2026 kl. 15.20" in html
    assert "u-2 : aldrig afprøvet" in html
    assert "Ring 00 00 00 00" in html
    assert "Myndighedens alternative kanal, når Virk eller kommunen selv er nede Mangler" in html


async def test_a_notice_goes_from_the_log_to_draft_approval_and_receipt(house: House) -> None:
    reference = await significant(house)
    here = f"/haendelser/{reference}/underretning/{NOTICE}"
    sent = form_of(await page(house, here)) | {"indicators": "198.51.100.7", "time.handled": "Ved ikke endnu"}

    saved = await post(house, f"{here}/udkast", **sent)
    assert (saved.status_code, saved.headers["location"]) == (303, f"{here}?gemt=draft-submission")
    number = form_of(await page(house, here))["udkast"]

    own = await post(house, f"{here}/godkend", udkast=number)
    assert own.status_code == 409
    assert "alene på vagt" in words(own.text)
    assert (await post(house, f"{here}/godkend", udkast=number, alone="true")).status_code == 303
    assert "Udkastet er godkendt." in await page(house, here)

    house.clock.go_on(hours=1)
    recorded = await post(
        house, f"{here}/registrer", submission_channel="virk", receipt="K-1", occurred_at="2026-11-22T10:40", combined="true"
    )
    assert recorded.headers["location"] == f"{here}?gemt=incident-notification"

    warning, notice = await submissions(house, reference)
    assert (warning["kind"], notice["kind"]) == (EARLY, NOTICE)
    assert (notice["sent_at"], notice["channel"], notice["receipt"]) == ("2026-11-22T09:40:00Z", "virk", "K-1")
    assert notice["values"]["indicators"] == "198.51.100.7"
    assert notice["values"]["time.handled"] == "unknown"
    assert len(notice["filed_sha256"]) == 64
    assert [(one["field"], one["filed"]) for one in notice["differences"]] == [("time.handled", "unknown")]
    assert notice["known_since"] == []


async def test_a_later_correction_is_beside_what_was_filed_and_not_a_difference_of_then(house: House) -> None:
    reference = await significant(house)
    here = f"/haendelser/{reference}/underretning/{EARLY}"
    await post(house, f"{here}/udkast", **form_of(await page(house, here)))
    await post(house, f"{here}/registrer", submission_channel="virk", receipt="K-1")
    await house.step(reference, "correct", field="place", new="Kun rådhuset", reason="Set på stedet")

    (warning,) = await submissions(house, reference)
    assert warning["differences"] == []
    since = {one["field"]: (one["filed"], one["known"]) for one in warning["known_since"]}
    assert since["impact.area"] == ("Hele kommunen", "Kun rådhuset")
    html = words(await page(house, here))
    assert "Alle felter siger det samme, som loggen vidste" in html
    assert "Siden er loggen blevet klogere" in html
    assert warning["filed_sha256"] in html


async def test_what_was_sent_without_a_draft_is_what_the_page_showed(house: House) -> None:
    reference = await significant(house)
    here = f"/haendelser/{reference}/underretning/{EARLY}"
    assert (await post(house, f"{here}/registrer", submission_channel="virk")).status_code == 303
    (warning,) = await submissions(house, reference)
    assert warning["values"]["summary"] == "Omsorgsjournalen svarer ikke. Filer er krypteret."
    assert warning["differences"] == []
    assert "ikke set endnu" in await page(house, here)


async def test_a_time_that_cannot_be_read_keeps_all_that_was_typed(house: House) -> None:
    reference = await significant(house)
    here = f"/haendelser/{reference}/underretning/{EARLY}"
    sent = form_of(await page(house, here)) | {"summary": "Skrevet <med> omhu", "time.occurred": "i går"}
    answer = await post(house, f"{here}/udkast", **sent)
    assert answer.status_code == 422
    assert "Skrevet &lt;med&gt; omhu" in answer.text
    assert 'value="i går"' in answer.text
    assert await submissions(house, reference) == []


async def test_a_draft_that_somebody_else_replaced_is_not_written_over(house: House) -> None:
    reference = await significant(house)
    here = f"/haendelser/{reference}/underretning/{EARLY}"
    sent = form_of(await page(house, here))
    await post(house, f"{here}/udkast", **sent)
    answer = await post(house, f"{here}/udkast", **(sent | {"summary": "Min tekst"}))
    assert answer.status_code == 412
    assert "Min tekst" in answer.text


async def test_a_draft_tells_where_the_log_has_moved_on_and_can_be_filled_in_again(house: House) -> None:
    reference = await significant(house)
    here = f"/haendelser/{reference}/underretning/{EARLY}"
    await post(house, f"{here}/udkast", **form_of(await page(house, here)))
    await house.step(reference, "correct", field="place", new="Kun rådhuset", reason="Set på stedet")
    html = await page(house, here)
    assert form_of(html)["impact.area"] == "Hele kommunen"
    assert "Loggen siger nu noget andet end udkastet" in html
    assert form_of(await page(house, f"{here}?fra=log"))["impact.area"] == "Kun rådhuset"


async def test_recipients_are_told_in_the_words_of_the_draft(house: House) -> None:
    reference = await significant(house)
    here = f"/haendelser/{reference}/underretning/recipients"
    sent = form_of(await page(house, here)) | {"recipients.advice": "Ring til hjemmeplejen"}
    await post(house, f"{here}/udkast", **sent)
    html = await page(house, here)
    assert re.search(r'name="advice"[^>]*>Ring til hjemmeplejen<', html)
    await post(house, f"{here}/registrer", channels="phone", recipients="400 borgere", text="Nede", advice="Ring")
    (told,) = await submissions(house, reference)
    assert (told["kind"], told["filed_sha256"], told["values"]["recipients.advice"]) == (
        "recipients",
        None,
        "Ring til hjemmeplejen",
    )


async def test_the_pages_speak_english_and_the_words_for_the_portal_stay_danish(house: House) -> None:
    reference = await significant(house)
    html = words(await page(house, f"/haendelser/{reference}/underretning/{EARLY}?lang=en"))
    assert "Sporlog has not submitted anything. A person submits on virk.dk with MitID" in html
    assert "Unlawful or malicious act suspected?" in html
    assert "Kopiark: Sporlog har ikke indsendt noget." in html
    assert "What is hit?" in await page(house, f"/haendelser/{reference}/brief?lang=en")
    assert "Print the card" in await page(house, "/handlingskort?lang=en")


async def test_an_unknown_notice_and_an_unknown_incident_are_not_found(house: House) -> None:
    reference = await significant(house)
    assert (await post(house, f"/haendelser/{reference}/underretning/brev/udkast")).status_code in {404, 422}
    await page(house, f"/haendelser/H-2026-0404/underretning/{EARLY}", status=404)
