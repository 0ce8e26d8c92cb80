"""Waiting for what another process or task brings about."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def until(condition: Callable[[], bool | Awaitable[bool]], within: float = 10.0) -> None:
    """Return as soon as the condition holds; fail after so many seconds."""
    async with asyncio.timeout(within):
        while True:
            held = condition()
            if await held if inspect.isawaitable(held) else held:
                return
            await asyncio.sleep(0.01)


async def aside(work: Callable[[], T]) -> T:
    """`handlers.consumers.Aside` for a test, where nobody else waits."""
    return work()
