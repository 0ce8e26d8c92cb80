"""How answers are written: JSON with UTC times, CSV that a spreadsheet cannot be tricked by."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

import orjson
from starlette.responses import Response

from adapters.lists.spreadsheet import SPREADSHEET, csv_bytes
from adapters.words.wording import Language

T = TypeVar("T")
P = ParamSpec("P")
READERS = 4
"""Threads that read at the same time: each holds database connections of its own, and there are few cores."""
_readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")


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
    """The same for people: it opens with its columns and its letters in the spreadsheet of whoever reads this language."""
    return _csv(columns, rows, name, *SPREADSHEET[language])


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], name: str, delimiter: str, encoding: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    content = csv_bytes(columns, rows, delimiter, encoding)
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8")
