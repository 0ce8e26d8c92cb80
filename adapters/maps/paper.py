"""A map on paper: PDF/UA-1, the picture first, cut between its rows where it is longer than a page, and then its table."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from adapters.maps.making import Map, svg_of
from adapters.maps.table import COLUMNS, TableRow, rows_of
from adapters.maps.words import TEXTS
from adapters.reports.typesetting import Stamp, typeset
from domain.time import show_da, show_en
from handlers.desk import Desk

LEGIBLE = 0.6
"""A picture is not made smaller than this: its smallest type is 7 points then."""
_LARGEST = 0.8
_ROUNDING = 0.5
_HEAD, _NOTES = 96.0, 36.0
"""Points that title and lead take of the first page, and what the map says of itself, if it does."""
_ABOVE_A_ROW = 9.0
"""Where the picture is cut: only lines that run down are there."""


class _Sheet(NamedTuple):
    """Paper, and the points inside its margins."""

    paper: str
    flipped: bool
    width: float
    height: float


_SHEETS = (
    _Sheet("a4", flipped=False, width=470, height=704),
    _Sheet("a4", flipped=True, width=716, height=457),
    _Sheet("a3", flipped=False, width=717, height=1050),
    _Sheet("a3", flipped=True, width=1064, height=704),
)


def map_pdf(one: Map, stamp: Stamp) -> bytes:
    """The same map and stamp give the same bytes."""
    width, height = one.size
    head = _HEAD + _NOTES * bool(one.notes)
    sheet = _sheet(width, height, head)
    whole = (sheet.height - head) / height
    scale = min(sheet.width / width, _LARGEST, whole if whole >= LEGIBLE else _LARGEST)
    parts = list(_parts(one, sheet.height / scale, head / scale))
    told = TEXTS["page"].to(one.language)
    show = show_en if one.language == "en" else show_da
    return typeset(
        "map.typ",
        {
            "language": one.language,
            "title": one.title,
            "lead": " ".join((one.description, *one.notes)),
            "paper": sheet.paper,
            "flipped": sheet.flipped,
            "pictures": [
                {
                    "svg": svg_of(one, part=part),
                    "width": width * scale,
                    "alt": f"{one.description} {told.format(number=number, count=len(parts))}.",
                }
                for number, part in enumerate(parts, start=1)
            ],
            "table": TEXTS["table"].to(one.language),
            "columns": [TEXTS[key].to(one.language) for key in COLUMNS],
            "rows": [_cells(row) for row in rows_of(one)],
            "stamp": {**stamp.data, "origin": f"Sporlog, position {stamp.position}, {show(stamp.as_of)}"},
        },
    )


def map_stamp(desk: Desk, position: int, as_of: datetime) -> Stamp:
    """The stamp of a map drawn from the log up to that position."""
    return Stamp(desk.entity, position, as_of, desk.demo)


def _sheet(width: float, height: float, head: float) -> _Sheet:
    """The smallest on which the picture can be read on one page; if there is none, the smallest that is wide enough."""
    wide = [one for one in _SHEETS if one.width / width >= LEGIBLE]
    whole = [one for one in wide if (one.height - head) / height >= LEGIBLE]
    return (*whole, *wide, _SHEETS[-1])[0]


def _parts(one: Map, room: float, head: float) -> Iterator[tuple[float, float]]:
    """From which height to which: as many rows as a page has room for, one at the least; the last part has the legend."""
    _, end = one.size
    cuts = [top - _ABOVE_A_ROW for top in one.layout.rows[1:]]
    start = 0.0
    left = room - head
    while end - start > left + _ROUNDING:
        fitting = [cut for cut in cuts if start < cut <= start + left] or [cut for cut in cuts if cut > start][:1]
        if not fitting:
            break
        yield start, fitting[-1]
        start, left = fitting[-1], room
    yield start, end


def _cells(row: TableRow) -> list[list[str]]:
    names = [row.name, ", ".join(node.name for node in row.members)] if row.members else [row.name]
    return [[row.kind], names, [row.service_class], [row.administration], list(row.state), list(row.ties)]
