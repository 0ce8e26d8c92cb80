"""GET /api/v1/stream: the log as server-sent events, clear fields only, from any position on."""

import time
from collections.abc import AsyncIterator
from typing import Annotated, ClassVar, NamedTuple

from fastapi import APIRouter, Header, Query
from fastapi.sse import format_sse_event
from starlette.requests import Request
from starlette.responses import StreamingResponse

from adapters.incident.json import event_object
from adapters.web.answers import reading, to_json
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import LAST_POSITION, WebParts
from domain.errors import InvalidInputError

BATCH = 200
HEARTBEAT_S = 15.0
HEARTBEAT = b": heartbeat\n\n"
HEADERS = {"X-Accel-Buffering": "no"}
"""Asks a proxy in between not to hold events back."""


class PositionAheadError(InvalidInputError):
    """The subscriber's position is one that this log has not reached: it belongs to another log."""

    code: ClassVar[str] = "position-ahead"


def stream_router(parts: WebParts) -> APIRouter:
    """The stream. Each event's SSE id is its position, so a browser resumes by itself with Last-Event-ID."""
    router = obeying(prefix="/api/v1", tags=["stream"])

    @router.get(
        "/stream",
        summary="Follow the log: server-sent events in order, none missed, none twice",
        description="Whoever may see some entities only gets the events of their incidents, under the positions they have.",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    @tells(Tells.OWN)
    async def stream(
        request: Request,
        after: Annotated[int, Query(ge=0, le=LAST_POSITION, description="Begin behind this position; 0 is the beginning")] = 0,
        last_event_id: Annotated[
            int | None, Header(ge=0, le=LAST_POSITION, description="Sent by a reconnecting browser; wins over after")
        ] = None,
    ) -> StreamingResponse:
        seen = parts.of(request)
        start = after if last_event_id is None else last_event_id
        head = parts.desk.history.head()
        if start > head:
            raise PositionAheadError(f"after={start} is ahead of this log, which is at {head}: it belongs to another log")
        return StreamingResponse(follow(seen, start), headers=HEADERS, media_type="text/event-stream")

    return router


async def follow(parts: WebParts, position: int) -> AsyncIterator[bytes]:
    """Everything behind `position` that may be seen, then what comes, until the process ends or the reader leaves."""
    # Told at once, so that the reader knows it is connected.
    yield HEARTBEAT
    told_at = time.monotonic()
    while not parts.commits.closed:
        batch = await reading(_read, parts, position)
        for event in batch.told:
            yield event
            told_at = time.monotonic()
        position = batch.upto
        # Events that may not be seen are no word to the reader: they must not keep a silent line from being noticed.
        if await parts.commits.wait_past(position, HEARTBEAT_S) <= position or time.monotonic() - told_at > HEARTBEAT_S:
            yield HEARTBEAT
            told_at = time.monotonic()


class _Batch(NamedTuple):
    """A stretch of the log: what is told of it, and its last position."""

    told: list[bytes]
    upto: int


def _read(parts: WebParts, position: int) -> _Batch:
    # Read sealed: whoever follows the stream gets no key.
    desk, found = parts.desk, parts.desk.history.read(position, BATCH)
    own = {one for one in {recorded.aggregate_id for recorded in found} if desk.sees(one)}
    told = [
        format_sse_event(data_str=to_json(event_object(recorded, desk.sees)).decode(), id=str(recorded.position))
        for recorded in found
        if recorded.aggregate_id in own
    ]
    return _Batch(told, found[-1].position if found else position)
