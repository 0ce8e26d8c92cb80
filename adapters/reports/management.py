"""The management report as PDF/UA-1 (ISO 14289-1), as one page of HTML, and as the part of a page."""

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from adapters.reports.plots import plot_svg
from adapters.reports.sections import Document, Table
from adapters.reports.typesetting import TEMPLATES, Stamp, typeset
from domain.time import show_da, show_en

NARROWEST, WIDEST = 8, 24
"""Letters: of a column's share of a table's width."""


def management_pdf(document: Document, stamp: Stamp) -> bytes:
    """The same document and stamp give the same bytes."""
    return typeset("management.typ", {**_data(document), "stamp": _stamp(document, stamp)})


def management_html(document: Document, stamp: Stamp) -> bytes:
    """A page that needs nothing beside it."""
    body = management_body(document)
    return _pages().get_template("management.html").render(document=document, body=body, stamp=_stamp(document, stamp)).encode()


def management_body(document: Document, incident: str | None = None, figure: str | None = None, query: str = "") -> Markup:
    """What stands below the heading. `incident` and `figure` are beginnings of addresses, for pages that have those.

    A figure's address goes on with its key, `query`, and `&service=` where it is a service's.
    """
    template = _pages().get_template("management_body.html")
    return Markup(template.render(document=document, incident=incident, figure=figure, query=query, svg=_svg))  # noqa: S704 - escapes itself


def _svg(plot: Any) -> Markup:  # noqa: ANN401 - called from the template
    return Markup(plot_svg(plot))  # noqa: S704 - its words are escaped


def _stamp(document: Document, stamp: Stamp) -> dict[str, object]:
    show = show_en if document.language == "en" else show_da
    return {**stamp.data, "origin": f"Sporlog, position {stamp.position}, {show(stamp.as_of)}"}


def _data(document: Document) -> dict[str, Any]:
    return {
        "language": document.language,
        "title": document.title,
        "lead": document.lead,
        "summary": document.summary,
        "answers": [
            {**one._asdict(), "lines": [with_references(line.cells[0], line.references) for line in one.lines]}
            for one in document.answers
        ],
        "sections": [
            {
                "heading": one.heading,
                "level": one.level,
                "text": one.text,
                "tables": [
                    {
                        "caption": table.caption,
                        "columns": list(table.columns),
                        "widths": _widths(table),
                        "rows": [list(line.cells) for line in table.lines],
                    }
                    for table in one.tables
                ],
                "plots": [{"svg": plot_svg(plot), "title": plot.title, "alt": plot.alt} for plot in one.plots],
            }
            for one in document.sections
        ],
    }


def _widths(table: Table) -> list[int]:
    """How much room each column needs beside the others: its longest word whole, and a part of its longest text."""
    columns = zip(table.columns, *(line.cells for line in table.lines), strict=True)
    return [
        max(
            NARROWEST,
            *(min(len(word), WIDEST) for cell in cells for word in cell.split()),
            *(min(len(cell) // 2, WIDEST) for cell in cells),
        )
        for cells in columns
    ]


def with_references(text: str, references: tuple[str, ...]) -> str:
    """A sentence, followed by the incidents that it rests on and does not name; the first three of them."""
    missing = [one for one in references if one not in text]
    return f"{text} ({', '.join(missing[:3])}{' …' if len(missing) > 3 else ''})" if missing else text  # noqa: PLR2004 - a line's room


@cache
def _pages() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
