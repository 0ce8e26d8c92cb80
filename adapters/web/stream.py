"""GET /api/v1/stream: the log as server-sent events, clear fields only, from any position on."""

from collections.abc import AsyncIterator
from typing import Annotated, ClassVar

from fastapi import APIRouter, Header, Query
from fastapi.sse import format_sse_event
from starlette.responses import StreamingResponse

from adapters.incident_json import event_object
from adapters.web.answers import reading, to_json
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
    router = APIRouter(prefix="/api/v1", tags=["stream"])

    @router.get(
        "/stream",
        summary="Follow the log: server-sent events in order, none missed, none twice",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    async def stream(
        after: Annotated[int, Query(ge=0, le=LAST_POSITION, description="Begin behind this position; 0 is the beginning")] = 0,
        last_event_id: Annotated[
            int | None, Header(ge=0, le=LAST_POSITION, description="Sent by a reconnecting browser; wins over after")
        ] = None,
    ) -> StreamingResponse:
        start = after if last_event_id is None else last_event_id
        head = parts.desk.history.head()
        if start > head:
            raise PositionAheadError(f"after={start} is ahead of this log, which is at {head}: it belongs to another log")
        return StreamingResponse(follow(parts, start), headers=HEADERS, media_type="text/event-stream")

    return router


async def follow(parts: WebParts, position: int) -> AsyncIterator[bytes]:
    """Everything behind `position`, then what comes, until the process ends or the reader leaves."""
    # Told at once, so that the reader knows it is connected.
    yield HEARTBEAT
    while not parts.commits.closed:
        for recorded in await reading(parts.desk.history.read, position, BATCH):
            # Read sealed: whoever follows the stream gets no key.
            data = to_json(event_object(recorded)).decode()
            yield format_sse_event(data_str=data, id=str(recorded.position))
            position = recorded.position
        if await parts.commits.wait_past(position, HEARTBEAT_S) <= position:
            yield HEARTBEAT
