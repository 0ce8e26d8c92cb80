"""A table as spreadsheets and registers save it: CSV in any of its dialects, or the first sheet of an Excel workbook."""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from domain.errors import InvalidInputError

MAX_FILE, MAX_UNPACKED, MAX_ROWS = 50_000_000, 400_000_000, 200_000
"""Bytes of a file; of a workbook once it is unpacked; rows of a table."""

_DELIMITERS = ";,\t|"
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


class UnreadableTableError(InvalidInputError):
    """The file is no table that can be read; the message names the place."""

    code: ClassVar[str] = "unreadable-table"


class Row(NamedTuple):
    """One row that is not blank. `number` is its line in the file, as a spreadsheet shows it."""

    number: int
    cells: Mapping[str, str]
    """By the column's name in small letters (see `plain`)."""


class Table(NamedTuple):
    """A header and what is below it."""

    columns: tuple[str, ...]
    """As the file writes them."""
    rows: tuple[Row, ...]
    sha256: str


def plain(name: str) -> str:
    """A column's name as it is looked up: one space, small letters."""
    return re.sub(r"\s+", " ", name).strip().casefold()


def read_table(path: Path) -> Table:
    """Read a file. Raises `UnreadableTableError`, `OSError`."""
    if path.stat().st_size > MAX_FILE:
        raise UnreadableTableError(f"{path.name}: larger than {MAX_FILE // 1_000_000} MB: split it")
    body = path.read_bytes()
    name = path.name
    workbook = body.startswith(b"PK\x03\x04")
    lines = _excel(body, name) if workbook else _csv(body, name)
    return _table(lines, name, sha256(body).hexdigest())


def _table(lines: Iterable[tuple[int, Sequence[str]]], name: str, digest: str) -> Table:
    filled = ((number, cells) for number, cells in lines if any(map(str.strip, cells)))
    at, header = next(filled, (0, ()))
    columns = [column.strip() for column in header]
    while columns and not columns[-1]:
        columns.pop()
    if not columns:
        raise UnreadableTableError(f"{name}: there is nothing in it: write a row with the columns' names, and rows below it")
    keys = [plain(column) for column in columns]
    doubled = sorted({column for column, key in zip(columns, keys, strict=True) if key and keys.count(key) > 1})
    if doubled:
        raise UnreadableTableError(f"{name}, row {at}: several columns are named {', '.join(doubled)}: give each its own name")
    rows = list[Row]()
    for number, cells in filled:
        if len(rows) == MAX_ROWS:
            raise UnreadableTableError(f"{name}: more than {MAX_ROWS} rows: split it")
        if any(cell.strip() for cell in cells[len(keys) :]):
            raise UnreadableTableError(
                f"{name}, row {number}: {len(cells)} cells below {len(keys)} columns: is a quote or a column's name missing?"
            )
        rows.append(Row(number, {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if key}))
    if not rows:
        raise UnreadableTableError(f"{name}: there is nothing below the header: write one row for each object")
    return Table(tuple(columns), tuple(rows), digest)


def _csv(body: bytes, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decode(body, name)
    skipped = 0
    if told := _TOLD.match(text):
        text, skipped = text[told.end() :], 1
    reader = csv.reader(StringIO(text, newline=""), delimiter=told[1] if told else _delimiter(text), strict=True)
    first = 1
    try:
        for cells in reader:
            yield first + skipped, cells
            first = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableTableError(f"{name}, row {first + skipped}: {error}: is a quote left open?") from error


def _decode(body: bytes, name: str) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    if b"\0" in body or body.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTableError(f"{name}: neither text nor an .xlsx workbook: save it as CSV UTF-8 or .xlsx")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")  # what Danish Excel writes as plain CSV


def _delimiter(text: str) -> str:
    """The one that divides the header into the most cells; of equals the first: semicolons, as Danish Excel writes."""
    header = next((line for line in text.splitlines() if line.strip(f'{_DELIMITERS}" ')), "")
    outside = re.sub(r'"[^"]*"', "", header)
    return max(_DELIMITERS, key=outside.count)


def _excel(body: bytes, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MAX_UNPACKED:
            raise UnreadableTableError(f"{name}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB: save it anew, or as CSV")
        workbook = CalamineWorkbook.from_filelike(BytesIO(body))
        sheet = workbook.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, OSError, IndexError) as error:
        raise UnreadableTableError(f"{name}: no Excel workbook that can be read ({error}): save it anew, or as CSV") from error
    for number, cells in enumerate(rows, start=1):
        yield number, [_written(cell) for cell in cells]


def _written(cell: Any) -> str:  # noqa: ANN401 - whatever a sheet holds
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))  # Excel knows no whole numbers: a system's number 42 comes as 42.0
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell)
