"""/haendelser/{reference}/dokumenter: how each document is marked, the extract for access to them, and what is not filed."""

from typing import Annotated, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.records.extract import approve, draft_zip, made_again
from adapters.records.json import document_object
from adapters.records.words import date_of_document, parties_of
from adapters.web.acting import page_origin
from adapters.web.answers import json_answer, reading
from adapters.web.as_of import Position
from adapters.web.caller import Tells, obeying, tells
from adapters.web.incidents import Ref
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.parts import LAST_POSITION, WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_form
from adapters.web.texts import text
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.errors import InvalidInputError
from domain.incident.events import DocumentMarked, RecordsExtracted
from domain.records.documents import GROUNDS, texts_of
from handlers.desk import Desk
from handlers.dossier import Dossier, read_dossier
from handlers.records import Document, accept_proposals, documents_of, unfiled

Number = Annotated[int | None, Query(ge=1, le=LAST_POSITION, description="An approved extract; else a draft is made now")]


class DocumentLine(NamedTuple):
    """A document as people read it. `decide` leads to the form, filled in as it is treated now."""

    number: int
    name: str
    about: str
    treated: tuple[str, ...]
    decided_by: str | None
    reason: str | None
    filed: str | None
    final: bool
    fields: str
    """What its fields are called when only some are withheld."""
    decide: str


class RecordsView(NamedTuple):
    """The page."""

    reference: str
    version: int
    lines: tuple[DocumentLine, ...]
    undecided: int
    pending: int
    given: tuple[tuple[int, RecordsExtracted], ...]


def records_router(parts: WebParts) -> APIRouter:
    """Reading below /api/v1; marking is the step mark-document."""
    router = obeying(prefix="/api/v1", tags=["records"])

    @router.get("/incidents/{ref}/documents", summary="An incident's documents, and how each is marked for access")
    @tells(Tells.OWN)
    async def list_documents(request: Request, ref: Ref, position: Position = None) -> Response:
        dossier = await reading(read_dossier, parts.of(request).desk, ref, position=position)
        return json_answer([document_object(one, dossier) for one in _documents(dossier)])

    @router.get(
        "/incidents/{ref}/documents/extract",
        summary="The extract for access to documents: a draft, or an approved one made again; a zip",
        responses={200: {"content": {"application/zip": {}}}},
    )
    @tells(Tells.OWN)
    async def fetch_extract(request: Request, ref: Ref, number: Number = None) -> Response:
        return await _extract(parts.of(request).desk, ref, number)

    return router


def records_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """For people; nothing here needs JavaScript."""
    router = obeying(prefix="/haendelser/{reference}/dokumenter", include_in_schema=False)

    @router.get("")
    @tells(Tells.OWN)
    async def show(request: Request, reference: str) -> Response:
        view = await reading(_view, parts.of(request).desk, reference, language_of(request))
        return pages.page(request, "records.html", view=view, accepted="gemt" in request.query_params)

    @router.post("/forslag")
    @tells(Tells.OWN)
    async def accept(request: Request, reference: str) -> Response:
        desk, sent = parts.of(request).desk, await read_form(request)
        origin = page_origin(parts, request)
        done = await accept_proposals(desk, reference, origin, expected=_seen(desk, reference, sent))
        if done:
            await caught_up(parts, done[-1].position)
        return RedirectResponse(f"/haendelser/{reference}/dokumenter?gemt=1", 303)

    @router.get("/aktindsigt")
    @tells(Tells.OWN)
    async def fetch(request: Request, reference: str, number: Number = None) -> Response:
        return await _extract(parts.of(request).desk, reference, number)

    @router.post("/aktindsigt")
    @tells(Tells.OWN)
    async def give(request: Request, reference: str) -> Response:
        desk, sent = parts.of(request).desk, await read_form(request)
        seen = _seen(desk, reference, sent)
        given = (sent.get("recipient", ""), sent.get("legal_basis", ""))
        approved = await approve(desk, reference, seen, given, page_origin(parts, request))
        headers = {"X-Content-SHA256": approved.sha256}
        return _zip_answer(approved.content, f"{reference}-aktindsigt-{approved.number}", headers)

    return router


def _seen(desk: Desk, reference: str, sent: dict[str, str]) -> int:
    desk.find(reference)
    if not sent.get("expected_version", "").isdecimal():
        raise InvalidInputError("expected_version: say which version of the incident was seen")
    return int(sent["expected_version"])


async def _extract(desk: Desk, reference: str, number: int | None) -> Response:
    if number is None:
        return _zip_answer(await reading(draft_zip, desk, reference), f"{reference}-aktindsigt-udkast")
    return _zip_answer(await reading(made_again, desk, reference, number), f"{reference}-aktindsigt-{number}")


def _zip_answer(content: bytes, name: str, headers: dict[str, str] | None = None) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return Response(content, headers=disposition | (headers or {}), media_type="application/zip")


def _documents(dossier: Dossier) -> list[Document]:
    return documents_of(moment.recorded for moment in dossier.moments)


def _view(desk: Desk, reference: str, language: Language) -> RecordsView:
    dossier = read_dossier(desk, reference)
    documents = _documents(dossier)
    moments = dossier.moments
    return RecordsView(
        reference=dossier.known.reference,
        version=dossier.incident.version,
        lines=tuple(_line(one, dossier, language) for one in documents),
        undecided=sum(one.marked is None for one in documents),
        pending=len(list(unfiled(documents))),
        given=tuple((m.recorded.version, event) for m in moments if isinstance(event := m.recorded.event, RecordsExtracted)),
    )


def _line(document: Document, dossier: Dossier, language: Language) -> DocumentLine:
    treatment, marked = document.treatment, document.marked.event if document.marked else None
    treated = [value_label("mark", treatment.mark, language)]
    treated += [value_label("Exemption", treatment.exemption, language)] if treatment.exemption else []
    treated += [text(language, "records.only-fields", fields=", ".join(treatment.withheld))] if treatment.withheld else []
    treated += ["NIS 2-loven § 14, stk. 3"] if treatment.voluntary else []
    kind, ground = document.kind, GROUNDS[document.proposal.ground]
    english = language == "en"
    filled = {
        "trin": "mark-document",
        "document_number": document.number,
        "mark": treatment.mark,
        "exemption": treatment.exemption or "",
        "withheld": ", ".join(treatment.withheld),
    }
    return DocumentLine(
        number=document.number,
        name=kind.english if english else kind.danish,
        about=f"{date_of_document(document)}, {value_label('direction', kind.direction, language).lower()}: "
        + ", ".join(parties_of(document, dossier)),
        treated=tuple(treated),
        decided_by=marked.meta.actor if marked else None,
        reason=marked.reason if isinstance(marked, DocumentMarked) else ground[1 if english else 0],
        filed=document.filed.case_number if document.filed else None,
        final=kind.final,
        fields=", ".join(sorted(texts_of(document.recorded.event))),
        decide=f"/haendelser/{dossier.known.reference}?{urlencode(filled)}#form-mark-document",
    )
