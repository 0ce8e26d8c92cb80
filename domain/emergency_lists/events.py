"""What can happen to an emergency list. A replay shows whether it was there that night, and who was given it.

Class names are free to change; topics are stored and are not.
"""

from datetime import datetime
from typing import ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, NonNegativeInt

from domain.emergency_lists.expected import Expected
from domain.emergency_lists.seen import Problem, Trouble
from domain.events import Confidential, DomainEvent
from domain.incident.events import Name, Sha256, Text

EMERGENCY_LISTS: UUID = uuid5(NAMESPACE_URL, "https://sporlog.dk/emergency-lists")
"""The one stream of them: the same in every installation."""


class ListDeclared(DomainEvent):
    """From now on this list is expected; declared while it is, it is changed."""

    TOPIC: ClassVar[str] = "emergency-list.declared.1"

    list_name: Name
    expected: Expected
    folder: Confidential[Text] = None
    """As the machine that checks it calls it. Sealed: it tells where citizens' data lie."""
    reason: Confidential[Text] = None


class ListChanged(DomainEvent):
    """What is expected of it was replaced, as a whole."""

    TOPIC: ClassVar[str] = "emergency-list.changed.1"

    list_name: Name
    expected: Expected
    folder: Confidential[Text] = None
    reason: Confidential[Text] = None


class ListWithdrawn(DomainEvent):
    """It is expected no longer."""

    TOPIC: ClassVar[str] = "emergency-list.withdrawn.1"

    list_name: Name
    reason: Confidential[Text] = None


class ListChecked(DomainEvent):
    """What a look found: recorded when it differs from the last one, with each new file, and once a day.

    Nothing of what stands in the file, nor its name: a name may be a citizen's.
    """

    TOPIC: ClassVar[str] = "emergency-list.checked.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"since"}

    list_name: Name
    problems: tuple[Problem, ...] = ()
    """The worst first; none: it arrived and is in order."""
    since: AwareDatetime | None = None
    """When a look found these problems first, of all that found them without a break."""
    trouble: Trouble | None = None
    written_at: AwareDatetime | None = None
    """Of the newest file, by its drive's clock; None when there is no whole one."""
    bytes: NonNegativeInt | None = None
    sha256: Sha256 | None = None
    """Of the newest file, as it is."""
    days_kept: NonNegativeInt = 0
    access_checked: bool = True
    """False: who may read could not be told, which is said and not alarmed of."""


class ListReleased(DomainEvent):
    """Somebody was given a list (nødrapport frigivet): KL case 5, only for their work and only by an act on record."""

    TOPIC: ClassVar[str] = "emergency-list.released.1"

    list_name: Name
    sha256: Sha256 | None = None
    """Of the file that was given; None: a copy elsewhere, which Sporlog does not see."""
    written_at: AwareDatetime | None = None
    to: Confidential[Text] = None
    """Who got it: the ward, the team."""
    file: Confidential[Name] = None
    """Its name, as it lay in the folder."""
    reason: Confidential[Text] = None


EmergencyListEvent = ListDeclared | ListChanged | ListWithdrawn | ListChecked | ListReleased


def began(event: ListChecked) -> datetime:
    """Since when it is as this look found it, UTC."""
    return event.since or event.meta.occurred_at
