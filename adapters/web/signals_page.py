"""GET /alarmer: what waits for a person, and the sources; GET /haendelser/{ref}/alarmer: what an incident holds."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.connecting.source_list import source_objects
from adapters.incident.json import title_of
from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.as_of import as_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_form
from adapters.web.signals import DecisionRequest, Verb, take_decision
from adapters.words.error_texts import error_words
from domain.errors import InvalidInputError, SporlogError
from domain.incident.events import AttachedSignal
from domain.intake.state import IntakeSetup
from domain.signals import SignalKind
from handlers.history import Payload
from handlers.signal_desk import SignalDesk
from projections import register, signals
from projections.rows import Row

SHOWN = 50
ID_SHOWN = 300
RAW_SHOWN = 2000
"""Bytes of an unreadable body that the page shows."""


class Held(NamedTuple):
    """A signal that an incident holds, with its text."""

    signal: AttachedSignal
    payload: Payload | None


class Waiting(NamedTuple):
    """A signal that waits, with its text; `raw` is the beginning of what nobody could read."""

    row: Row
    payload: Payload | None
    raw: str


def signals_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Nothing here needs JavaScript."""
    router = obeying(include_in_schema=False)

    async def all_page(request: Request, status: int = 200, wrong: str | None = None) -> Response:
        done = {name: request.query_params.get(name, "")[:ID_SHOWN] for name in ("gemt", "source", "id")}
        base = str(request.base_url).rstrip("/")
        at, seen = request.query_params.get("at", ""), parts.of(request)
        try:
            shown = await reading(_waiting, seen, at)
        except InvalidInputError:
            status, shown = 422, {**await reading(_waiting, seen, ""), "at": at, "no_time": True}
        return pages.page(request, "signals.html", status, wrong=wrong, done=done, base=base, **shown)

    async def held_page(request: Request, reference: str, status: int = 200, wrong: str | None = None) -> Response:
        desk = SignalDesk(parts.of(request).desk)
        held, done = await reading(_held, desk, reference), request.query_params.get("gemt", "")
        return pages.page(request, "incident_signals.html", status, reference=reference, held=held, wrong=wrong, done=done)

    @router.get("/alarmer")
    @tells(Tells.WHOLE)
    async def show(request: Request) -> Response:
        return await all_page(request)

    @router.get("/haendelser/{reference}/alarmer")
    @tells(Tells.OWN)
    async def show_held(request: Request, reference: str) -> Response:
        return await held_page(request, reference)

    @router.post("/alarmer/{verb}")
    @tells(Tells.WHOLE)
    async def decide(request: Request, verb: Verb) -> Response:
        seen, sent = parts.of(request), await read_form(request)
        source, event_id, back = sent.get("source", ""), sent.get("id", ""), sent.get("back")
        body = DecisionRequest(source=source, ids=[event_id], ref=sent.get("ref"), reason=sent.get("reason"))
        try:
            done = await take_decision(SignalDesk(seen.desk), verb, body, page_origin(seen, request))
        except SporlogError as error:
            wrong = error_words(error.code, error.status).to(language_of(request))
            return await (held_page(request, back, error.status, wrong) if back else all_page(request, error.status, wrong))
        await caught_up(parts, done.position)
        if verb == "open" and done.incident:
            return RedirectResponse(f"/haendelser/{done.incident.reference}?gemt=report", 303)
        if back and done.incident:
            return RedirectResponse(f"/haendelser/{done.incident.reference}/alarmer?gemt={verb}", 303)
        return RedirectResponse("/alarmer?" + urlencode({"gemt": verb, "source": source, "id": event_id}), 303)

    return router


def _waiting(seen: WebParts, at: str) -> dict[str, Any]:
    parts = as_asked(seen, at, None)
    with parts.signals() as connection:
        rows, total = signals.waiting(connection, SHOWN), signals.waiting_count(connection)
        heard = signals.sources(connection)
    with parts.register() as connection:
        incidents = register.incidents(connection, open_only=True, limit=SHOWN)
    return {
        "waiting": [_one(row, parts.desk.history.payload(row["payload_sha256"])) for row in rows],
        "total": total,
        "at": at,
        "no_time": False,
        "sources": source_objects(IntakeSetup() if at else parts.desk.history.intake_setup(), heard, parts.clock()),
        "choices": [(row["reference"], title_of(row, parts.desk.history.unseal)) for row in incidents],
    }


def _one(row: Row, payload: Payload | None) -> Waiting:
    unread = payload is not None and row["kind"] is SignalKind.UNREAD
    return Waiting(row, payload, payload.raw[:RAW_SHOWN].decode(errors="replace") if payload and unread else "")


def _held(desk: SignalDesk, reference: str) -> list[Held]:
    held = desk.of_incident(desk.desk.find(reference))
    return [Held(signal, desk.desk.history.payload(signal.payload_sha256)) for signal in held]
