from datetime import UTC, datetime, timedelta

import pytest

from adapters.reports.brief import Brief, BriefClock, Decision, brief_pdf
from adapters.reports.typesetting import Stamp
from tests.support.papers import pages, text_of

NOW = datetime(2026, 11, 20, 14, 20, tzinfo=UTC)
STAMP = Stamp("Lærkeborg Kommune", 1234, NOW)
BRIEF = Brief(
    "H-2026-0042",
    "Omsorgsjournalen er ramt af ransomware",
    STAMP,
    hit=("Hjemmepleje og medicin: 400 borgere",),
    done=("Serveren er taget af nettet",),
    unknown=("Om data er kopieret ud",),
    clocks=(BriefClock("Tidlig varsling", NOW + timedelta(hours=24)),),
    decision=Decision("Skal krisestaben indkaldes?", NOW + timedelta(hours=3)),
)


def test_the_director_sees_the_decision_first_and_then_what_is_hit_done_and_unknown_and_the_clocks() -> None:
    text = text_of(brief_pdf(BRIEF))
    order = (
        "H-2026-0042",
        "ramt af ransomware",
        "Skal krisestaben indkaldes?",
        "Senest fre. 20. nov. 2026 kl. 18.20",
        "400 borgere",
        "taget af nettet",
        "kopieret ud",
        "Tidlig varsling",
        "24 t 0 min tilbage",
    )
    places = [text.index(told) for told in order]
    assert places == sorted(places)


def test_that_nothing_is_known_is_told_as_that() -> None:
    text = text_of(brief_pdf(Brief("H-2026-0001", "Mail nede", STAMP)))
    for told in ("Der skal ikke besluttes noget", "Intet er registreret som ramt", "noget uafklaret", "Ingen frist løber"):
        assert told in text


@pytest.mark.parametrize(
    ("due", "done", "state"),
    [
        (timedelta(hours=-2), None, "OVERSKREDET med 2 t 0 min"),
        (timedelta(hours=2), timedelta(hours=1), "Opfyldt fre. 20. nov. 2026 kl. 16.20"),
        (timedelta(hours=-2), timedelta(hours=-1), "(efter fristen)"),
    ],
)
def test_a_clock_tells_how_it_stands(due: timedelta, done: timedelta | None, state: str) -> None:
    clock = BriefClock("Tidlig varsling", NOW + due, None if done is None else NOW + done)
    assert state in text_of(brief_pdf(BRIEF._replace(clocks=(clock,))))


@pytest.mark.parametrize("entry", ["", "W" * 20_000, "Hjemmeplejen kan ikke slå medicin op. " * 500, "W\n" * 5_000])
def test_it_is_one_page_whatever_is_told_and_what_is_left_out_is_counted(entry: str) -> None:
    many = (entry,) * 9
    longest = Brief(
        "H-2026-0042",
        entry,
        STAMP,
        hit=many,
        done=many,
        unknown=many,
        clocks=(BriefClock(entry, NOW - timedelta(days=9)),) * 9,
        decision=Decision(entry, NOW),
    )
    (page,) = pages(brief_pdf(longest))
    assert page.count("og 4 flere i loggen") == 4
