"""/haendelser/{reference}: the incident, its replay and its steps."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web.access_log_page import may_see_readings
from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.as_of import instant_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.cpr import check_cpr, without_anyway
from adapters.web.evidence_view import size_in_words
from adapters.web.form_errors import wrong_form
from adapters.web.forms import Form, Option, Wrong, make_form
from adapters.web.incident_view import View, read_view
from adapters.web.language import language_of
from adapters.web.live import caught_up, live
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_form
from adapters.web.step_groups import StepLine, step_line
from adapters.web.ways_on import NOW
from adapters.words.wording import Language
from domain.errors import InvalidInputError, NotFoundError, SporlogError
from domain.incident.transitions import BY_STEP
from handlers.requests import COMMON, REQUESTS


class Refused(NamedTuple):
    """A form that was sent and not taken: it is shown again as it was sent, with what is wrong."""

    step: str
    sent: Mapping[str, str]
    wrong: Wrong
    status: int


def incident_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading is from the log itself, so a reader always sees what was just written."""
    router = obeying(prefix="/haendelser", include_in_schema=False)

    async def part(seen: WebParts, reference: str, language: Language) -> str:
        view = await reading(read_view, seen, reference, language)
        return pages.html("_incident.html", language, view=view, forms=_now(view, language))

    @router.get("/{reference}")
    @tells(Tells.OWN)
    async def show(request: Request, reference: str) -> Response:
        return await _page(parts, pages, request, reference)

    @router.get("/{reference}/live")
    @tells(Tells.OWN)
    async def follow(request: Request, reference: str) -> Response:
        seen = parts.of(request)
        await reading(seen.desk.find, reference)
        return live(seen, partial(part, seen, reference, language_of(request)))

    @router.post("/{reference}/{step}")
    @tells(Tells.OWN)
    async def take(request: Request, reference: str, step: str) -> Response:
        if step not in REQUESTS or step == "report":
            raise NotFoundError(f"there is no step {step!r}")
        desk = parts.of(request).desk
        await reading(desk.find, reference)
        sent = await read_form(request)
        try:
            check_cpr(sent, parts.clock())
            done = await desk.take_step(reference, step, without_anyway(sent), page_origin(parts, request))
        except SporlogError as error:
            wrong = wrong_form(error, step, sent, language_of(request))
            return await _page(parts, pages, request, reference, Refused(step, sent, wrong, error.status))
        await caught_up(parts, done.position)
        return RedirectResponse(f"/haendelser/{done.incident.reference}?gemt={step}", 303)

    return router


async def _page(parts: WebParts, pages: Pages, request: Request, reference: str, refused: Refused | None = None) -> Response:
    language, saved = language_of(request), request.query_params.get("gemt")
    at, position = _moment(request)
    asked = request.query_params.get("trin")
    opened = refused.step if refused else asked if asked in REQUESTS else None
    seen = parts.of(request)
    view = await reading(read_view, seen, reference, language, at=at, position=position)
    return pages.page(
        request,
        "incident.html",
        refused.status if refused else 200,
        view=view,
        readings_shown=await reading(may_see_readings, seen, request, seen.desk.find(reference)),
        forms=_forms(view, language, refused, {opened: _filled_in(request, opened)} if opened else {}),
        failed=refused.step if refused else None,
        opened=opened,
        impossible=_impossible(view, refused, language),
        saved=saved if saved in REQUESTS else None,
        file_limit=size_in_words(parts.evidence.limits.file, language),
    )


def _moment(request: Request) -> tuple[datetime | None, int | None]:
    """As of which time or position; nothing of both is now. Raises `InvalidInputError`."""
    at, position = request.query_params.get("at"), request.query_params.get("position")
    if position and not position.isdecimal():
        raise InvalidInputError(f"position={position!r} is no position of the log: write a number")
    return instant_asked(at), int(position) if position else None


def _filled_in(request: Request, step: str) -> Mapping[str, str]:
    """Fields of the step that a link fills in: which number is approved, which notice."""
    fields = REQUESTS[step].model_fields.keys() - COMMON
    return {name: value for name, value in request.query_params.items() if name in fields}


def _impossible(view: View, refused: Refused | None, language: Language) -> StepLine | None:
    """A refused step that the page does not offer any more."""
    if refused is None or view.ways_on is None or refused.step in view.ways_on.everywhere:
        return None
    return step_line(BY_STEP[refused.step], language)


def _forms(view: View, language: Language, refused: Refused | None, filled: Mapping[str, Mapping[str, str]]) -> dict[str, Form]:
    if view.ways_on is None or view.incident is None:
        return {}
    make = partial(make_form, language=language, version=view.incident.version)
    offered = {step: _with_hit(choices, view) for step, choices in view.ways_on.offered.items()}
    forms = {step: make(step, offered=offered[step], filled=filled.get(step, {})) for step in view.steps}
    if refused is not None:
        # Also a step that has become impossible meanwhile: nobody loses what was typed.
        step = refused.step
        forms[step] = make(step, offered=offered[step], sent=refused.sent, wrong=refused.wrong)
    return forms | _now(view, language, refused)


def _with_hit(choices: Mapping[str, tuple[Option, ...]], view: View) -> Mapping[str, tuple[Option, ...]]:
    """Of a step about a service, also those that the incident hits as the catalogue has it."""
    if "service" not in choices or view.impact is None:
        return choices
    names = dict.fromkeys((*(one.value for one in choices["service"]), *view.impact.names))
    return {**choices, "service": tuple(Option(one, one) for one in names)}


def _now(view: View, language: Language, refused: Refused | None = None) -> dict[str, Form]:
    """The one form of the part that keeps itself up to date."""
    if view.ways_on is None or not view.ways_on.pressing.significant_now:
        return {}
    # Without a version: it is judged on what is known now, and an alarm in between must not cost a second click.
    sent, wrong = (refused.sent, refused.wrong) if refused and refused.step == NOW else (None, None)
    return {NOW: make_form(NOW, language, sent=sent, wrong=wrong)}
