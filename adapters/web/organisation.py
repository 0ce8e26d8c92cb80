"""GET and PUT /api/v1/organisation: all that is on record, in the shape of `Configuration`; and what it lacks."""

from functools import partial

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from adapters.organisation.json import changed_object, organisation_object, warning_objects
from adapters.web.answers import json_answer, reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts
from adapters.web.problems import correlation_id
from adapters.web.steps import PROBLEM, NewEvent
from domain.organisation.configuration import Configuration
from domain.organisation.warnings import warnings
from handlers.organisation import configure

REFUSALS: dict[int | str, str] = {
    409: "Refused; the code names why, such as a prefix that is taken. Nothing was written",
    412: "Somebody else wrote first: the organisation is no longer at `version`",
    422: "Something is missing, unknown, unreadable or cannot be meant. Nothing was written",
    503: "The store takes nothing now; nothing was written, send it again",
}


class OrganisationEventTold(NewEvent):
    """An event that the change recorded, also in words."""

    danish: str
    english: str


class OrganisationChanged(BaseModel):
    """The change is durable. `version` is what the next one refers to; without a difference there are no events."""

    version: int
    position: int
    events: list[OrganisationEventTold]


class WarningTold(BaseModel):
    """What is missing. `key` stays the same while it is."""

    key: str
    danish: str
    english: str


def organisation_router(parts: WebParts) -> APIRouter:
    """Reading and changing the organisation as a whole."""
    router = obeying(prefix="/api/v1/organisation", tags=["organisation"])

    @router.get("", summary="The organisation as it stands", response_model=Configuration)
    @tells(Tells.ENTITY)
    async def show_organisation(request: Request) -> Response:
        return json_answer(organisation_object(await reading(parts.of(request).desk.organisation)))

    @router.put(
        "",
        summary="Make the organisation what is sent: one event for each difference, all or none",
        response_model=OrganisationChanged,
        responses={code: {"description": text, "content": PROBLEM} for code, text in REFUSALS.items()},
    )
    @tells(Tells.HOUSE)
    async def set_organisation(body: Configuration, request: Request) -> Response:
        origin = parts.origin("api", correlation_id(request))
        done = await parts.desk.committer.submit(partial(configure, wanted=body, origin=origin))
        return json_answer(changed_object(done))

    @router.get(
        "/warnings", summary="What the organisation lacks; nobody is kept from acting", response_model=list[WarningTold]
    )
    @tells(Tells.ENTITY)
    async def list_warnings(request: Request) -> Response:
        organisation = await reading(parts.of(request).desk.organisation)
        return json_answer(warning_objects(warnings(organisation, now=parts.clock())))

    return router
