"""The tree's nodes in tiles of 256 hashes, laid out as c2sp.org/tlog-tiles lays them out.

A tile of level 0 holds 256 leaves; a tile of level 1 holds the roots of 256 full tiles of level 0; and so on. The nodes between
are computed again when they are asked for. So an append writes the tiles it touches, and a proof in a tree of ten million
leaves reads a handful of them. What a tile holds never changes; only the last of each level grows.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from domain.errors import SporlogError
from domain.merkle import HASH_BYTES, NodeOf, root

HEIGHT = 8
WIDTH = 1 << HEIGHT
TILE_BYTES = WIDTH * HASH_BYTES


class DamagedLedgerError(SporlogError):
    """A tile is missing or too short. The ledger can be made again of the log."""

    code = "damaged-ledger"


class TilePlace(NamedTuple):
    """Tile `number` of `level`: from the node of tree level 8 x level and index 256 x number on."""

    level: int
    number: int


ReadTile = Callable[[TilePlace], bytes]
"""The hashes of a tile, one behind the other; empty for one that was never written."""


def grow(size: int, leaves: Sequence[bytes], tile: ReadTile) -> dict[TilePlace, bytes]:
    """The tiles that change, as they are then, when these leaf hashes follow the first `size` ones."""
    changed = dict[TilePlace, bytes]()
    level, count, added = 0, size, list(leaves)
    while added:
        number, there = divmod(count, WIDTH)
        row = (tile(TilePlace(level, number))[: there * HASH_BYTES] if there else b"") + b"".join(added)
        if len(row) != (there + len(added)) * HASH_BYTES:
            raise _damaged(TilePlace(level, number))
        above = list[bytes]()
        for number_of_tile, start in enumerate(range(0, len(row), TILE_BYTES), start=number):
            hashes = changed[TilePlace(level, number_of_tile)] = row[start : start + TILE_BYTES]
            if len(hashes) == TILE_BYTES:
                above.append(root(hashes_of(hashes)))
        level, count, added = level + 1, count // WIDTH, above
    return changed


def node_reader(tile: ReadTile) -> NodeOf:
    """The nodes of complete subtrees, read from tiles; each tile is read once. Raises `DamagedLedgerError`."""
    read = cache(tile)

    @cache
    def node_of(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, HEIGHT)
        number, first = divmod(index << height, WIDTH)
        place = TilePlace(tile_level, number)
        hashes = hashes_of(read(place)[first * HASH_BYTES : (first + (1 << height)) * HASH_BYTES])
        if len(hashes) != 1 << height:
            raise _damaged(place)
        return root(hashes)

    return node_of


def hashes_of(row: bytes) -> list[bytes]:
    """Hashes that stand one behind the other."""
    return [row[start : start + HASH_BYTES] for start in range(0, len(row), HASH_BYTES)]


def _damaged(place: TilePlace) -> DamagedLedgerError:
    return DamagedLedgerError(
        f"tile {place.number} of level {place.level} of the ledger is incomplete: move ledger.db (PostgreSQL: the schema"
        " ledger) away, and it is made again of the log; the checkpoints' files tell whether it is the same"
    )
