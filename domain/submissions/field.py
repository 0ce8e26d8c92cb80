"""What one field of a notice is: what people read beside it, what may be written in it, and when the law wants it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from domain.submissions.kinds import ReportKind

UNKNOWN = "unknown"
"""'Ved ikke endnu' is an answer where the law asks for a suspicion, and of every time; an empty field is none."""


class Widget(StrEnum):
    """How a field is filled in. Every value is text: what is below says which."""

    LINE = "line"
    """A line."""
    AREA = "area"
    """Text of several lines."""
    TIME = "time"
    """A time that `parse_time` reads, or UNKNOWN."""
    CHOICE = "choice"
    """The key of an option."""
    LIST = "list"
    """One entry a line."""


class Option(NamedTuple):
    """One answer of a choice. The key is stored."""

    key: str
    danish: str
    english: str


class Field(NamedTuple):
    """One field, the same in every kind of notice that has it. The key is stored, and never gets another meaning."""

    key: str
    widget: Widget
    danish: str
    english: str
    help_da: str
    help_en: str
    required: Mapping[ReportKind, str] = {}
    """Where the law requires it, and by which paragraph."""
    useful_for: frozenset[ReportKind] = frozenset()
    """Where it may be told, and may be left empty."""
    options: tuple[Option, ...] = ()
    """The answers of a choice."""
    instead: str | None = None
    """Another field that answers the same demand of the law: one of the two is enough."""

    @property
    def required_for(self) -> frozenset[ReportKind]:
        """The notices that are incomplete without it."""
        return frozenset(self.required)

    @property
    def kinds(self) -> frozenset[ReportKind]:
        """The notices that have it."""
        return self.required_for | self.useful_for


YES_NO = (Option("yes", "Ja", "Yes"), Option("no", "Nej", "No"))
YES_NO_UNKNOWN = (*YES_NO, Option(UNKNOWN, "Ved ikke endnu", "Not known yet"))
