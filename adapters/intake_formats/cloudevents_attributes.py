"""The context attributes of CloudEvents 1.0, by the letter: names, types and formats (spec.md v1.0.2, "Context Attributes")."""

import re
from collections.abc import Mapping

from adapters.intake_formats.common import read_time
from adapters.intake_formats.contract import UnreadableError

REQUIRED = ("id", "source", "specversion", "type")
OPTIONAL_TEXTS = ("datacontenttype", "dataschema", "subject", "time")
INT32 = range(-(2**31), 2**31)

_NAME = re.compile(r"[a-z0-9]+")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
# Control characters, surrogates, and what Unicode says is no character ("Type System", String).
_FORBIDDEN = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_SPACE = re.compile(r"\s")


def check_attributes(attributes: Mapping[str, object]) -> None:
    """Raise `UnreadableError`, which names the attribute, for what the specification forbids. Null ones are left out before."""
    for name in REQUIRED:
        if not attributes.get(name):
            raise UnreadableError(f"{name}: missing or empty, CloudEvents requires it")
    if attributes["specversion"] != "1.0":
        raise UnreadableError('specversion: must be the text "1.0"')
    for name, value in attributes.items():
        _check(name, value)
    if _SPACE.search(str(attributes["source"])):
        raise UnreadableError("source: a URI reference holds no spaces: percent-encode them")
    time = attributes.get("time")
    if time is not None and not (_RFC3339.fullmatch(str(time)) and read_time(time)):
        raise UnreadableError("time: not an RFC 3339 time such as 2026-03-01T02:11:09Z")
    if "/" not in str(attributes.get("datacontenttype", "/")):
        raise UnreadableError("datacontenttype: not a media type such as application/json (RFC 2046)")


def _check(name: str, value: object) -> None:
    # `data` in a header would be an attribute by its letters; the specification keeps the name for the data itself.
    if not _NAME.fullmatch(name) or name == "data":
        raise UnreadableError(f"attribute {name[:40]!a}: names are lower-case letters a-z and digits only")
    if name in REQUIRED or name in OPTIONAL_TEXTS:
        if not isinstance(value, str) or not value:
            raise UnreadableError(f"{name}: must be a text that is not empty")
    elif not isinstance(value, str) and not (isinstance(value, int) and value in INT32):
        raise UnreadableError(f"{name}: an extension is a text, a boolean or an integer of 32 bits")
    if isinstance(value, str) and _FORBIDDEN.search(value):
        raise UnreadableError(f"{name}: holds characters that CloudEvents forbids, such as control characters")
