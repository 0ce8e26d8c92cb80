"""A failure rolls up along what stands on what; a naive reference implementation says the same of any landscape."""

from collections.abc import Iterable, Mapping
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue.classes import Effect, ServiceClass
from domain.catalogue.impact import recommended_severity, roll_up, services_hit, stands_on, unknown_names
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Bond, Tie, Weight
from domain.signals import Severity
from tests.support.catalogues import ident, landscape

STOPS, DEGRADES, BOTHERS = Weight.STOPS, Weight.DEGRADES, Weight.BOTHERS
ORDER = list(Effect)


def name(seen: Landscape, one: UUID) -> str:
    return seen.nodes[one].name


def effects(seen: Landscape, *names: str, effect: Effect = Effect.STOPPED) -> dict[str, Effect]:
    found = roll_up(seen, (one for each in names for one in seen.named(each)), effect)
    return {name(seen, one): hit.effect for one, hit in found.items()}


def path(seen: Landscape, hit: str, to: str) -> list[str]:
    (start,), (end,) = seen.named(hit), seen.named(to)
    return [name(seen, one) for one in roll_up(seen, [start])[end].path]


@pytest.mark.parametrize(
    ("weight", "effect"), [(STOPS, Effect.STOPPED), (DEGRADES, Effect.DEGRADED), (BOTHERS, Effect.BOTHERED)]
)
def test_a_tie_lets_an_effect_through_up_to_its_weight(weight: Weight, effect: Effect) -> None:
    seen = landscape(("Care", "journal", STOPS), ("journal", "server", weight))
    assert effects(seen, "server") == {"server": Effect.STOPPED, "journal": effect, "Care": effect}


def test_a_mild_failure_stays_mild_where_a_tie_would_let_a_worse_one_through() -> None:
    seen = landscape(("Care", "journal", STOPS))
    assert effects(seen, "journal", effect=Effect.DEGRADED) == {"journal": Effect.DEGRADED, "Care": Effect.DEGRADED}


def test_while_one_of_two_alternatives_is_up_a_service_is_only_less_robust() -> None:
    seen = landscape(("Care", "one", STOPS, "servers"), ("Care", "two", STOPS, "servers"))
    assert effects(seen, "one")["Care"] is Effect.BOTHERED
    assert effects(seen, "one", "two")["Care"] is Effect.STOPPED


def test_an_alternative_that_is_only_degraded_carries_on_degraded() -> None:
    seen = landscape(("Care", "one", STOPS, "servers"), ("Care", "two", STOPS, "servers"), ("two", "one", DEGRADES))
    assert effects(seen, "one")["Care"] is Effect.DEGRADED


def test_an_alternative_out_of_use_is_none() -> None:
    seen = landscape(("Care", "one", STOPS, "servers"), ("Care", "two", STOPS, "servers"))
    gone = seen.named("two")[0]
    left = Landscape(
        [node._replace(retired=node.id == gone) for node in seen.nodes.values()],
        [(source, bond) for source in seen.nodes for bond in seen.bonds(source)],
    )
    assert effects(left, "one")["Care"] is Effect.STOPPED
    assert effects(left, "two") == {}


def test_a_common_cause_below_both_alternatives_stops_the_service() -> None:
    seen = landscape(
        ("Care", "one", STOPS, "servers"), ("Care", "two", STOPS, "servers"), ("one", "power", STOPS), ("two", "power", STOPS)
    )
    assert effects(seen, "power")["Care"] is Effect.STOPPED


def test_the_path_is_the_shortest_one_that_carries_the_worst_effect() -> None:
    seen = landscape(
        *(("Care", "server", BOTHERS), ("Care", "journal", STOPS), ("journal", "database", STOPS)),
        *(("database", "server", STOPS), ("Care", "portal", STOPS), ("portal", "database", STOPS)),
    )
    assert path(seen, "server", "Care") == ["server", "database", "journal", "Care"]
    assert path(seen, "server", "server") == ["server"]


def test_a_circle_ends() -> None:
    seen = landscape(("Care", "a", STOPS), ("a", "b", STOPS), ("b", "a", DEGRADES))
    assert effects(seen, "b") == {"b": Effect.STOPPED, "a": Effect.STOPPED, "Care": Effect.STOPPED}
    assert {name(seen, one) for one in stands_on(seen, seen.named("a")[0])} == {"a", "b"}


def test_services_come_worst_first_with_the_severity_of_their_class() -> None:
    seen = landscape(
        *(("Care", "journal", STOPS), ("Library", "journal", STOPS), ("Website", "journal", DEGRADES)),
        Care=ServiceClass.SOCIETY_CRITICAL,
        Website=ServiceClass.CRITICAL,
    )
    hit = services_hit(seen, ["JOURNAL"])
    assert [(one.node.name, one.severity, one.classless) for one in hit] == [
        ("Care", Severity.CRITICAL, False),
        ("Website", Severity.MEDIUM, False),
        ("Library", Severity.LOW, True),
    ]
    assert recommended_severity(hit) is Severity.CRITICAL
    assert recommended_severity([]) is None


def test_a_service_that_is_named_itself_is_hit_by_a_path_of_one() -> None:
    seen = landscape(("Care", "journal", STOPS), Care=ServiceClass.IMPORTANT)
    (hit,) = services_hit(seen, ["care"])
    assert (hit.path, hit.effect, hit.severity) == ((ident(Kind.SERVICE, "Care"),), Effect.STOPPED, Severity.MEDIUM)


