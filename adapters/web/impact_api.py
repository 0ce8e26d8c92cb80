"""GET /api/v1/incidents/{ref}/impact: what it hits. GET /api/v1/catalogue/{id}/impact: what if this fails."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from adapters.catalogue.impact_json import incident_impact_object, what_if_object
from adapters.incident.json import incident_object
from adapters.web.answers import json_answer, reading
from adapters.web.as_of import At, Position, as_asked, instant_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.incidents import Ref
from adapters.web.parts import WebParts
from domain.errors import NotFoundError
from handlers.impact import impact_of, what_if

LISTED = 1000
Object = Annotated[str, Path(description="The object's id, or its name as people and tools say it", max_length=300)]


def impact_router(parts: WebParts) -> APIRouter:
    """Reading, now or as of then."""
    router = obeying(prefix="/api/v1", tags=["catalogue"])

    @router.get("/incidents/{ref}/impact", summary="The services that an incident hits, why, and the severity that they give")
    @tells(Tells.OWN)
    async def of_incident(request: Request, ref: Ref, at: At = None, position: Position = None) -> Response:
        seen = parts.of(request)

        def read() -> dict[str, Any]:
            moments = seen.desk.replay(ref, at=instant_asked(at), position=position)
            if not moments:
                raise NotFoundError(f"{ref} was not yet recorded then")
            return incident_impact_object(impact_of(as_asked(seen, at, position).landscape(), moments[-1].after))

        return json_answer(await reading(read))

    @router.get("/catalogue/{object_id}/impact", summary="What if this fails? And what has hit it, and what it stands on")
    @tells(Tells.WHOLE)
    async def if_it_fails(
        request: Request,
        object_id: Object,
        limit: Annotated[int, Query(ge=1, le=LISTED, description="Incidents that are listed; all are counted")] = LISTED,
        at: At = None,
        position: Position = None,
    ) -> Response:
        seen = parts.of(request)

        def read() -> dict[str, Any]:
            then, unseal = as_asked(seen, at, position), seen.desk.history.unseal
            landscape = then.landscape()
            one = landscape.one_named(object_id)
            with then.register() as incidents, then.signals() as alerts:
                found = what_if(landscape, one, incidents, alerts, limit=limit, scope=seen.desk.scope)
            return what_if_object(found, [incident_object(row, unseal) for row in found.incidents.newest])

        return json_answer(await reading(read))

    return router
