"""What a verification finds: the first thing that is not as it was, and what it was held against."""

from collections.abc import Callable
from enum import StrEnum
from typing import ClassVar, NamedTuple

from domain.errors import SporlogError
from domain.events import StoredRow
from domain.ledger.checkpoint import Checkpoint

EVENT_COLUMNS = ("position", "recorded_at_us", "originator_id", "originator_version", "topic", "state")
"""The columns of a stored event, in the order of `StoredRow`."""
Original = Callable[[int], StoredRow | None]
"""Another copy of the event at a position, as the stream EVENTS has it: believed only if it comes to the ledger's leaf."""


def no_copy(_position: int) -> None:
    """There is no other copy."""


class Statement(NamedTuple):
    """A checkpoint, and where it is kept: a file's name."""

    checkpoint: Checkpoint
    where: str


class Kind(StrEnum):
    """How something differs."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    MOVED = "moved"
    CUT = "cut"
    """The end of the log is gone."""
    REWRITTEN = "rewritten"
    """The ledger itself says something else than it once signed."""
    UNSIGNED = "unsigned"
    """A checkpoint that no key of this log signed, or not in that key's time."""
    TIME = "time"
    """A time that cannot be."""


class Difference(NamedTuple):
    """`where` is a table or file, `key` the row's primary key there; `expected` is None where it cannot be known.

    `position` is the event's place in the log, where an event differs.
    """

    kind: Kind
    where: str
    key: str = ""
    position: int | None = None
    column: str | None = None
    expected: str | None = None
    actual: str | None = None


class DifferenceFoundError(SporlogError):
    """The store differs from its proofs; `difference` is the first that was met."""

    code: ClassVar[str] = "audit-difference"

    def __init__(self, difference: Difference) -> None:
        super().__init__(f"{difference.where}: {difference.kind}")
        self.difference = difference


def differs(
    kind: Kind,
    where: str,
    key: object = "",
    *,
    position: int | None = None,
    column: str | None = None,
    expected: object = None,
    actual: object = None,
) -> DifferenceFoundError:
    """The error to raise."""
    told = (None if one is None else str(one) for one in (expected, actual))
    return DifferenceFoundError(Difference(kind, where, str(key), position, column, *told))