def test_names_that_nothing_bears_are_told_once() -> None:
    seen = landscape(("Care", "journal", STOPS))
    assert unknown_names(seen, ["Care", "srv-1", "journal.example.dk", "srv-1"]) == ("srv-1",)


def test_a_long_chain_is_walked_without_recursion() -> None:
    seen = landscape(*((f"s{n}", f"s{n + 1}", STOPS) for n in range(5_000)))
    assert len(path(seen, "s5000", "s0")) == 5_001


# The reference: the rules as they are said, applied until nothing changes; the way by trying all neighbours, again and again.


def _said(seen: Landscape, hit: Iterable[UUID], effect: Effect) -> dict[UUID, Effect]:
    started = {one for one in hit if not seen.nodes[one].retired}
    found: dict[UUID, Effect] = dict.fromkeys(started, effect)
    while True:
        told = {one: _worst([*([effect] if one in started else []), *_reasons(seen, found, one)]) for one in seen.nodes}
        known = {one: worst for one, worst in told.items() if worst is not None}
        if known == found:
            return found
        found = known


def _worst(effects: list[Effect]) -> Effect | None:
    return min(effects, key=ORDER.index, default=None)


def _limited(effect: Effect, weight: Weight) -> Effect:
    at_most = {STOPS: Effect.STOPPED, DEGRADES: Effect.DEGRADED, BOTHERS: Effect.BOTHERED}[weight]
    return max(effect, at_most, key=ORDER.index)


def _reasons(seen: Landscape, found: Mapping[UUID, Effect], one: UUID) -> list[Effect]:
    if seen.nodes[one].retired:
        return []
    needs = seen.needs(one)
    reasons = [_limited(found[bond.to], bond.weight) for bond in needs if bond.to in found and bond.group is None]
    for group in {bond.group for bond in needs if bond.group is not None}:
        members = [bond for bond in needs if bond.group == group]
        hit = [found[bond.to] for bond in members if bond.to in found]
        if hit and len(hit) < len(members):
            reasons.append(Effect.BOTHERED)
        elif hit:
            best = max(hit, key=ORDER.index)
            heaviest = min((bond.weight for bond in members), key=list(Weight).index)
            reasons.append(_limited(best, heaviest))
    return reasons


def _lengths(seen: Landscape, hit: Iterable[UUID], said: Mapping[UUID, Effect], degree: Effect) -> dict[UUID, int]:
    """How many objects the shortest way has to each that is hit so hard, over ties that let so much through."""

    def so_hard(one: UUID) -> bool:
        return one in said and ORDER.index(said[one]) <= ORDER.index(degree)

    def lets(source: UUID, bond: Bond) -> bool:
        group = [other.to for other in seen.needs(source) if other.group == bond.group]
        together = bond.group is None or degree is Effect.BOTHERED or all(map(so_hard, group))
        return so_hard(bond.to) and together and _limited(degree, bond.weight) is degree

    lengths = {one: 1 for one in hit if not seen.nodes[one].retired}
    for _ in seen.nodes:
        for source in seen.nodes:
            for bond in seen.needs(source) if not seen.nodes[source].retired else ():
                if bond.to in lengths and lets(source, bond):
                    lengths[source] = min(lengths.get(source, 10**6), lengths[bond.to] + 1)
    return lengths


@st.composite
def landscapes(draw: st.DrawFn) -> Landscape:
    count = draw(st.integers(1, 8))
    kinds = st.sampled_from([Kind.SERVICE, Kind.SYSTEM, Kind.COMPONENT])
    retired = st.sampled_from([False, False, False, False, True])
    nodes = [Node(UUID(int=n), draw(kinds), f"n{n}", retired=draw(retired)) for n in range(count)]
    pairs = [pair for pair in product(range(count), repeat=2) if pair[0] != pair[1]]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    weights, groups = st.sampled_from(list(Weight)), st.sampled_from([None, None, "x", "y"])
    ties = st.sampled_from([Tie.DEPENDS_ON, Tie.DEPENDS_ON, Tie.SUPPLIED_BY, Tie.REACHED_AT])
    return Landscape(
        nodes,
        [(UUID(int=a), Bond(draw(ties), UUID(int=b), weight=draw(weights), group=draw(groups))) for a, b in chosen],
    )


@given(landscapes(), st.data())
def test_any_landscape_fails_as_the_rules_say(seen: Landscape, data: st.DataObject) -> None:
    hit = data.draw(st.lists(st.sampled_from(list(seen.nodes)), min_size=1, max_size=3))
    effect = data.draw(st.sampled_from(ORDER))
    found, said = roll_up(seen, hit, effect), _said(seen, hit, effect)
    assert {one: each.effect for one, each in found.items()} == said
    for one, each in found.items():
        assert (each.path[0] in hit, each.path[-1], each.id) == (True, one, one)
        assert len(each.path) == _lengths(seen, hit, said, each.effect)[one]
        assert all(
            any(bond.to == before for bond in seen.needs(after))
            for before, after in zip(each.path, each.path[1:], strict=False)
        )


@given(landscapes())
def test_what_something_stands_on_is_what_reaches_it(seen: Landscape) -> None:
    everywhere = {one: roll_up(seen, [one]) for one in seen.nodes}
    for one in seen.nodes:
        below = {other for other, hits in everywhere.items() if one in hits and other != one}
        assert stands_on(seen, one) - {one} == below
