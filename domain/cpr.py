"""CPR numbers in text: recognised where somebody writes, so that they are warned before it is in the log for good.

A CPR number is DDMMYY-NNNN; the seventh digit tells the century (CPR-kontoret, "Personnummeret i CPR"). Modulus 11 is not
asked: since 2007 numbers are given that fail it, so it would miss real people. What is recognised may be something else: a
warning is all that follows, never a refusal.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

OLDEST = 120
"""Years: a date of birth before that is a number of something else."""

# Not within a longer number, word, hash, address or reference: those continue on one of the two sides.
_LOOKS_LIKE = re.compile(
    r"(?:(?<=\bcpr-)|(?<![\w+])(?<!\w[-./_])(?<!\d:))(\d{2})(\d{2})(\d{2})[- ]?(\d)\d{3}(?!\w)(?![-./:_]\w)", re.IGNORECASE
)
_PHONE = re.compile(r"(?:\+|\b00)\d[\d ]{6,16}\d")
"""With its country's code: its digits in groups could be read as anything."""


def has_cpr(text: str, today: date) -> bool:
    """Whether a part of the text reads as the CPR number of somebody born by `today`."""
    return any(True for _ in cpr_numbers(text, today))


def cpr_numbers(text: str, today: date) -> Iterator[str]:
    """Each, as it is written."""
    if _LOOKS_LIKE.search(text) is None:
        return
    for found in _LOOKS_LIKE.finditer(_PHONE.sub(lambda phone: "x" * len(phone[0]), text)):
        born = _born(*map(int, found.groups()))
        if born is not None and born <= today and today.year - born.year <= OLDEST:
            yield found[0]


def fields_with_cpr(told: Mapping[str, object], today: date) -> tuple[str, ...]:
    """The names of the fields in which one is written, also deeper down: of `values.summary` it is `values`."""
    return tuple(name for name, value in told.items() if any(has_cpr(text, today) for text in _texts(value)))


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)
        case _:
            return


def _born(day: int, month: int, year: int, seventh: int) -> date | None:
    try:
        # 29 February is one only in the century that the seventh digit tells.
        return date(_century(year, seventh) + year, month, day)
    except ValueError:
        return None


def _century(year: int, seventh: int) -> int:
    match seventh:
        case 0 | 1 | 2 | 3:
            return 1900
        case 4 | 9:
            return 2000 if year <= 36 else 1900  # noqa: PLR2004 - CPR's own table
        case _:
            return 2000 if year <= 57 else 1800  # noqa: PLR2004 - CPR's own table
