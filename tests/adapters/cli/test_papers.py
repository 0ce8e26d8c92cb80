import json

from tests.adapters.cli.conftest import Sporlog
from tests.support.papers import pages, text_of


def test_a_sheet_is_text_on_the_screen_and_pdf_in_a_file(sporlog: Sporlog) -> None:
    reference = sporlog.report("Sagssystemet svarer ikke")
    said = sporlog("incident", "sheet", reference, "early_warning")
    assert said.code == 0, said.err
    assert "Tidlig varsling (NIS 2-loven § 13, stk. 1, nr. 1)" in said.out
    assert "MANGLER (loven kræver det nu)" in said.out
    file = sporlog.data.parent / "varsling.pdf"
    written = sporlog("incident", "sheet", reference, "early_warning", "--format", "pdf", "--out", file)
    assert (written.code, written.out) == (0, "")
    assert str(file) in written.err
    assert "Sagssystemet svarer ikke" in text_of(file.read_bytes())


def test_the_brief_is_read_aloud_from_the_terminal(sporlog: Sporlog) -> None:
    reference = sporlog.report("Sagssystemet svarer ikke")
    said = sporlog("incident", "brief", reference)
    assert "Beslutning nu\nEr hændelsen væsentlig, så den skal underrettes?\nSenest " in said.out
    assert sporlog("incident", "brief", reference, "--format", "json").json["position"] == 1


def test_a_paper_of_nothing_is_one_line(sporlog: Sporlog) -> None:
    sporlog.report()
    said = sporlog("incident", "brief", "H-2026-0404")
    assert said.code == 1
    assert said.err.count("\n") == 1


def test_the_action_cards_are_a_file_to_print(sporlog: Sporlog) -> None:
    file = sporlog.data.parent / "kort.pdf"
    assert sporlog("action-cards", "--out", file).code == 0
    assert len(pages(file.read_bytes())) == 10
    (card,) = sporlog("action-cards", "--role", "dpo", "--format", "json").json
    assert card["name"] == "Databeskyttelsesrådgiver (DPO)"
    other = sporlog.data.parent / "kort.json"
    sporlog("action-cards", "--format", "json", "--out", other)
    assert len(json.loads(other.read_text(encoding="utf-8"))) == 10
