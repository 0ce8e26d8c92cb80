"""An incident for the records system (ESDH): one zip with each document as PDF/A-2a, the course, and what to file it by.

    journal.json, journal.xml   title, date, direction, parties, kind and access code of each document, and the case's numbers
    H-2026-0042-004-early_warning.pdf
    H-2026-0042-timeline.json

Offentlighedsloven § 15: the journal holds date and theme. The log is not the journal; the municipality files this and records
the case and document number here. Drafts are left out, they are not filed; of evidence its description and its hash go along,
its content is fetched by itself. Made again of the same log, the zip is the same to the byte.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from adapters.incident.json import event_object
from adapters.packing import packed
from adapters.papers.making import sheet_of, stamp_of
from adapters.records.words import all_facts, date_of_document, direction_da, parties_of, slug_of, theme_of
from adapters.reports.sheet import sheet_pdf
from adapters.reports.timeline import Listed, TimelineEntry, Told, listed_pdf
from domain.incident import events as e
from domain.records.exemptions import EXEMPTIONS, VOLUNTARY
from domain.time import local, rfc3339_local
from handlers.desk import Desk
from handlers.dossier import Dossier, read_dossier
from handlers.known_facts import told
from handlers.notices import Filing, filings_of
from handlers.records import Document, documents_of

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LEAD = "Udskrift af Sporlog til journalisering. Tider er dansk tid."


class Filed(NamedTuple):
    """A file of the zip, and what the records system wants to know of it."""

    name: str
    content: bytes
    metadata: dict[str, Any]


def journal_zip(desk: Desk, dossier: Dossier) -> bytes:
    """All of `journal_files` in one."""
    return packed(journal_files(desk, dossier))


def journal_files(desk: Desk, dossier: Dossier) -> list[tuple[str, bytes]]:
    """Names and contents, the metadata first. Reads the log again for each sheet, as it stood when that was filed."""
    files = tuple(_files(desk, dossier))
    journal = journal_object(dossier, files)
    metadata = (("journal.json", _json(journal)), ("journal.xml", _xml(journal)))
    return [*metadata, *((one.name, one.content) for one in files)]


def journal_object(dossier: Dossier, files: tuple[Filed, ...]) -> dict[str, Any]:
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
        "documents": [one.metadata for one in files],
    }


def _files(desk: Desk, dossier: Dossier) -> Iterator[Filed]:
    reference, filings = dossier.known.reference, {one.number: one for one in filings_of(dossier)}
    for document in documents_of(moment.recorded for moment in dossier.moments):
        if not document.kind.final:
            continue
        filing = filings.get(document.number)
        name = f"{reference}-{document.number:03}-{filing.kind.value if filing else slug_of(document)}.pdf"
        if filing is None:
            content = _document_pdf(document, dossier, desk)
        else:
            content = sheet_pdf(sheet_of(read_dossier(desk, reference, position=filing.position), filing.kind))
        yield Filed(name, content, _metadata(name, document, filing, dossier))
    name = f"{reference}-timeline.json"
    events = [event_object(moment.recorded, desk.sees) for moment in dossier.moments]
    about = {"theme": f"Forløb af hændelse {reference}", "direction": "intern", "parties": [dossier.known.entity]}
    yield Filed(name, _json(events), {"file": name, "date": local(dossier.as_of).date().isoformat(), **about})


def _document_pdf(document: Document, dossier: Dossier, desk: Desk) -> bytes:
    then = dossier.until(document.recorded.position)
    entry = TimelineEntry(
        position=document.number,
        label=document.kind.danish,
        when=f"{date_of_document(document)}, {direction_da(document)}",
        who=", ".join(parties_of(document, dossier)),
        marks=(),
        facts=tuple(Told(fact.label, tuple(map(str, fact.lines))) for fact in all_facts(document, desk.history)),
    )
    return listed_pdf(Listed(theme_of(document, dossier), _LEAD, "da", (entry,), stamp_of(then, then.as_of)))


def _metadata(name: str, document: Document, filing: Filing | None, dossier: Dossier) -> dict[str, Any]:
    treatment, filed = document.treatment, document.filed
    exempt = [VOLUNTARY.cited] if treatment.voluntary else []
    exempt += [EXEMPTIONS[treatment.exemption].cited] if treatment.exemption else []
    return {
        "file": name,
        "number": document.number,
        "document_type": document.kind.danish,
        "date": date_of_document(document),
        "sent_at": rfc3339_local(filing.sent_at) if filing else None,
        "theme": theme_of(document, dossier),
        "direction": direction_da(document),
        "parties": parties_of(document, dossier),
        "access_code": "intern" if treatment.mark == "internal" else "ekstern",
        "access_decided": document.marked is not None,
        "exempt_by": exempt,
        "exempt_fields": list(treatment.withheld),
        "case_number": filed.case_number if filed else None,
        "record_number": filed.record_number if filed else None,
        "receipt": filing.receipt if filing else None,
        "filed_sha256": filing.filed_sha256 if filing else None,
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _xml(journal: Mapping[str, Any]) -> bytes:
    """The same as the JSON: an element a key, `item` for each of a list; null is left out, true and false are words."""
    root = ET.Element("journal")
    _fill(root, journal)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _fill(element: ET.Element, value: object) -> None:
    match value:
        case Mapping():
            for key, each in value.items():
                if each is not None:
                    _fill(ET.SubElement(element, str(key)), each)
        case list():
            for each in value:
                _fill(ET.SubElement(element, "item"), each)
        case bool():
            element.text = "true" if value else "false"
        case _:
            # What XML 1.0 has no character for would make the whole file unreadable.
            element.text = _NO_XML.sub("\ufffd", str(value))
