"""Parts of pages that keep themselves up to date: the server sends the part again when it reads differently."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from fastapi.sse import format_sse_event
from starlette.responses import StreamingResponse

from adapters.web.parts import BEHIND, WebParts
from domain.errors import UnavailableError

TICK_S, BEHIND_TICK_S = 20.0, 1.0
"""A countdown shows minutes, so this often is often enough when nothing happens; a backlog shrinks each second."""
PAUSE_S = 0.25
"""Between two sendings: sixty alerts in five seconds are a counter that runs, not sixty pages."""
HEADERS = {"X-Accel-Buffering": "no"}

Render = Callable[[], Awaitable[str]]


def live(parts: WebParts, render: Render) -> StreamingResponse:
    """Server-sent events whose data is HTML, as htmx takes them in."""
    return StreamingResponse(_follow(parts, render), headers=HEADERS, media_type="text/event-stream")


async def caught_up(parts: WebParts, position: int) -> None:
    """Let the read models show that position, as far as they can now."""
    # What was committed stays committed: a read model that cannot follow must not turn it into an error.
    with suppress(UnavailableError):
        await parts.wait_for(position)


async def _follow(parts: WebParts, render: Render) -> AsyncIterator[bytes]:
    shown, head = "", parts.desk.history.head()
    await caught_up(parts, head)
    while not parts.commits.closed:
        # Of what was shown, not of what holds by then: the last word on a backlog is that there is none.
        behind = parts.backlog() >= BEHIND
        html = await render()
        behind = behind or parts.backlog() >= BEHIND
        if html != shown:
            yield format_sse_event(data_str=html, id=str(head))
            shown = html
        else:
            # Also how a reader that left is noticed.
            yield b": heartbeat\n\n"
        await asyncio.sleep(PAUSE_S)
        news = await parts.commits.wait_past(head, BEHIND_TICK_S if behind else TICK_S)
        if news > head:
            await caught_up(parts, news)
        head = news
