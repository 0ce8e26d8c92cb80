"""/haendelser/{reference}/bevis: a file in from the incident's page, and out again. Both work without JavaScript."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web.acting import page_origin
from adapters.web.caller import Tells, obeying, tells
from adapters.web.evidence import file_answer
from adapters.web.live import caught_up
from adapters.web.parts import LAST_POSITION, WebParts
from adapters.web.uploads import read_form_file
from handlers.evidence import Sending, attach, give_out


def evidence_page_router(parts: WebParts) -> APIRouter:
    """For people; machines use the API."""
    router = obeying(prefix="/haendelser", include_in_schema=False)

    @router.post("/{reference}/bevis")
    @tells(Tells.OWN)
    async def keep(request: Request, reference: str) -> Response:
        own = parts.of(request)
        # Before the form is read: an incident that may not be seen answers as one that does not exist.
        own.desk.find(reference)
        form = await read_form_file(request)
        sending = Sending({"name": form.name, **form.fields}, claimed_type=form.claimed_type)
        done = await attach(own.desk, own.evidence, reference, sending, form.content, origin=page_origin(parts, request))
        await caught_up(parts, done.position)
        return RedirectResponse(f"/haendelser/{done.incident.reference}?gemt=evidence#bevis", 303)

    @router.get("/{reference}/bevis/{number}")
    @tells(Tells.OWN)
    async def fetch(
        request: Request, reference: str, number: Annotated[int, Path(ge=1, le=LAST_POSITION)], infected: str = ""
    ) -> Response:
        own, origin = parts.of(request), page_origin(parts, request)
        found, content = await give_out(own.desk, own.evidence, reference, number, origin, despite_infection=infected == "ja")
        return file_answer(reference, found, content)

    return router
