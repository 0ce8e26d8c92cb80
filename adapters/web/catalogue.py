"""/api/v1/catalogue: what the catalogue holds, as it stands or stood; one operation an act; the board's list."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from adapters.catalogue.json import changed_object, class_object, critical_object, history_objects, object_json
from adapters.web.answers import json_answer, reading
from adapters.web.as_of import At, Position, as_asked, instant_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts
from adapters.web.problems import correlation_id
from adapters.web.steps import PROBLEM, NewEvent, Warned, cpr_warnings
from domain.catalogue.board import critical_list
from domain.catalogue.classes import ServiceClass
from domain.catalogue.errors import UnknownObjectError
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie
from domain.incident.events import Name, Text
from handlers.catalogue import Changed
from handlers.catalogue_desk import act_on, approve_critical, history_of, object_of
from handlers.catalogue_requests import ACTS, CATALOGUE_REQUESTS
from handlers.requests import StepRequest
from projections import catalogue

Id = Annotated[UUID, Path(description="The object's id")]
Endpoint = Callable[..., Awaitable[Response]]
ON_ONE = {
    "retire": "retire",
    "reinstate": "reinstate",
    "tie": "ties",
    "propose-class": "class",
    "approve-class": "class/approve",
    "reject-class": "class/reject",
}
"""Act to the end of its address."""
SUMMARIES = {
    "register": "Register an object; told again as it is, it changes nothing",
    "change": "Replace what is known of an object: its kind stays, a plan keeps its file",
    "retire": "Take it out of use: its history stays",
    "reinstate": "Take it into use again",
    "tie": "Tie it to another object, named or by id; the same tie told again replaces what was said of it",
    "propose-class": "Propose a service's class, with the reason",
    "approve-class": "Approve the class that waits: somebody else than its proposer, where the policy asks for four eyes",
    "reject-class": "Reject the class that waits",
}
REFUSALS: dict[int | str, dict[str, Any]] = {
    code: {"description": text, "content": PROBLEM}
    for code, text in {
        404: "The catalogue holds no such object",
        409: "Refused; the code names why, such as an object that is out of use. Nothing was written",
        412: "Somebody else wrote first: the object's version is not `expected_version`, or the list is not what was seen",
        422: "Fields are missing, unknown or unreadable; `errors` names each",
        503: "The store takes nothing now; nothing was written, send it again",
    }.items()
}


class CatalogueEventTold(NewEvent):
    """An event that the act recorded, also in words."""

    danish: str
    english: str


class CatalogueChanged(BaseModel):
    """The act is durable. `version` is what `expected_version` of the next one refers to; nothing to change: no events."""

    id: UUID
    kind: Kind
    name: str
    version: int
    position: int
    events: list[CatalogueEventTold]
    warnings: list[Warned]


class ListApproval(BaseModel):
    """The approval is durable."""

    number: int
    position: int
    list_sha256: str


def catalogue_router(parts: WebParts) -> APIRouter:
    """Reading is for whoever may read of every entity: the landscape belongs to none. Writing is the house's."""
    router = obeying(prefix="/api/v1/catalogue", tags=["catalogue"])
    _add_reading(router, parts)
    _add_board(router, parts)
    _add_reading_one(router, parts)
    for act, (method, path) in {
        "register": ("POST", ""),
        "change": ("PUT", "/{object_id}"),
        **{act: ("POST", f"/{{object_id}}/{end}") for act, end in ON_ONE.items()},
    }.items():
        router.add_api_route(
            path,
            _register(parts) if act == "register" else _act(parts, act),
            methods=[method],
            operation_id=f"catalogue-{act}",
            status_code=201 if act == "register" else 200,
            response_model=CatalogueChanged,
            summary=SUMMARIES[act],
            description=" ".join((ACTS[act].__doc__ or "").split()),
            responses=REFUSALS,
        )
    _add_untying(router, parts)
    return router


def _add_reading(router: APIRouter, parts: WebParts) -> None:
    @router.get("", summary="What the catalogue holds: facts, class and ties, without texts")
    @tells(Tells.WHOLE)
    async def list_objects(
        *,
        request: Request,
        kind: Annotated[list[Kind] | None, Query(description="Only of these kinds")] = None,
        service_class: Annotated[ServiceClass | None, Query(alias="class", description="Only services of this class")] = None,
        administration: Annotated[Name | None, Query(description="Only this administration's")] = None,
        name: Annotated[Name | None, Query(description="Only what has this name or alias")] = None,
        retired: Annotated[bool, Query(description="Also what is out of use")] = False,
        at: At = None,
        position: Position = None,
    ) -> Response:
        own = parts.of(request)

        def read() -> list[dict[str, Any]]:
            then = as_asked(own, at, position)
            with then.catalogue() as connection:
                rows = catalogue.objects(connection, *(kind or ()), retired=retired)
                seen = catalogue.landscape(connection)
            wanted = {"service_class": service_class, "administration": administration}
            told = {column: value for column, value in wanted.items() if value is not None}
            called = seen.nodes.keys() if name is None else seen.named(name)
            return [object_json(row, seen) for row in rows if told.items() <= row.items() and row["id"] in called]

        return json_answer(await reading(read))


