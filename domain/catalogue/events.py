"""What can happen to an object of the catalogue. Every change says why; a replay shows what was known of it that night.

Class names are free to change; topics are stored and are not.
"""

from typing import Annotated, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import Field

from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Facts, Kind
from domain.catalogue.ties import Bond, Need, Tie, Weight
from domain.events import Confidential, DomainEvent
from domain.incident.events import Number, Text, Word

CATALOGUE: UUID = uuid5(NAMESPACE_URL, "https://sporlog.dk/catalogue")
"""The stream of what concerns the catalogue as a whole; each object has a stream of its own."""


def object_id(kind: Kind, name: str) -> UUID:
    """The id of an object by the name under which it is registered: the same name of the same kind is the same object."""
    return uuid5(CATALOGUE, f"{kind.value}/{name.strip().casefold()}")


class CatalogueChange(DomainEvent):
    """Something was decided about an object. KL case 4: the municipality must be able to say why."""

    reason: Confidential[Text] = None


class Registered(CatalogueChange):
    """An object is in the catalogue from now on."""

    TOPIC: ClassVar[str] = "catalogue.registered.1"

    facts: Facts
    description: Confidential[Text] = None
    contact: Confidential[Text] = None
    """Address, telephone, what to say: sealed, since it may be a person's."""


class Described(CatalogueChange):
    """What is known of an object was replaced, as a whole; its kind stays."""

    TOPIC: ClassVar[str] = "catalogue.described.1"

    facts: Facts
    description: Confidential[Text] = None
    contact: Confidential[Text] = None


class Retired(CatalogueChange):
    """It is out of use. Its history stays, and what hit it stays counted."""

    TOPIC: ClassVar[str] = "catalogue.retired.1"


class Reinstated(CatalogueChange):
    """It is in use again."""

    TOPIC: ClassVar[str] = "catalogue.reinstated.1"


class Tied(CatalogueChange):
    """It belongs together with another object from now on; the same tie told again replaces what was said of it."""

    TOPIC: ClassVar[str] = "catalogue.tied.1"

    tie: Tie
    to: UUID
    need: Need = Need.OTHER
    weight: Weight = Weight.STOPS
    group: Word | None = None
    """Of several that bear the same word, one is enough."""

    @property
    def bond(self) -> Bond:
        """What stands from now on."""
        return Bond(self.tie, self.to, self.need, self.weight, self.group)


class Untied(CatalogueChange):
    """It does no longer."""

    TOPIC: ClassVar[str] = "catalogue.untied.1"

    tie: Tie
    to: UUID


class ClassProposed(CatalogueChange):
    """Somebody proposes the class of a service, with the reason that supervision will ask for. It holds once approved."""

    TOPIC: ClassVar[str] = "catalogue.class-proposed.1"

    service_class: ServiceClass


class ClassApproved(CatalogueChange):
    """Somebody else approved it: the class holds from now on."""

    TOPIC: ClassVar[str] = "catalogue.class-approved.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"service_class", "alone"}

    proposal_number: Number
    service_class: Annotated[ServiceClass | None, Field(description="Filled in from the proposal")] = None
    alone: bool = False
    """By the one who proposed it, where the policy asks for no four eyes."""


class ClassRejected(CatalogueChange):
    """It does not; what held before holds on."""

    TOPIC: ClassVar[str] = "catalogue.class-rejected.1"

    proposal_number: Number


ObjectEvent = Registered | Described | Retired | Reinstated | Tied | Untied | ClassProposed | ClassApproved | ClassRejected
OBJECT_TOPICS = frozenset(
    event.TOPIC
    for event in (Registered, Described, Retired, Reinstated, Tied, Untied, ClassProposed, ClassApproved, ClassRejected)
)
