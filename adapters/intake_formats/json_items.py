"""Bodies that hold one item, a list of items, lines of them, or a page: an object with the list somewhere inside."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from adapters.intake_formats.common import as_mapping
from adapters.intake_formats.contract import Parsed, Rejected, UnreadableError, take_numbered
from adapters.intake_formats.json_body import canonical, read_json, read_lines, read_list
from domain.signals import Signal

Page = tuple[str, ...]
"""The keys that lead to the list, outermost first, as `("hits", "hits")`."""


class Item(NamedTuple):
    """One item of a body. `number` counts from 1."""

    number: int
    value: object
    raw: bytes
    """The body when it is one item, the line of lines, else the item's own canonical JSON."""


def take_body(body: bytes, read_one: Callable[[Item], Signal | None], *pages: Page) -> Parsed:
    """Read every item of a body on its own; of None nothing remains, as it holds nothing for Sporlog."""
    items, rejected = read_items(body, *pages)
    return take_items(items, rejected, read_one)


def take_items(items: Iterable[Item], rejected: Iterable[Rejected], read_one: Callable[[Item], Signal | None]) -> Parsed:
    """Read items that were split already; `rejected` are those that could not even be split off."""
    return take_numbered(((item.number, item) for item in items), read_one, rejected)


def read_items(body: bytes, *pages: Page) -> tuple[list[Item], list[Rejected]]:
    """Split a body into its items and the lines that are no JSON. A page may be empty: a poll has often nothing new.

    Raises `UnreadableError` for a body that is unreadable as a whole, an empty list, and more than MAX_ITEMS.
    """
    try:
        value = read_json(body)
    except UnreadableError:
        # Several documents are not one: only then, and when it looks like lines, is it read line by line.
        if lines := read_lines(body):
            return _read_each(lines)
        raise
    if isinstance(value, list):
        if not value:
            raise UnreadableError("the list is empty, there is nothing to take")
        return _listed(read_list(value, "the body")), []
    for page in pages:
        if isinstance(found := _within(value, page), list):
            return _listed(read_list(found, ".".join(page))), []
    return [Item(1, value, body)], []


def read_inner(value: object) -> object:
    """Read an object or a list that was written as JSON into a text; everything else is given back as it is."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return value
    try:
        return read_json(value.encode())
    except UnreadableError:
        return value


def _listed(values: list[object]) -> list[Item]:
    return [Item(number, value, canonical(value)) for number, value in enumerate(values, start=1)]


def _read_each(lines: list[bytes]) -> tuple[list[Item], list[Rejected]]:
    items: list[Item] = []
    rejected: list[Rejected] = []
    for number, line in enumerate(lines, start=1):
        try:
            items.append(Item(number, read_json(line), line))
        except UnreadableError as error:
            rejected.append(Rejected(number, str(error)))
    return items, rejected


def _within(value: object, page: Page) -> object:
    for key in page:
        value = as_mapping(value).get(key)
    return value
