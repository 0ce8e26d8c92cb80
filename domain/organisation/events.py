"""What can change in the organisation. Every change is an event, so that a replay shows who held a role that night.

Class names are free to change; topics are stored and are not. People are known by opaque ids only.
"""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, StringConstraints

from domain.events import Confidential, DomainEvent
from domain.incident.events import Name, Text, Word
from domain.policy import Policy
from domain.roles import Role

ORGANISATION: UUID = uuid5(NAMESPACE_URL, "https://sporlog.dk/organisation")
"""The one stream of the organisation: the same in every installation."""

HolderId = Annotated[str, StringConstraints(pattern=r"^\S{1,120}$")]
"""The opaque id of a mailbox or a user, as in `Meta.actor`: clear, so it is nobody's name and has no room for one."""


TokenHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of a random token of 256 bits: whoever reads it here cannot sign in with it."""


class Contact(StrEnum):
    """Whom to reach when a notice is due. Shipped empty: addresses change, and a wrong one costs the first hour."""

    VIRK = "virk"
    FALLBACK = "fallback"
    """The authority's alternative channel, when Virk or the municipality cannot (B620 § 15, stk. 3)."""
    CSIRT = "csirt"
    DATA_PROTECTION_AUTHORITY = "data_protection_authority"


class OrganisationChange(DomainEvent):
    """Something that the municipality decided about itself. KL: it must be able to say why at supervision."""

    reason: Confidential[Text] = None


class EntityRegistered(OrganisationChange):
    """A reporting entity (indberettende enhed) keeps its log here: a municipality, or a utility company that it owns."""

    TOPIC: ClassVar[str] = "organisation.entity-registered.1"

    entity: Name
    """The name that incidents carry as their entity."""
    cvr: str
    authority: Name
    """The competent authority: SAMSIK for municipalities, others for water, heat and waste (B620 §§ 1-11)."""
    form_set: Word
    """Which set of forms its notices are written in."""
    prefix: str
    """Of its references, and of no other entity's; for good, since references once given must be found."""


class EntityChanged(OrganisationChange):
    """What is known of a reporting entity was replaced, as a whole."""

    TOPIC: ClassVar[str] = "organisation.entity-changed.1"

    entity: Name
    cvr: str
    authority: Name
    form_set: Word


class RolePlaced(OrganisationChange):
    """A role has a holder from now on, and deputies in the order in which they stand in."""

    TOPIC: ClassVar[str] = "organisation.role-placed.1"

    entity: Name
    administration: Name | None = None
    """The administration (forvaltning) that it holds for; None: for every one that has no holder of its own."""
    role: Role
    holder: HolderId
    deputies: tuple[HolderId, ...] = ()


class RoleVacated(OrganisationChange):
    """Nobody holds the role there any more."""

    TOPIC: ClassVar[str] = "organisation.role-vacated.1"

    entity: Name
    administration: Name | None = None
    role: Role


class FilerNamed(OrganisationChange):
    """Somebody may file on Virk for the entity's CVR number with MitID: no other way of filing is valid (B620 §§ 14-15)."""

    TOPIC: ClassVar[str] = "organisation.filer-named.1"

    entity: Name
    who: HolderId


class FilerTested(OrganisationChange):
    """At `meta.occurred_at` a filer tried it out, as far as the form that would be sent."""

    TOPIC: ClassVar[str] = "organisation.filer-tested.1"

    entity: Name
    who: HolderId


class FilerRemoved(OrganisationChange):
    """Somebody may no longer file for the entity."""

    TOPIC: ClassVar[str] = "organisation.filer-removed.1"

    entity: Name
    who: HolderId


class ContactSet(OrganisationChange):
    """Where somebody is reached and how: address, telephone, what to say. Without a text it is empty again."""

    TOPIC: ClassVar[str] = "organisation.contact-set.1"

    contact: Contact
    text: Confidential[Text] = None


class PolicySet(OrganisationChange):
    """The policy of one entity, or of all that have none of their own. Without a policy what is more general holds again."""

    TOPIC: ClassVar[str] = "organisation.policy-set.1"

    entity: Name | None = None
    policy: Policy | None = None


class AccessGranted(OrganisationChange):
    """Somebody may read here with a token of their own, and acts under their own id."""

    TOPIC: ClassVar[str] = "organisation.access-granted.1"

    holder: HolderId
    entities: tuple[Name, ...] = ()
    """Whose incidents they may read; none named: every entity's, also those to come."""
    token_sha256: TokenHash
    incidents: tuple[UUID, ...] = ()
    """Named: they audit these alone, of `entities`, and change nothing."""
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    """An audit opens something from the one until before the other; other access has neither."""


class AccessWithdrawn(OrganisationChange):
    """The holder's token opens nothing from now on."""

    TOPIC: ClassVar[str] = "organisation.access-withdrawn.1"

    holder: HolderId


OrganisationEvent = (
    EntityRegistered
    | EntityChanged
    | RolePlaced
    | RoleVacated
    | FilerNamed
    | FilerTested
    | FilerRemoved
    | ContactSet
    | PolicySet
    | AccessGranted
    | AccessWithdrawn
)
