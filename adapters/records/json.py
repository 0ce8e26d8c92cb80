"""The documents of an incident as JSON."""

from typing import Any

from adapters.records.words import date_of_document, parties_of, theme_of
from domain.incident.events import DocumentMarked
from domain.records.documents import GROUNDS, texts_of
from domain.records.exemptions import EXEMPTIONS
from domain.time import rfc3339_utc
from handlers.dossier import Dossier
from handlers.records import Document


def document_object(document: Document, dossier: Dossier) -> dict[str, Any]:
    """As it is treated: as decided, else as proposed. What it says stays in the log."""
    treatment, marked, filed = document.treatment, document.marked, document.filed
    decided = marked.event if marked else None
    return {
        "number": document.number,
        "topic": document.recorded.topic,
        "document_type": document.kind.danish,
        "theme": theme_of(document, dossier),
        "date": date_of_document(document),
        "direction": document.kind.direction,
        "parties": parties_of(document, dossier),
        "final": document.kind.final,
        "mark": treatment.mark,
        "exemption": treatment.exemption,
        "exemption_cited": EXEMPTIONS[treatment.exemption].cited if treatment.exemption else None,
        "withheld": list(treatment.withheld),
        "fields": sorted(texts_of(document.recorded.event)),
        "voluntary": treatment.voluntary,
        "left_out": bool(treatment.left_out_by),
        "decided": marked is not None,
        "decided_by": marked.event.meta.actor if marked else None,
        "decided_at": rfc3339_utc(marked.recorded_at) if marked else None,
        "reason": decided.reason if isinstance(decided, DocumentMarked) else GROUNDS[document.proposal.ground][0],
        "case_number": filed.case_number if filed else None,
        "record_number": filed.record_number if filed else None,
    }
