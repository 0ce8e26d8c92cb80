"""What is on record of the audit itself. Topics are stored and are not free to change."""

from typing import ClassVar, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, NonNegativeInt, PositiveInt

from domain.events import Confidential, DomainEvent
from domain.incident.events import Line, Sha256

AUDIT: UUID = uuid5(NAMESPACE_URL, "https://sporlog.dk/audit")
"""The one stream of the audit: the same in every installation."""


class BundleExported(DomainEvent):
    """A bundle left the log (NIS 2-loven § 21, GDPR Art. 30): for whom, on which legal basis, and which bytes it was."""

    TOPIC: ClassVar[str] = "audit.bundle-exported.1"

    of: Literal["incident", "period", "all"]
    incident: UUID | None = None
    """Whose it is; None: of a period, or of all."""
    since: AwareDatetime | None = None
    before: AwareDatetime | None = None
    """The period, UTC, its end not included."""
    position: PositiveInt
    """As of which position: no later event is in it."""
    events: NonNegativeInt
    zip_bytes: PositiveInt
    zip_sha256: Sha256
    with_keys: bool = False
    """The keys of its texts went along: whoever has it can prove that the opened texts are those that were sealed."""
    recipient: Confidential[Line] = None
    legal_basis: Confidential[Line] = None


AUDIT_EVENTS: tuple[type[DomainEvent], ...] = (BundleExported,)
"""In the order of their definition, which is the order of the contract."""
