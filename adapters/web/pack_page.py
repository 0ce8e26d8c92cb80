"""/noedpakke: the newest emergency pack, what is in it, a new one now, and its release."""

from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.pack.releasing import release_pack
from adapters.pack.room import HousePacks
from adapters.pack.shelf import LATEST, DriveMissingError, State
from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_form
from domain.events import Recorded
from domain.pack import PackReleased
from handlers.packs import releases_of

SHOWN = 20


class Given(NamedTuple):
    """Who got a pack, and why."""

    recorded: Recorded
    event: PackReleased


def pack_router(parts: WebParts, pages: Pages) -> APIRouter:
    """The pack tells of every entity: for whoever may read all. Nothing here needs JavaScript."""
    router = obeying(prefix="/noedpakke", include_in_schema=False)

    @router.get("")
    @tells(Tells.WHOLE)
    async def show(request: Request) -> Response:
        packs, history = parts.of(request).packs, parts.desk.history
        state: State | None = await reading(packs.state, parts.clock()) if packs else None
        given = [Given(*one) for one in (await reading(releases_of, history))[:SHOWN]]
        done = request.query_params.get("gjort")
        return pages.page(request, "pack.html", state=state, given=given, done=done)

    @router.post("/lav")
    @tells(Tells.WHOLE)
    async def make(request: Request) -> Response:
        seen = parts.of(request)
        await _packs(seen).make_for(seen.desk, page_origin(parts, request))
        return RedirectResponse("/noedpakke?gjort=lavet", 303)

    @router.post("/frigiv")
    @tells(Tells.WHOLE)
    async def release(request: Request) -> Response:
        seen, sent = parts.of(request), await read_form(request)
        kept = await reading(_packs(seen).shelf.named, sent.get("pack", LATEST))
        await release_pack(seen.desk, kept, sent.get("recipient"), sent.get("reason"), page_origin(parts, request))
        return RedirectResponse("/noedpakke?gjort=frigivet", 303)

    return router


def _packs(parts: WebParts) -> HousePacks:
    if parts.packs is None:
        raise DriveMissingError("no drive is set up for emergency packs: set SPORLOG_PACK_DIR, and start again")
    return parts.packs
