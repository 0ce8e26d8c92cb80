"""/katalog: what the municipality's services stand on, as a list and object by object."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.catalogue_hits import Walks
from adapters.web.catalogue_list import asked_of, read_list
from adapters.web.catalogue_view import read_object
from adapters.web.language import language_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.texts import TEXTS
from domain.catalogue.errors import UnknownObjectError


def catalogue_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading; nothing here needs JavaScript. The whole landscape belongs to no entity: who may read all of them reads it."""
    router, walks = obeying(prefix="/katalog", include_in_schema=False), Walks()

    @router.get("")
    @tells(Tells.WHOLE)
    async def show_list(request: Request) -> Response:
        view = await reading(read_list, parts.of(request), asked_of(request.query_params), walks, language_of(request))
        return pages.page(request, "catalogue.html", view=view)

    @router.get("/{object_id}")
    @tells(Tells.WHOLE)
    async def show(request: Request, object_id: str) -> Response:
        at = request.query_params.get("at")
        # The past has a landscape of its own: its walks would push out those of now.
        kept = Walks() if at else walks
        view = await reading(read_object, parts.of(request), id_of(object_id), kept, language_of(request), at=at)
        saved = request.query_params.get("gemt", "")
        return pages.page(request, "catalogue_object.html", view=view, saved=saved if f"act.{saved}" in TEXTS else None)

    return router


def id_of(told: str) -> UUID:
    """The id in an address. Raises `UnknownObjectError` for what is none."""
    try:
        return UUID(told)
    except ValueError:
        raise UnknownObjectError(f"{told!r} is no id of an object: look for it in the list") from None
