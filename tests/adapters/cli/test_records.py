"""`sporlog records` in a terminal: documents, the extract, the folder for the records system, and what is not filed."""

import hashlib
import json
from zipfile import ZipFile

from tests.adapters.cli.conftest import Sporlog
from tests.support.papers import text_of


def told(sporlog: Sporlog) -> str:
    reference = sporlog.report("Sagssystemet svarer ikke")
    assert sporlog("incident", "note", reference, "--text", "Kun til os").code == 0
    asked = ("--supplier", "Drift A/S", "--request", "Find fejlen")
    assert sporlog("incident", "engage-supplier", reference, *asked).code == 0
    return reference


def test_the_documents_are_listed_with_what_is_proposed_and_marked_in_one_go(sporlog: Sporlog) -> None:
    reference = told(sporlog)
    said = sporlog("records", "list", reference)
    assert (said.code, said.err) == (0, "")
    assert f"Notat, {reference}" in said.out
    assert said.out.count("(forslag)") == 3
    done = sporlog("records", "accept", reference, "--actor", "u-arkiv")
    assert done.out == "3 dokumenter mærket som foreslået\n"
    listed = sporlog("records", "list", reference, "--json").json
    assert [(one["number"], one["mark"], one["decided_by"]) for one in listed] == [
        (1, "internal", "u-arkiv"),
        (2, "internal", "u-arkiv"),
        (3, "external", "u-arkiv"),
    ]
    fields = ("--document-number", 3, "--mark", "external", "--exemption", "ofl-30-2", "--reason", "Priser")
    assert sporlog("incident", "mark-document", reference, *fields).code == 0
    (third,) = [one for one in sporlog("records", "list", reference, "--json").json if one["number"] == 3]
    assert (third["exemption_cited"], third["left_out"]) == ("OFL § 30, nr. 2", True)


def test_an_extract_is_a_draft_until_the_version_that_was_checked_is_approved(sporlog: Sporlog) -> None:
    reference, folder = told(sporlog), sporlog.data.parent
    draft = sporlog("records", "extract", reference, "--out", folder / "udkast.zip")
    assert (draft.code, draft.out) == (0, "")
    assert "Udkast af version 3" in draft.err
    with ZipFile(folder / "udkast.zip") as archive:
        assert "UDKAST" in text_of(archive.read(f"{reference}-aktindsigt.pdf"))
    final = ("records", "extract", reference, "--out", folder / "endelig.zip", "--recipient", "Avisen", "--basis", "OFL § 7")
    refused = sporlog(*final, "--approve", 3)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "ikke mærket" in refused.err
    sporlog("records", "accept", reference)
    stale = sporlog(*final, "--approve", 3)
    assert (stale.code, stale.err.count("\n")) == (1, 1)
    assert sorted(one.name for one in folder.glob("*.zip*")) == ["udkast.zip"]
    assert list(folder.glob(".*.part")) == []
    done = sporlog(*final, "--approve", 6)
    assert done.code == 0, done.err
    assert "Godkendt som nummer 7" in done.err
    (recorded,) = [one for one in sporlog("replay", reference, "--json").json if one["type"].endswith("records-extracted.v1")]
    assert recorded["data"]["zip_sha256"] == hashlib.sha256((folder / "endelig.zip").read_bytes()).hexdigest()
    again = sporlog("records", "extract", reference, "--number", 7, "--out", folder / "igen.zip")
    assert again.code == 0
    assert (folder / "igen.zip").read_bytes() == (folder / "endelig.zip").read_bytes()


def test_bad_input_is_one_line_and_writes_nothing(sporlog: Sporlog) -> None:
    reference, folder = told(sporlog), sporlog.data.parent
    there = folder / "der.zip"
    there.write_bytes(b"min")
    for arguments, code in (
        (("extract", reference, "--out", there), 1),
        (("extract", reference, "--out", folder / "ny.zip", "--approve", 3), 2),
        (("extract", reference, "--out", folder / "ny.zip", "--number", 1), 1),
        (("extract", "H-2026-0404", "--out", folder / "ny.zip"), 1),
        (("extract", reference, "--out", folder / "mangler" / "ny.zip"), 1),
        (("esdh", reference, "--out", there), 1),
        (("list", "H-2026-0404"), 1),
    ):
        said = sporlog("records", *arguments)
        assert (said.code, said.err.count("\n")) == (code, 1), (arguments, said.err)
    assert there.read_bytes() == b"min"
    assert sorted(one.name for one in folder.iterdir() if "zip" in one.name) == ["der.zip"]


def test_the_records_system_gets_a_folder_and_what_it_filed_is_no_longer_pending(sporlog: Sporlog) -> None:
    reference, out = told(sporlog), sporlog.data.parent / "esdh"
    assert [row["number"] for row in sporlog("records", "pending", "--json").json] == [1, 2, 3]
    assert "Henvendelse til leverandør" in sporlog("records", "pending").out
    said = sporlog("records", "esdh", reference, "--out", out)
    assert said.code == 0, said.err
    journal = json.loads((out / "journal.json").read_text(encoding="utf-8"))
    names = sorted(one.name for one in out.iterdir())
    assert names == sorted(["journal.json", "journal.xml", *(one["file"] for one in journal["documents"])])
    assert "Find fejlen" in text_of((out / f"{reference}-003-supplier-engaged.pdf").read_bytes())
    fields = ("--system", "esdh", "--case-number", "26/1", "--document-number", 3, "--record-number", "26/1-1")
    assert sporlog("incident", "journalise", reference, *fields).code == 0
    assert [row["number"] for row in sporlog("records", "pending", "--json").json] == [1, 2]
    assert sporlog("incident", "journalise", reference, "--system", "esdh", "--case-number", "26/1").code == 0
    assert sporlog("records", "pending", "--json").json == []
    assert "Der er ingen i perioden." in sporlog("records", "pending").out
