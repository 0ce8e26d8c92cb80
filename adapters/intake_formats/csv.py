"""Tables as spreadsheets save them (.csv): a header row, then one signal a row.

    Id;Titel;Alvor;Status;Tidspunkt;System;Kategori
    41;Adgangskort virker ikke;høj;åben;01-03-2026 02:11;Adgangskontrol;fysisk

https://www.rfc-editor.org/rfc/rfc4180, with the delimiters ; , tab and |, a byte order mark, Windows-1252 and Excel's `sep=`
line. Columns are found by name, in English or Danish and in any order; others are left alone. A row is known by its id
column, without one by the SHA-256 of its cells, never by its number: rows move. The raw bytes are the body when it has one
row, else the header and the row as CSV in UTF-8.
"""

import re
from csv import Error
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from adapters.intake_formats.common import build_signal, read_epoch, read_severity, read_status, read_time
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.csv_table import Table, plain, read_table
from adapters.intake_formats.json_body import canonical
from domain.signals import Signal

_COLUMNS = {
    name: field
    for field, names in {
        "title": "title titel emne",
        "description": "description beskrivelse",
        "severity": "severity alvor",
        "status": "status",
        "detected_at": "detected_at tid tidspunkt",
        "component": "component components komponent system",
        "service": "service",
        "category": "category kategori signal_category",
        "id": "id key nøgle source_event_id",
        "reference": "reference references",
    }.items()
    for name in names.split()
}
_DANISH = {
    "kritisk": "critical",
    "høj": "high",
    "middel": "medium",
    "mellem": "medium",
    "lav": "low",
    "oplysning": "info",
    "åben": "open",
    "ny": "new",
    "løst": "resolved",
    "lukket": "closed",
    "kvitteret": "acknowledged",
}
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?:\s+(?:kl\.?\s*)?(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?)?", re.ASCII)
_ENOUGH_BESIDE = {"detected_at", "severity", "status", "id"}
"""With one of these and a description a table tells of incidents even without a title; a list of machines has none of them."""
_MONTHS = 12
_EPOCH_DIGITS = 9
"""Digits from which a number is seconds since 1970 and not a day, as 20260301."""


class _Columns(NamedTuple):
    """What the header tells, for all rows."""

    fields: list[str]
    """What each column is; empty: none of ours."""
    doubts: list[str]


def parse(body: bytes, request: Request) -> Parsed:
    """Read every row that is not blank."""
    table = read_table(body, _COLUMNS)
    names = [plain(name) for name in table.header]
    fields = [_COLUMNS.get(name, "") for name in names]
    if "title" not in fields and not ("description" in fields and _ENOUGH_BESIDE & {*fields}):
        raise UnreadableError("header: no column title (titel, emne): name the columns in the first row")
    ours = [name for name in names if name in _COLUMNS]
    columns = _Columns(fields, ["duplicate-header"] if len({*ours}) < len(ours) else [])
    return take_each(table.rows, lambda row: _signal(row, body, table, columns, request))


def _signal(row: list[str] | Error, body: bytes, table: Table, columns: _Columns, request: Request) -> Signal:
    if isinstance(row, Error):
        raise UnreadableError("the row: a quote is not closed or a cell is too long") from row
    cells: dict[str, list[str]] = {}
    for field, cell in zip(columns.fields, row, strict=False):
        if field and (text := cell.strip()):
            cells.setdefault(field, []).append(text)
    if not cells:
        raise UnreadableError("the row: no known column has a cell in it")
    told = {field: texts[0] for field, texts in cells.items()}
    flags = [*columns.doubts]
    if len(row) != len(table.header):
        flags.append("ragged-row")
    title, description = told.get("title", ""), told.get("description", "")
    if "id" not in told:
        flags.append("no-id")
    services = cells.get("service", [])
    return build_signal(
        request,
        body if len(table.rows) == 1 else table.written(row),
        event_id=told.get("id") or f"sha256:{sha256(canonical(row)).hexdigest()}",
        title=title or description,
        description=description,
        severity=read_severity(_english(told.get("severity", "")), flags),
        status=read_status(_english(told.get("status", "")), flags),
        detected_at=_time(told.get("detected_at", ""), request, flags),
        components=[*cells.get("component", []), *services],
        signal_category=told.get("category", ""),
        references=cells.get("reference", []),
        flags=flags,
        services=services,
    )


def _english(word: str) -> str:
    return _DANISH.get(word.casefold(), word)


def _time(text: str, request: Request, flags: list[str]) -> datetime | None:
    """Read ISO 8601, seconds since 1970, or day, month, year as Danish spreadsheets write it: never month first."""
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year, hour, minute, second = found.groups("0")
        if "/" in text and int(day) <= _MONTHS:
            flags.append("unclear-date")
        text = f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}:{second:0>2}"
    is_epoch = text.isdecimal() and len(text) > _EPOCH_DIGITS
    time = read_epoch(text) if is_epoch else read_time(text, request.zone)
    if text and time is None:
        flags.append("unknown-time")
    return time
