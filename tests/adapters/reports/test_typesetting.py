import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from adapters.reports.action_card import ActionCard, CardStep, action_cards_pdf
from adapters.reports.typesetting import _UNPRINTABLE, Stamp
from domain.roles import Role
from tests.support.papers import pages, text_of

STAMP = Stamp("Lærkeborg Kommune", 1234, datetime(2026, 11, 20, 14, 20, tzinfo=UTC))


def card(text: str, stamp: Stamp = STAMP) -> bytes:
    return action_cards_pdf([ActionCard(Role.NOTIFIER, (CardStep(text, text, (text,)),))], stamp)


def test_every_paper_says_that_it_is_accessible_what_it_is_called_and_in_which_language() -> None:
    reader = PdfReader(BytesIO(card("x")))
    root, metadata = reader.trailer["/Root"], reader.xmp_metadata
    assert isinstance(root, DictionaryObject)
    assert metadata is not None

    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata.rdf_root.toxml()
    assert str(root["/Lang"]) == "da-DK"
    assert "/StructTreeRoot" in root
    assert metadata.dc_title == {"x-default": "Handlingskort, Lærkeborg Kommune"}


def test_the_same_data_give_the_same_bytes() -> None:
    assert card("x") == card("x")
    assert card("x") != card("y")


@pytest.mark.parametrize(
    "hostile",
    [
        '#strong[x] #panic("x") $x$ = y // z /* _a_ *b* `c` <label> @ref \\ \\u{41} \\#',
        '"); read("/etc/passwd"); ("',
        '#import "common.typ": data; #data',
        "010190-1234",
        "- 1. + = https://example.org ~ -- --- ...",
    ],
)
def test_markup_in_a_text_is_printed_and_never_read(hostile: str) -> None:
    assert text_of(card(hostile)).count(hostile) == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [("😀", "[U+1F600]"), ("a\x00b", "a[U+0000]b"), ("\u202egpj", "[U+202E]gpj"), ("中", "[U+4E2D]"), ("Æøå é →", "Æøå é →")],
)
def test_a_character_that_cannot_be_printed_is_told_by_its_code(text: str, shown: str) -> None:
    assert shown in text_of(card(text))


def test_every_character_that_passes_can_be_printed_both_plain_and_bold() -> None:
    passing = " ".join(chr(code) for code in range(0x20, 0xD800) if not _UNPRINTABLE.match(chr(code)))
    assert "[U+" not in text_of(card(passing))


@pytest.mark.parametrize("nothing", ["", " ", "\n\n", "\r\n", "\t"])
def test_a_text_of_nothing_is_no_obstacle(nothing: str) -> None:
    assert "Underretningsansvarlig" in text_of(card(nothing))


def test_a_long_text_without_spaces_is_broken_into_lines_and_stays_whole() -> None:
    lines = "\n".join(pages(card("x" * 20_000))).splitlines()

    assert max(map(len, lines)) < 150
    assert sum(line.count("x") for line in lines) == 60_000


@pytest.mark.parametrize(
    ("demo", "exercise", "words"), [(True, False, "DEMO"), (False, True, "ØVELSE"), (True, True, "DEMO ØVELSE")]
)
def test_what_is_not_real_is_stamped(*, demo: bool, exercise: bool, words: str) -> None:
    assert words in text_of(card("x", STAMP._replace(demo=demo, exercise=exercise)))


def test_what_is_real_has_no_stamp_but_its_place_in_the_log() -> None:
    text = text_of(card("x"))
    assert "DEMO" not in text
    assert "ØVELSE" not in text
    assert "Sporlog, position 1234, fre. 20. nov. 2026 kl. 15.20" in text
    assert "Side 1 af 1" in text


def test_the_typesetter_is_loaded_only_when_a_paper_is_made() -> None:
    imports = "import sys, adapters.reports.sheet, adapters.reports.brief, adapters.reports.action_card"
    check = f"{imports}; print('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True).stdout == "False\n"
