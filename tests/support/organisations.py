"""The organisation for tests: a small municipality and its water company, with events in hours as in `incidents`."""

from hashlib import sha256

from domain.organisation import events as e
from domain.organisation.state import Organisation, replay
from domain.policy import Policy
from domain.roles import Role
from tests.support.incidents import meta

CVR, OTHER_CVR = "12345674", "87654303"
ENTITY, WATER = "laerkeborg", "vand"


def registered(entity: str = ENTITY, hours: float = 0, *, cvr: str = CVR, prefix: str = "H") -> e.EntityRegistered:
    return e.EntityRegistered(meta=meta(hours), entity=entity, cvr=cvr, authority="SAMSIK", form_set="nis2", prefix=prefix)


def changed(entity: str = ENTITY, *, cvr: str = CVR, authority: str = "SAMSIK") -> e.EntityChanged:
    return e.EntityChanged(meta=meta(), entity=entity, cvr=cvr, authority=authority, form_set="nis2")


def placed(
    role: Role, holder: str = "u-1", *deputies: str, entity: str = ENTITY, administration: str | None = None
) -> e.RolePlaced:
    return e.RolePlaced(meta=meta(), entity=entity, administration=administration, role=role, holder=holder, deputies=deputies)


def vacated(role: Role, *, entity: str = ENTITY, administration: str | None = None) -> e.RoleVacated:
    return e.RoleVacated(meta=meta(), entity=entity, administration=administration, role=role)


def named(who: str = "u-1", entity: str = ENTITY) -> e.FilerNamed:
    return e.FilerNamed(meta=meta(), entity=entity, who=who)


def tried(who: str = "u-1", hours: float = 0, entity: str = ENTITY) -> e.FilerTested:
    return e.FilerTested(meta=meta(hours), entity=entity, who=who)


def removed(who: str = "u-1", entity: str = ENTITY) -> e.FilerRemoved:
    return e.FilerRemoved(meta=meta(), entity=entity, who=who)


def contact(which: e.Contact = e.Contact.CSIRT, text: str | None = "Ring 00 00 00 00") -> e.ContactSet:
    return e.ContactSet(meta=meta(), contact=which, text=text)


def policy(value: Policy | None, entity: str | None = None, reason: str | None = "Vedtaget i direktionen") -> e.PolicySet:
    return e.PolicySet(meta=meta(), entity=entity, policy=value, reason=reason)


def granted(holder: str = "u-1", *entities: str, key: str = "en-nøgle", reason: str | None = "Vagt") -> e.AccessGranted:
    told = sha256(key.encode()).hexdigest()
    return e.AccessGranted(meta=meta(), holder=holder, entities=entities, token_sha256=told, reason=reason)


def withdrawn(holder: str = "u-1", reason: str | None = "Fratrådt") -> e.AccessWithdrawn:
    return e.AccessWithdrawn(meta=meta(), holder=holder, reason=reason)


def organisation(*events: e.OrganisationEvent) -> Organisation:
    return replay(events, Organisation())
