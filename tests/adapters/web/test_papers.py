"""The papers by HTTP: the same bytes for the same position, one page where one page is promised, and stamped."""

import json
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import httpx

from domain.roles import ROLES, Role
from domain.submissions.kinds import ReportKind
from handlers.organisation import change
from tests.adapters.web.support import House
from tests.adapters.web.test_notices import page, significant, words
from tests.support.organisations import placed, registered
from tests.support.papers import pages, text_of


async def get(house: House, path: str, status: int = 200) -> httpx.Response:
    async with house.client() as client:
        answer = await client.get(f"/api/v1{path}")
    assert answer.status_code == status, answer.text
    return answer


async def filed(house: House) -> tuple[str, int]:
    """An early warning, and its position."""
    reference = await significant(house)
    values = {"summary": "Som sendt", "suspected_malicious": "yes", "cross_border": "no"}
    await house.step(reference, "draft-submission", report="early_warning", values=values)
    position = await house.step(
        reference, "early-warning", suspected_malicious="yes", cross_border="no", receipt="K-1", occurred_at="2026-11-22 09:59"
    )
    return reference, position


async def test_every_notice_has_a_sheet_in_three_forms(house: House) -> None:
    reference = await significant(house)
    for kind in ReportKind:
        path = f"/incidents/{reference}/sheets/{kind.value}"
        pdf, told = await get(house, path), (await get(house, f"{path}?format=json")).json()
        assert pdf.headers["content-type"] == "application/pdf"
        assert pdf.headers["content-disposition"] == f'inline; filename="{reference}-{kind.value}.pdf"'
        assert (told["ref"], told["kind"], told["position"]) == (reference, kind.value, house.store.head())
        for text in (text_of(pdf.content), (await get(house, f"{path}?format=text")).text):
            assert "Kopiark: Sporlog har ikke indsendt noget." in text


async def test_a_filed_sheet_is_made_again_to_the_byte_whatever_happened_since(house: House) -> None:
    reference, position = await filed(house)
    path = f"/incidents/{reference}/sheets/early_warning?position={position}"
    first = (await get(house, path)).content
    await house.step(reference, "draft-submission", report="early_warning", values={"summary": "Rettet"})
    await house.step(reference, "correct", field="title", new="Noget andet", reason="x")
    await house.parts.desk.committer.submit(lambda uow: change(uow, registered()))
    house.clock.go_on(days=30)
    assert (await get(house, path)).content == first
    assert "Som sendt" in text_of(first)
    assert "Rettet" in (await get(house, f"/incidents/{reference}/sheets/early_warning?format=text")).text


async def test_a_position_before_the_incident_is_not_found(house: House) -> None:
    reference = await significant(house)
    await get(house, f"/incidents/{reference}/sheets/early_warning?position=0", 404)
    await get(house, f"/incidents/{reference}/submissions?position=0", 404)
    await get(house, "/incidents/H-2026-0404/brief", 404)
    await get(house, f"/incidents/{reference}/sheets/brev", 422)


async def test_the_brief_is_one_page_and_stamped_with_position_and_time(house: House) -> None:
    reference, position = await filed(house)
    (only,) = pages((await get(house, f"/incidents/{reference}/brief")).content)
    told = (await get(house, f"/incidents/{reference}/brief?format=json")).json()
    read = (await get(house, f"/incidents/{reference}/brief?format=text")).text
    for text in (" ".join(only.split()), read):
        assert f"Sporlog, position {position}, søn. 22. nov. 2026 kl. 10.00" in text
        assert "Kan udkastet godkendes" not in text
        assert "Hjemmepleje" in text
    assert (told["position"], told["as_of"], told["hit"][0]) == (position, "2026-11-22T09:00:00Z", "Hjemmepleje")
    assert {one["name"]: one["discharged_at"] for one in told["deadlines"]}["Tidlig varsling"] == "2026-11-22T08:59:00Z"
    spoken = words(await page(house, f"/haendelser/{reference}/brief"))
    assert "Hvad er ramt? Hjemmepleje Sted: Hele kommunen" in spoken
    assert f"Til og med logpost nr. {position}." in spoken


async def test_an_exercise_is_stamped_on_every_paper(house: House) -> None:
    reference = await house.report(exercise=True)
    assert "ØVELSE" in text_of((await get(house, f"/incidents/{reference}/brief")).content)
    assert "ØVELSE" in (await get(house, f"/incidents/{reference}/brief?format=text")).text
    assert "ØVELSE" in text_of((await get(house, f"/incidents/{reference}/sheets/early_warning")).content)
    assert "ØVELSE" in await page(house, f"/haendelser/{reference}/brief")


async def test_each_role_has_a_card_of_one_page(house: House) -> None:
    for event in (registered(), placed(Role.NOTIFIER, "u-1", "u-2")):
        await house.parts.desk.committer.submit(partial(change, proposed=event))
    printed = pages((await get(house, "/action-cards?format=pdf")).content)
    assert len(printed) == len(Role)
    (one,) = pages((await get(house, "/action-cards?format=pdf&role=notifier")).content)
    line = " ".join(one.split())
    for told in (
        "Underretningsansvarlig",
        "u-1 (stedfortrædere: u-2)",
        "Send tidlig varsling på virk.dk",
        "§ 13, stk. 1, nr. 1",
    ):
        assert told in line
    (card,) = (await get(house, "/action-cards?role=notifier")).json()
    assert (card["role"], card["held"]) == ("notifier", [{"administration": None, "holder": "u-1", "deputies": ["u-2"]}])
    html = words(await page(house, "/handlingskort"))
    assert all(ROLES[role].task_da in html for role in Role)
    assert "u-1 (stedfortrædere: u-2)" in html


async def test_the_export_holds_what_was_filed_the_course_and_what_to_file_it_by(house: House) -> None:
    reference, position = await filed(house)
    await house.step(reference, "journalise", system="esdh", case_number="26-123", document="Varsling")
    packed = (await get(house, f"/incidents/{reference}/export")).content
    assert (await get(house, f"/incidents/{reference}/export")).content == packed
    archive = ZipFile(BytesIO(packed))
    sheet, timeline = f"{reference}-006-early_warning.pdf", f"{reference}-timeline.json"
    registration = f"{reference}-001-reported.pdf"
    assert archive.namelist() == ["journal.json", "journal.xml", registration, sheet, timeline]
    journal: dict[str, Any] = json.loads(archive.read("journal.json"))
    assert journal["case_numbers"] == [{"system": "esdh", "case_number": "26-123", "document": "Varsling"}]
    _, document, course = journal["documents"]
    assert (document["file"], document["date"], document["direction"]) == (sheet, "2026-11-22", "udgående")
    assert (document["theme"], document["receipt"]) == (f"Tidlig varsling, {reference}", "K-1")
    assert course["direction"] == "intern"
    assert archive.read(sheet) == (await get(house, f"/incidents/{reference}/sheets/early_warning?position={position}")).content
    assert len(json.loads(archive.read(timeline))) == 7


async def test_the_incidents_page_leads_to_its_papers(house: House) -> None:
    reference = await significant(house)
    html = await page(house, f"/haendelser/{reference}")
    assert f'href="/haendelser/{reference}/brief"' in html
    assert f'href="/haendelser/{reference}/underretning/early_warning"' in html
    assert f'href="/api/v1/incidents/{reference}/export"' in html
