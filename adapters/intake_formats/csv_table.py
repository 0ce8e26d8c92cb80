"""A table as spreadsheets save it: which bytes are letters, what separates the cells, which row is the header."""

import csv
import re
from collections.abc import Collection, Iterator
from io import StringIO
from itertools import islice
from typing import NamedTuple

from adapters.intake_formats.contract import UnreadableError
from adapters.intake_formats.json_body import MAX_ITEMS

MAX_HEADER = 4_096
"""Characters of a header: it is written above every row that is kept on its own."""

_DELIMITERS = ";,\t|"
_SEPARATOR_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_BLANK_ROWS = re.compile(r'(?:[;,\t| "]*\r?\n)+')


class Table(NamedTuple):
    """The header, and every row below it that is not blank."""

    header: list[str]
    rows: list[list[str] | csv.Error]
    """In place of a row that cannot be read, as when a quote never ends, stands why. It costs none of the others."""
    delimiter: str

    def written(self, row: list[str]) -> bytes:
        """Write a row on its own below the header, as CSV in UTF-8."""
        out = StringIO(newline="")
        csv.writer(out, delimiter=self.delimiter).writerows((self.header, row))
        return out.getvalue().encode()


def read_table(body: bytes, known: Collection[str]) -> Table:
    """Read a table. The delimiter is the one that gives the header the most of the `known` names (see `plain`).

    Raises `UnreadableError` for an empty body, UTF-16, a header alone or longer than MAX_HEADER, and more than MAX_ITEMS rows.
    """
    text = _decode(body)
    if told := _SEPARATOR_TOLD.match(text):
        text = text[told.end() :]
    if blank := _BLANK_ROWS.match(text):
        text = text[blank.end() :]
    names = text.partition("\n")[0].replace('"', "")
    delimiter = told[1] if told else max(_DELIMITERS, key=lambda each: sum(plain(name) in known for name in names.split(each)))
    rows = _rows(text, delimiter)
    header = next(rows, [])
    if isinstance(header, csv.Error):
        raise UnreadableError("header: a quote is not closed, or a name is too long")
    if sum(map(len, header)) + len(header) > MAX_HEADER:
        raise UnreadableError(f"header: longer than {MAX_HEADER} characters: send only the columns that tell of the incident")
    # One more than may be, and no further: a megabyte of one-letter rows would take fifty of memory.
    filled = (row for row in rows if isinstance(row, csv.Error) or any(map(str.strip, row)))
    kept = list(islice(filled, MAX_ITEMS + 1))
    if not kept:
        raise UnreadableError("rows: there is nothing below the header: send a header row and one row for each signal")
    if len(kept) > MAX_ITEMS:
        raise UnreadableError(f"rows: more than {MAX_ITEMS}, which is the limit: send fewer at a time")
    return Table(header, kept, delimiter)


def plain(name: str) -> str:
    """Write a column's name as tables of names have it: lower case, `_` for spaces and hyphens."""
    return re.sub(r"[\s-]+", "_", name.strip()).casefold()


def _decode(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in body:
        raise UnreadableError("the body is UTF-16, or no text: save as CSV UTF-8")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    if not text.strip():
        raise UnreadableError("the body is empty: send a header row and one row for each signal")
    # Not the tabs: they may be the last cells.
    return text.strip("\r\n ")


def _rows(text: str, delimiter: str) -> Iterator[list[str] | csv.Error]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            yield next(reader)
        except csv.Error as error:
            yield error
        except StopIteration:
            return
