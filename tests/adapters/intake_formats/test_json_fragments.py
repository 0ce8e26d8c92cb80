import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.intake_formats.json_fragments import depth_of, is_inside, level_of, nested_end, text_end


def written_into_texts(value: object, times: int) -> str:
    text = json.dumps(value)
    for _ in range(times):
        text = json.dumps(text)
    return text


@given(st.text(max_size=30), st.integers(0, 3))
def test_a_text_ends_where_a_parser_says_however_often_it_was_written_into_another(text: str, level: int) -> None:
    body = written_into_texts({"a": text, "b": 1}, level).encode()
    quote = body.index(b"a") + len(b"a")
    opening = body.index(b'"', body.index(b":", quote))
    end = text_end(body, opening + 1, level)
    expected = json.dumps(text)[1:-1]
    for _ in range(level):
        expected = json.dumps(expected)[1:-1]
    assert body[opening + 1 : end].decode() == expected


@pytest.mark.parametrize(
    ("body", "end"), [(b'"ab', 3), (b'"a"b"', 4), (b'"a" "b"}', 6), (b'"a" }', 2), (b'"a"', 2), (b'"\\"', 3)]
)
def test_a_quote_that_nothing_follows_is_part_of_the_text(body: bytes, end: int) -> None:
    assert text_end(body, 1, 0) == end


def test_a_text_within_a_text_ends_at_the_latest_with_the_outer_one() -> None:
    assert text_end(b'{\\"a\\": \\"bc", "d"', 10, 1) == 12


@given(
    st.recursive(st.text(max_size=9), lambda each: st.lists(each) | st.dictionaries(st.text(max_size=9), each)),
    st.integers(0, 2),
)
def test_an_object_or_list_ends_with_its_own_bracket(value: object, level: int) -> None:
    body = written_into_texts({"a": [value]}, level).encode()
    quote = body.index(b'"', body.index(b"a"))
    start = body.index(b"[", quote)
    assert nested_end(body, start, depth_of(body, quote)) == body.rindex(b"]") + 1


def test_an_object_that_is_cut_off_ends_with_everything() -> None:
    assert nested_end(b'{"a": {"b": "}', 6, 0) == 14
    assert nested_end(b'"{\\"a\\": {\\"b\\": 1", 2', 9, 1) == 18


def test_quotes_are_counted_by_their_backslashes() -> None:
    assert [depth_of(b'\\\\\\"', 3), depth_of(b'a"', 1), depth_of(b'"', 0)] == [3, 0, 0]
    assert [level_of(depth) for depth in (0, 1, 2, 3, 7)] == [0, 1, 1, 2, 3]
    assert [is_inside(depth, 0) for depth in range(4)] == [False, True, False, True]
    assert [is_inside(depth, 1) for depth in range(4)] == [False, False, False, True]
