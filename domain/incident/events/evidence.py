"""Evidence and its chain of custody (NIS 2-loven § 21): what was secured, who took a copy, and who was handed one."""

from typing import Annotated, ClassVar, Literal

from pydantic import NonNegativeInt, StringConstraints

from domain.events import Confidential, DomainEvent
from domain.incident.events.common import Fact, Line, Number, Sha256, Text

MediaType = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}$")]
"""As in RFC 6838, without parameters: clear, so there is no room for a sentence in it."""
ScanResult = Literal["clean", "infected", "unscanned"]


class EvidenceAttached(Fact):
    """Evidence, held fast by the SHA-256 of its content: kept by Sporlog itself, or somewhere else."""

    TOPIC: ClassVar[str] = "incident.evidence-attached.1"
    FILLED_IN: ClassVar[frozenset[str]] = Fact.FILLED_IN | {"stored", "media_type", "claimed_type", "scan", "finding"}

    sha256: Sha256
    bytes: NonNegativeInt | None = None
    stored: bool = False
    """The content was on disk, sealed under the incident's key, before this was recorded; nobody can only say so."""
    media_type: MediaType | None = None
    """What the content itself shows."""
    claimed_type: MediaType | None = None
    """What the sender or the file's name said it was, where the content does not show that. Nothing relies on it."""
    scan: ScanResult | None = None
    """What the malware scanner said of the content that Sporlog keeps."""
    name: Confidential[Line] = None
    kept_at: Confidential[Line] = None
    finding: Confidential[Line] = None
    """What the scanner found, or why it did not look."""


class EvidenceAccessed(DomainEvent):
    """Somebody was given the content. Recorded before the first byte left Sporlog."""

    TOPIC: ClassVar[str] = "incident.evidence-accessed.1"

    evidence_number: Number
    despite_infection: bool = False
    """It was marked as infected, and whoever took it said that they knew."""


class EvidenceHandedOver(Fact):
    """Evidence was handed over to somebody outside: the police, a supplier, the CSIRT."""

    TOPIC: ClassVar[str] = "incident.evidence-handed-over.1"

    evidence_number: Number
    recipient: Confidential[Line] = None
    reason: Confidential[Text] = None
