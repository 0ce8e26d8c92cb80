"""Erasing on purpose: proposed by one person, approved by another, done by Sporlog, and never undone.

The stored bytes of every event stay, so every hash and proof over them verifies; what goes is the key to the text in them
(GDPR art. 5 and 17; arkivloven §§ 8 and 10: nothing is disposed of in silence).
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from domain.events import Confidential, DomainEvent, Frozen
from domain.incident.events.common import Line, Name, Nis2Category, Number, Sha256, Text, Word

LegalBasis = Literal["right_to_erasure", "minimisation", "storage_limitation", "archive_rules", "wrong_place"]
"""GDPR art. 17; art. 5, stk. 1, litra c; litra e; arkivloven; what should never have been written here (art. 5, stk. 1)."""
Ground = Literal["retention_passed", "stated"]
ArchiveCheck = Literal["nothing_to_keep", "delivered", "kept_elsewhere"]


class RedactionProposed(DomainEvent):
    """One text of one event is to be removed for good: `path` in the incident's event number `redacted_number`."""

    TOPIC: ClassVar[str] = "incident.redaction-proposed.1"

    redacted_number: Number
    path: Word
    """A confidential field, `text`; of a field that holds several texts one of them, `values.summary`."""
    legal_basis: LegalBasis
    reason: Confidential[Text] = None


class Redacted(DomainEvent):
    """A second person approved the removal: the text is gone, in every reading of any time, and cannot be brought back.

    `kept` are the event's other texts, sealed anew as this event's own: the key of the old ciphertext is destroyed.
    """

    TOPIC: ClassVar[str] = "incident.redacted.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {
        "redacted_number",
        "path",
        "legal_basis",
        "proposed_by",
        "redacted_sha256",
        "kept",
    }

    proposal_number: Number
    redacted_number: Number | None = None
    path: Word | None = None
    legal_basis: LegalBasis | None = None
    proposed_by: Name | None = None
    redacted_sha256: Sha256 | None = None
    """Of the redacted event's stored state: a register of erasures names by it which text it meant."""
    kept: Confidential[Annotated[dict[str, Any], Field(max_length=20)]] = None


class DisposalProposed(DomainEvent):
    """All of a closed incident is to be disposed of, once it was checked what the archive is to have."""

    TOPIC: ClassVar[str] = "incident.disposal-proposed.1"

    ground: Ground
    retained_until: AwareDatetime | None = None
    """Until when it had to be kept; asked where the ground is that this has passed."""
    archive_check: ArchiveCheck
    archive_reference: Line | None = None
    """Where it is in the archive or the records system: a number, clear, so no name."""
    legal_basis: LegalBasis
    reason: Confidential[Text] = None


class ErasureRejected(DomainEvent):
    """A proposal to erase is taken back, or a second person did not agree. Nothing was erased."""

    TOPIC: ClassVar[str] = "incident.erasure-rejected.1"

    proposal_number: Number
    reason: Confidential[Text] = None


class FiledReport(Frozen):
    """A notice to an authority that was sent: of which kind, as which event, when, and the hashes of it and its receipt."""

    kind: Word
    number: Number
    sent_at: AwareDatetime
    filed_sha256: Sha256 | None = None
    receipt_sha256: Sha256 | None = None


class Disposed(DomainEvent):
    """A second person approved the disposal: every text, every payload and every row about the incident goes.

    This event is the tombstone: id, reference, dates, category, the statutory reports and their hashes.
    """

    TOPIC: ClassVar[str] = "incident.disposed.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {
        "ground",
        "retained_until",
        "archive_check",
        "archive_reference",
        "legal_basis",
        "proposed_by",
        "reference",
        "detected_at",
        "aware_at",
        "handled_at",
        "closed_at",
        "nis2_category",
        "reports",
    }

    proposal_number: Number
    ground: Ground | None = None
    retained_until: AwareDatetime | None = None
    archive_check: ArchiveCheck | None = None
    archive_reference: Line | None = None
    legal_basis: LegalBasis | None = None
    proposed_by: Name | None = None
    reference: Name | None = None
    detected_at: AwareDatetime | None = None
    aware_at: AwareDatetime | None = None
    handled_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None
    nis2_category: Nis2Category | None = None
    reports: tuple[FiledReport, ...] = ()
