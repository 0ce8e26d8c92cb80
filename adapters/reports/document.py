"""A paper made of blocks: the same blocks as PDF/UA-1 and as one page of HTML that needs nothing beside it.

For papers that are long and mostly tables and forms. Text of people is data in both and is never read as markup.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from adapters.reports.typesetting import TEMPLATES, Stamp, typeset
from adapters.words.wording import Language


class Heading(NamedTuple):
    """`level` 1 stands below the document's title, 2 below that; with `page` it begins a new page in print."""

    text: str
    level: int = 1
    page: bool = False


class Lines(NamedTuple):
    """Paragraphs, or with `marked` a list; `strong` is what must not be overlooked."""

    lines: tuple[str, ...]
    marked: bool = False
    strong: bool = False


class Cells(NamedTuple):
    """A table. `widths` are shares of the page's width, one a column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    caption: str = ""


class Blank(NamedTuple):
    """A field to write in by hand, so many lines high. `choices` are boxes to tick."""

    label: str
    lines: int = 1
    help: str = ""
    choices: tuple[str, ...] = ()


class BlankTable(NamedTuple):
    """An empty table to write in by hand."""

    columns: tuple[str, ...]
    rows: int
    widths: tuple[int, ...]


class Picture(NamedTuple):
    """An SVG, and in words what it shows."""

    svg: str
    told: str


Block = Heading | Lines | Cells | Blank | BlankTable | Picture
_KINDS: dict[type[Any], str] = {
    Heading: "heading",
    Lines: "lines",
    Cells: "table",
    Blank: "blank",
    BlankTable: "blank_table",
    Picture: "picture",
}


class Document(NamedTuple):
    """The same document gives the same bytes."""

    title: str
    lead: tuple[str, ...]
    language: Language
    blocks: tuple[Block, ...]
    stamp: Stamp
    marks: tuple[str, ...] = ()
    """What stands on every page beside the stamp's words."""
    landscape: bool = False
    """Of the pages in print: wide tables need it."""

    @property
    def data(self) -> dict[str, Any]:
        """As the templates take it."""
        stamp = self.stamp
        return {
            "language": self.language,
            "title": self.title,
            "lead": list(self.lead),
            "landscape": self.landscape,
            "blocks": [{"kind": _KINDS[type(one)], **one._asdict()} for one in self.blocks],
            "stamp": {**stamp.data, "words": [*self.marks, *stamp.words]},
        }


def document_pdf(document: Document) -> bytes:
    """To print."""
    return typeset("document.typ", document.data)


def document_html(documents: Sequence[Document]) -> bytes:
    """One page with these documents after one another, and a list of contents; the first gives language and title."""
    return _page().render(first=documents[0].data, documents=[one.data for one in documents]).encode()


@cache
def _page() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("document.html")
