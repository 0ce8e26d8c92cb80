"""GET /api/v1/incidents and what is below one incident; GET /api/v1/deadlines."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from adapters.incident.json import incident_object
from adapters.web.answers import csv_answer, json_answer, reading
from adapters.web.as_of import At, Position, as_asked, instant_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.incident_answers import CSV_COLUMNS, csv_row, one_incident, owed_deadline
from adapters.web.parts import LAST_POSITION, WebParts
from adapters.web.timelines import Timelines
from domain.errors import NotFoundError
from domain.incident.state import Status
from projections import deadlines, register

Ref = Annotated[str, Path(description="As people say it: H-2026-0042", max_length=40)]


def incidents_router(parts: WebParts) -> APIRouter:
    """Reading. Lists come from the read models, one incident and its history from the log itself."""
    router = obeying(prefix="/api/v1", tags=["incidents"])
    history, timelines = parts.desk.history, Timelines(parts.desk.history)

    @router.get("/incidents", summary="List incidents, those that owe something first")
    @tells(Tells.OWN)
    async def list_incidents(
        *,
        request: Request,
        open_: Annotated[bool, Query(alias="open", description="Only those that are not closed")] = False,
        status: Annotated[Status | None, Query(description="Only those with this status")] = None,
        after: Annotated[int, Query(ge=0, le=LAST_POSITION, description="Only those that changed after this position")] = 0,
        format_: Annotated[Literal["json", "csv"], Query(alias="format")] = "json",
        at: At = None,
        position: Position = None,
    ) -> Response:
        seen = parts.of(request)
        desk = seen.desk

        def read() -> list[dict[str, Any]]:
            with as_asked(seen, at, position).register() as connection:
                rows = register.incidents(connection, open_only=open_, status=status, since=after, scope=desk.scope)
            return [incident_object(row, desk.history.unseal) for row in rows]

        found = await reading(read)
        return csv_answer(CSV_COLUMNS, map(csv_row, found), "incidents") if format_ == "csv" else json_answer(found)

    @router.get("/incidents/{ref}", summary="One incident as it stands, or as it was known then")
    @tells(Tells.OWN)
    async def show_incident(request: Request, ref: Ref, at: At = None, position: Position = None) -> Response:
        moments = await reading(parts.of(request).desk.replay, ref, at=instant_asked(at), position=position)
        if not moments:
            raise NotFoundError(f"{ref} was not yet recorded then")
        return json_answer(one_incident(moments, parts.clock()))

    @router.get("/incidents/{ref}/events", summary="Its history, step by step, text in clear")
    @tells(Tells.OWN)
    async def list_events(request: Request, ref: Ref, at: At = None, position: Position = None) -> Response:
        instant = instant_asked(at)
        upto = history.position_at(instant) if instant is not None else position
        return Response(await timelines.body(parts.of(request).desk, ref, upto), media_type="application/json")

    @router.get("/deadlines", summary="What is owed over all incidents, earliest first", tags=["deadlines"])
    @tells(Tells.OWN)
    async def list_deadlines(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
        at: At = None,
        position: Position = None,
    ) -> Response:
        seen = parts.of(request)

        def read() -> list[dict[str, Any]]:
            then = as_asked(seen, at, position)
            with then.deadlines() as connection:
                rows = deadlines.next_duties(connection, limit=limit, scope=seen.desk.scope)
            return [owed_deadline(row, then.clock()) for row in rows]

        return json_answer(await reading(read))

    return router
