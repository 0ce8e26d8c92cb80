"""POST /api/v1/incidents and POST /api/v1/incidents/{ref}/{step}: one operation a step, made from `REQUESTS`."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.answers import json_answer
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts
from adapters.web.problems import correlation_id
from domain.cpr import fields_with_cpr
from domain.events import cloudevents_type
from domain.incident.state import Status
from domain.incident.transitions import BY_STEP, Nature, Transition
from domain.time import local
from handlers.commands import Done
from handlers.requests import REQUESTS, StepRequest

Endpoint = Callable[..., Awaitable[Response]]


class NewEvent(BaseModel):
    """An event that the step recorded."""

    id: str
    position: int
    type: str


class Warned(BaseModel):
    """What a person should look at again. It was recorded all the same: a fact is never refused."""

    code: str
    fields: list[str]
    detail: str


class StepTaken(BaseModel):
    """The step is durable. `version` is what `expected_version` of the next step refers to."""

    ref: str
    id: UUID
    status: Status
    version: int
    position: int
    events: list[NewEvent]
    warnings: list[Warned]


def steps_router(parts: WebParts) -> APIRouter:
    """Everything that people do to incidents."""
    router = obeying(prefix="/api/v1", tags=["steps"])
    for step, model in REQUESTS.items():
        transition = BY_STEP[step]
        report = step == "report"
        router.add_api_route(
            "/incidents" if report else f"/incidents/{{ref}}/{step}",
            _report(parts, model) if report else _take(parts, step, model),
            methods=["POST"],
            operation_id=step,
            status_code=201 if report else 200,
            response_model=StepTaken,
            summary=transition.english,
            description=_description(transition),
            responses={code: {"description": text, "content": PROBLEM} for code, text in REFUSALS.items()},
        )
    return router


PROBLEM: dict[str, Any] = {"application/problem+json": {"schema": {"type": "object"}}}
REFUSALS: dict[int | str, str] = {
    409: "Refused; the code names what is missing. Nothing was written",
    412: "Somebody else wrote first: the incident's version is not `expected_version`",
    422: "Fields are missing, unknown or unreadable; `errors` names each",
    503: "The store takes nothing now; nothing was written, send it again",
}


def _report(parts: WebParts, model: type[StepRequest]) -> Endpoint:
    @tells(Tells.OWN)
    async def report(body: model, request: Request) -> Response:  # type: ignore[valid-type]
        own = parts.of(request)
        done = await own.desk.report(_told(body), own.origin("api", correlation_id(request)))
        return json_answer(
            taken_json(done, cpr_warnings(own, body)), 201, {"Location": f"/api/v1/incidents/{done.incident.reference}"}
        )

    return report


def _take(parts: WebParts, step: str, model: type[StepRequest]) -> Endpoint:
    @tells(Tells.OWN)
    async def take(ref: Annotated[str, Path(max_length=40)], body: model, request: Request) -> Response:  # type: ignore[valid-type]
        own = parts.of(request)
        done = await own.desk.take_step(ref, step, _told(body), own.origin("api", correlation_id(request)))
        return json_answer(taken_json(done, cpr_warnings(own, body)))

    return take


def _told(body: BaseModel) -> dict[str, Any]:
    return {name: getattr(body, name) for name in body.model_fields_set}


def _description(transition: Transition) -> str:
    what = "a fact: always recorded, with its deviations" if transition.nature is Nature.FACT else "an act: refused by name"
    meaning = " ".join((transition.event.__doc__ or "").split())
    return f"{meaning}\n\n{transition.danish} ({transition.paragraph}, spor {transition.track.value}). This is {what}."


def cpr_warnings(parts: WebParts, body: BaseModel) -> list[dict[str, Any]]:
    """See `Warned`."""
    fields = fields_with_cpr(_told(body), local(parts.clock()).date())
    detail = f"{', '.join(fields)}: reads as a CPR number, and is recorded: personal numbers belong in the case system"
    return [{"code": "cpr-written", "fields": list(fields), "detail": detail}] if fields else []


def taken_json(done: Done, warnings: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """See `StepTaken`."""
    incident, count = done.incident, len(done.events)
    events = [
        {
            "id": f"{incident.id}/{incident.version - count + number}",
            "position": done.position - count + number,
            "type": cloudevents_type(event.TOPIC),
        }
        for number, event in enumerate(done.events, start=1)
    ]
    shown = {"ref": incident.reference, "id": incident.id, "status": incident.status, "version": incident.version}
    return {**shown, "position": done.position, "events": events, "warnings": warnings}
