"""Messages are the same however TCP cuts them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from adapters.ways_in.framing import MAX_LINE, Frames

FIRST, SECOND = b"<134>Nov 21 03:07:00 fw CEF:0|a|b|cc=dd\r\n", b"CEF:0|x\ny|z"
SENT = b"<134>Nov 21 fw CEF:0|a\n%d %b\n%d %b2026-11-21 LEEF:1.0|a\n" % (len(FIRST), FIRST, len(SECOND), SECOND)
LINES = [b"<134>Nov 21 fw CEF:0|a", b"<134>Nov 21 03:07:00 fw CEF:0|a|b|cc=dd", rb"CEF:0|x\ny|z", b"2026-11-21 LEEF:1.0|a"]


@given(st.lists(st.integers(0, len(SENT))))
def test_newlines_and_counted_octets_are_told_apart_however_cut(cuts: list[int]) -> None:
    frames, ends = Frames(), [0, *sorted(cuts), len(SENT)]
    found = [line for begin, end in pairwise(ends) for line in frames.feed(SENT[begin:end])]
    assert found + frames.end() == LINES


def test_what_a_connection_ends_with_needs_no_newline() -> None:
    frames = Frames()
    assert frames.feed(b"CEF:0|a\nCEF:0|b") == [b"CEF:0|a"]
    assert frames.end() == [b"CEF:0|b"]


def test_a_line_over_the_limit_is_cut_counted_and_costs_the_next_one_nothing() -> None:
    long = b"a" * (MAX_LINE + 5)
    frames = Frames()
    assert frames.feed(long + b"\nCEF:0|a\n" + b"%d %bCEF:0|b\n" % (len(long), long)) == [
        long[:MAX_LINE],
        b"CEF:0|a",
        long[:MAX_LINE],
        b"CEF:0|b",
    ]
    assert frames.cut == 2


@given(st.binary(max_size=200))
def test_whatever_comes_makes_no_empty_line_and_no_fault(data: bytes) -> None:
    frames = Frames()
    assert all(line and b"\n" not in line for line in [*frames.feed(data), *frames.end()])
