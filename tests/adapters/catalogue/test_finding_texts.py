from datetime import date

import pytest

from adapters.catalogue.finding_texts import HEADINGS, SENTENCES, finding_sentence, together
from domain.catalogue.findings import Finding, FindingKind
from domain.catalogue.ties import Weight
from tests.support.catalogues import landscape


def test_every_finding_is_said_in_both_languages() -> None:
    for texts in (HEADINGS, SENTENCES):
        assert set(texts) == set(FindingKind)
        assert all(words.da and words.en for words in texts.values())


@pytest.mark.parametrize("kind", FindingKind)
def test_a_sentence_names_what_it_is_about_and_leaves_no_gap(kind: FindingKind) -> None:
    seen = landscape(("Care", "journal", Weight.STOPS))
    care, journal = (seen.named(name)[0] for name in ("Care", "journal"))
    told = Finding(kind, care, (journal,), "care", date(2026, 3, 1))
    danish, english = (finding_sentence(told, seen, language) for language in ("da", "en"))
    assert "Care" in danish
    assert "Care" in english
    assert "None" not in danish + english
    if kind is FindingKind.PLAN_OVERDUE:
        assert "1. mar. 2026" in danish
        assert "1 Mar 2026" in english
    if kind is FindingKind.SAME_NAME:
        assert "Care (ydelse)" in danish
        assert "journal (system)" in english


def test_of_many_names_the_first_are_told_and_how_many_more_there_are() -> None:
    assert together([], "da") == ""
    assert together(["a"], "da") == "a"
    assert together(["a", "b", "c"], "da") == "a, b og c"
    assert together([str(n) for n in range(9)], "en") == "0, 1, 2, 3, 4 and 4 others"
