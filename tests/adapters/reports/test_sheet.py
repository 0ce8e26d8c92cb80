from datetime import UTC, datetime

import pytest

from adapters.reports.sheet import MAY_WAIT, MISSING, NOT_SUBMITTED, Sheet, sheet_pdf, sheet_text
from adapters.reports.typesetting import Stamp
from domain.submissions.field import UNKNOWN
from domain.submissions.forms import FORMS
from domain.submissions.kinds import KINDS, ReportKind
from tests.support.papers import pages, text_of

EARLY = ReportKind.EARLY_WARNING
SHEET = Sheet(
    EARLY,
    "H-2026-0042",
    {"summary": "Omsorgsjournalen svarer ikke", "suspected_malicious": UNKNOWN, "time.aware": "2026-11-20T15:20:00+01:00"},
    FORMS[0],
    Stamp("Lærkeborg Kommune", 1234, datetime(2026, 11, 20, 14, 20, tzinfo=UTC)),
)


def both(sheet: Sheet) -> tuple[str, str]:
    return text_of(sheet_pdf(sheet)), " ".join(sheet_text(sheet).split())


@pytest.mark.parametrize("kind", ReportKind)
def test_every_kind_of_notice_has_a_sheet_that_says_what_it_is_and_that_nothing_was_submitted(kind: ReportKind) -> None:
    for text in both(SHEET._replace(kind=kind, values={})):
        for told in (KINDS[kind].danish, KINDS[kind].paragraph, "H-2026-0042", KINDS[kind].to_da, NOT_SUBMITTED):
            assert told in text


def test_values_are_in_words() -> None:
    for text in both(SHEET):
        assert "Ved ikke endnu" in text
        assert "fre. 20. nov. 2026 kl. 15.20" in text


def test_what_the_law_wants_now_is_told_to_be_missing_and_the_rest_may_wait() -> None:
    for text in both(SHEET):
        assert text.count(MISSING) == 1
        before, _, after = text.partition(MAY_WAIT)
        assert "Mulig grænseoverskridende virkning?" in before
        assert "Alvor (til: Hændelsesunderretning)" in after
        assert "Omsorgsjournalen" not in after


@pytest.mark.parametrize("own_order", [(), ("summary", "time.aware")])
def test_an_early_warning_begins_with_the_two_facts_that_the_law_asks_whatever_the_order(own_order: tuple[str, ...]) -> None:
    for text in both(SHEET._replace(own_order=own_order)):
        places = [text.index(label) for label in ("Mistanke om", "Mulig grænse", "Kendskab", "Beskrivelse af")]
        assert max(places[:2]) < min(places[2:])


def test_other_notices_follow_the_own_order() -> None:
    for text in both(SHEET._replace(kind=ReportKind.INCIDENT_NOTIFICATION, own_order=("summary", "time.aware"))):
        assert text.index("Beskrivelse af") < text.index("Kendskab") < text.index("Mistanke om")


def test_a_value_of_many_lines_keeps_them() -> None:
    sheet = SHEET._replace(values={"indicators": "198.51.100.7\na.exe"})
    assert "198.51.100.7\na.exe" in pages(sheet_pdf(sheet))[0]
    assert "198.51.100.7\na.exe" in sheet_text(sheet)


def test_the_plain_text_holds_what_was_written_to_the_letter() -> None:
    hostile = '#panic("x") $x$ \\ < 010190-1234 😀 ' + "x" * 20_000
    assert hostile in sheet_text(SHEET._replace(values={"summary": hostile}))


def test_a_long_notice_goes_on_over_numbered_pages() -> None:
    printed = pages(sheet_pdf(SHEET._replace(values={"summary": "Der er sket noget. " * 1_000})))
    assert len(printed) > 3
    assert f"Side 2 af {len(printed)}" in printed[1]


def test_an_exercise_is_stamped_on_paper_and_in_the_text() -> None:
    for text in both(SHEET._replace(stamp=SHEET.stamp._replace(exercise=True))):
        assert "ØVELSE" in text
