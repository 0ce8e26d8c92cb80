"""How answers are written: JSON with UTC times, CSV that a spreadsheet cannot be tricked by."""

import asyncio
import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import orjson
from starlette.responses import Response

from domain.time import rfc3339_utc

T = TypeVar("T")
P = ParamSpec("P")
READERS = 4
"""Threads that read at the same time: each holds database connections of its own, and there are few cores."""
_readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
    """RFC 4180, UTF-8, one header line; lists are separated by `; `, an object is JSON, nothing is an empty field."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text.getvalue(), headers=headers, media_type="text/csv; charset=utf-8")


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
        case UUID() | int():
            return str(value)
        case _:
            words = str(value)
    # A title that begins like a formula would be run by the spreadsheet that opens the file.
    return f"'{words}" if words.startswith(_FORMULA) else words
