"""Tiles hold the tree that domain.merkle defines, however it grew, in the places that c2sp.org/tlog-tiles gives them."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.tiles import TILE_BYTES, DamagedLedgerError, TilePlace, grow, node_reader
from domain.merkle import Range, consistency_proof, consistency_ranges, inclusion_proof, inclusion_ranges, node_over, root

LEAVES = [sha256(b"%d" % number).digest() for number in range(70_000)]


def grown(*steps: int) -> dict[TilePlace, bytes]:
    tiles, size = dict[TilePlace, bytes](), 0
    for step in steps:
        tiles |= grow(size, LEAVES[size : size + step], tiles.__getitem__)
        size += step
    return tiles


def test_a_tree_of_seventy_thousand_has_the_tiles_of_the_formats_own_example() -> None:
    tiles = grown(70_000)
    widths = {place: len(hashes) // 32 for place, hashes in tiles.items()}
    full0 = {TilePlace(0, number): 256 for number in range(273)}
    assert widths == full0 | {TilePlace(0, 273): 112, TilePlace(1, 0): 256, TilePlace(1, 1): 17, TilePlace(2, 0): 1}
    read = list[TilePlace]()

    def tile(place: TilePlace) -> bytes:
        read.append(place)
        return tiles[place]

    node_of = node_reader(tile)
    assert node_over(Range(0, 70_000), node_of) == root(LEAVES)
    proof = [node_over(one, node_of) for one in inclusion_ranges(40_000, 70_000)]
    assert proof == inclusion_proof(LEAVES, 40_000)
    assert len(read) == len(set(read)) <= 6


@given(st.lists(st.integers(1, 600), min_size=1, max_size=8), st.data())
def test_in_whatever_steps_it_grew_every_proof_is_the_trees(steps: list[int], data: st.DataObject) -> None:
    tiles, size = grown(*steps), sum(steps)
    assert tiles == grown(size)
    earlier = data.draw(st.integers(1, size))
    node_of = node_reader(tiles.__getitem__)
    assert node_over(Range(0, earlier), node_of) == root(LEAVES[:earlier])
    assert [node_over(one, node_of) for one in inclusion_ranges(earlier - 1, size)] == inclusion_proof(
        LEAVES[:size], earlier - 1
    )
    assert [node_over(one, node_of) for one in consistency_ranges(earlier, size)] == consistency_proof(LEAVES[:size], earlier)


def test_an_append_writes_only_the_tiles_that_it_touches() -> None:
    tiles = grown(70_000 - 1000)
    assert grow(69_000, LEAVES[69_000:], tiles.__getitem__).keys() == {
        *(TilePlace(0, number) for number in range(269, 274)),
        TilePlace(1, 1),
    }


def test_a_tile_that_lacks_something_is_an_error_and_no_other_tree() -> None:
    tiles = grown(1000)
    tiles[TilePlace(0, 3)] = tiles[TilePlace(0, 3)][:-32]
    with pytest.raises(DamagedLedgerError, match="tile 3 of level 0"):
        grow(1000, LEAVES[:1], tiles.__getitem__)
    tiles[TilePlace(0, 1)] = bytes(TILE_BYTES - 32)
    with pytest.raises(DamagedLedgerError, match="tile 1 of level 0"):
        node_reader(tiles.__getitem__)(1, 255)
