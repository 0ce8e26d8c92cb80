"""The catalogue of the invented municipality: what DEMO says there is, tied up to the services, and every name resolves."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.demo.chapters import cast
from adapters.demo.chapters.plans import PLANS
from adapters.demo.history import StoryClock, read_log
from adapters.demo.large_catalogue import large_landscape, spots
from adapters.demo.large_services import SERVICES
from adapters.demo.live import live_messages
from adapters.intake_formats.contract import Request
from adapters.intake_formats.formats import FORMATS
from adapters.main import make_evidence_room, open_projectors
from domain.catalogue.board import Approval
from domain.catalogue.classes import ServiceClass
from domain.catalogue.events import Registered, object_id
from domain.catalogue.impact import services_hit
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape
from domain.catalogue.state import replay
from domain.events import Recorded
from domain.signals import Severity
from handlers.plans import fetch_plan
from projections.catalogue import approvals, landscape
from tests.adapters.demo.support import SUNDAY, demo_office, tell


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    tell(folder, SUNDAY)
    return folder


@pytest.fixture(scope="module")
def told(data: Path) -> tuple[Landscape, list[Approval], list[Recorded]]:
    with demo_office(data, StoryClock(SUNDAY)) as office, open_projectors(office.settings, office.store) as projectors:
        projectors["catalogue"].catch_up()
        with projectors["catalogue"].database.snapshot() as connection:
            return landscape(connection), approvals(connection), list(read_log(office.store))


def test_there_are_six_services_nine_systems_and_fourteen_components(told: tuple[Landscape, object, object]) -> None:
    counted = Counter(node.kind for node in told[0].nodes.values())
    assert (counted[Kind.SERVICE], counted[Kind.SYSTEM], counted[Kind.COMPONENT]) == (6, 9, 14)
    assert all(node.owner is None or node.owner.startswith("rolle:") for node in told[0].nodes.values())


def names_of(log: list[Recorded]) -> Iterator[str]:
    for recorded in log:
        event = recorded.event
        if event.TOPIC.startswith("incident."):
            yield from (*getattr(event, "services", ()), *getattr(event, "components", ()))
            yield from filter(None, (getattr(event, "service", None), getattr(event, "component", None)))
        for signal in getattr(event, "signals", ()):
            yield from getattr(signal, "components", ())


def test_every_name_that_the_story_and_its_tools_use_is_in_it(told: tuple[Landscape, object, list[Recorded]]) -> None:
    live = (FORMATS[one.source].parse(one.body, Request(one.source, SUNDAY)) for one in live_messages(SUNDAY))
    names = {*names_of(told[2]), *(name for parsed in live for signal in parsed.signals for name in signal.components)}
    assert {cast.CARE_DATABASE, "visitation", cast.HOME_CARE} <= names
    assert {name for name in names if len(told[0].named(name)) != 1} == set()


def test_the_first_incident_goes_from_the_server_over_the_record_to_home_care(told: tuple[Landscape, object, object]) -> None:
    seen = told[0]
    worst = services_hit(seen, [cast.CARE_SERVER])[0]
    assert [seen.nodes[one].name for one in worst.path] == [cast.CARE_SERVER, "Omsorgsjournal", cast.HOME_CARE]
    assert worst.severity is Severity.CRITICAL


def test_classes_hold_by_four_eyes_and_the_board_approved_the_list(
    told: tuple[Landscape, list[Approval], list[Recorded]],
) -> None:
    critical = [cast.HOME_CARE, cast.NURSING, cast.BENEFITS]
    (approval,) = told[1]
    assert [one.name for one in approval.services] == critical
    states = [
        replay(one.aggregate_id, (each.event for each in told[2] if each.aggregate_id == one.aggregate_id))
        for one in told[2]
        if isinstance(one.event, Registered) and one.event.facts.kind is Kind.SERVICE
    ]
    assert [one.facts.name for one in states if one and one.service_class is ServiceClass.SOCIETY_CRITICAL] == critical
    proposers = {one.event.meta.actor for one in told[2] if one.topic == "catalogue.class-proposed.1"}
    approvers = {one.event.meta.actor for one in told[2] if one.topic == "catalogue.class-approved.1"}
    assert (proposers, approvers) == ({cast.ASSESSING.actor}, {cast.MANAGEMENT.actor})


def test_each_plan_has_its_file(data: Path) -> None:
    with demo_office(data, StoryClock(SUNDAY)) as office:
        room = make_evidence_room(office.settings, office.store)
        for plan in PLANS:
            file = fetch_plan(office.desk, room, object_id(Kind.PLAN, plan.name))
            assert b"".join(file.content).decode() == plan.text
            assert file.facts.dated == plan.dated


def test_the_large_one_has_sixty_services_250_systems_and_1500_components() -> None:
    counted = Counter(kind for kind, _, _ in large_landscape().objects)
    assert counted[Kind.SERVICE] + 6 == len(SERVICES) + 6 == 60
    assert (counted[Kind.SYSTEM] + 9, counted[Kind.COMPONENT] + 14) == (250, 1500)
    assert counted[Kind.SUPPLIER] > 30
    named = {(kind, name.casefold()) for kind, name, _ in large_landscape().objects}
    assert len(named) == len(large_landscape().objects), "each object has a name of its own"
    assert {(Kind.COMPONENT, spot.component.casefold()) for spot in spots()} <= named
