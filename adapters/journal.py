"""An incident for the records system (ESDH): one zip with what was filed as PDF, the course of events, and what to file it by.

    journal.json      date, theme, direction and parties of each document, and the municipality's own case numbers
    H-2026-0042-01-early_warning.pdf
    H-2026-0042-timeline.json

Offentlighedsloven § 15: the journal holds date and theme. The log is not the journal; the municipality files this and records
the case number here. Made again of the same log, the zip is the same to the byte.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from adapters.incident_json import event_object
from adapters.organisation_texts import CONTACTS
from adapters.papers import sheet_of
from adapters.reports.sheet import sheet_pdf
from domain.incident import events as e
from domain.organisation.events import Contact
from domain.submissions.kinds import KINDS, ReportKind
from domain.time import local, rfc3339_local
from handlers.desk import Desk
from handlers.dossier import Dossier, read_dossier
from handlers.known_facts import told
from handlers.notices import Filing, filings_of

_PUBLIC = frozenset({ReportKind.RECIPIENTS, ReportKind.DATA_SUBJECTS})
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""A zip knows no date before this one: all files carry it, so that time leaves no trace in the bytes."""


class Document(NamedTuple):
    """A file of the zip, and what the records system wants to know of it."""

    name: str
    content: bytes
    metadata: dict[str, Any]


def journal_zip(desk: Desk, dossier: Dossier) -> bytes:
    """Make the zip. Reads the log again for each sheet, as it stood when that was filed."""
    documents = tuple(_documents(desk, dossier))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("journal.json", _EARLIEST), _json(journal_object(dossier, documents)))
        for document in documents:
            archive.writestr(ZipInfo(document.name, _EARLIEST), document.content)
    return packed.getvalue()


def journal_object(dossier: Dossier, documents: tuple[Document, ...]) -> dict[str, Any]:
    """What the case and its documents are filed by. Keys are English, texts Danish."""
    known = dossier.known
    return {
        "ref": known.reference,
        "entity": known.entity,
        "cvr": known.cvr,
        "theme": f"Hændelse {known.reference}: {known.title}" if known.title else f"Hændelse {known.reference}",
        "date": local(known.detected_at).date().isoformat(),
        "position": dossier.position,
        "as_of": rfc3339_local(dossier.as_of),
        "demo": known.demo,
        "exercise": known.exercise,
        "case_numbers": [
            {"system": one.system, "case_number": one.case_number, "document": one.document}
            for one in told(dossier.moments, e.RecordJournalised)
        ],
        "documents": [document.metadata for document in documents],
    }


def _documents(desk: Desk, dossier: Dossier) -> Iterator[Document]:
    reference = dossier.known.reference
    for number, filing in enumerate(filings_of(dossier), start=1):
        name = f"{reference}-{number:02}-{filing.kind.value}.pdf"
        content = sheet_pdf(sheet_of(read_dossier(desk, reference, position=filing.position), filing.kind))
        yield Document(name, content, _filed(name, filing, dossier))
    name = f"{reference}-timeline.json"
    events = [event_object(moment.recorded, desk.sees) for moment in dossier.moments]
    about = {"theme": f"Forløb af hændelse {reference}", "direction": "intern", "parties": [dossier.known.entity]}
    yield Document(name, _json(events), {"file": name, "date": local(dossier.as_of).date().isoformat(), **about})


def _filed(name: str, filing: Filing, dossier: Dossier) -> dict[str, Any]:
    kind = KINDS[filing.kind]
    authority = CONTACTS[Contact.DATA_PROTECTION_AUTHORITY].danish
    organisation, entity = dossier.organisation, dossier.known.entity
    if filing.kind is not ReportKind.GDPR_NOTIFICATION and entity in organisation.entities:
        authority = organisation.entities[entity].authority
    return {
        "file": name,
        "date": local(filing.sent_at).date().isoformat(),
        "sent_at": rfc3339_local(filing.sent_at),
        "theme": f"{kind.danish}, {dossier.known.reference}",
        "direction": "udgående",
        "parties": [entity, kind.to_da if filing.kind in _PUBLIC else authority],
        "receipt": filing.receipt,
        "filed_sha256": filing.filed_sha256,
        "exempt_from_access": "NIS 2-loven § 14, stk. 3" if filing.kind is ReportKind.VOLUNTARY_NOTIFICATION else None,
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
