"""The front page: overview and report form."""

from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.as_of import as_asked
from adapters.web.caller import House, Tells, caller_of, obeying, tells
from adapters.web.cpr import check_cpr, without_anyway
from adapters.web.form_errors import wrong_form
from adapters.web.forms import Form, Option, Wrong, make_form
from adapters.web.language import language_of
from adapters.web.live import caught_up, live
from adapters.web.overview import read_overview
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_lists
from adapters.web.service_picking import as_lists, landscape_if_any, services_offered, with_several
from adapters.words.wording import Language
from domain.errors import InvalidInputError, SporlogError


def overview_router(parts: WebParts, pages: Pages) -> APIRouter:
    """GET /, its live part, and the report form."""
    router = obeying(include_in_schema=False)

    async def part(seen: WebParts, language: Language, base: str | None) -> str:
        overview = await reading(read_overview, seen, language)
        return pages.html("_overview.html", language, overview=overview, base=base)

    async def page(
        request: Request, status: int = 200, sent: Mapping[str, str] | None = None, wrong: Wrong | None = None
    ) -> Response:
        language, seen = language_of(request), parts.of(request)
        live_part = await part(seen, language, _base(request))
        form = await reading(_report_form, seen, language, sent, wrong)
        return pages.page(request, "overview.html", status, live_part=live_part, form=form)

    async def past_page(request: Request, at: str) -> Response:
        language, seen = language_of(request), parts.of(request)

        def look() -> str:
            overview = read_overview(as_asked(seen, at, None), language, past=True)
            return pages.html("_overview.html", language, overview=overview, base=None)

        try:
            return pages.page(request, "overview_past.html", at=at, past_part=await reading(look))
        except InvalidInputError:
            return pages.page(request, "overview_past.html", 422, at=at, past_part=None)

    @router.get("/")
    @tells(Tells.OWN)
    async def show(request: Request) -> Response:
        at = request.query_params.get("at")
        return await past_page(request, at) if at else await page(request)

    @router.get("/live")
    @tells(Tells.OWN)
    async def follow(request: Request) -> Response:
        seen = parts.of(request)
        return live(seen, partial(part, seen, language_of(request), _base(request)))

    @router.post("/haendelser")
    @tells(Tells.OWN)
    async def report(request: Request) -> Response:
        seen, lists = parts.of(request), await read_lists(request)
        sent = with_several({name: told[-1] for name, told in lists.items()}, lists)
        try:
            check_cpr(sent, parts.clock())
            fields = as_lists(without_anyway(sent), await reading(landscape_if_any, seen))
            done = await seen.desk.report(fields, page_origin(parts, request))
        except SporlogError as error:
            return await page(request, error.status, sent, wrong_form(error, "report", sent, language_of(request)))
        # The overview that the reader goes back to shows the new incident.
        await caught_up(parts, done.position)
        return RedirectResponse(f"/haendelser/{done.incident.reference}?gemt=report", 303)

    return router


def _report_form(seen: WebParts, language: Language, sent: Mapping[str, str] | None, wrong: Wrong | None) -> Form:
    policy = seen.desk.organisation().authority(seen.desk.entity, None).policy
    # Only for one's own: whoever has one has nothing to choose.
    own = sorted(seen.desk.scope.entities) if seen.desk.scope else []
    services = services_offered(seen, language)
    offered = {"entity": tuple(Option(one, one) for one in own), "services": services}
    first = {
        "services": bool(services),
        "impact": policy.impact_urgency,
        "urgency": policy.impact_urgency,
        "entity": len(own) > 1,
    }
    return make_form(
        "report",
        language,
        sent=sent,
        wrong=wrong,
        offered={name: options for name, options in offered.items() if options},
        filled={"entity": seen.desk.entity} if own else {},
        also_first=[name for name, wanted in first.items() if wanted],
    )


def _base(request: Request) -> str | None:
    """The address that alerts are sent below; None for whoever cannot send any."""
    return str(request.base_url).rstrip("/") if isinstance(caller_of(request), House) else None
