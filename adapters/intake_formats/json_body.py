"""JSON from strangers: UTF-8 only, bounded in depth and number, refused with a reason that a person can act on.

Of a doubled key the last one counts, as with most readers (RFC 8259 section 4 leaves it open). NaN and lone surrogates are
refused.
"""

from typing import TypeVar

import orjson

from adapters.intake_formats.contract import UnreadableError

MAX_DEPTH = 64
"""Objects and lists inside each other."""
MAX_ITEMS = 10_000
"""Alerts in one body: more than fit into 1 MiB of real ones, few enough that a hostile body costs little."""

T = TypeVar("T")

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_json(body: bytes) -> object:
    """Read one JSON document; a UTF-8 byte order mark is tolerated.

    Raises `UnreadableError` for an empty body, another encoding, what is no JSON, and more than MAX_DEPTH levels.
    """
    body = body.removeprefix(_BOM)
    if not body.strip():
        raise UnreadableError("the body is empty: send one JSON document")
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise UnreadableError(_why(body, error)) from error
    # Without that many brackets there cannot be that many levels, which spares nearly every body the walk.
    if body.count(b"{") + body.count(b"[") > MAX_DEPTH and _deeper_than_allowed(value):
        raise UnreadableError(f"nested deeper than {MAX_DEPTH} levels: send a flatter body")
    return value


def read_object(value: object, where: str) -> dict[str, object]:
    """Give `value` back as a JSON object. Raises `UnreadableError` that names `where` for anything else."""
    if not isinstance(value, dict):
        raise UnreadableError(f"{where}: a JSON object is expected")
    return value


def read_list(value: object, where: str) -> list[object]:
    """Give `value` back as a list of at most MAX_ITEMS. Raises `UnreadableError` that names `where` for anything else."""
    if not isinstance(value, list):
        raise UnreadableError(f"{where}: a JSON list is expected")
    return _bounded(value, where)


def _bounded(items: list[T], where: str) -> list[T]:
    if len(items) > MAX_ITEMS:
        raise UnreadableError(f"{where}: {len(items)} items, the limit is {MAX_ITEMS}: send fewer at a time")
    return items


def read_lines(body: bytes) -> list[bytes]:
    """Split NDJSON into its non-empty lines (bytes); an empty list when no line looks like a JSON object of its own.

    Raises `UnreadableError` for more than MAX_ITEMS lines.
    """
    lines = [line.strip() for line in body.removeprefix(_BOM).splitlines() if line.strip()]
    if len(lines) > 1 and any(line.startswith(b"{") and line.endswith(b"}") for line in lines):
        return _bounded(lines, "the lines")
    return []


def canonical(value: object) -> bytes:
    """Write an item out of a larger body on its own: sorted keys, no spaces, so that the same alert always hashes the same."""
    # A copy of its own size: orjson hands over its whole buffer, 4 kB for an alert of 300 bytes, and it lives as long as that.
    return bytes(memoryview(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)))


def _why(body: bytes, error: orjson.JSONDecodeError) -> str:
    if body.startswith(_UTF16) or b"\0" in body[:4]:
        return "the body is UTF-16 or UTF-32: send UTF-8"
    try:
        body.decode()
    except UnicodeDecodeError as bad:
        return f"byte {bad.start} is not UTF-8 (ISO-8859-1 or Windows-1252?): send UTF-8"
    return f"not JSON: {error}"


def _deeper_than_allowed(value: object) -> bool:
    # Level by level, never recursive: the depth of a stranger's body must not be the depth of our stack.
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent if isinstance(parent, list) else ())
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True
