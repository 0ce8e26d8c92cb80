"""Documents on the page and by the API: proposals, the extract that leaks nothing, and what goes to the records system."""

import csv
import json
import re
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from defusedxml import ElementTree
from pypdf import PdfReader
from pypdf.generic import StreamObject

from domain.incident import events as e
from domain.incident.events import RecordsExtracted
from tests.adapters.web.support import House
from tests.adapters.web.test_notices import page, words
from tests.support.papers import text_of

SECRETS = (
    *("Hemmelignote", "ondeserver.example", "192.0.2.7", "Prisliste4711", "Kunforcsirt", "Navnet Navnesen"),
    *("Bevisfilnavn", "Advokatfirma9", "Internsag8"),
)
"""What the documents of `told` hold that must not get out, each in another way."""
OPEN = ("Omsorgssystemet er nede", "Genstart serveren")
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


async def told(house: House) -> str:
    """An incident with a document of each sort: internal, withheld field, exempt as a whole, voluntary, open."""
    reference = await house.report(title="Hemmelignote i titlen", description="Om Navnet Navnesen")
    await house.step(reference, "note", text="Hemmelignote")
    await house.step(reference, "engage-supplier", supplier="Drift A/S", request="Genstart serveren")
    await house.step(reference, "supplier-report", supplier="Drift A/S", told="Den taler med ondeserver.example på 192.0.2.7")
    values = {"summary": "Omsorgssystemet er nede", "indicators": "ondeserver.example"}
    fields = {"suspected_malicious": "yes", "cross_border": "no", "values": values, "late_reason": "Internsag8"}
    await house.step(reference, "early-warning", **fields)
    await house.step(reference, "voluntary-notification", summary="Kunforcsirt", values={"summary": "Kunforcsirt"})
    await house.step(reference, "evidence", sha256="ab" * 32, name="Bevisfilnavn", bytes=10)
    await house.step(reference, "engage-supplier", supplier="Advokatfirma9", request="Prisliste4711")
    return reference


def mark(number: int, **fields: object) -> dict[str, object]:
    return {"document_number": number, "mark": "external", "reason": "Læst", **fields}


async def decided(house: House) -> tuple[str, int]:
    """The same, each document marked: by hand where it is not as proposed. Its version goes along."""
    reference = await told(house)
    numbers = {one["topic"]: one["number"] for one in await documents(house, reference)}
    last = numbers[e.SupplierEngaged.TOPIC]
    await house.step(reference, "mark-document", **mark(last, exemption="ofl-30-2"))
    async with house.visitor(Authorization=f"Bearer {house.parts.token}", **SAME_ORIGIN) as browser:
        version = len(await events(house, reference))
        answer = await browser.post(f"/haendelser/{reference}/dokumenter/forslag", data={"expected_version": str(version)})
    assert answer.status_code == 303, answer.text
    return reference, len(await events(house, reference))


async def get(house: House, path: str, status: int = 200) -> httpx.Response:
    async with house.client() as client:
        answer = await client.get(path)
    assert answer.status_code == status, answer.text
    return answer


async def documents(house: House, reference: str) -> list[dict[str, Any]]:
    return list((await get(house, f"/api/v1/incidents/{reference}/documents")).json())


async def events(house: House, reference: str) -> list[dict[str, Any]]:
    return list((await get(house, f"/api/v1/incidents/{reference}/events")).json())


async def approve(house: House, reference: str, version: int, status: int = 200, **fields: str) -> httpx.Response:
    sent = {"expected_version": str(version), "recipient": "Dagbladet", "legal_basis": "OFL § 7", **fields}
    async with house.visitor(Authorization=f"Bearer {house.parts.token}", **SAME_ORIGIN) as browser:
        answer = await browser.post(f"/haendelser/{reference}/dokumenter/aktindsigt", data=sent)
    assert answer.status_code == status, answer.text
    return answer


def everything_in(packed: bytes) -> bytes:
    """Every byte of the zip that a reader could get at: names, files, a PDF's text and its streams opened."""
    found = [packed]
    archive = ZipFile(BytesIO(packed))
    for name in archive.namelist():
        content = archive.read(name)
        found += [name.encode(), content]
        if name.endswith(".pdf"):
            reader = PdfReader(BytesIO(content))
            found += [text_of(content).encode(), str(reader.metadata).encode()]
            for number in range(1, int(str(reader.trailer["/Size"]))):
                one = reader.get_object(number)
                found.append(one.get_data() if isinstance(one, StreamObject) else str(one).encode())
    joined = b"\n".join(found)
    # The typesetter may divide a long word: what is searched for is searched for without spaces too.
    return joined + re.sub(rb"\s+", b"", joined)


