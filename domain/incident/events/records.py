"""Access to documents (offentlighedsloven §§ 7, 15, 30-35): how each document is marked, and which extract was given out."""

from typing import ClassVar, Literal

from pydantic import NonNegativeInt

from domain.events import Confidential, DomainEvent
from domain.incident.events.common import Line, Number, Sha256, Text, Word
from domain.records.exemptions import Exemption

DocumentMark = Literal["internal", "external"]
"""Intern: written for the entity alone, § 23. Ekstern: received or sent."""


class DocumentMarked(DomainEvent):
    """A person decided how a document is treated when somebody asks for access. The last mark of a document counts."""

    TOPIC: ClassVar[str] = "incident.document-marked.1"

    document_number: Number
    mark: DocumentMark
    exemption: Exemption | None = None
    withheld: tuple[Word, ...] = ()
    """Only these fields are exempt by `exemption`; empty: the whole document is."""
    voluntary: bool | None = None
    """NIS 2-loven § 14, stk. 3: a voluntary notification is exempt. None when asked: what the document is."""
    reason: Confidential[Text] = None


class RecordsExtracted(DomainEvent):
    """A person checked an extract for access to documents and approved it. Recorded before the file was given out.

    Made again of the same events with the same recipient and legal basis, the file has this hash.
    """

    TOPIC: ClassVar[str] = "incident.records-extracted.1"

    upto: Number
    """The last event that the extract knows of: documents and marks as they stood then."""
    documents: NonNegativeInt
    left_out: NonNegativeInt
    """Documents that are named only."""
    zip_sha256: Sha256
    recipient: Confidential[Line] = None
    legal_basis: Confidential[Line] = None
