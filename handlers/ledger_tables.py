"""The port to where the ledger is kept: its size, its tiles, and what was found to differ."""

from collections.abc import Sequence
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
    SIGNED = "signed"
    """A checkpoint that was signed names another tree of this size."""


class Difference(NamedTuple):
    """Of the event at `position`, or of the tree of that size; `leaf` is the differing hash, empty when there is none."""

    position: int
    differs: Differs
    leaf: bytes
    noted_at: datetime
    """UTC."""


class Signed(NamedTuple):
    """A checkpoint of the tree of `size` leaves: a C2SP signed note, and when it was signed (UTC)."""

    size: int
    note: str
    signed_at: datetime


class LedgerTransaction(Protocol):
    """Under the ledger's write lock; durable as a whole once the block is left."""

    def size(self) -> int:
        """How many leaves there are: up to which position the log is in."""

    def tile(self, place: TilePlace) -> bytes:
        """A tile's hashes."""

    def save(self, tiles: dict[TilePlace, bytes], size: int) -> None:
        """These tiles, as they are now, and the size that they make."""

    def add_checkpoint(self, signed: Signed) -> None:
        """The first of its size."""


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

    def settle(self, differences: Sequence[Difference]) -> None:
        """A person has looked at these."""

    def first_key(self) -> str | None:
        """The verifier key that the log began to sign with."""

    def set_first_key(self, vkey: str) -> None:
        """For good; a later one is ignored."""

    def latest_checkpoint(self) -> Signed | None:
        """The largest."""

    def checkpoints(self, after: int) -> list[Signed]:
        """Those of trees with more leaves, by size."""