def _add_reading_one(router: APIRouter, parts: WebParts) -> None:
    @router.get("/{object_id}", summary="One object with its texts, its class and why, its ties both ways", responses=_of(404))
    @tells(Tells.WHOLE)
    async def show_object(request: Request, object_id: Id, at: At = None, position: Position = None) -> Response:
        own = parts.of(request)

        def read() -> dict[str, Any]:
            with as_asked(own, at, position).catalogue() as connection:
                row, seen = catalogue.object_row(connection, object_id), catalogue.landscape(connection)
                upto = catalogue.position(connection)
            if row is None:
                raise UnknownObjectError(f"the catalogue holds no object {object_id}")
            known = object_of(own.desk.history, object_id, upto=upto)
            texts = {"description": known.description, "contact": known.contact}
            return {**object_json(row, seen, texts), **class_object(known)}

        return json_answer(await reading(read))

    @router.get("/{object_id}/history", summary="What changed it, when, who and why, in order", responses=_of(404))
    @tells(Tells.WHOLE)
    async def list_history(request: Request, object_id: Id, at: At = None, position: Position = None) -> Response:
        own = parts.of(request)

        def read() -> list[dict[str, Any]]:
            history, instant = own.desk.history, instant_asked(at)
            upto = history.position_at(instant) if instant is not None else position
            events, seen = history_of(history, object_id, upto=upto), own.landscape()
            if not events:
                raise UnknownObjectError(f"the catalogue holds no object {object_id}")
            return history_objects(events, lambda other: seen.nodes[other].name if other in seen.nodes else str(other))

        return json_answer(await reading(read))


def _add_board(router: APIRouter, parts: WebParts) -> None:
    model: type[StepRequest] = CATALOGUE_REQUESTS["approve-list"]

    @router.get("/critical", summary="The services critical to society, and how they differ from the list approved last")
    @tells(Tells.WHOLE)
    async def show_critical(request: Request, at: At = None, position: Position = None) -> Response:
        own = parts.of(request)

        def read() -> dict[str, Any]:
            with as_asked(own, at, position).catalogue() as connection:
                listed = critical_list(catalogue.landscape(connection).nodes.values())
                return critical_object(listed, catalogue.approvals(connection))

        return json_answer(await reading(read))

    @router.post(
        "/critical/approve",
        summary="Record that the executive board approved the list that bears this hash",
        operation_id="catalogue-approve-list",
        response_model=ListApproval,
        responses=REFUSALS,
    )
    @tells(Tells.HOUSE)
    async def approve(body: model, request: Request) -> Response:  # type: ignore[valid-type]
        own = parts.of(request)
        origin = own.origin("api", correlation_id(request))
        done, position = await approve_critical(own.desk, _told(body), origin, own.catalogue)
        return json_answer({"number": done.number, "position": position, "list_sha256": done.list_sha256})


def _register(parts: WebParts) -> Endpoint:
    model = CATALOGUE_REQUESTS["register"]

    @tells(Tells.HOUSE)
    async def register(body: model, request: Request) -> Response:  # type: ignore[valid-type]
        done, answer = await _taken(parts, request, "register", body, None)
        location = {"Location": f"/api/v1/catalogue/{done.object.id}"}
        return json_answer(answer, 201 if done.events else 200, location)

    return register


def _act(parts: WebParts, act: str) -> Endpoint:
    model = CATALOGUE_REQUESTS[act]

    @tells(Tells.HOUSE)
    async def take(object_id: Id, body: model, request: Request) -> Response:  # type: ignore[valid-type]
        _, answer = await _taken(parts, request, act, body, object_id)
        return json_answer(answer)

    return take


def _add_untying(router: APIRouter, parts: WebParts) -> None:
    @router.delete(
        "/{object_id}/ties/{tie}/{to}",
        summary="Untie it from another object",
        operation_id="catalogue-untie",
        response_model=CatalogueChanged,
        responses=REFUSALS,
    )
    @tells(Tells.HOUSE)
    async def untie(
        request: Request,
        object_id: Id,
        tie: Annotated[Tie, Path(description="Which tie")],
        to: Annotated[UUID, Path(description="The other object's id")],
        *,
        reason: Annotated[Text | None, Query(description="Why")] = None,
        actor: Annotated[Name | None, Query(description="Opaque id of who acts")] = None,
    ) -> Response:
        body = CATALOGUE_REQUESTS["untie"].model_validate({"tie": tie, "to": to, "reason": reason, "actor": actor})
        _, answer = await _taken(parts, request, "untie", body, object_id)
        return json_answer(answer)


async def _taken(
    parts: WebParts, request: Request, act: str, body: BaseModel, object_id: UUID | None
) -> tuple[Changed, dict[str, Any]]:
    own = parts.of(request)
    origin = own.origin("api", correlation_id(request))
    seen = await reading(own.landscape)
    done = await act_on(own.desk, act, _told(body), origin, seen=seen, object_id=object_id)
    # Durable by now; whoever asks next is shown it, too, if the tables are quick enough.
    await own.wait_for(done.position)
    return done, {**changed_object(done), "warnings": cpr_warnings(own, body)}


def _told(body: BaseModel) -> dict[str, Any]:
    return {name: getattr(body, name) for name in body.model_fields_set}


def _of(*codes: int) -> dict[int | str, dict[str, Any]]:
    return {code: REFUSALS[code] for code in codes}
