"""GET /api/v1/sources: the sources and whether they are silent; and what became of a source's own signals."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from adapters.connecting.signal_fate import fate_of
from adapters.connecting.source_list import source_objects
from adapters.web.answers import json_answer, reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts
from adapters.web.steps import PROBLEM
from domain.incident.events import ToldBy
from domain.signals import Disposition, SignalStatus
from projections import signals


class SourceTold(BaseModel):
    """A source: added by somebody, or heard under a format's own name. Times are UTC."""

    source: str
    format: str
    added: bool
    channel: ToldBy
    entity: str | None
    zone: str
    expected_minutes: int | None
    signature_header: str | None
    has_token: bool
    mapping_number: int
    first_at: datetime | None
    last_at: datetime | None
    signals: int
    repeats: int
    silent_since: datetime | None


class SignalFate(BaseModel):
    """What became of a signal. `rule` decided when it came first; a person may have decided since: see `disposition`."""

    source: str
    source_event_id: str
    signals: int
    repeats: int
    disposition: Disposition
    status: SignalStatus
    incident_id: UUID | None
    ref: str | None
    rule: str | None


def sources_router(parts: WebParts) -> APIRouter:
    """Reading alone: sources are added where the store is, by `sporlog source`."""
    router = obeying(prefix="/api/v1/sources", tags=["intake"])
    history = parts.desk.history

    @router.get("", summary="The sources, and which are silent", response_model=list[SourceTold])
    @tells(Tells.HOUSE)
    async def list_sources() -> Response:
        def look() -> object:
            with parts.signals() as connection:
                return source_objects(history.intake_setup(), signals.sources(connection), parts.clock())

        return json_answer(await reading(look))

    @router.get(
        "/{source}/signals/{source_event_id:path}",
        summary="What became of a source's own signal",
        response_model=SignalFate,
        responses={404: {"description": "The source has sent no such signal", "content": PROBLEM}},
    )
    @tells(Tells.SOURCE)
    async def show_fate(source: str, source_event_id: str) -> Response:
        return json_answer(await reading(fate_of, history, source, source_event_id))

    return router
