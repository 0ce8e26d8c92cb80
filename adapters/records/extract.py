"""An extract for access to documents (aktindsigt, offentlighedsloven § 7): every document named, what is exempt left out.

    H-2026-0042-aktindsigt.pdf     PDF/UA-1 and PDF/A-2a
    H-2026-0042-aktindsigt.html
    H-2026-0042-aktindsigt.csv     the list alone

What is exempt never comes near a template: it is dropped before, and its paragraph stands in its place. A draft says UDKAST on
every page and what nobody has decided; the final one is the same, once a person has checked and approved it.
"""

import asyncio
import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar, NamedTuple

from pydantic import ValidationError

from adapters.lists.spreadsheet import SPREADSHEET, csv_bytes
from adapters.packing import packed
from adapters.papers.making import stamp_of
from adapters.records.words import cited, date_of_document, direction_da, given_facts, parties_of, theme_of
from adapters.reports.timeline import Listed, TimelineEntry, Told, listed_html, listed_pdf
from domain.errors import InvalidInputError, NotFoundError, RefusedError
from domain.incident.events import RecordsExtracted
from domain.records.exemptions import EXEMPTIONS
from domain.time import show_da
from handlers.commands import check_seen
from handlers.desk import Desk
from handlers.dossier import Dossier, read_dossier
from handlers.history import History
from handlers.records import Document, documents_of, record_extract
from handlers.requests import Origin, StepRequest, meta_of

DRAFT = "UDKAST"
_COLUMNS = ("Nr.", "Dato", "Tema", "Retning", "Parter", "Mærket", "Undtaget")
_LEAD = (
    "Listen nævner hvert dokument i sagen med dato, tema, retning og parter. Det, der er undtaget fra aktindsigt, er udeladt,"
    " og paragraffen står i stedet."
)
_UNDECIDED = "Forslag: ingen har taget stilling endnu"


class ExtractChangedError(RefusedError):
    """Made again, the extract is not what was given out: a text of it was erased since."""

    code: ClassVar[str] = "extract-changed"


class Given(NamedTuple):
    """Who gets the extract, on which legal basis, and when it was approved."""

    recipient: str
    legal_basis: str
    approved_at: datetime


class Approved(NamedTuple):
    """An approved extract: its bytes, and the incident's event that it is on record as."""

    content: bytes
    number: int
    sha256: str


def draft_zip(desk: Desk, reference: str) -> bytes:
    """What the final one would be now, marked as a draft: for the person who checks it, and nobody else."""
    return _zip(_dossier(desk, reference), desk.history, None)


async def prepare(
    desk: Desk, reference: str, seen: int, told: tuple[str, str], origin: Origin
) -> tuple[bytes, RecordsExtracted]:
    """The final extract and its record, neither of them given out nor stored. `told`: recipient and legal basis.

    Raises `NotFoundError`, `InvalidInputError`, and `ConflictError` when something was recorded since version `seen`.
    """
    return await asyncio.to_thread(_prepare, desk, reference, seen, told, origin)


async def approve(desk: Desk, reference: str, seen: int, told: tuple[str, str], origin: Origin) -> Approved:
    """Make the final extract and record it; durable on return, before a byte of it is given out.

    Whoever dies from here on makes it again from its record (`made_again`). Raises what `prepare` and `record_extract` do.
    """
    content, extracted = await prepare(desk, reference, seen, told, origin)
    done = await record_extract(desk, reference, extracted)
    return Approved(content, done.incident.version, extracted.zip_sha256)


def made_again(desk: Desk, reference: str, number: int) -> bytes:
    """The extract that is on record as this number. Raises `NotFoundError`, `ExtractChangedError`."""
    moments = desk.replay(reference)
    event = next((one.recorded.event for one in moments if one.recorded.version == number), None)
    if not isinstance(event, RecordsExtracted):
        there = ", ".join(str(m.recorded.version) for m in moments if isinstance(m.recorded.event, RecordsExtracted)) or "none"
        raise NotFoundError(f"{reference} has no extract with number {number}; there are: {there}")
    upto = moments[event.upto - 1].recorded.position
    given = Given(event.recipient or "", event.legal_basis or "", event.meta.occurred_at)
    content = _zip(read_dossier(desk, reference, position=upto), desk.history, given)
    if hashlib.sha256(content).hexdigest() != event.zip_sha256:
        msg = f"extract {number} of {reference} is not what it was when it was given out: a text in it was erased since"
        raise ExtractChangedError(msg)
    return content


