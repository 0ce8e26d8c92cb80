"""The legal hold: while it stands nothing of the incident is erased or disposed of, whatever its retention period says."""

from typing import ClassVar

from domain.events import Confidential, DomainEvent
from domain.incident.events.common import Text


class HoldPlaced(DomainEvent):
    """The incident is needed: by supervision (§ 21), the police, a claim or the archive. Erasing waits until it is lifted."""

    TOPIC: ClassVar[str] = "incident.hold-placed.1"

    reason: Confidential[Text] = None


class HoldLifted(DomainEvent):
    """It is no longer needed; its retention period counts again, and what has passed it may go."""

    TOPIC: ClassVar[str] = "incident.hold-lifted.1"

    reason: Confidential[Text] = None
