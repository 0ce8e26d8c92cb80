"""/katalog/{object_id}/fil: an emergency plan's file out, and a newer one in. Both work without JavaScript."""

import mimetypes
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.as_of import instant_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.catalogue_acts import FormView, Refused
from adapters.web.catalogue_form import Asking, form_fields, wrong_act
from adapters.web.catalogue_page import id_of
from adapters.web.cpr import check_cpr, without_anyway
from adapters.web.evidence import Kept, saved_answer
from adapters.web.evidence_view import size_in_words
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.texts import text
from adapters.web.uploads import read_form_file
from adapters.words.wording import Language
from domain.catalogue.kinds import Kind
from domain.errors import ConflictError, InvalidInputError, SporlogError
from handlers.evidence import Sending
from handlers.plans import PlanFile, attach_plan, fetch_plan, plan_of


def catalogue_plan_router(parts: WebParts, pages: Pages) -> APIRouter:
    """For people. A plan is no evidence of an incident: that it is fetched is not in anybody's chain of custody."""
    router = obeying(prefix="/katalog", include_in_schema=False)

    async def page(request: Request, plan: UUID, refused: Refused | None = None) -> Response:
        view = await reading(_view, parts.of(request), plan, refused, language_of(request))
        return pages.page(request, "catalogue_form.html", refused.error.status if refused else 200, view=view)

    @router.get("/{object_id}/fil")
    @tells(Tells.WHOLE)
    async def fetch(request: Request, object_id: str, at: str = "") -> Response:
        found = await reading(_fetched, parts.of(request), id_of(object_id), at)
        facts, ending = found.facts, mimetypes.guess_extension(found.facts.media_type or "") or ""
        kept = Kept(facts.sha256 or "", facts.bytes)
        return saved_answer(f"noedplan{ending}", f"{facts.name}{ending}", kept, found.content)

    @router.get("/{object_id}/fil/ny")
    @tells(Tells.WHOLE)
    async def ask(request: Request, object_id: str) -> Response:
        return await page(request, id_of(object_id))

    @router.post("/{object_id}/fil/ny")
    @tells(Tells.WHOLE)
    async def keep(request: Request, object_id: str) -> Response:
        plan, own = id_of(object_id), parts.of(request)
        # Before the file is read: there is nowhere to put it without its plan.
        await reading(plan_of, own.desk, plan)
        form = await read_form_file(request)
        try:
            check_cpr(form.fields, parts.clock())
            told = without_anyway(form.fields)
            dated = _day(told.pop("dated", ""))
            done = await attach_plan(
                own.desk,
                own.evidence,
                plan,
                Sending(told, claimed_type=form.claimed_type),
                form.content,
                dated=dated,
                origin=page_origin(parts, request),
            )
        except SporlogError as error:
            return await page(request, plan, Refused(form.fields, error))
        await caught_up(parts, done.position)
        return RedirectResponse(f"/katalog/{plan}?gemt={'plan' if done.events else 'intet'}", 303)

    return router


class DayUnreadableError(InvalidInputError):
    """The plan's own date is none."""


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise DayUnreadableError(f"dated: {told!r} is no day: write it as 2026-11-20") from None


def _fetched(parts: WebParts, plan: UUID, at: str) -> PlanFile:
    instant, history = instant_asked(at), parts.desk.history
    upto = None if instant is None else history.position_at(instant)
    return fetch_plan(parts.desk, parts.evidence, plan, upto=upto)


def _view(parts: WebParts, plan: UUID, refused: Refused | None, language: Language) -> FormView:
    known, seen = plan_of(parts.desk, plan), parts.landscape()
    wrong = wrong_act(refused.error, refused.sent, seen, language) if refused else None
    if wrong and refused and isinstance(refused.error, DayUnreadableError):
        wrong = wrong._replace(fields={"dated": text(language, "field.unreadable")})
    sent: Mapping[str, str] = refused.sent if refused else {}
    version = known.version if refused is None or isinstance(refused.error, ConflictError) else sent.get("expected_version")
    asking = Asking("plan", Kind.PLAN, known, seen, sent, wrong, language)
    return FormView(
        act="plan",
        action=f"/katalog/{plan}/fil/ny",
        heading=text(language, "act.plan") + f": {known.facts.name}",
        leads=(text(language, "plan.again"),) if refused else (),
        fields=form_fields(asking),
        hidden={"expected_version": str(version or known.version)},
        wrong=wrong,
        news=(),
        kinds=(),
        back=f"/katalog/{plan}",
        existing=None,
        file=size_in_words(parts.evidence.limits.file, language),
    )
