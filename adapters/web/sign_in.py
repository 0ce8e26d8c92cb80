"""Signing in by pasting the token, and signing out."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web.auth import COOKIE, Doorkeeper, local_path
from adapters.web.caller import Tells, obeying, tells
from adapters.web.rendering import UNAUTHORIZED, Pages
from adapters.web.sent_form import read_form


def sign_in_router(doorkeeper: Doorkeeper, pages: Pages) -> APIRouter:
    """For browsers; machines send the token as Bearer."""
    router = obeying(include_in_schema=False)

    @router.get("/log-ind")
    @tells(Tells.COMMON)
    async def ask(request: Request) -> Response:
        return pages.page(request, "sign_in.html", wrong=False, to="/")

    @router.post("/log-ind")
    @tells(Tells.COMMON)
    async def sign_in(request: Request) -> Response:
        sent = await read_form(request)
        to = local_path(sent.get("to", "/"))
        if caller := doorkeeper.recognise(sent.get("token", "")):
            return doorkeeper.admit(caller, request, to)
        return pages.page(request, "sign_in.html", UNAUTHORIZED, wrong=True, to=to)

    @router.post("/log-ud")
    @tells(Tells.COMMON)
    async def sign_out() -> Response:
        response = RedirectResponse("/log-ind", 303)
        response.delete_cookie(COOKIE)
        return response

    return router
