from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reference import (
    PREFIX_PATTERN,
    InvalidPrefixError,
    Reference,
    UnreadableReferenceError,
    format_reference,
    parse_reference,
    year_of,
)


def test_a_reference_is_padded_to_four_digits_and_grows_beyond() -> None:
    assert format_reference("H", 2026, 42) == "H-2026-0042"
    assert format_reference("H", 2026, 12345) == "H-2026-12345"


@given(st.from_regex(PREFIX_PATTERN, fullmatch=True), st.integers(1000, 9999), st.integers(1, 10**9 - 1))
def test_a_reference_is_read_back_as_it_was_written(prefix: str, year: int, number: int) -> None:
    assert Reference(prefix, year, number) == parse_reference(format_reference(prefix, year, number))


@pytest.mark.parametrize("written", ["H-2026-0042", " h-2026-0042\n", "h 2026 42", "H – 2026 – 0042", "h\u20112026\u20110042"])
def test_a_reference_is_read_as_people_write_it(written: str) -> None:
    assert Reference("H", 2026, 42) == parse_reference(written)


@pytest.mark.parametrize("text", ["", "H-2026", "H-26-0042", "H-2026-0000", "2026-0042", "H-2026-42x", "H20260042", "Ø-2026-1"])
def test_what_is_no_reference_is_refused_and_says_what_to_write(text: str) -> None:
    with pytest.raises(UnreadableReferenceError, match="H-2026-0042") as refused:
        parse_reference(text)
    assert repr(text) in str(refused.value)


@pytest.mark.parametrize("prefix", ["", "h", "Æ", "1H", "H-A", "TOOLONGXX", "H\n"])
def test_a_prefix_that_could_not_be_read_back_is_refused(prefix: str) -> None:
    with pytest.raises(InvalidPrefixError, match="cannot be used"):
        format_reference(prefix, 2026, 1)


def test_the_year_is_copenhagens() -> None:
    assert year_of(datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)) == 2026
    assert year_of(datetime(2026, 12, 31, 23, 0, 0, tzinfo=UTC)) == 2027
