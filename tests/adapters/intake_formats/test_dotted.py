import pytest

from adapters.intake_formats.dotted import find, find_text, find_texts


@pytest.mark.parametrize(
    "document",
    [
        {"a.b.c": 1},
        {"a": {"b": {"c": 1}}},
        {"a.b": {"c": 1}},
        {"a": {"b.c": 1}},
        {"a.b": {"x": 0}, "a": {"b": {"c": 1}}},
        {"a.b.c": None, "a": {"b": {"c": 1}}},
        {"a": {"b": 7}, "a.b": {"c": 1}},
    ],
)
def test_a_field_is_found_flat_nested_and_mixed(document: dict[str, object]) -> None:
    assert find(document, "a.b.c") == 1


@pytest.mark.parametrize(
    "document", [{}, {"a": 1}, {"a": {"b": None}}, {"a": [{"b": {"c": 1}}]}, {"a.b": {"c": ""}}, {"a.b.c": []}]
)
def test_what_is_not_there_or_empty_is_none(document: dict[str, object]) -> None:
    assert find(document, "a.b.c") is None


def test_the_first_path_with_a_value_counts_and_false_and_zero_are_values() -> None:
    assert find({"a": 0, "b": 1}, "x", "a", "b") == 0
    assert find({"a": "", "b": False}, "a", "b") is False


def test_a_field_may_be_a_list_of_texts() -> None:
    assert find_texts({"a": ["x", 7, None]}, "a") == ["x", "7"]
    assert find_text({"a": ["x", "y"]}, "a") == "x"
    assert find_text({"a": [{}]}, "a") == ""
