import orjson
import pytest

from adapters.intake_formats.contract import Rejected, UnreadableError
from adapters.intake_formats.json_body import MAX_ITEMS
from adapters.intake_formats.json_items import Item, read_inner, read_items, take_body


def test_one_document_is_one_item_with_the_bodys_bytes() -> None:
    assert read_items(b' {"a": 1}\n') == ([Item(1, {"a": 1}, b' {"a": 1}\n')], [])


def test_items_of_a_list_have_their_own_canonical_bytes() -> None:
    assert read_items(b'[{"b": 1, "a": 2}, 7]') == ([Item(1, {"a": 2, "b": 1}, b'{"a":2,"b":1}'), Item(2, 7, b"7")], [])


def test_lines_keep_their_bytes_and_a_broken_one_costs_none_of_the_others() -> None:
    items, rejected = read_items(b'{"a": 1}\n{"a"\n\n{"a":  2}\n')
    assert items == [Item(1, {"a": 1}, b'{"a": 1}'), Item(3, {"a": 2}, b'{"a":  2}')]
    assert [each.item for each in rejected] == [2]


def test_a_page_is_the_list_at_the_first_path_that_leads_to_one() -> None:
    items, _ = read_items(b'{"a": {"b": [1]}, "c": [2]}', ("x",), ("a", "b"), ("c",))
    assert [item.value for item in items] == [1]


@pytest.mark.parametrize("body", [b'{"value": 7}', b'{"value": null}', b'{"value": {"value": []}}'])
def test_what_is_no_list_makes_no_page(body: bytes) -> None:
    items, _ = read_items(body, ("value",))
    assert [item.raw for item in items] == [body]


def test_an_empty_page_holds_nothing_and_an_empty_list_is_refused() -> None:
    assert read_items(b'{"value": []}', ("value",)) == ([], [])
    with pytest.raises(UnreadableError, match="empty"):
        read_items(b"[]", ("value",))


def test_a_page_is_bounded_like_a_list() -> None:
    body = orjson.dumps({"value": [1] * (MAX_ITEMS + 1)})
    with pytest.raises(UnreadableError, match="value: "):
        read_items(body, ("value",))


def test_an_item_may_hold_nothing_for_sporlog_and_refusals_come_in_order() -> None:
    def read_one(item: Item) -> None:
        if isinstance(item.value, dict) and item.value.get("bad"):
            raise UnreadableError("bad: set")

    parsed = take_body(b'{"bad": 1}\n{"a\n{"a": 1}\n{"bad": 2}', read_one)
    assert parsed.signals == []
    assert [each.item for each in parsed.rejected] == [1, 2, 4]
    assert parsed.rejected[0] == Rejected(1, "bad: set")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ('["a"]', ["a"]),
        (' {"a": 1}', {"a": 1}),
        ("[a", "[a"),
        ("syv", "syv"),
        ("", ""),
        (7, 7),
        (None, None),
        ("[" * 1_000 + "]" * 1_000, "[" * 1_000 + "]" * 1_000),
    ],
)
def test_json_in_a_text_is_read_and_other_texts_remain(value: object, read: object) -> None:
    assert read_inner(value) == read
