"""What is on record of the organisation, and how each event changes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple, TypeVar, assert_never, cast

from domain.events import DomainEvent
from domain.organisation import events as e
from domain.organisation.access import Grant, Period, Scope
from domain.policy import Authority, Policy
from domain.roles import Role

K = TypeVar("K")
V = TypeVar("V")


class Entity(NamedTuple):
    """A reporting entity."""

    cvr: str
    authority: str
    form_set: str
    prefix: str


class Place(NamedTuple):
    """Where a role is held: in one administration, or (None) in the whole entity."""

    entity: str
    administration: str | None
    role: Role


class Placing(NamedTuple):
    """Who holds it, and who stands in, in that order."""

    holder: str
    deputies: tuple[str, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """All of them: each may act in the role."""
        return frozenset((self.holder, *self.deputies))


@dataclass(frozen=True, slots=True)
class Organisation:
    """The state that `evolve` makes. All times are aware and UTC."""

    version: int = 0
    given: Mapping[str, str] = field(default_factory=dict)
    """Entity to prefix as the log was begun with: these hold, registered or not."""
    entities: Mapping[str, Entity] = field(default_factory=dict)
    placings: Mapping[Place, Placing] = field(default_factory=dict)
    filers: Mapping[str, Mapping[str, datetime | None]] = field(default_factory=dict)
    """Entity to who may file, and when each last tried it out."""
    contacts: Mapping[e.Contact, str] = field(default_factory=dict)
    policies: Mapping[str | None, Policy] = field(default_factory=dict)
    grants: Mapping[str, Grant] = field(default_factory=dict)
    """Holder to what they may read."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Of every entity that can have incidents here, to its reference prefix."""
        return {name: entity.prefix for name, entity in self.entities.items()} | dict(self.given)

    def authority(self, entity: str, administration: str | None) -> Authority:
        """Under what an incident there is decided: the entity's own policy, else the general one, else the default; and of
        each role the administration's holders, else the entity's own.
        """  # noqa: D205 - one sentence
        policy = self.policies.get(entity) or self.policies.get(None) or Policy()
        holders: dict[Role, frozenset[str]] = {}
        for role in Role:
            own = self.placings.get(Place(entity, administration, role))
            placing = own or self.placings.get(Place(entity, None, role))
            if placing is not None:
                holders[role] = placing.ids
        return Authority(policy, holders)

    def within(self, scope: Scope) -> "Organisation":
        """What somebody who may read only these entities sees of it: theirs, and what holds for everybody; nobody's access."""
        if scope is None:
            return self
        return replace(
            self,
            given={name: prefix for name, prefix in self.given.items() if name in scope.entities},
            entities={name: entity for name, entity in self.entities.items() if name in scope.entities},
            placings={place: placing for place, placing in self.placings.items() if place.entity in scope.entities},
            filers={name: filers for name, filers in self.filers.items() if name in scope.entities},
            policies={name: policy for name, policy in self.policies.items() if name is None or name in scope.entities},
            grants={},
        )


def evolve(organisation: Organisation, event: e.OrganisationEvent) -> Organisation:
    """Apply one recorded event."""
    return replace(organisation, version=organisation.version + 1, **_changes(organisation, event))


def _changes(  # noqa: PLR0911 - one case an event, kept in one place on purpose
    organisation: Organisation, event: e.OrganisationEvent
) -> dict[str, Any]:
    match event:
        case e.EntityRegistered():
            entity = Entity(event.cvr, event.authority, event.form_set, event.prefix)
            return {"entities": {**organisation.entities, event.entity: entity}}
        case e.EntityChanged():
            entity = Entity(event.cvr, event.authority, event.form_set, organisation.entities[event.entity].prefix)
            return {"entities": {**organisation.entities, event.entity: entity}}
        case e.RolePlaced():
            place = Place(event.entity, event.administration, event.role)
            return {"placings": {**organisation.placings, place: Placing(event.holder, event.deputies)}}
        case e.RoleVacated():
            return {"placings": _without(organisation.placings, Place(event.entity, event.administration, event.role))}
        case e.FilerNamed() | e.FilerTested() | e.FilerRemoved():
            filers = organisation.filers.get(event.entity, {})
            return {"filers": {**organisation.filers, event.entity: _filers(filers, event)}}
        case e.ContactSet():
            contacts = _without(organisation.contacts, event.contact)
            # Without a text it was emptied, or its key was destroyed: either way there is nothing to show.
            return {"contacts": {**contacts, event.contact: event.text} if event.text else contacts}
        case e.PolicySet():
            policies = _without(organisation.policies, event.entity)
            return {"policies": policies if event.policy is None else {**policies, event.entity: event.policy}}
        case e.AccessGranted():
            return {"grants": {**organisation.grants, event.holder: grant_of(event)}}
        case e.AccessWithdrawn():
            return {"grants": _without(organisation.grants, event.holder)}
        case _:
            assert_never(event)


def grant_of(event: e.AccessGranted) -> Grant:
    """What it gives."""
    valid = event.valid_from, event.valid_until
    period = Period(valid[0], valid[1]) if valid[0] and valid[1] else None
    return Grant(event.entities, event.token_sha256, event.meta.occurred_at, event.reason, event.incidents, period)


def _filers(
    filers: Mapping[str, datetime | None], event: e.FilerNamed | e.FilerTested | e.FilerRemoved
) -> Mapping[str, datetime | None]:
    match event:
        case e.FilerNamed():
            return {**filers, event.who: None}
        case e.FilerTested():
            return {**filers, event.who: event.meta.occurred_at}
        case e.FilerRemoved():
            return _without(filers, event.who)


def _without(values: Mapping[K, V], key: K) -> dict[K, V]:
    return {known: value for known, value in values.items() if known != key}


def replay(events: Iterable[DomainEvent], organisation: Organisation) -> Organisation:
    """Fold events on top of what is known; on `Organisation()` when that is nothing."""
    for event in events:
        organisation = evolve(organisation, cast("e.OrganisationEvent", event))
    return organisation
