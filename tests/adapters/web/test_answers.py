"""CSV: what a spreadsheet would run is words to it, and everything else is as it was."""

import csv
import io
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest

from adapters.web.answers import csv_answer, spreadsheet_answer

ATTACKS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff201", " =1+1")


def cell(value: object, delimiter: str = ",") -> str:
    """The value as the reader of the file finds it."""
    text = bytes(csv_answer(["a", "b"], [{"a": "x", "b": value}], "t").body).decode()
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1][-1]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_text_that_begins_like_a_formula_is_words(attack: str) -> None:
    assert cell(attack).startswith("'" + attack[0])
    assert cell([attack, "b"]).startswith("'" + attack[0])


@pytest.mark.parametrize("attack", ["Nede;=1+1;", "Nede\t=1+1", "Nede\r\n=1+1", "Nede; @SUM(A1);", "Nede;-1+1"])
def test_a_text_whose_rest_would_be_a_cell_elsewhere_is_words_there_too(attack: str) -> None:
    assert [piece for piece in re.split(r"[;\t\n]", cell(attack)) if piece.strip().startswith(("=", "@", "-"))] == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-5, "-5"),
        (-0.5, "-0.5"),
        (0, "0"),
        (None, ""),
        (True, "true"),
        (datetime(2026, 11, 22, 9, tzinfo=UTC), "2026-11-22T09:00:00Z"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ("a = b; c + d, 100,- ;-)", "a = b; c + d, 100,- ;-)"),
        ("Set:\n- arkivet\n- login", "Set:\n- arkivet\n- login"),
        (["a", "b"], "a; b"),
        ({"q1.cia": "none"}, '{"q1.cia":"none"}'),
        ('Han sagde: "nej"', 'Han sagde: "nej"'),
        ("", ""),
    ],
)
def test_numbers_stay_numbers_and_plain_words_are_untouched(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_the_danish_file_divides_at_semicolons_and_keeps_those_in_a_text_together() -> None:
    answer = spreadsheet_answer(["Titel", "Nr."], [{"Titel": "Rådhuset; nede", "Nr.": 7}], "t", "da")
    assert bytes(answer.body).decode() == '\ufeffTitel;Nr.\r\n"Rådhuset; nede";7\r\n'
