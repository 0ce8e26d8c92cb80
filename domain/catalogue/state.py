"""An object of the catalogue as it stands, and how each event changes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple, assert_never, cast
from uuid import UUID

from domain.catalogue import events as e
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Facts, Kind
from domain.catalogue.ties import Bond, Tie
from domain.events import DomainEvent


class Proposal(NamedTuple):
    """A class that waits for somebody else's eyes. `number` is its event's version."""

    number: int
    service_class: ServiceClass
    by: str
    reason: str | None
    at: datetime


class Classed(NamedTuple):
    """The class that holds, why, and the numbers of the events that proposed and approved it."""

    service_class: ServiceClass
    reason: str | None
    proposed: int
    approved: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CatalogueObject:
    """The state that `evolve` makes. Times are UTC."""

    id: UUID
    version: int
    facts: Facts
    description: str | None = None
    contact: str | None = None
    bonds: Mapping[tuple[Tie, UUID], Bond] = field(default_factory=dict)
    retired: bool = False
    proposal: Proposal | None = None
    classed: Classed | None = None

    @property
    def kind(self) -> Kind:
        """What sort of object it is; it stays."""
        return self.facts.kind

    @property
    def service_class(self) -> ServiceClass | None:
        """The class that holds; None until one is approved."""
        return self.classed and self.classed.service_class


def evolve(known: CatalogueObject | None, object_id: UUID, event: e.ObjectEvent) -> CatalogueObject:
    """Apply one recorded event; the first one of a stream is `Registered`."""
    if isinstance(event, e.Registered):
        return CatalogueObject(object_id, 1, event.facts, event.description, event.contact)
    assert known is not None, "an object's history begins with its registration"  # noqa: S101 - a defect in the store
    return _changed(replace(known, version=known.version + 1), event)


def _changed(one: CatalogueObject, event: e.ObjectEvent) -> CatalogueObject:  # noqa: PLR0911 - one case an event
    match event:
        case e.Described():
            return replace(one, facts=event.facts, description=event.description, contact=event.contact)
        case e.Retired():
            return replace(one, retired=True)
        case e.Reinstated():
            return replace(one, retired=False)
        case e.Tied():
            return replace(one, bonds={**one.bonds, (event.tie, event.to): event.bond})
        case e.Untied():
            return replace(one, bonds={key: bond for key, bond in one.bonds.items() if key != (event.tie, event.to)})
        case e.ClassProposed():
            meta = event.meta
            proposal = Proposal(one.version, event.service_class, meta.actor, event.reason, meta.occurred_at)
            return replace(one, proposal=proposal)
        case e.ClassApproved():
            proposed, meta = one.proposal, event.meta
            assert proposed is not None, "only what was proposed is approved"  # noqa: S101 - a defect in deciding
            number = one.version
            classed = Classed(proposed.service_class, proposed.reason, proposed.number, number, meta.actor, meta.occurred_at)
            return replace(one, proposal=None, classed=classed)
        case e.ClassRejected():
            return replace(one, proposal=None)
        case e.Registered():
            msg = "an object is registered once"
            raise AssertionError(msg)
        case _:
            assert_never(event)


def replay(object_id: UUID, events: Iterable[DomainEvent], known: CatalogueObject | None = None) -> CatalogueObject | None:
    """Fold events on top of what is known; None when there is nothing."""
    for event in events:
        known = evolve(known, object_id, cast("e.ObjectEvent", event))
    return known
