"""The port to where the ledger is kept: its size, its tiles, and what was found to differ."""

from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from domain.ledger.tiles import TilePlace


class Differs(StrEnum):
    """What was found."""

    DELIVERED = "delivered"
    """The stream EVENTS brought other bytes than the store or the ledger has."""
    STORED = "stored"
    """The store now has other bytes than when the event became a leaf."""
    MISSING = "missing"
    """The store lacks an event that is a leaf."""


class Difference(NamedTuple):
    """Of the event at `position`; `leaf` is the hash that the differing bytes come to, empty when there are none."""

    position: int
    differs: Differs
    leaf: bytes
    noted_at: datetime
    """UTC."""


class LedgerTransaction(Protocol):
    """Under the ledger's write lock; durable as a whole once the block is left."""

    def size(self) -> int:
        """How many leaves there are: up to which position the log is in."""

    def tile(self, place: TilePlace) -> bytes:
        """A tile's hashes."""

    def save(self, tiles: dict[TilePlace, bytes], size: int) -> None:
        """These tiles, as they are now, and the size that they make."""


class LedgerTables(Protocol):
    """A database of the ledger's own. What a method or transaction wrote is durable when it returns, or not there at all.

    Tiles only grow, so that whoever reads the size first may read any tile later: what the size promised is in it. Safe from
    several threads and processes. Raises `UnavailableError` when locked, full or away.
    """

    def write(self) -> AbstractContextManager[LedgerTransaction]:
        """The one writer's transaction."""

    def size(self) -> int:
        """As committed."""

    def tile(self, place: TilePlace) -> bytes:
        """A tile's hashes, as committed; empty for one that was never written."""

    def note(self, difference: Difference) -> None:
        """Keep what was found; the same one is kept once."""

    def open_differences(self) -> list[Difference]:
        """What was found and nobody has settled, by position."""

    def is_settled(self, position: int, leaf: bytes) -> bool:
        """Whether a person has said of exactly these bytes that they are the false ones."""

    def settle(self) -> None:
        """Everything that was found so far is settled."""
