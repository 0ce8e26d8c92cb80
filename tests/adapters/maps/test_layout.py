"""The geometry of maps: nothing lies upon anything else, however the landscape is tied, and the same gives the same."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.maps.layering import Piece, Wire, rows_of
from adapters.maps.layout import IN_A_ROW, Layout, laid_out
from adapters.maps.making import map_of
from tests.support.landscapes import TOP, grown

SIZES = (5, 12, 30, 60, 100)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Piece], list[Wire]]:
    """Any boxes in any bands, tied in any way: also in circles, and upwards."""
    count = draw(st.integers(1, 24))
    pieces = [Piece(f"n{n}", draw(st.integers(0, 4)), draw(st.sampled_from((40.0, 67.0, 120.0)))) for n in range(count)]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1), st.sampled_from(("a", "b")))
    wires = [Wire(f"n{a}", f"n{b}", strand) for a, b, strand in draw(st.lists(ends, max_size=60)) if a != b]
    return pieces, wires


def check(layout: Layout) -> None:
    places = list(layout.places.values())
    for one, other in combinations(places, 2):
        apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
        apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
        assert apart_x or apart_y
    for place in places:
        assert place.x >= 0
        assert place.y >= 0
        assert place.x + place.width <= layout.width
        assert place.y + place.height <= layout.height
    for route in layout.routes:
        for (x1, y1), (x2, y2) in pairwise(route.points):
            assert x1 == x2 or y1 == y2, "lines go down and across"
            for place in places:
                beside = max(x1, x2) <= place.x or min(x1, x2) >= place.x + place.width
                above_or_below = max(y1, y2) <= place.y or min(y1, y2) >= place.y + place.height
                assert beside or above_or_below, "no line runs behind a box"
    for route in layout.routes:
        source, target = layout.places[route.wire.source], layout.places[route.wire.target]
        for (x, y), place in ((route.points[0], source), (route.points[-1], target)):
            assert place.x < x < place.x + place.width
            assert y in {place.y, place.y + place.height}


@settings(max_examples=100, deadline=None)
@given(graphs())
def test_nothing_lies_upon_anything_else_in_any_graph(graph: tuple[list[Piece], list[Wire]]) -> None:
    layout = laid_out(*graph)
    assert set(layout.places) == {piece.key for piece in graph[0]}
    assert {route.wire for route in layout.routes} == set(graph[1])
    check(layout)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_lies_upon_anything_else_on_a_map_of_any_size(size: int) -> None:
    check(map_of(grown(size), TOP, (), "da").layout)


@settings(max_examples=50, deadline=None)
@given(graphs())
def test_lines_of_different_bundles_never_run_over_each_other_sideways(graph: tuple[list[Piece], list[Wire]]) -> None:
    """Those that share a piece of a track share an end: they are one bundle."""
    layout = laid_out(*graph)
    level: dict[float, list[tuple[float, float, Wire]]] = {}
    for route in layout.routes:
        for (x1, y1), (x2, y2) in pairwise(route.points):
            if y1 == y2:
                level.setdefault(y1, []).append((min(x1, x2), max(x1, x2), route.wire))
    for runs in level.values():
        for (start, end, one), (other_start, other_end, other) in combinations(runs, 2):
            if start < other_end and other_start < end:
                assert {one.source, one.target} & {other.source, other.target}
                assert one.strand == other.strand


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", [20, 90])
def test_lines_of_different_bundles_never_run_over_each_other_downwards(size: int, seed: int) -> None:
    columns: dict[float, list[tuple[float, float, Wire]]] = {}
    for route in map_of(grown(size, seed), TOP, (), "da").layout.routes:
        for (x1, y1), (x2, y2) in pairwise(route.points):
            if x1 == x2:
                columns.setdefault(x1, []).append((min(y1, y2), max(y1, y2), route.wire))
    for runs in columns.values():
        for (start, end, one), (other_start, other_end, other) in combinations(runs, 2):
            if start < other_end and other_start < end:
                assert {one.source, one.target} & {other.source, other.target}
                assert one.strand == other.strand


@settings(max_examples=20, deadline=None)
@given(graphs())
def test_the_same_graph_gives_the_same_layout(graph: tuple[list[Piece], list[Wire]]) -> None:
    assert laid_out(*graph) == laid_out(*graph)


@settings(max_examples=100, deadline=None)
@given(graphs())
def test_bands_are_in_order_and_no_row_is_too_long(graph: tuple[list[Piece], list[Wire]]) -> None:
    pieces, wires = graph
    band = {piece.key: piece.band for piece in pieces}
    rows = rows_of(pieces, wires, IN_A_ROW)
    assert sorted(key for row in rows for key in row) == sorted(band)
    assert all(0 < len(row) <= IN_A_ROW for row in rows)
    assert [band[row[0]] for row in rows] == sorted(band[key] for row in rows for key in row[:1])
    row_of = {key: number for number, row in enumerate(rows) for key in row}
    assert all(row_of[wire.source] != row_of[wire.target] for wire in wires)


def test_what_stands_on_something_in_its_band_is_above_it() -> None:
    pieces = [Piece(name, 2, 50.0) for name in ("c", "b", "a")]
    wires = [Wire("a", "b", "x"), Wire("b", "c", "x"), Wire("a", "c", "x")]
    assert rows_of(pieces, wires, IN_A_ROW) == [["a"], ["b"], ["c"]]


def test_a_circle_ends() -> None:
    pieces = [Piece(name, 2, 50.0) for name in "abc"]
    wires = [Wire("a", "b", "x"), Wire("b", "c", "x"), Wire("c", "a", "x")]
    assert rows_of(pieces, wires, IN_A_ROW) == [["a"], ["b"], ["c"]]
    upwards = next(route for route in laid_out(pieces, wires).routes if route.wire.source == "c")
    assert upwards.points[0][1] > upwards.points[-1][1]


def test_crossings_that_need_not_be_are_not() -> None:
    """Two pairs that are told crosswise stand straight above each other."""
    pieces = [Piece(name, band, 50.0) for band, names in enumerate(("ab", "cd")) for name in names]
    layout = laid_out(pieces, [Wire("a", "d", "x"), Wire("b", "c", "x")])
    assert (layout.places["a"].x < layout.places["b"].x) == (layout.places["d"].x < layout.places["c"].x)
    assert all(len(route.points) == 2 for route in layout.routes)


def test_many_that_stand_on_one_thing_share_its_line() -> None:
    pieces = [Piece(f"n{n}", 0, 50.0) for n in range(5)] + [Piece("hub", 1, 50.0)]
    layout = laid_out(pieces, [Wire(f"n{n}", "hub", "x") for n in range(5)])
    assert len({route.points[-1] for route in layout.routes}) == 1
    assert layout.forks
