"""What an incident's bundle holds of the catalogue: what its events name, and what stands between that and the services hit.

Not the municipality's whole landscape. Of each such object what was known when the incident began, and every change until its
last event; of its ties those to another such object.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast
from uuid import UUID

from domain.catalogue import events as e
from domain.catalogue.impact import roll_up, services_among
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.state import CatalogueObject, evolve
from domain.catalogue.ties import Bond
from domain.events import Recorded
from domain.incident import events as i


class Between(NamedTuple):
    """Positions: of the incidents' first event and of their last."""

    first: int
    last: int


def names_in(recorded: Recorded) -> Iterator[str]:
    """What an incident's event calls services and components."""
    match recorded.event:
        case i.Reported() as event:
            yield from (*event.services, *event.components)
        case i.Corrected(field="services" | "components") as event:
            yield from (name.strip() for told in (event.clear_old, event.clear_new) for name in (told or "").split(","))
        case i.SignalAttached() as event:
            yield from (name for signal in event.signals for name in signal.components)
        case i.ServiceDegraded() | i.RestorationTested() | i.ServiceRestored() as event:
            yield event.service
        case _:
            pass


def referred_objects(names: Iterable[str], catalogue: Sequence[Recorded], between: Between) -> dict[UUID, list[int]]:
    """Each object that is referred to, with the positions of its events that belong along; `catalogue` in the log's order."""
    named, states, reached = set(names), dict[UUID, CatalogueObject](), set[UUID]()
    known = [one for one in catalogue if one.position <= between.last]
    begun = False
    for one in known:
        if not begun and one.position > between.first:
            begun = True
            reached |= _reached(states, named)
        event = cast("e.ObjectEvent", one.event)
        states[one.aggregate_id] = evolve(states.get(one.aggregate_id), one.aggregate_id, event)
    reached |= _reached(states, named)
    before, since = dict[Hashable, Recorded](), list[Recorded]()
    for one in known:
        about = _about(one, reached)
        if about is None:
            continue
        if one.position < between.first:
            before[about] = one
        else:
            since.append(one)
    found: dict[UUID, list[int]] = {}
    for one in sorted((*before.values(), *since)):
        found.setdefault(one.aggregate_id, []).append(one.position)
    return found


def _reached(states: Mapping[UUID, CatalogueObject], names: Iterable[str]) -> set[UUID]:
    landscape = Landscape(map(_node, states.values()), _bonds(states.values()))
    hit = {one for name in names for one in landscape.named(name)}
    return hit.union(*(service.path for service in services_among(landscape, roll_up(landscape, hit))))


def _node(one: CatalogueObject) -> Node:
    facts = one.facts
    return Node(one.id, one.kind, facts.name, facts.aliases, service_class=one.service_class, retired=one.retired)


def _bonds(objects: Iterable[CatalogueObject]) -> Iterator[tuple[UUID, Bond]]:
    for one in objects:
        yield from ((one.id, bond) for bond in one.bonds.values())


def _about(recorded: Recorded, reached: set[UUID]) -> Hashable | None:
    """Of whom, and what: the last one of each is what was so. None for what is not referred to."""
    one = recorded.aggregate_id
    if one not in reached:
        return None
    match recorded.event:
        case e.Registered() | e.Described():
            return one, "facts"
        case e.Retired() | e.Reinstated():
            return one, "use"
        case e.Tied() | e.Untied() as event:
            return (one, event.tie, event.to) if event.to in reached else None
        case e.ClassProposed():
            # Each of them: the one that was approved has the reason, and it need not be the last.
            return one, "proposed", recorded.version
        case _:
            return one, recorded.topic
