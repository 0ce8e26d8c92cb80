"""What a report is made of, in one language: answers first, then sections of tables and plots."""

from typing import NamedTuple

from adapters.reports.plots import Plot
from adapters.words.wording import Language


class Line(NamedTuple):
    """A row of a table, or one sentence. `figure` is the key of the figure that it shows, for a link."""

    cells: tuple[str, ...]
    references: tuple[str, ...] = ()
    figure: str | None = None
    service: str | None = None


class Table(NamedTuple):
    """A table; the first column names the row."""

    caption: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


class Answer(NamedTuple):
    """A question of the first page. `tone` is `good`, `warn` or `bad`."""

    question: str
    answer: str
    tone: str
    lines: tuple[Line, ...]


class Section(NamedTuple):
    """A heading with what stands below it. `level` 2, or 3 for a part of the section before."""

    key: str
    heading: str
    level: int
    text: str | None = None
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()


class Document(NamedTuple):
    """All of it."""

    language: Language
    title: str
    lead: str
    summary: str
    """All of it in a line."""
    answers: tuple[Answer, ...]
    sections: tuple[Section, ...]
