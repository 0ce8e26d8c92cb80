"""What is wrong or missing in the landscape is found, and nothing else."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given

from domain.catalogue.classes import Effect, ServiceClass
from domain.catalogue.findings import Finding, FindingKind, findings
from domain.catalogue.impact import roll_up
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Bond, Tie, Weight
from tests.domain.catalogue.test_impact import landscapes
from tests.support.catalogues import ident, landscape

TODAY = date(2026, 11, 22)
STOPS, DEGRADES = Weight.STOPS, Weight.DEGRADES


def found(
    seen: Landscape, kind: FindingKind, *, reviews: dict[UUID, date] | None = None, endings: dict[UUID, date] | None = None
) -> list[Finding]:
    everything = findings(seen, today=TODAY, reviews=reviews or {}, endings=endings or {})
    return [one for one in everything if one.kind is kind]


def names(seen: Landscape, kind: FindingKind) -> list[tuple[str, ...]]:
    return [tuple(seen.nodes[one].name for one in (each.about, *each.others)) for each in found(seen, kind)]


def tied(nodes: list[Node], *ties: tuple[Node, Tie, Node]) -> Landscape:
    return Landscape(nodes, [(source.id, Bond(tie, to.id)) for source, tie, to in ties])


def node(kind: Kind, name: str, *, retired: bool = False, aliases: tuple[str, ...] = ()) -> Node:
    return Node(ident(kind, name), kind, name, aliases=aliases, retired=retired)


CARE, LIBRARY = node(Kind.SERVICE, "Care"), node(Kind.SERVICE, "Library")
PLAN = node(Kind.PLAN, "Plan")


def test_an_object_whose_loss_alone_stops_a_critical_service_is_a_single_point() -> None:
    seen = landscape(
        *(("Care", "one", STOPS, "g"), ("Care", "two", STOPS, "g"), ("one", "power", STOPS), ("two", "power", STOPS)),
        *(("Care", "portal", DEGRADES), ("Library", "catalogue", STOPS), ("Payments", "power", STOPS)),
        Care=ServiceClass.CRITICAL,
        Payments=ServiceClass.SOCIETY_CRITICAL,
        Library=ServiceClass.IMPORTANT,
    )
    assert names(seen, FindingKind.SINGLE_POINT) == [("power", "Payments", "Care")]


def test_services_without_class_plan_owner_or_anything_below_are_told() -> None:
    seen = tied([CARE, LIBRARY._replace(owner="u-1", service_class=ServiceClass.ORDINARY), PLAN], (PLAN, Tie.COVERS, LIBRARY))
    for kind in (FindingKind.NO_CLASS, FindingKind.NO_PLAN, FindingKind.NO_OWNER):
        assert names(seen, kind) == [("Care",)]
    assert names(seen, FindingKind.STANDS_ON_NOTHING) == [("Care",), ("Library",)]


def test_a_plan_out_of_use_covers_nobody_and_one_that_covers_only_what_is_out_of_use_covers_nothing() -> None:
    seen = tied([CARE, PLAN._replace(retired=True)], (PLAN, Tie.COVERS, CARE))
    assert names(seen, FindingKind.NO_PLAN) == [("Care",)]
    assert names(seen, FindingKind.PLAN_COVERS_NOTHING) == []
    seen = tied([CARE._replace(retired=True), PLAN], (PLAN, Tie.COVERS, CARE))
    assert names(seen, FindingKind.PLAN_COVERS_NOTHING) == [("Plan",)]
    assert names(seen, FindingKind.NO_PLAN) == []


def test_a_review_and_a_contract_are_overdue_from_the_day_after() -> None:
    contract = node(Kind.CONTRACT, "Contract")
    seen, yesterday = tied([PLAN, contract]), TODAY - timedelta(days=1)
    assert found(seen, FindingKind.PLAN_OVERDUE, reviews={PLAN.id: TODAY}) == []
    assert found(seen, FindingKind.CONTRACT_ENDED, endings={contract.id: TODAY}) == []
    (plan,) = found(seen, FindingKind.PLAN_OVERDUE, reviews={PLAN.id: yesterday})
    (ended,) = found(seen, FindingKind.CONTRACT_ENDED, endings={contract.id: yesterday})
    assert [(one.about, one.day) for one in (plan, ended)] == [(PLAN.id, yesterday), (contract.id, yesterday)]


def test_each_circle_is_told_once_by_all_that_are_in_it() -> None:
    seen = landscape(
        *(("a", "b", STOPS), ("b", "c", STOPS), ("c", "a", DEGRADES)),
        *(("x", "y", STOPS), ("y", "x", STOPS), ("c", "x", STOPS), ("Care", "a", STOPS)),
    )
    assert names(seen, FindingKind.CYCLE) == [("a", "b", "c"), ("x", "y")]


def test_what_several_bear_is_told_also_when_it_is_an_alias_but_not_of_what_is_out_of_use() -> None:
    system = node(Kind.SYSTEM, "Journal", aliases=("CARE",))
    (one,) = found(tied([CARE, system]), FindingKind.SAME_NAME)
    assert (one.about, one.others, one.name) == (CARE.id, (system.id,), "Care")
    assert found(tied([CARE, system._replace(retired=True)]), FindingKind.SAME_NAME) == []


def test_systems_and_components_that_nothing_needs_are_told() -> None:
    seen = landscape(("Care", "journal", STOPS), ("archive", "journal", STOPS))
    assert names(seen, FindingKind.UNUSED) == [("archive",)]


def test_an_empty_catalogue_lacks_nothing() -> None:
    assert findings(Landscape((), ()), today=TODAY, reviews={}, endings={}) == []


@given(landscapes())
def test_single_points_and_circles_of_any_landscape_are_those_that_failing_each_object_shows(seen: Landscape) -> None:
    critical = [node._replace(service_class=ServiceClass.CRITICAL) for node in seen.nodes.values()]
    seen = Landscape(critical, [(source, bond) for source in seen.nodes for bond in seen.bonds(source)])
    services = {one.id for one in seen.of_kind(Kind.SERVICE)}
    hits = {one.id: roll_up(seen, [one.id]) for one in seen.of_kind(Kind.SYSTEM, Kind.COMPONENT)}
    points = {one: {hit.id for hit in by.values() if hit.effect is Effect.STOPPED} & services for one, by in hits.items()}
    assert {one.about: set(one.others) for one in found(seen, FindingKind.SINGLE_POINT)} == {
        one: stopped for one, stopped in points.items() if stopped
    }
    reach = {one: set(roll_up(seen, [one])) for one in seen.nodes}
    circles = {frozenset(other for other in reach[one] if one in reach[other]) for one in reach}
    assert {frozenset((one.about, *one.others)) for one in found(seen, FindingKind.CYCLE)} == {
        circle for circle in circles if len(circle) > 1
    }
