"""GET /api/v1/catalogue/{id}/map.svg and map.pdf, and of all critical services: what stands on what as a picture."""

from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from adapters.maps.incidents import open_incidents
from adapters.maps.making import FARTHEST, Map, map_of, svg_of
from adapters.maps.paper import map_pdf, map_stamp
from adapters.web.answers import reading
from adapters.web.as_of import At, Position, as_asked, instant_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.language import language_of
from adapters.web.papers import pdf_answer
from adapters.web.parts import WebParts
from adapters.words.wording import Language
from domain.catalogue.errors import UnknownObjectError

Depth = Annotated[
    int | None, Query(ge=1, le=FARTHEST, description="How many steps out from the object; all of them without it")
]
_SVG = {"description": "The picture, with title, description and legend", "content": {"image/svg+xml": {}}}
_PDF = {"description": "PDF/UA-1: the picture and its table", "content": {"application/pdf": {}}}


class Wanted(NamedTuple):
    """Which map: of an object, or of all services critical to society; as of when."""

    one: UUID | None
    depth: int | None = None
    at: str | None = None
    position: int | None = None


def maps_router(parts: WebParts) -> APIRouter:
    """Reading. In the caller's language; exercises are marked as such."""
    router = obeying(prefix="/api/v1/catalogue", tags=["catalogue"])

    @router.get("/critical/map.svg", summary="A map of the services critical to society", responses={200: _SVG})
    @tells(Tells.WHOLE)
    async def draw_critical(request: Request, at: At = None, position: Position = None) -> Response:
        return await reading(_svg, parts.of(request), Wanted(None, None, at, position), language_of(request))

    @router.get("/critical/map.pdf", summary="The same on paper", responses={200: _PDF})
    @tells(Tells.WHOLE)
    async def print_critical(request: Request, at: At = None, position: Position = None) -> Response:
        return await reading(_pdf, parts.of(request), Wanted(None, None, at, position), language_of(request))

    @router.get(
        "/{object_id}/map.svg", summary="A map of what an object stands on, and of what stands on it", responses={200: _SVG}
    )
    @tells(Tells.WHOLE)
    async def draw(
        request: Request, object_id: UUID, depth: Depth = None, at: At = None, position: Position = None
    ) -> Response:
        return await reading(_svg, parts.of(request), Wanted(object_id, depth, at, position), language_of(request))

    @router.get("/{object_id}/map.pdf", summary="The same on paper", responses={200: _PDF})
    @tells(Tells.WHOLE)
    async def print_(
        request: Request, object_id: UUID, depth: Depth = None, at: At = None, position: Position = None
    ) -> Response:
        return await reading(_pdf, parts.of(request), Wanted(object_id, depth, at, position), language_of(request))

    return router


def read_map(parts: WebParts, wanted: Wanted, language: Language) -> Map:
    """Reads catalogue and register; call it beside the event loop.

    Raises `UnknownObjectError`, `NothingToDrawError`, `InvalidInputError` for a time that is none, `UnavailableError`.
    """
    then = as_asked(parts, wanted.at, wanted.position)
    landscape = then.landscape()
    if wanted.one is not None and wanted.one not in landscape.nodes:
        raise UnknownObjectError(f"the catalogue holds no object {wanted.one}: look for it in the list")
    with then.register() as connection:
        incidents = open_incidents(connection, parts.desk.scope)
    return map_of(landscape, wanted.one, incidents, language, depth=wanted.depth)


def _svg(parts: WebParts, wanted: Wanted, language: Language) -> Response:
    headers = {"Content-Disposition": 'inline; filename="map.svg"'}
    return Response(svg_of(read_map(parts, wanted, language)), headers=headers, media_type="image/svg+xml")


def _pdf(parts: WebParts, wanted: Wanted, language: Language) -> Response:
    history, instant = parts.desk.history, instant_asked(wanted.at)
    head = history.head()
    position = history.position_at(instant) if instant else head if wanted.position is None else min(wanted.position, head)
    now = as_asked(parts, wanted.at, wanted.position).clock()
    return pdf_answer(map_pdf(read_map(parts, wanted, language), map_stamp(parts.desk, position, now)), "map")
