"""What the ledger can show: the root of the tree at any size it had, and the proofs between them."""

from domain.errors import NotFoundError
from domain.ledger.tiles import node_reader
from domain.merkle import EMPTY_ROOT, Range, consistency_ranges, inclusion_ranges, node_over
from handlers.ledger_tables import LedgerTables


class BeyondLedgerError(NotFoundError):
    """The tree is not that large, yet."""

    code = "beyond-ledger"


class Ledger:
    """Reads only; safe from several threads. Raises `BeyondLedgerError`, `DamagedLedgerError`, `UnavailableError`.

    A proof in a tree of ten million leaves reads a handful of tiles.
    """

    def __init__(self, tables: LedgerTables) -> None:
        self._tables = tables

    def size(self) -> int:
        """How many leaves there are: the event at position p is leaf p - 1."""
        return self._tables.size()

    def root_at(self, size: int) -> bytes:
        """The root of the tree of the first `size` leaves."""
        self._check(size)
        return node_over(Range(0, size), node_reader(self._tables.tile)) if size else EMPTY_ROOT

    def leaf(self, position: int) -> bytes:
        """The leaf of the event at this position."""
        self._check(position)
        return node_reader(self._tables.tile)(0, position - 1)

    def inclusion(self, position: int, size: int) -> list[bytes]:
        """The proof that the event at this position is in the tree of `size` leaves; the leaf's sibling first."""
        self._check(size)
        if not 1 <= position <= size:
            msg = f"a tree of {size} events holds no event {position}"
            raise BeyondLedgerError(msg)
        return self._nodes(inclusion_ranges(position - 1, size))

    def consistency(self, size1: int, size2: int) -> list[bytes]:
        """The proof that the tree of `size1` leaves is the beginning of that of `size2`. Raises `InvalidInputError` as well."""
        self._check(size2)
        return self._nodes(consistency_ranges(size1, size2))

    def _nodes(self, ranges: list[Range]) -> list[bytes]:
        node_of = node_reader(self._tables.tile)
        return [node_over(one, node_of) for one in ranges]

    def _check(self, size: int) -> None:
        if not 0 <= size <= (there := self.size()):
            msg = f"the ledger holds {there} events, not {size}"
            raise BeyondLedgerError(msg)