async def test_nothing_that_is_exempt_is_in_any_byte_of_the_extract(house: House) -> None:
    reference, version = await decided(house)
    content = (await approve(house, reference, version)).content
    everything = everything_in(content)
    for secret in SECRETS:
        for written in (secret, secret.replace(" ", "")):
            assert written.encode() not in everything, secret
            assert written.encode("utf-16-be") not in everything, secret
    for text in OPEN:
        assert text.encode() in everything, text
    names = ZipFile(BytesIO(content)).namelist()
    assert names == [f"{reference}-aktindsigt.{kind}" for kind in ("pdf", "html", "csv")]


async def test_the_search_would_find_what_is_not_exempt(house: House) -> None:
    reference, version = await decided(house)
    for one in await documents(house, reference):
        await house.step(reference, "mark-document", **mark(one["number"], voluntary=False))
    version = len(await events(house, reference))
    everything = everything_in((await approve(house, reference, version)).content)
    # Why it was late stands in the log and not in the letter.
    assert [secret for secret in SECRETS if secret.encode() not in everything] == ["Internsag8"]


async def test_every_document_is_named_with_date_theme_direction_parties_and_why_it_is_left_out(house: House) -> None:
    reference, version = await decided(house)
    archive = ZipFile(BytesIO((await approve(house, reference, version)).content))
    read = archive.read(f"{reference}-aktindsigt.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(read), delimiter=";"))
    assert [row["Nr."] for row in rows] == [str(one["number"]) for one in await documents(house, reference)]
    by_theme = {row["Tema"]: row for row in rows}
    note, warning = by_theme[f"Notat, {reference}"], by_theme[f"Tidlig varsling, {reference}"]
    assert (note["Dato"], note["Retning"], note["Undtaget"]) == (
        "2026-11-22",
        "intern",
        "undtaget, OFL § 23 (internt dokument)",
    )
    assert warning["Undtaget"].startswith("enkelte felter undtaget, OFL § 33, nr. 5")
    assert by_theme[f"Frivillig underretning, {reference}"]["Undtaget"].startswith("undtaget, NIS 2-loven § 14, stk. 3")
    assert rows[-1]["Parter"] == "laerkeborg; en leverandør"
    assert rows[-1]["Undtaget"].startswith("undtaget, OFL § 30, nr. 2")
    pdf = text_of(archive.read(f"{reference}-aktindsigt.pdf"))
    html = words(archive.read(f"{reference}-aktindsigt.html").decode())
    for paper in (pdf, html):
        assert "Undtaget, OFL § 23 (internt dokument)" in paper
        assert "undtaget, OFL § 33, nr. 5" in paper
        assert "Til: Dagbladet. Hjemmel: OFL § 7." in paper
        assert "UDKAST" not in paper


async def test_a_draft_says_that_it_is_one_and_what_nobody_has_decided(house: House) -> None:
    reference = await told(house)
    packed = (await get(house, f"/haendelser/{reference}/dokumenter/aktindsigt")).content
    assert packed == (await get(house, f"/api/v1/incidents/{reference}/documents/extract")).content
    archive = ZipFile(BytesIO(packed))
    for paper in (
        text_of(archive.read(f"{reference}-aktindsigt.pdf")),
        words(archive.read(f"{reference}-aktindsigt.html").decode()),
    ):
        assert "UDKAST" in paper
        assert "Forslag: ingen har taget stilling endnu" in paper
    assert not any(one["type"].endswith("records-extracted.v1") for one in await events(house, reference))


async def test_it_is_final_only_when_all_is_decided_and_nothing_was_written_since(house: House) -> None:
    reference = await told(house)
    version = len(await events(house, reference))
    refused = await approve(house, reference, version, 409)
    assert "undecided-documents" in refused.text or "ikke mærket" in refused.text
    reference, version = await decided(house)
    await house.step(reference, "note", text="Kommet til")
    await approve(house, reference, version, 412)
    version = len(await events(house, reference))
    await approve(house, reference, version, 422, recipient="")
    await approve(house, reference, version, 422, expected_version="")
    stream = house.store.read_stream(house.parts.desk.find(reference))
    assert not any(isinstance(one.event, RecordsExtracted) for one in stream)


async def test_what_was_given_out_is_on_record_and_is_made_again_to_the_byte(house: House) -> None:
    reference, version = await decided(house)
    answer = await approve(house, reference, version)
    recorded = house.store.read_stream(house.parts.desk.find(reference))[-1]
    assert isinstance(recorded.event, RecordsExtracted)
    assert (recorded.event.recipient, recorded.event.legal_basis, recorded.event.upto) == ("Dagbladet", "OFL § 7", version)
    assert recorded.event.zip_sha256 == answer.headers["x-content-sha256"]
    assert (recorded.event.documents, recorded.event.left_out) == (8, 5)
    house.clock.go_on(days=40)
    await house.step(reference, "note", text="Senere")
    path = f"/api/v1/incidents/{reference}/documents/extract?number={recorded.version}"
    assert (await get(house, path)).content == answer.content
    await get(house, f"/api/v1/incidents/{reference}/documents/extract?number=1", 404)
    shown = words(await page(house, f"/haendelser/{reference}/dokumenter"))
    assert f"nr. {recorded.version} til Dagbladet (OFL § 7)" in shown


async def test_after_a_text_was_erased_it_is_said_that_the_extract_cannot_be_made_again(house: House) -> None:
    reference, version = await decided(house)
    await approve(house, reference, version)
    number = len(await events(house, reference))
    open_one = next(one["number"] for one in await documents(house, reference) if one["topic"] == e.SupplierEngaged.TOPIC)
    proposal = await house.step(
        reference, "propose-redaction", redacted_number=open_one, path="request", legal_basis="wrong_place", reason="Fejl"
    )
    assert proposal
    await house.step(reference, "redact", actor="u-8", proposal_number=number + 1)
    answer = await get(house, f"/api/v1/incidents/{reference}/documents/extract?number={number}", 409)
    assert answer.json()["code"] == "extract-changed"


async def test_the_page_shows_proposals_and_leads_to_the_form_filled_in(house: House) -> None:
    reference = await told(house)
    html = await page(house, f"/haendelser/{reference}/dokumenter")
    shown = words(html)
    assert "Forslag : Viser, hvordan netværket er bygget" in shown
    assert "8 dokumenter venter på, at nogen tager stilling" in shown
    assert "8 dokumenter er ikke journaliseret (§ 15)." in shown
    assert "Det kan godkendes, når alle dokumenter er mærket." in shown
    link = re.search(r'href="([^"]*document_number=4[^"]*)"', html)
    assert link is not None
    form = await page(house, link[1].replace("&amp;", "&").partition("#")[0])
    filled = form[form.index('id="form-mark-document"') :]
    assert 'value="ofl-33-5" selected' in filled
    assert 'value="told"' in filled
    assert '<option value="4" selected>' in filled
    assert f'href="/haendelser/{reference}/dokumenter"' in await page(house, f"/haendelser/{reference}")


async def test_an_incident_without_more_has_its_registration_only(house: House) -> None:
    reference = await house.report()
    (one,) = await documents(house, reference)
    assert (one["mark"], one["decided"], one["reason"]) == ("internal", False, "Skrevet til kommunen selv")
    shown = words(await page(house, f"/haendelser/{reference}/dokumenter"))
    assert "Intet er udleveret endnu." in shown


async def test_the_records_system_gets_each_document_as_pdf_a_and_the_access_codes_in_json_and_xml(house: House) -> None:
    reference, _ = await decided(house)
    await house.step(reference, "journalise", system="esdh", case_number="26/1", document_number=2, record_number="26/1-2")
    archive = ZipFile(BytesIO((await get(house, f"/api/v1/incidents/{reference}/export")).content))
    journal = json.loads(archive.read("journal.json"))
    note = next(one for one in journal["documents"] if one.get("number") == 2)
    assert (note["document_type"], note["access_code"], note["access_decided"]) == ("Notat", "intern", True)
    assert (note["case_number"], note["record_number"]) == ("26/1", "26/1-2")
    voluntary = next(one for one in journal["documents"] if one.get("document_type") == "Frivillig underretning")
    assert voluntary["exempt_by"] == ["NIS 2-loven § 14, stk. 3"]
    root = ElementTree.fromstring(archive.read("journal.xml"))
    assert [one.findtext("file") for one in root.findall("documents/item")] == [one["file"] for one in journal["documents"]]
    pdfs = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert pdfs == [one["file"] for one in journal["documents"] if one["file"].endswith(".pdf")]
    for name in pdfs:
        for claim in (b"pdfaid:part>2<", b"pdfaid:conformance>A<", b"pdfuaid:part>1<"):
            assert claim in archive.read(name), name


@pytest.mark.parametrize("language", ["da", "en"])
async def test_what_is_not_filed_is_listed_over_all_incidents(house: House, language: str) -> None:
    reference = await told(house)
    rows = (await get(house, "/api/v1/lists/unfiled")).json()
    assert [row["number"] for row in rows] == [one["number"] for one in await documents(house, reference)]
    shown = words(await page(house, f"/lister/unfiled?lang={language}"))
    assert ("Documents" if language == "en" else "Dokumenter") in words(
        await page(house, f"/haendelser/{reference}/dokumenter?lang={language}")
    )
    assert ("Tidlig varsling" if language == "da" else "Early warning") in shown
    await house.step(reference, "journalise", system="esdh", case_number="26/1")
    assert (await get(house, "/api/v1/lists/unfiled")).json() == []
