"""One after the other, beside the event loop, and nobody waits long for one that is held up."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
TURN_S = 0.3
"""Seconds after which whoever still works goes on beside the next one: it waits for a lock, or is far behind."""


class Turns:
    """See `handlers.consumers.Aside`. For one event loop at a time."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def __call__(self, work: Callable[[], T], /) -> T:
        """Its result, or what it raised. Cancelled, the work that had begun goes on to its end."""
        async with self._turn:
            working = asyncio.ensure_future(asyncio.to_thread(work))
            await asyncio.wait({working}, timeout=TURN_S)
        return await working
