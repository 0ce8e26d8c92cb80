"""Whoever writes a CPR number on a page is warned before it is recorded: they change it, or record it anyway."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, TypeVar

from domain.cpr import fields_with_cpr
from domain.errors import InvalidInputError
from domain.time import local

V = TypeVar("V")
ANYWAY = "cpr_ok"
"""What the button sends that records it anyway."""


class CprWrittenError(InvalidInputError):
    """Nothing is recorded yet: `fields` are those in which something reads as a CPR number."""

    code: ClassVar[str] = "cpr-written"

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"{', '.join(fields)}: reads as a CPR number: take it out, or record it anyway")
        self.fields = fields


def check_cpr(sent: Mapping[str, V], now: datetime) -> None:
    """Raises `CprWrittenError` unless the button was pressed."""
    if ANYWAY not in sent and (fields := fields_with_cpr(sent, local(now).date())):
        raise CprWrittenError(fields)


def without_anyway(sent: Mapping[str, V]) -> dict[str, V]:
    """What was sent but for the button."""
    return {name: value for name, value in sent.items() if name != ANYWAY}
