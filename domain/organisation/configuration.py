"""The whole organisation at once, as a file or a request tells it, and what must happen for it to be so."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Field, NonNegativeInt, model_validator

from domain.errors import InvalidInputError
from domain.events import Frozen, Meta
from domain.incident.events import Name, Text, Word
from domain.organisation import events as e
from domain.organisation.errors import EntityKeptError, PrefixFixedError
from domain.organisation.state import Entity, Organisation, Place, Placing
from domain.policy import Policy
from domain.roles import Role
from domain.time import parse_time


def _told(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return parse_time(value)
    except InvalidInputError as error:
        # As a ValueError it comes back together with everything else that is wrong, and with its key.
        raise ValueError(str(error)) from error


class WantedRole(Frozen):
    """Who holds a role."""

    role: Role
    administration: Name | None = None
    holder: e.HolderId
    deputies: tuple[e.HolderId, ...] = ()

    def place(self, entity: str) -> Place:
        """Where."""
        return Place(entity, self.administration, self.role)


class WantedFiler(Frozen):
    """Who may file on Virk. `tested` without a zone is Copenhagen's time; left out it says nothing, a test stays on record."""

    who: e.HolderId
    tested: Annotated[AwareDatetime | None, BeforeValidator(_told)] = None


class WantedEntity(Frozen):
    """A reporting entity and all that belongs to it."""

    entity: Name
    cvr: str
    authority: Name = "SAMSIK"
    form_set: Word = "nis2"
    prefix: str
    roles: tuple[WantedRole, ...] = ()
    filers: tuple[WantedFiler, ...] = ()
    policy: Policy | None = None

    @model_validator(mode="after")
    def _nothing_twice(self) -> "WantedEntity":
        places = [role.place(self.entity) for role in self.roles]
        _check_once([f"role {p.role} in {p.administration}" if p.administration else f"role {p.role}" for p in places])
        _check_once([f"filer {filer.who}" for filer in self.filers])
        return self


class Configuration(Frozen):
    """All that can be on record. What is left out is taken off the record; only entities must all be told, for they stay."""

    version: NonNegativeInt | None = None
    """Of the organisation as it was seen; another one now is a `ConflictError`. None: whatever is on record now."""
    reason: Text | None = None
    """Why it is changed; each change carries it. A policy is not changed without one."""
    entities: tuple[WantedEntity, ...] = ()
    contacts: dict[e.Contact, Text] = Field(default_factory=dict)
    policy: Policy | None = None

    @model_validator(mode="after")
    def _nothing_twice(self) -> "Configuration":
        _check_once([f"entity {wanted.entity}" for wanted in self.entities])
        return self


def _check_once(names: list[str]) -> None:
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    if twice:
        msg = f"{', '.join(twice)} is there twice: keep one of them"
        raise ValueError(msg)


def configuration_of(organisation: Organisation) -> Configuration:
    """What is on record, in the form in which it can be wanted; the version and a reason are not part of it."""
    return Configuration(
        entities=tuple(_wanted(organisation, name, entity) for name, entity in organisation.entities.items()),
        contacts=dict(organisation.contacts),
        policy=organisation.policies.get(None),
    )


def _wanted(organisation: Organisation, name: str, entity: Entity) -> WantedEntity:
    return WantedEntity(
        entity=name,
        **entity._asdict(),
        roles=tuple(
            WantedRole(role=place.role, administration=place.administration, **placing._asdict())
            for place, placing in organisation.placings.items()
            if place.entity == name
        ),
        filers=tuple(WantedFiler(who=who, tested=tested) for who, tested in organisation.filers.get(name, {}).items()),
        policy=organisation.policies.get(name),
    )


def proposals(organisation: Organisation, wanted: Configuration, meta: Meta) -> Iterator[e.OrganisationEvent]:
    """What would have to happen, entities first; deciding leaves out what is so already.

    Raises `EntityKeptError` when an entity on record is not wanted, `PrefixFixedError` when one has another prefix.
    """
    names = {entity.entity for entity in wanted.entities}
    for name in organisation.entities:
        if name not in names:
            msg = f"{name!r} is on record and not among the entities told: write it in, incidents carry its name"
            raise EntityKeptError(msg)
    for event in _all(organisation, wanted, meta):
        yield event.model_copy(update={"reason": wanted.reason})


def _all(organisation: Organisation, wanted: Configuration, meta: Meta) -> Iterator[e.OrganisationEvent]:
    for entity in wanted.entities:
        yield _entity(organisation, entity, meta)
    for entity in wanted.entities:
        yield from _roles(organisation, entity, meta)
        yield from _filers(organisation, entity, meta)
        yield e.PolicySet(meta=meta, entity=entity.entity, policy=entity.policy)
    yield e.PolicySet(meta=meta, policy=wanted.policy)
    for contact in e.Contact:
        yield e.ContactSet(meta=meta, contact=contact, text=wanted.contacts.get(contact) or None)


def _entity(organisation: Organisation, wanted: WantedEntity, meta: Meta) -> e.EntityRegistered | e.EntityChanged:
    told = wanted.model_dump(include={"entity", "cvr", "authority", "form_set"})
    known = organisation.entities.get(wanted.entity)
    if known is None:
        return e.EntityRegistered(meta=meta, prefix=wanted.prefix, **told)
    if known.prefix != wanted.prefix:
        msg = (
            f"the references of {wanted.entity!r} begin with {known.prefix}, not {wanted.prefix}: that stays, or none is found"
        )
        raise PrefixFixedError(msg)
    return e.EntityChanged(meta=meta, **told)


def _roles(organisation: Organisation, wanted: WantedEntity, meta: Meta) -> Iterator[e.RolePlaced | e.RoleVacated]:
    placings = {role.place(wanted.entity): Placing(role.holder, role.deputies) for role in wanted.roles}
    for place in organisation.placings:
        if place.entity == wanted.entity and place not in placings:
            yield e.RoleVacated(meta=meta, **place._asdict())
    for place, placing in placings.items():
        yield e.RolePlaced(meta=meta, **place._asdict(), **placing._asdict())


def _filers(
    organisation: Organisation, wanted: WantedEntity, meta: Meta
) -> Iterator[e.FilerNamed | e.FilerTested | e.FilerRemoved]:
    known, names = organisation.filers.get(wanted.entity, {}), {filer.who for filer in wanted.filers}
    for who in known:
        if who not in names:
            yield e.FilerRemoved(meta=meta, entity=wanted.entity, who=who)
    for filer in wanted.filers:
        yield e.FilerNamed(meta=meta, entity=wanted.entity, who=filer.who)
        if filer.tested is not None:
            tested = meta.model_copy(update={"occurred_at": filer.tested})
            yield e.FilerTested(meta=tested, entity=wanted.entity, who=filer.who)
