"""GET /organisation/persondata: the data map, a part for each place."""

from itertools import groupby
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.privacy.map import Entry, data_map
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.language import language_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from domain.time import local


class PlacePart(NamedTuple):
    """A place, what holds for all of it, and its fields."""

    name: str
    seen_by: str
    kept: str
    entries: tuple[Entry, ...]


def privacy_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Made from the models: the same for everybody, it knows no incident."""
    router = obeying(include_in_schema=False)

    @router.get("/organisation/persondata")
    @tells(Tells.COMMON)
    async def show(request: Request) -> Response:
        retention = await reading(parts.of(request).desk.history.retention)
        entries = data_map(retention.on(local(parts.clock()).date()).periods, language_of(request))
        places = [
            PlacePart(*key, tuple(found)) for key, found in groupby(entries, lambda one: (one.place, one.seen_by, one.kept))
        ]
        return pages.page(request, "privacy.html", places=places)

    return router
