"""Elasticsearch documents: the same field comes as `{"a.b.c": 1}`, `{"a": {"b": {"c": 1}}}` or anything between."""

from collections.abc import Mapping

from adapters.intake_formats.common import as_texts


def find(document: Mapping[str, object], *paths: str) -> object:
    """Give the value at the first path that has one (not null, not an empty list or text), however it is nested; else None.

    Goes as deep as the path is long, and no deeper.
    """
    for path in paths:
        value = _at(document, path)
        if value is not None and value not in ("", []):
            return value
    return None


def find_texts(document: Mapping[str, object], *paths: str) -> list[str]:
    """Give the texts at the first path that has a value."""
    return as_texts(find(document, *paths))


def find_text(document: Mapping[str, object], *paths: str) -> str:
    """Give the first text at the first path that has a value: Elasticsearch may write every field as a list."""
    return next(iter(find_texts(document, *paths)), "")


def _at(node: object, path: str) -> object:
    if not isinstance(node, dict):
        return None
    if (value := node.get(path)) is not None:
        return value
    end = path.rfind(".")
    while end > 0:
        if path[:end] in node and (value := _at(node[path[:end]], path[end + 1 :])) is not None:
            return value
        end = path.rfind(".", 0, end)
    return None
