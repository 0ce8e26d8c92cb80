"""/haendelser/{reference}/underretning/{kind}: a notice from its first draft to its receipt. A person files it, on virk.dk."""

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.papers.making import form_of
from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.cpr import CprWrittenError, check_cpr
from adapters.web.form_errors import wrong_form
from adapters.web.forms import Wrong
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.notice_form import sent_values
from adapters.web.notice_view import SentNotice, facts_in, notice_view, shown_values
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_form
from adapters.web.texts import text
from adapters.words.error_texts import error_words
from domain.errors import ConflictError, InvalidInputError, SporlogError
from domain.incident.submission_kinds import STEP_OF_DUTY
from domain.incident.transitions import BY_STEP, Nature
from domain.submissions.kinds import ReportKind
from handlers.dossier import Dossier, read_dossier
from handlers.notices import draft_of, written
from handlers.requests import REQUESTS

DRAFT, APPROVAL = "draft-submission", "approve-submission"
SEEN = "udkast"
"""The hidden field with the number of the draft that the page showed; empty for none."""
FROM_LOG = "fra"
"""`?fra=log` brings into the form what the log has learnt since the draft."""


class Visit(NamedTuple):
    """One request for the page of a notice, and the incident as it stood when it came."""

    parts: WebParts
    pages: Pages
    request: Request
    dossier: Dossier
    kind: ReportKind


def notice_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading is from the log itself."""
    router = obeying(prefix="/haendelser/{reference}/underretning/{kind}", include_in_schema=False)

    async def visit(request: Request, reference: str, kind: ReportKind) -> Visit:
        seen = parts.of(request)
        return Visit(seen, pages, request, await reading(read_dossier, seen.desk, reference), kind)

    @router.get("")
    @tells(Tells.OWN)
    async def show(request: Request, reference: str, kind: ReportKind) -> Response:
        return await _page(await visit(request, reference, kind))

    @router.post("/udkast")
    @tells(Tells.OWN)
    async def save(request: Request, reference: str, kind: ReportKind) -> Response:
        return await _save(await visit(request, reference, kind), await read_form(request))

    @router.post("/godkend")
    @tells(Tells.OWN)
    async def approve(request: Request, reference: str, kind: ReportKind) -> Response:
        return await _approve(await visit(request, reference, kind), await read_form(request))

    @router.post("/registrer")
    @tells(Tells.OWN)
    async def record(request: Request, reference: str, kind: ReportKind) -> Response:
        return await _record(await visit(request, reference, kind), await read_form(request))

    return router


async def _save(visit: Visit, sent: Mapping[str, str]) -> Response:
    kind, shown = visit.kind, shown_values(visit.dossier, visit.kind, anew=sent.get(FROM_LOG) == "log")
    values, unreadable = sent_values(form_of(visit.dossier, None), kind, sent, shown)
    try:
        _check_seen(visit, sent)
        if unreadable:
            raise InvalidInputError(f"{', '.join(unreadable)}: no time that can be read")
        check_cpr(sent, visit.parts.clock())
        return await _take(visit, DRAFT, {"report": kind, "values": values})
    except SporlogError as error:
        language = language_of(visit.request)
        fields = {key: error_words(code, 422).to(language) for key, code in unreadable.items()}
        if isinstance(error, CprWrittenError):
            fields |= dict.fromkeys(error.fields, text(language, "field.cpr"))
        wrong = Wrong(error_words(error.code, error.status).to(language), fields, {}, isinstance(error, CprWrittenError))
        return await _page(visit, SentNotice(DRAFT, sent, wrong, values), error.status)


async def _approve(visit: Visit, sent: Mapping[str, str]) -> Response:
    try:
        _check_seen(visit, sent)
        check_cpr(sent, visit.parts.clock())
        return await _take(visit, APPROVAL, {**_asked(APPROVAL, sent), "report": visit.kind})
    except SporlogError as error:
        return await _refuse(visit, APPROVAL, sent, error)


async def _record(visit: Visit, sent: Mapping[str, str]) -> Response:
    step, values = STEP_OF_DUTY[visit.kind.value], written(visit.dossier, visit.kind)
    told: dict[str, object] = {**facts_in(visit.kind, values), **_asked(step, sent)}
    if "values" in REQUESTS[step].model_fields and draft_of(visit.dossier, visit.kind) is None:
        # Nobody saved a draft: what the page showed is what was copied.
        told["values"] = dict(values)
    try:
        # The values were looked at when they were saved.
        check_cpr(sent, visit.parts.clock())
        return await _take(visit, step, told)
    except SporlogError as error:
        return await _refuse(visit, step, sent, error)


async def _take(visit: Visit, step: str, fields: Mapping[str, object]) -> Response:
    # An act is checked against the draft that was seen; this closes the moment between that check and the commit.
    act = BY_STEP[step].nature is Nature.ACT
    seen = {"expected_version": visit.dossier.incident.version} if act else {}
    origin = page_origin(visit.parts, visit.request)
    done = await visit.parts.desk.take_step(visit.dossier.incident.reference, step, {**fields, **seen}, origin)
    await caught_up(visit.parts, done.position)
    return RedirectResponse(f"/haendelser/{done.incident.reference}/underretning/{visit.kind.value}?gemt={step}", 303)


async def _refuse(visit: Visit, step: str, sent: Mapping[str, str], error: SporlogError) -> Response:
    return await _page(visit, SentNotice(step, sent, wrong_form(error, step, sent, language_of(visit.request))), error.status)


async def _page(visit: Visit, refused: SentNotice | None = None, status: int = 200) -> Response:
    request, saved = visit.request, visit.request.query_params.get("gemt")
    anew = request.query_params.get(FROM_LOG) == "log"
    view = await reading(notice_view, visit.dossier, visit.kind, visit.parts.clock(), language_of(request), refused, anew=anew)
    saved = saved if saved in REQUESTS else None
    return visit.pages.page(request, "notice.html", status, view=view, refused=refused, anew=anew, saved=saved)


def _asked(step: str, sent: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in sent.items() if name in REQUESTS[step].model_fields}


def _check_seen(visit: Visit, sent: Mapping[str, str]) -> None:
    draft = draft_of(visit.dossier, visit.kind)
    now = str(draft.number) if draft else ""
    if sent.get(SEEN, "") != now:
        seen = sent.get(SEEN) or "none"
        msg = f"the draft of {visit.kind} is number {now or 'none'}, you saw {seen}: look at it and decide again"
        raise ConflictError(msg)
