"""/haendelser/{reference}/brief, to read aloud; /handlingskort, a card for each role."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.organisation.texts import CONTACTS
from adapters.papers.making import brief_of, clock_state, people_da
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.papers import cards_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from domain.roles import ROLES
from handlers.dossier import read_dossier


def paper_pages_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading is from the log itself. What is read aloud and what hangs on the wall is Danish in either language."""
    router = obeying(include_in_schema=False)

    @router.get("/haendelser/{reference}/brief")
    @tells(Tells.OWN)
    async def show_brief(request: Request, reference: str) -> Response:
        dossier, now = await reading(read_dossier, parts.of(request).desk, reference), parts.clock()
        brief = brief_of(dossier, now)
        states = [clock_state(one, now) for one in brief.clocks]
        return pages.page(request, "brief.html", brief=brief, states=states)

    @router.get("/handlingskort")
    @tells(Tells.ENTITY)
    async def show_cards(request: Request) -> Response:
        cards = await reading(cards_of, parts.of(request), None, None)
        return pages.page(
            request,
            "action_cards.html",
            cards=cards,
            roles=ROLES,
            contacts=CONTACTS,
            people=people_da,
        )

    return router
