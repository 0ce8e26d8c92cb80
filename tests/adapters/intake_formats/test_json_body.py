import pytest

from adapters.intake_formats.contract import UnreadableError
from adapters.intake_formats.json_body import MAX_DEPTH, MAX_ITEMS, canonical, read_json, read_lines, read_list


def nested(depth: int) -> bytes:
    return b"[" * depth + b"1" + b"]" * depth


def test_the_deepest_allowed_body_is_read_and_one_level_more_is_refused() -> None:
    assert canonical(read_json(nested(MAX_DEPTH))) == nested(MAX_DEPTH)
    with pytest.raises(UnreadableError, match=f"{MAX_DEPTH} levels"):
        read_json(nested(MAX_DEPTH + 1))


def test_many_brackets_beside_each_other_are_not_deep() -> None:
    assert read_json(b"[" + b"{}," * 1000 + b"{}]") == [{}] * 1001


def test_brackets_in_text_are_not_deep() -> None:
    assert read_json(b'"' + b"[" * 1000 + b'"') == "[" * 1000


def test_of_a_doubled_key_the_last_one_counts() -> None:
    assert read_json(b'{"id": 1, "id": 2}') == {"id": 2}


@pytest.mark.parametrize("body", [b"NaN", b"[Infinity]", b"[1e999]", b'["\\ud800"]', b"[1] [2]", b'["text\x00"]', b"'a'"])
def test_what_json_does_not_allow_is_refused_with_its_place(body: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"not JSON: .*line 1 column \d+"):
        read_json(body)


def test_a_list_may_hold_so_many_items_and_no_more() -> None:
    assert len(read_list([0] * MAX_ITEMS, "alerts")) == MAX_ITEMS
    with pytest.raises(UnreadableError, match="alerts: 10001 items"):
        read_list([0] * (MAX_ITEMS + 1), "alerts")
    with pytest.raises(UnreadableError, match="the lines: 10001 items"):
        read_lines(b"{}\n" * (MAX_ITEMS + 1))


def test_one_line_is_not_lines() -> None:
    assert read_lines(b"{}\n") == []


def test_canonical_bytes_do_not_depend_on_the_order_of_keys() -> None:
    assert (
        canonical({"b": 1, "a": {"d": 1, "c": 2}}) == canonical({"a": {"c": 2, "d": 1}, "b": 1}) == b'{"a":{"c":2,"d":1},"b":1}'
    )
