"""/haendelser/{reference}/vurder: the question guide, what it recommends, and the decision of a person.

The same form asks for the recommendation, which records nothing, and records the assessment: it needs no JavaScript.
"""

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.cpr import ANYWAY, check_cpr
from adapters.web.form_errors import wrong_form
from adapters.web.forms import Wrong, make_form
from adapters.web.guide_form import Answered, Sent, read_answers, sections
from adapters.web.guide_view import Assessing, advise, examples, read_assessing
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_lists
from adapters.web.texts import text
from domain.errors import SporlogError
from domain.guide.question import Part
from domain.incident.events import Nis2Category
from handlers.requests import COMMON

RECORD = "gem"
CATEGORIES = {category.value for category in Nis2Category}
UNREADABLE = 422
OWN = COMMON | {"reason"}
"""Inputs of the step's own form that the guide's page asks too, under the same names."""


class Shown(NamedTuple):
    """How a form that was sent comes back: what it held, whether it is advised on, what is wrong, and the status."""

    sent: Sent
    answered: Answered | None = None
    advised: bool = False
    wrong: Wrong | None = None
    status: int = 200


def guide_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Stands before the router of the steps, whose addresses would take this one."""
    router = obeying(prefix="/haendelser/{reference}/vurder", include_in_schema=False)

    @router.get("")
    @tells(Tells.OWN)
    async def ask(request: Request, reference: str) -> Response:
        about = await reading(read_assessing, parts.of(request), reference)
        return _page(pages, request, about, Shown(about.answered_before))

    @router.post("")
    @tells(Tells.OWN)
    async def answer(request: Request, reference: str) -> Response:
        about = await reading(read_assessing, parts.of(request), reference)
        sent, language = await read_lists(request), language_of(request)
        told = read_answers(about.guide, about.asked, sent, language)
        if told.mistakes:
            return _page(pages, request, about, Shown(sent, told, status=UNREADABLE))
        if _one(sent, "handling") != RECORD and ANYWAY not in sent:
            return _page(pages, request, about, Shown(sent, told, advised=True))
        own = {name: values[-1] for name, values in sent.items() if name in OWN}
        if _one(sent, "decision") not in CATEGORIES:
            missing = Wrong(text(language, "guide.undecided"), {"decision": text(language, "field.missing")}, {})
            return _page(pages, request, about, Shown(sent, told, advised=True, wrong=missing, status=UNREADABLE))
        try:
            check_cpr(sent, parts.clock())
            fields = {**own, **_assessment(about, told, _one(sent, "decision"))}
            done = await parts.of(request).desk.take_step(reference, "assess", fields, page_origin(parts, request))
        except SporlogError as error:
            wrong = wrong_form(error, "assess", own, language)
            return _page(pages, request, about, Shown(sent, told, advised=True, wrong=wrong, status=error.status))
        await caught_up(parts, done.position)
        return RedirectResponse(f"/haendelser/{done.incident.reference}?gemt=assess", 303)

    return router


def _one(sent: Sent, name: str) -> str:
    return next(reversed(sent.get(name, ())), "")


def _assessment(about: Assessing, told: Answered, decision: str) -> Mapping[str, object]:
    """What the step is asked for besides who and when."""
    full = any(key.startswith(f"{Part.FULL}.") for key in (*told.answers, *told.explanations))
    return {
        "significant": decision == Nis2Category.HIGH,
        "nis2_category": decision,
        "depth": "full" if full else "quick",
        "answers": told.answers,
        "explanations": told.explanations or None,
        "guide_version": about.guide.version if told.answers else None,
    }


def _page(pages: Pages, request: Request, about: Assessing, shown: Shown) -> Response:
    language = language_of(request)
    sent = {name: values[-1] for name, values in shown.sent.items() if name in OWN}
    form = make_form("assess", language, version=about.incident.version, sent=sent, wrong=shown.wrong)
    asked = {field.name: field for field in (*form.fields, *form.more)}
    mistakes = shown.answered.mistakes if shown.answered else {}
    advice = advise(about, shown.answered.answers, language) if shown.answered and shown.advised else None
    return pages.page(
        request,
        "guide.html",
        shown.status,
        incident=about.incident,
        guide=about.guide,
        sections=sections(about.guide, about.asked, shown.sent, language, mistakes),
        full_open=request.query_params.get("del") == "2",
        examples=examples(about.policy, language),
        mistakes=bool(mistakes),
        advice=advice,
        decision=_one(shown.sent, "decision"),
        wrong=shown.wrong,
        # What was decided already is kept while an answer is being corrected.
        deciding=advice is not None or any(name in shown.sent for name in ("decision", "reason")),
        reason=asked["reason"]._replace(hint=text(language, "guide.reason-hint")),
        more=tuple(asked[name] for name in ("occurred_at", "role", "actor", "on_behalf_of")),
        seen=form.version,
    )
