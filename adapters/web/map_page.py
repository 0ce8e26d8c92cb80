"""/katalog/{id}/kort and /katalog/kort: what stands on what as a picture and as a table, now or as it was."""

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from adapters.maps.making import FARTHEST, NothingToDrawError, svg_of
from adapters.maps.table import COLUMNS, rows_of
from adapters.maps.words import TEXTS
from adapters.web.answers import reading
from adapters.web.as_of import instant_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.catalogue_page import id_of
from adapters.web.language import language_of
from adapters.web.maps import Wanted, read_map
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from domain.errors import InvalidInputError

DEPTHS = tuple(str(depth) for depth in range(1, FARTHEST + 1))


def map_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading; nothing here needs JavaScript. Include it before the page of one object."""
    router = obeying(prefix="/katalog", include_in_schema=False)

    async def shown(request: Request, one: UUID | None) -> Response:
        asked, language = {name: request.query_params.get(name, "") for name in ("depth", "at")}, language_of(request)
        seen, wrong, found = parts.of(request), False, None
        with suppress(NothingToDrawError):
            try:
                found = await reading(read_map, seen, _wanted(one, asked), language)
            except InvalidInputError:
                wrong, found = True, await reading(read_map, seen, Wanted(one), language)
        query = "" if wrong else urlencode({name: value for name, value in asked.items() if value})
        return pages.page(
            request,
            "map.html",
            422 if wrong else 200,
            map=found,
            table=TEXTS["table"].to(language),
            one=one,
            svg=found and Markup(svg_of(found, href=lambda to: f"/katalog/{to}")),  # noqa: S704 - all text in it is escaped
            rows=rows_of(found) if found else [],
            columns=[TEXTS[key].to(language) for key in COLUMNS],
            asked=asked,
            depths=DEPTHS,
            wrong=wrong,
            stood=None if wrong else instant_asked(asked["at"]),
            file=f"/api/v1/catalogue/{one or 'critical'}/map",
            query=f"?{query}" if query else "",
        )

    @router.get("/kort")
    @tells(Tells.WHOLE)
    async def show_critical(request: Request) -> Response:
        return await shown(request, None)

    @router.get("/{object_id}/kort")
    @tells(Tells.WHOLE)
    async def show(request: Request, object_id: str) -> Response:
        return await shown(request, id_of(object_id))

    return router


def _wanted(one: UUID | None, asked: Mapping[str, str]) -> Wanted:
    if asked["depth"] not in ("", *DEPTHS):
        raise InvalidInputError(f"depth: {asked['depth']!r} is none of {', '.join(DEPTHS)}")
    return Wanted(one, int(asked["depth"]) if asked["depth"] else None, asked["at"] or None)
