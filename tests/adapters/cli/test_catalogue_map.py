"""`sporlog catalogue map`: the picture and the paper, from the store itself."""

from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from pypdf import PdfReader

from adapters.main import open_office
from adapters.settings import read_settings
from handlers.catalogue import change_all
from tests.adapters.cli.conftest import Sporlog
from tests.support.catalogues import CARE, SERVER, small


@pytest.fixture
def filled(sporlog: Sporlog) -> Sporlog:
    told = small()
    with open_office(read_settings({"SPORLOG_ENTITY": "laerkeborg"}, data=sporlog.data)) as office:
        (outcome,) = office.store.commit([lambda uow: change_all(uow, told)])
    assert not isinstance(outcome, Exception)
    return sporlog


def test_the_picture_goes_to_standard_output_or_to_a_file(filled: Sporlog, tmp_path: Path) -> None:
    reference = filled.report("Disk fuld", components=SERVER)
    svg = filled("catalogue", "map", CARE).out
    assert fromstring(svg).get("role") == "img"
    assert f"{reference} · " in svg
    file = tmp_path / "kort.svg"
    assert str(file) in filled("catalogue", "map", CARE, "--out", str(file)).err
    assert file.read_text(encoding="utf-8") == svg.rstrip("\n")


def test_a_name_that_ends_with_pdf_gets_the_paper(filled: Sporlog, tmp_path: Path) -> None:
    file = tmp_path / "kort.pdf"
    filled("catalogue", "map", "--out", str(file))
    assert "samfundskritiske ydelser" in PdfReader(file).pages[0].extract_text()


def test_the_past_has_its_own_map(filled: Sporlog) -> None:
    reference = filled.report("Disk fuld", components=SERVER)
    assert reference not in filled("catalogue", "map", CARE, "--position", "13").out


def test_what_cannot_be_meant_is_one_line_and_no_file(filled: Sporlog, tmp_path: Path) -> None:
    file = tmp_path / "kort.docx"
    wrong = filled("catalogue", "map", CARE, "--out", str(file))
    assert wrong.code == 2
    assert ".svg" in wrong.err
    assert len(wrong.err.splitlines()) == 1
    assert not file.exists()
    unknown = filled("catalogue", "map", "Findes ikke", "--out", str(tmp_path / "kort.svg"))
    assert (unknown.code, unknown.out) == (1, "")
    assert not list(tmp_path.glob("kort*"))


def test_without_a_critical_service_there_is_nothing_to_draw(sporlog: Sporlog) -> None:
    said = sporlog("catalogue", "map")
    assert said.code == 1
    assert "samfundskritisk" in said.err
