"""The lists that a supervisor, a DPO and a coordinator ask for: one description each, for page, API and command line.

A list says what it is called, which columns it has, which time its period is about, and how its rows are made. Values stay as
they are stored; `in_words` says them to people.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Connection

from adapters.incident.guide_words import answers_in_words, questions_in_words, recommended
from adapters.incident.json import Unseal, title_of
from adapters.words.field_labels import FIELDS, SHORT
from adapters.words.value_labels import value_label
from adapters.words.wording import Language, Words
from domain.errors import InvalidInputError
from domain.events import Sealed
from domain.incident.transitions import BY_STEP
from domain.rsit import class_name_da
from domain.time import parse_time, rfc3339_utc, show_da, show_en
from projections.casework_queries import Span
from projections.rows import Row

NOTHING = "–"
SIDE_BY_SIDE = 10
"""Columns that a screen has room for."""


class WrongPeriodError(InvalidInputError):
    """The period ends before it begins."""

    code: ClassVar[str] = "wrong-period"


class Column(NamedTuple):
    """A column. `key` is its name in JSON and CSV."""

    key: str
    words: Words
    values: str = ""
    """Whose words its values have, see `in_words`; empty: they are what they are."""


@dataclass(frozen=True)
class CaseList:
    """One list. `read` makes its rows: every column by its key, and `exercise`."""

    name: str
    heading: Words
    belongs: Words
    """What belongs in it."""
    period: Words
    """Which time of a row lies in the period."""
    columns: tuple[Column, ...]
    read: Callable[["Asked"], Iterable[Row]]
    days: int | None = None
    """How many days back it goes where nobody asks for a period; None: to the beginning."""

    def rows(self, asked: "Asked") -> list[Row]:
        """The rows, each with just the columns; `exercise` comes last."""
        return [{key: row[key] for key in self.keys} for row in self.read(asked)]

    @property
    def wide(self) -> bool:
        """Too many columns to stand side by side: a row is then shown as its facts, one below the other."""
        return len(self.columns) > SIDE_BY_SIDE

    @property
    def keys(self) -> list[str]:
        """What JSON and CSV call the columns."""
        return [*(column.key for column in self.columns), "exercise"]

    def span(self, start: str | None, end: str | None, now: datetime, *, exercises: bool = False) -> Span:
        """The period that was asked for, or the list's own. A day is Copenhagen's; the last one is in it, to its end.

        Raises `WrongPeriodError`, and `UnreadableTimeError` for what is neither a day nor a time.
        """
        begin, until = _instant(start), _instant(end, days=1)
        if begin is None and until is None and self.days is not None:
            begin, until = now - timedelta(days=self.days), None
        if begin is not None and until is not None and until <= begin:
            raise WrongPeriodError(f"the period ends ({end}) before it begins ({start}): swap them")
        return Span(begin, until, exercises)


class Asked(NamedTuple):
    """What rows are made of: the casework's tables, the period, the clock, and the key to what is sealed."""

    connection: Connection
    span: Span
    now: datetime
    unseal: Unseal

    def case(self, row: Row) -> Row:
        """The row, with the incident's reference and title, and with the row's own texts opened, each by its field's name."""
        return {**row, "ref": row["reference"], "title": title_of(row, self.unseal), **self._texts(row)}

    def _texts(self, row: Row) -> Mapping[str, Any]:
        if row.get("sealed") is None:
            return {}
        opened = self.unseal(row["id"], row["number"], Sealed.model_validate_json(row["sealed"]))
        return opened or {}


def column(key: str, da: str = "", en: str = "", values: str = "") -> Column:
    """A column that is called what its field is called elsewhere, unless other words are given."""
    return Column(key, Words(da, en) if da else SHORT.get(key) or FIELDS[key], values)


def _instant(text: str | None, days: int = 0) -> datetime | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text) + timedelta(days=days)
    except (ValueError, OverflowError):
        return parse_time(text)
    return parse_time(f"{day} 00:00")


def in_words(row: Row, column: Column, language: Language) -> str:
    """A value as people say it."""
    value = row[column.key]
    if value is None or value in ((), {}, ""):
        return NOTHING
    if isinstance(value, datetime):
        return show_en(value) if language == "en" else show_da(value)
    if column.values == "answers":
        return "\n".join(answers_in_words(row["guide_version"], value, language))
    if column.values == "questions":
        return "\n".join(questions_in_words(row["guide_version"], value, language))
    if isinstance(value, list | tuple):
        return ", ".join(_word(one, column.values, language) for one in value)
    return _word(value, column.values, language)


def _word(value: object, values: str, language: Language) -> str:
    if isinstance(value, bool):
        return value_label("bool", value, language)
    if values == "step" and value in BY_STEP:
        return BY_STEP[str(value)].english if language == "en" else BY_STEP[str(value)].danish
    if values == "recommendation":
        return recommended(str(value), language)
    if values == "rsit" and language == "da":
        return class_name_da(str(value))
    return value_label(values, value, language)


def json_rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows as JSON values: times RFC 3339, UTC."""
    return [{key: _plain(value) for key, value in row.items()} for row in rows]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return rfc3339_utc(value)
    return list(value) if isinstance(value, tuple) else value
