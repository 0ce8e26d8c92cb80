"""How answers are written: JSON with UTC times, CSV that a spreadsheet cannot be tricked by."""

import asyncio
import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import orjson
from starlette.responses import Response

from adapters.wording import Language
from domain.time import rfc3339_utc

T = TypeVar("T")
P = ParamSpec("P")
READERS = 4
"""Threads that read at the same time: each holds database connections of its own, and there are few cores."""
_readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
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


async def reading(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run something that reads a database beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_readers, partial(function, *args, **kwargs))


def to_json(value: object) -> bytes:
    """Times are RFC 3339 in UTC with Z."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)


def json_answer(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON body."""
    return Response(to_json(value), status, dict(headers or {}), "application/json")


def csv_answer(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], name: str) -> Response:
    """RFC 4180, UTF-8, one header line; lists are separated by `; `, an object is JSON, nothing is an empty field.

    For programs. A text that a spreadsheet would run as a formula has an apostrophe before it; numbers stay numbers.
    """
    return _csv(columns, rows, name, ",", "utf-8")


def spreadsheet_answer(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], name: str, language: Language) -> Response:
    """The same for people: it opens with its columns and its letters in the spreadsheet of whoever reads this language.

    Danish ones divide at semicolons, for the comma is in their numbers; without a byte order mark they take UTF-8 for an old
    code page.
    """
    return _csv(columns, rows, name, ";" if language == "da" else ",", "utf-8-sig")


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], name: str, delimiter: str, encoding: str) -> Response:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text.getvalue().encode(encoding), headers=headers, media_type="text/csv; charset=utf-8")


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
            words = to_json(value).decode()
        case UUID() | int() | float():
            return str(value)
        case _:
            words = str(value)
    return _FORMULA.sub("'", words)
