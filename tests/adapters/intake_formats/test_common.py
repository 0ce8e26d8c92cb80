from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.intake_formats.common import (
    MAX_ENTRIES,
    MAX_ID,
    MAX_NAME,
    MAX_TITLE,
    NO_TITLE,
    as_id,
    as_objects,
    build_signal,
    read_time,
    rfc3339,
)
from adapters.intake_formats.reading import may_be_severe
from domain.intake.state import IntakeSetup
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, request

AT = datetime(2026, 3, 1, 1, 11, 9, tzinfo=UTC)


def signal(**changes: Any) -> Signal:  # noqa: ANN401 - any argument of build_signal
    told: dict[str, Any] = {
        "event_id": "1",
        "title": "t",
        "description": "d",
        "severity": Severity.LOW,
        "status": SignalStatus.FIRING,
        "detected_at": AT,
        "components": ["fs01"],
        "signal_category": "availability",
        "references": [],
        "flags": [],
    }
    return build_signal(request("alertmanager"), b"raw", **(told | changes))


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T01:11:09Z",
        "2026-03-01T02:11:09+01:00",
        "2026-03-01T02:11:09+0100",
        "2026-03-01T01:11:09",
        "2026-03-01 01:11:09",
        "2026-03-01t01:11:09z",
        " 2026-03-01T01:11:09.0Z ",
        "2026-03-01T01:11:09.000000000Z",
        "2026-02-28T20:11:09.0000001-05:00",
    ],
)
def test_one_instant_in_the_writing_of_any_tool(text: str) -> None:
    assert read_time(text) == AT


@pytest.mark.parametrize("digits", range(1, 10))
def test_a_fraction_has_any_number_of_digits_and_is_cut_to_microseconds(digits: int) -> None:
    time = read_time(f"2026-03-01T01:11:09.{'123456789'[:digits]}Z")
    assert time is not None
    assert time.microsecond == int("123456"[:digits].ljust(6, "0"))


def test_a_leap_second_is_the_second_before() -> None:
    assert read_time("2016-12-31T23:59:60Z") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", ["", "nu", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", 1772327469, None]
)
def test_what_is_no_time_is_none(value: object) -> None:
    assert read_time(value) is None


def test_times_are_written_with_z_and_no_more_digits_than_told() -> None:
    assert rfc3339(AT) == "2026-03-01T01:11:09Z"


@pytest.mark.parametrize("event_id", ["x" * (MAX_ID + 1), "1\x00", "\x1b[2J"])
def test_an_id_that_cannot_be_kept_is_hashed_so_that_equal_stays_equal(event_id: str) -> None:
    kept, other = signal(event_id=event_id), signal(event_id=event_id + "y")
    assert kept == signal(event_id=event_id)
    assert kept.source_event_id != other.source_event_id
    assert kept.source_event_id.startswith("sha256:")
    assert kept.flags == ("hashed-id",)


def test_the_longest_id_is_kept_as_it_is() -> None:
    assert signal(event_id="x" * MAX_ID).source_event_id == "x" * MAX_ID


def test_long_texts_are_cut_and_flagged() -> None:
    cut = signal(
        title="æ" * (MAX_TITLE + 1), components=["c" * (MAX_NAME + 1)], description="d" * 20_001, references=["r" * 2_049]
    )
    assert cut.title == "æ" * (MAX_TITLE - 1) + "…"
    assert cut.components == ("c" * (MAX_NAME - 1) + "…",)
    assert cut.flags == ("components-cut", "title-cut", "description-cut", "references-cut")


def test_too_many_components_are_cut_and_flagged() -> None:
    cut = signal(components=[f"c{number}" for number in range(MAX_ENTRIES + 1)])
    assert (len(cut.components), cut.flags) == (MAX_ENTRIES, ("components-cut",))


def test_terminal_escapes_and_nul_never_reach_a_screen_or_a_database() -> None:
    shown = signal(title="a\x1b[2Jb", description="a\x00\r\nb\tc\rd", components=["\x07fs01"])
    assert (shown.title, shown.description, shown.components) == ("a\ufffd[2Jb", "a\ufffd\nb\tc\ufffdd", ("\ufffdfs01",))


def test_a_title_is_one_line_and_never_empty() -> None:
    assert signal(title=" a\nb ").title == "a b"
    assert (signal(title="\n").title, signal(title="").flags) == (NO_TITLE, ("no-title",))


def test_what_is_missing_is_flagged_once() -> None:
    bare = signal(detected_at=None, components=["", " "], flags=["no-time"])
    assert (bare.detected_at, bare.components, bare.flags) == (ARRIVED, (), ("no-time", "no-component"))


@pytest.mark.parametrize(
    ("value", "text"),
    [("007", "007"), (2**63 + 1, "9223372036854775809"), (0, "0"), (1.0, ""), (2.0**63, ""), (True, ""), (None, ""), ([], "")],
)
def test_an_id_is_a_text_or_an_integer_and_never_a_float(value: object, text: str) -> None:
    assert as_id(value) == text


@pytest.mark.parametrize("value", [None, 7, "x", {"a": 1}, [], [1, "x", None, []]])
def test_what_is_no_list_of_objects_holds_none(value: object) -> None:
    assert as_objects(value) == []


def test_the_objects_of_a_list_are_taken_and_the_rest_left() -> None:
    assert as_objects([{"a": 1}, 7, {}]) == [{"a": 1}, {}]


def test_a_look_for_severe_words_finds_each_and_no_other() -> None:
    def may_be(word: str) -> bool:
        return may_be_severe(IntakeSetup(), "alertmanager", f'{{"severity": "{word}"}}'.encode())

    assert all(map(may_be, ("critical", "High", "EMERGENCY", "page", "err")))
    assert not any(map(may_be, ("warning", "low", "highly", "", "none")))
