"""Signals for people, over HTTP: what waits, and decisions on it. `handlers/triage.py` says how each decision is undone."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from adapters.connecting.signal_json import told_object, waiting_object
from adapters.web.answers import json_answer, reading
from adapters.web.as_of import At, Position, as_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts
from adapters.web.problems import correlation_id
from adapters.web.steps import PROBLEM
from domain.errors import InvalidInputError
from domain.signals import MAX_PER_EVENT
from handlers.signal_desk import SignalDesk
from handlers.triage import Choice, Decided
from projections import signals

MOST = 1000
REFUSALS: dict[int | str, str] = {
    404: "There is no such incident, or the source never sent such a signal. Nothing was written",
    409: "Refused; the code names why, such as an incident that is closed. Nothing was written",
    422: "Something is missing or cannot be meant. Nothing was written",
    503: "The store takes nothing now; nothing was written, send it again",
}
Verb = Literal["attach", "detach", "dismiss", "reopen", "open"]


class DecisionRequest(BaseModel):
    """Which signals, and why. `ref` is the incident to attach to or detach from; `fields` those of the report, to open one."""

    model_config = ConfigDict(extra="forbid")

    source: str
    ids: Annotated[list[str], Field(min_length=1, max_length=MAX_PER_EVENT)]
    ref: str | None = None
    reason: Annotated[str | None, Field(max_length=2000)] = None
    fields: dict[str, Any] = Field(default_factory=dict)


def signals_router(parts: WebParts) -> APIRouter:
    """Reading and deciding."""
    router = obeying(prefix="/api/v1/signals", tags=["signals"])

    @router.get("/waiting", summary="What waits for a person, oldest first; `after` is the last `position` that was seen")
    @tells(Tells.WHOLE)
    async def list_waiting(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
        after: Annotated[int, Query(ge=0, lt=2**63)] = 0,
        at: At = None,
        position: Position = None,
    ) -> Response:
        seen = parts.of(request)

        def look() -> list[dict[str, Any]]:
            with as_asked(seen, at, position).signals() as connection:
                rows = signals.waiting(connection, limit, after)
            return [waiting_object(row, seen.desk.history.payload(row["payload_sha256"])) for row in rows]

        return json_answer(await reading(look))

    @router.get("/{source}/{event_id:path}", summary="One signal as the log recorded it first, with what its tool said")
    @tells(Tells.WHOLE)
    async def show(request: Request, source: str, event_id: str) -> Response:
        (told,) = await SignalDesk(parts.of(request).desk).told(Choice(source, (event_id,)))
        return json_answer(told_object(told))

    @router.post(
        "/{verb}",
        summary="Decide: attach to an incident or detach, dismiss or let wait again, open an incident",
        responses={code: {"description": text, "content": PROBLEM} for code, text in REFUSALS.items()},
    )
    @tells(Tells.WHOLE)
    async def decide(verb: Verb, body: DecisionRequest, request: Request) -> Response:
        seen = parts.of(request)
        done = await take_decision(SignalDesk(seen.desk), verb, body, seen.origin("api", correlation_id(request)))
        reference = done.incident.reference if done.incident else None
        return json_answer({"ref": reference, "position": done.position}, 201 if verb == "open" else 200)

    return router


async def take_decision(desk: SignalDesk, verb: Verb, body: DecisionRequest, origin: Any) -> Decided:  # noqa: ANN401 - Origin
    """The decision that was asked for."""
    choice = Choice(body.source, tuple(body.ids))
    match verb:
        case "open":
            return await desk.open(choice, body.fields, origin)
        case "dismiss":
            return await desk.dismiss(choice, origin, body.reason)
        case "reopen":
            return await desk.reopen(choice, origin, body.reason)
        case "attach" | "detach":
            if not body.ref:
                msg = "ref: name the incident, as H-2026-0042"
                raise InvalidInputError(msg)
            act = desk.attach if verb == "attach" else desk.detach
            return await act(body.ref, choice, origin, body.reason)
