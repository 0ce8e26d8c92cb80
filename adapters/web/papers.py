"""GET below /api/v1: an incident's sheets, what was filed beside what was known, its brief and its export; the action cards."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from adapters.incident.journal import journal_zip
from adapters.papers.formats import CardFormat, PaperFormat
from adapters.papers.json import brief_object, card_object, sheet_object, submission_object
from adapters.papers.making import brief_of, brief_pdf, brief_text, cards_pdf, cards_stamp, sheet_of, sheet_pdf, sheet_text
from adapters.web.answers import json_answer, reading
from adapters.web.as_of import Position
from adapters.web.caller import Tells, obeying, tells
from adapters.web.incidents import Ref
from adapters.web.parts import WebParts
from domain.roles import Role
from domain.submissions.kinds import ReportKind
from handlers.dossier import read_dossier
from handlers.notices import compared, filings_of
from handlers.role_cards import RoleCard, role_cards

AsFormat = Annotated[PaperFormat, Query(alias="format")]
PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}, "text/plain": {}, "application/json": {}}}}


def papers_router(parts: WebParts) -> APIRouter:
    """Reading, from the log itself: the same position gives the same paper for ever."""
    router = obeying(prefix="/api/v1", tags=["papers"])

    @router.get("/incidents/{ref}/submissions", summary="What was filed, beside what was known then and since")
    @tells(Tells.OWN)
    async def list_submissions(request: Request, ref: Ref, position: Position = None) -> Response:
        dossier = await reading(read_dossier, parts.of(request).desk, ref, position=position)
        return json_answer([submission_object(compared(dossier, filing)) for filing in filings_of(dossier)])

    @router.get(
        "/incidents/{ref}/sheets/{kind}",
        summary="A notice as it was filed at that position, else its last draft, else what the log knows",
        responses=PDF,
    )
    @tells(Tells.OWN)
    async def show_sheet(
        request: Request, ref: Ref, kind: ReportKind, format_: AsFormat = PaperFormat.PDF, position: Position = None
    ) -> Response:
        return await reading(_sheet, parts.of(request), ref, kind, format_, position)

    @router.get(
        "/incidents/{ref}/brief", summary="One page for the director: hit, done, unknown, limits, decision", responses=PDF
    )
    @tells(Tells.OWN)
    async def show_brief(
        request: Request, ref: Ref, format_: AsFormat = PaperFormat.PDF, position: Position = None
    ) -> Response:
        return await reading(_brief, parts.of(request), ref, format_, position)

    @router.get("/incidents/{ref}/export", summary="For the records system: a zip with PDFs, the course of events, metadata")
    @tells(Tells.OWN)
    async def export_incident(request: Request, ref: Ref, position: Position = None) -> Response:
        desk = parts.of(request).desk
        dossier = await reading(read_dossier, desk, ref, position=position)
        headers = {"Content-Disposition": f'attachment; filename="{dossier.incident.reference}.zip"'}
        return Response(await reading(journal_zip, desk, dossier), headers=headers, media_type="application/zip")

    @router.get("/action-cards", summary="What each role does, who has it, and whom to reach", responses=PDF)
    @tells(Tells.ENTITY)
    async def show_action_cards(
        request: Request,
        format_: Annotated[CardFormat, Query(alias="format")] = CardFormat.JSON,
        role: Annotated[Role | None, Query(description="This role only")] = None,
        entity: Annotated[str | None, Query(max_length=253, description="Another reporting entity than the own one")] = None,
    ) -> Response:
        return await reading(_cards, parts.of(request), format_, role, entity)

    return router


def _sheet(parts: WebParts, ref: str, kind: ReportKind, format_: PaperFormat, position: int | None) -> Response:
    sheet = sheet_of(read_dossier(parts.desk, ref, position=position), kind)
    match format_:
        case PaperFormat.PDF:
            return pdf_answer(sheet_pdf(sheet), f"{sheet.reference}-{kind.value}")
        case PaperFormat.TEXT:
            return text_answer(sheet_text(sheet))
        case PaperFormat.JSON:
            return json_answer(sheet_object(sheet))


def _brief(parts: WebParts, ref: str, format_: PaperFormat, position: int | None) -> Response:
    dossier = read_dossier(parts.desk, ref, position=position)
    brief = brief_of(dossier, parts.clock() if position is None else dossier.as_of)
    match format_:
        case PaperFormat.PDF:
            return pdf_answer(brief_pdf(brief), f"{brief.reference}-brief")
        case PaperFormat.TEXT:
            return text_answer(brief_text(brief))
        case PaperFormat.JSON:
            return json_answer(brief_object(brief))


def _cards(parts: WebParts, format_: CardFormat, role: Role | None, entity: str | None) -> Response:
    cards = cards_of(parts, role, entity)
    if format_ is CardFormat.JSON:
        return json_answer([card_object(card) for card in cards])
    name = f"action-card-{role.value}" if role else "action-cards"
    return pdf_answer(cards_pdf(cards, cards_stamp(parts.desk, entity or parts.desk.entity, parts.clock())), name)


def cards_of(parts: WebParts, role: Role | None, entity: str | None) -> list[RoleCard]:
    """The cards of an entity's roles, or of one of them."""
    cards = role_cards(parts.desk.organisation(), entity or parts.desk.entity)
    return [card for card in cards if role in {None, card.role}]


def pdf_answer(pdf: bytes, name: str) -> Response:
    """A PDF that the browser shows, and saves under this name."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(pdf, headers=headers, media_type="application/pdf")


def text_answer(text: str) -> Response:
    """Plain text."""
    return Response(text, media_type="text/plain; charset=utf-8")
