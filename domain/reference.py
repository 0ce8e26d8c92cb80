"""References that people read aloud over the telephone: `H-2026-0042` = entity's prefix, Copenhagen's year, number in it."""

import re
from datetime import datetime
from typing import NamedTuple

from domain.errors import InvalidInputError
from domain.time import local

PREFIX_PATTERN = "[A-Z][A-Z0-9]{0,7}"
"""Capital letter, then up to seven capitals or digits; no Æ, Ø, Å, for a reference is also a key on the bus."""

_PREFIX = re.compile(PREFIX_PATTERN)
# The three others are the hyphens and dashes that word processors put in place of the plain one.
_BETWEEN = r"[-\u2010\u2011\u2013\s]+"
_WRITTEN = re.compile(rf"({PREFIX_PATTERN}){_BETWEEN}([0-9]{{4}}){_BETWEEN}([0-9]{{1,9}})")


class UnreadableReferenceError(InvalidInputError):
    """The text is no reference."""

    code = "unreadable-reference"


class InvalidPrefixError(InvalidInputError):
    """The prefix could not be read back from a reference."""

    code = "invalid-prefix"


class Reference(NamedTuple):
    """An incident's name: gapless from 1 per prefix and year. `str()` gives `H-2026-0042`, longer from number 10000 on."""

    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.number:04}"


def check_prefix(prefix: str) -> str:
    """The prefix, if a reference can carry it. Raises InvalidPrefixError."""
    if _PREFIX.fullmatch(prefix) is None:
        raise InvalidPrefixError(f"The prefix {prefix!r} cannot be used: take a letter A-Z and up to seven of A-Z, 0-9, as H.")
    return prefix


def format_reference(prefix: str, year: int, number: int) -> str:
    """`H-2026-0042`. Raises InvalidPrefixError."""
    return str(Reference(check_prefix(prefix), year, number))


def parse_reference(text: str) -> Reference:
    """Read a reference as people write it: any case, spaces, dashes, no leading zeros. Raises UnreadableReferenceError."""
    match = _WRITTEN.fullmatch(text.strip().upper())
    if match is None or int(match[3]) == 0:
        raise UnreadableReferenceError(f"{text!r} is no reference: write prefix, year and number, as H-2026-0042.")
    return Reference(match[1], int(match[2]), int(match[3]))


def year_of(recorded_at: datetime) -> int:
    """The year that the reference of an incident recorded then carries: Copenhagen's, an hour or two ahead of UTC's."""
    return local(recorded_at).year
