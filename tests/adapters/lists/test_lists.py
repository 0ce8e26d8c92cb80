"""What a period is, whoever asks for a list."""

from datetime import timedelta

import pytest

from adapters.lists.kinds import WrongPeriodError
from adapters.lists.table import LISTS, list_named
from adapters.words.value_labels import VALUES
from domain.errors import NotFoundError
from domain.time import UnreadableTimeError, parse_time

NOW = parse_time("2026-11-22 10:00")
NOTICES, WEEKLY = LISTS["notices"], LISTS["weekly"]


def test_a_day_is_copenhagens_and_the_last_one_is_in_the_period_to_its_end() -> None:
    span = NOTICES.span("2026-03-29", "2026-03-29", NOW)
    assert (span.start, span.end) == (parse_time("2026-03-29 00:00"), parse_time("2026-03-30 00:00"))
    assert span.start is not None
    assert span.end is not None
    assert span.end - span.start == timedelta(hours=23)  # the clock was put forward that day


def test_a_time_is_taken_as_it_is() -> None:
    span = NOTICES.span("2026-11-20T10:00:00Z", "2026-11-20 12:00", NOW)
    assert span.start == span.end - timedelta(hours=1) if span.end else False


def test_an_evaluation_goes_back_a_week_or_a_month_and_the_other_lists_to_the_beginning() -> None:
    assert WEEKLY.span(None, None, NOW).start == NOW - timedelta(days=7)
    assert LISTS["monthly"].span("", "", NOW).start == NOW - timedelta(days=31)
    assert NOTICES.span(None, None, NOW)[:2] == (None, None)
    assert WEEKLY.span("2026-01-01", None, NOW).start == parse_time("2026-01-01 00:00")


@pytest.mark.parametrize("end", ["2026-11-19", "2026-11-20T00:00:00+01:00"])
def test_a_period_that_ends_before_it_begins_is_refused(end: str) -> None:
    with pytest.raises(WrongPeriodError, match="swap"):
        NOTICES.span("2026-11-20", end, NOW)


@pytest.mark.parametrize("text", ["i går", "2026-13-01", "9999-12-31", "0001-01-01"])
def test_what_is_no_day_is_refused_and_never_an_accident(text: str) -> None:
    for start, end in ((text, None), (None, text)):
        with pytest.raises(UnreadableTimeError):
            NOTICES.span(start, end, NOW)


def test_an_unknown_list_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(NotFoundError, match="not-significant, judgements"):
        list_named("alt")


def test_every_column_whose_values_have_words_finds_them() -> None:
    asked = {column.values for one in LISTS.values() for column in one.columns if column.values}
    assert asked - VALUES.keys() == {"answers", "questions", "recommendation", "rsit", "step"}
