"""/haendelser/{reference}: the incident, its replay and its steps."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.as_of import instant_asked
from adapters.web.form_errors import wrong_form
from adapters.web.forms import Wrong, make_form
from adapters.web.incident_view import View, read_view
from adapters.web.language import language_of
from adapters.web.live import caught_up, live
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_form
from adapters.wording import Language
from domain.errors import InvalidInputError, NotFoundError, SporlogError
from handlers.requests import REQUESTS


class Refused(NamedTuple):
    """A form that was sent and not taken: it is shown again as it was sent, with what is wrong."""

    step: str
    sent: Mapping[str, str]
    wrong: Wrong
    status: int


def incident_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading is from the log itself, so a reader always sees what was just written."""
    router = APIRouter(prefix="/haendelser", include_in_schema=False)

    async def part(reference: str, language: Language) -> str:
        view = await reading(read_view, parts, reference, language)
        return pages.html("_incident.html", language, view=view)

    @router.get("/{reference}")
    async def show(request: Request, reference: str) -> Response:
        return await _page(parts, pages, request, reference)

    @router.get("/{reference}/live")
    async def follow(request: Request, reference: str) -> Response:
        await reading(parts.desk.find, reference)
        return live(parts, partial(part, reference, language_of(request)))

    @router.post("/{reference}/{step}")
    async def take(request: Request, reference: str, step: str) -> Response:
        if step not in REQUESTS or step == "report":
            raise NotFoundError(f"there is no step {step!r}")
        await reading(parts.desk.find, reference)
        sent = await read_form(request)
        try:
            done = await parts.desk.take_step(reference, step, sent, page_origin(parts, request))
        except SporlogError as error:
            wrong = wrong_form(error, step, sent, language_of(request))
            return await _page(parts, pages, request, reference, Refused(step, sent, wrong, error.status))
        await caught_up(parts, done.position)
        return RedirectResponse(f"/haendelser/{done.incident.reference}?gemt={step}", 303)

    return router


async def _page(parts: WebParts, pages: Pages, request: Request, reference: str, refused: Refused | None = None) -> Response:
    language, saved = language_of(request), request.query_params.get("gemt")
    at, position = _moment(request)
    view = await reading(read_view, parts, reference, language, at=at, position=position)
    return pages.page(
        request,
        "incident.html",
        refused.status if refused else 200,
        view=view,
        forms=_forms(view, language, refused),
        failed=refused.step if refused else None,
        saved=saved if saved in REQUESTS else None,
    )


def _moment(request: Request) -> tuple[datetime | None, int | None]:
    """As of which time or position; nothing of both is now. Raises `InvalidInputError`."""
    at, position = request.query_params.get("at"), request.query_params.get("position")
    if position and not position.isdecimal():
        raise InvalidInputError(f"position={position!r} is no position of the log: write a number")
    return instant_asked(at), int(position) if position else None


def _forms(view: View, language: Language, refused: Refused | None) -> dict[str, object]:
    version = view.incident.version if view.incident else None
    steps = [*view.recommended, *(step for track in view.others.values() for step in track)]
    forms: dict[str, object] = {step: make_form(step, language, version) for step in steps}
    if refused is not None:
        # Also a step that has become impossible meanwhile: nobody loses what was typed.
        forms[refused.step] = make_form(refused.step, language, version, refused.sent, refused.wrong)
    return forms
