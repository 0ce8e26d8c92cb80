from hashlib import sha256
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.tree_cover import RootFold, cover
from domain.merkle import NodeOf, Range, level_above, root


def leaves_of(size: int) -> list[bytes]:
    return [sha256(f"{n}".encode()).digest() for n in range(size)]


def nodes_of(leaves: list[bytes]) -> NodeOf:
    levels = [leaves]
    while len(levels[-1]) > 1:
        levels.append(level_above(levels[-1]))
    return lambda level, index: levels[level][index]


def folded(size: int, shown: list[int]) -> bytes:
    leaves, fold, end = leaves_of(size), RootFold(), 0
    for part in cover(((index, leaves[index]) for index in shown), size, nodes_of(leaves)):
        width = part.leaves.end - part.leaves.start
        assert part.leaves.start == end
        assert part.leaves.start % width == 0
        assert width.bit_count() == 1
        assert part.shown == (part.leaves.start in shown)
        fold.add(width, part.hash)
        end = part.leaves.end
    assert fold.size == end == size
    return fold.root


@pytest.mark.parametrize("size", range(9))
def test_every_choice_of_leaves_of_a_small_tree_gives_its_root(size: int) -> None:
    for chosen in product((False, True), repeat=size):
        assert folded(size, [index for index, one in enumerate(chosen) if one]) == root(leaves_of(size))


@given(st.integers(1, 700).flatmap(lambda size: st.tuples(st.just(size), st.sets(st.integers(0, size - 1), max_size=20))))
def test_any_choice_of_leaves_of_any_tree_gives_its_root(chosen: tuple[int, set[int]]) -> None:
    size, shown = chosen
    assert folded(size, sorted(shown)) == root(leaves_of(size))


def test_what_is_hidden_takes_few_nodes() -> None:
    leaves = leaves_of(1 << 12)
    parts = list(cover([(1234, leaves[1234])], len(leaves), nodes_of(leaves)))
    assert len(parts) == 13
    assert [part.leaves for part in parts if part.shown] == [Range(1234, 1235)]