def _prepare(desk: Desk, reference: str, seen: int, told: tuple[str, str], origin: Origin) -> tuple[bytes, RecordsExtracted]:
    dossier = _dossier(desk, reference)
    check_seen(dossier.incident, seen)
    meta = meta_of(StepRequest(), origin)
    recipient, legal_basis = (one.strip() for one in told)
    if not recipient or not legal_basis:
        raise InvalidInputError("recipient, legal_basis: who gets the extract, and on which basis, is recorded: say both")
    documents = documents_of(moment.recorded for moment in dossier.moments)
    content = _zip(dossier, desk.history, Given(recipient, legal_basis, meta.occurred_at))
    try:
        return content, RecordsExtracted(
            meta=meta,
            upto=seen,
            documents=len(documents),
            left_out=sum(bool(one.treatment.left_out_by) for one in documents),
            zip_sha256=hashlib.sha256(content).hexdigest(),
            recipient=recipient,
            legal_basis=legal_basis,
        )
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidInputError(wrong) from error


def _dossier(desk: Desk, reference: str) -> Dossier:
    # With the organisation of its last event, as whoever makes it again reads it.
    return read_dossier(desk, reference, position=desk.replay(reference)[-1].recorded.position)


def _zip(dossier: Dossier, history: History, given: Given | None) -> bytes:
    documents = documents_of(moment.recorded for moment in dossier.moments)
    listed = _listed(dossier, documents, history, given)
    rows = (_row(one, dossier) for one in documents)
    name = f"{dossier.known.reference}-aktindsigt"
    return packed(
        (
            (f"{name}.pdf", listed_pdf(listed)),
            (f"{name}.html", listed_html(listed)),
            (f"{name}.csv", csv_bytes(_COLUMNS, rows, *SPREADSHEET["da"])),
        )
    )


def _listed(dossier: Dossier, documents: Iterable[Document], history: History, given: Given | None) -> Listed:
    lead = f"{_LEAD} {DRAFT}: må ikke udleveres, før et menneske har kontrolleret og godkendt det."
    if given is not None:
        lead = f"{_LEAD} Til: {given.recipient}. Hjemmel: {given.legal_basis}. Godkendt {show_da(given.approved_at)}."
    return Listed(
        title=f"Aktindsigt i sag {dossier.known.reference}",
        lead=lead,
        language="da",
        entries=tuple(_entry(one, dossier, history) for one in documents),
        stamp=stamp_of(dossier, dossier.as_of),
        marks=(DRAFT,) if given is None else (),
    )


def _entry(document: Document, dossier: Dossier, history: History) -> TimelineEntry:
    left_out = document.treatment.left_out_by
    facts = () if left_out else given_facts(document, history)
    return TimelineEntry(
        position=document.number,
        label=theme_of(document, dossier),
        when=f"Dokument {document.number}, {date_of_document(document)}, {direction_da(document)}",
        who=", ".join(parties_of(document, dossier)),
        marks=tuple(_marks(document)),
        facts=tuple(Told(fact.label, tuple(map(str, fact.lines))) for fact in facts),
    )


def _marks(document: Document) -> Iterator[str]:
    if left_out := document.treatment.left_out_by:
        yield f"U{cited(left_out)[1:]}"
    if document.marked is None:
        yield _UNDECIDED


def _row(document: Document, dossier: Dossier) -> dict[str, object]:
    treatment = document.treatment
    exempt = cited(treatment.left_out_by) if treatment.left_out_by else ""
    if not exempt and treatment.exemption:
        exempt = f"enkelte felter {cited((EXEMPTIONS[treatment.exemption],))}"
    mark = "internt" if treatment.mark == "internal" else "eksternt"
    told = (
        document.number,
        date_of_document(document),
        theme_of(document, dossier),
        direction_da(document),
        "; ".join(parties_of(document, dossier)),
        mark if document.marked else f"{mark} ({_UNDECIDED.lower()})",
        exempt,
    )
    return dict(zip(_COLUMNS, told, strict=True))
