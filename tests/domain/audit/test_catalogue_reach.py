"""Of the catalogue an incident's bundle has what the incident names, and what stands between that and the services hit."""

from collections.abc import Sequence

from domain.audit.reach import Reach
from domain.catalogue import events as e
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.events import DomainEvent, Recorded
from domain.incident.events import Corrected, ServiceDegraded
from handlers.catalogue import Change
from tests.support.catalogues import (
    CARE,
    MAILBOX,
    PLAN,
    SERVER,
    SUPPLIER,
    SYSTEM,
    classed,
    described,
    ident,
    others,
    proposed,
    small,
)
from tests.support.incidents import INCIDENT, meta, mitigated, reported
from tests.support.logs import attached


def catalogue(changes: Sequence[Change], first: int = 1) -> list[Recorded]:
    versions: dict[object, int] = {}
    found = []
    for position, one in enumerate(changes, start=first):
        versions[one.object_id] = versions.get(one.object_id, 0) + 1
        found.append(Recorded(position, position, one.object_id, versions[one.object_id], one.event.TOPIC, one.event))
    return found


def along(events: Sequence[DomainEvent], recorded: Sequence[Recorded], *, first: int = 100) -> dict[str, list[int]]:
    """Name to positions, for an incident whose events begin at `first`, ten positions apart."""
    reach = Reach()
    for number, event in enumerate(events):
        reach.see(Recorded(first + 10 * number, 1, INCIDENT, number + 1, event.TOPIC, event))
    names = {one.aggregate_id: one.event.facts.name for one in recorded if isinstance(one.event, e.Registered)}
    return {names[one]: positions for one, positions in reach.referred_objects(recorded).items()}


def test_a_server_brings_the_way_to_the_service_that_it_hits_and_nothing_else() -> None:
    found = along([reported(components=(SERVER,)), mitigated()], catalogue([*small(), *others()]))
    assert found.keys() == {SERVER, SYSTEM, CARE}
    # Of the system its facts and its tie to the server: not its supplier, its mailbox, nor the plan that covers the service.
    assert found[SYSTEM] == [2, 8]
    assert found[CARE] == [1, 7, 12, 13]
    assert {SUPPLIER, MAILBOX, PLAN, "Løn", "Lønsystem"} & found.keys() == set()


def test_a_service_brings_itself_and_not_what_it_stands_on() -> None:
    assert along([reported(services=(CARE.upper(),))], catalogue(small())).keys() == {CARE}
    degraded = ServiceDegraded(meta=meta(), service=CARE, degree="down")
    assert along([reported(), degraded], catalogue(small())).keys() == {CARE}


def test_alerts_and_corrections_name_objects_too_and_unknown_names_bring_nothing() -> None:
    assert along([reported(), attached(1)], catalogue(small())) == {}
    corrected = Corrected(meta=meta(), field="components", clear_old="", clear_new=f"ukendt, {SERVER}")
    assert along([reported(), corrected], catalogue(small())).keys() == {SERVER, SYSTEM, CARE}


def test_of_each_object_what_was_known_when_it_began_and_every_change_until_its_last_event() -> None:
    service = ident(Kind.SERVICE, CARE)
    earlier = [
        Change(service, described(Kind.SERVICE, CARE, restoration_order=2)),
        Change(service, described(Kind.SERVICE, CARE, restoration_order=3)),
        *classed(CARE, ServiceClass.CRITICAL, 7),
        Change(service, proposed(ServiceClass.IMPORTANT)),
    ]
    during = [Change(service, described(Kind.SERVICE, CARE, restoration_order=4))]
    later = [Change(service, described(Kind.SERVICE, CARE, restoration_order=5))]
    known = catalogue([*small(), *earlier, *during, *later])
    by_position = [*known[:18], known[18]._replace(position=105), known[19]._replace(position=300)]
    found = along([reported(services=(CARE,)), mitigated()], by_position)
    # 15: the last description before it; 12, 16 and 18: each class that was proposed, and the one that was approved last.
    assert found[CARE] == [12, 15, 16, 17, 18, 105]


def test_what_went_out_of_use_meanwhile_was_on_the_way_when_it_began() -> None:
    system = ident(Kind.SYSTEM, SYSTEM)
    retired = Recorded(105, 105, system, 5, e.Retired.TOPIC, e.Retired(meta=meta(), reason="Afløst"))
    found = along([reported(components=(SERVER,)), mitigated()], [*catalogue(small()), retired])
    assert found[SYSTEM] == [2, 8, 105]
    assert CARE in found
