"""CSV that a spreadsheet cannot be tricked by, for programs and for people."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from adapters.words.wording import Language
from domain.time import rfc3339_utc

SPREADSHEET: Mapping[Language, tuple[str, str]] = {"da": (";", "utf-8-sig"), "en": (",", "utf-8-sig")}
"""Delimiter and encoding, as the spreadsheet of whoever reads the language takes them.

Danish ones divide at semicolons, for the comma is in their numbers; without a byte order mark they take UTF-8 for an old code
page.
"""
_FORMULA = re.compile(
    r"""
    ^(?=[ ]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])             # OWASP's list, with the full-width signs
    | (?<=[;\t\r\n])(?=[ ]*[=+@\uff1d\uff0b\uff20] | -[^\s)])  # but neither a list with dashes nor ;-)
    """,
    re.VERBOSE,
)
"""Where a cell may begin that a spreadsheet would run.

One begins within a text too where a file with commas meets a spreadsheet that divides at semicolons, as Danish ones do: it
takes no notice of the quotes.
"""


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], delimiter: str, encoding: str) -> bytes:
    """One header line, then the rows; a text that a spreadsheet would run as a formula has an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return text.getvalue().encode(encoding)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return rfc3339_utc(value)
        case tuple() | list():
            words = "; ".join(map(str, value))
        case dict():
            words = orjson.dumps(value, option=orjson.OPT_UTC_Z).decode()
        case UUID() | int() | float():
            return str(value)
        case _:
            words = str(value)
    return _FORMULA.sub("'", words)
