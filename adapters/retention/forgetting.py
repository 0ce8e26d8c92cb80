"""What is forgotten every day by its period, without a record: that it was there would be what had to go."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Literal

import structlog

from adapters.main import utc_now
from adapters.process import background
from domain.retention.state import Retention
from domain.time import local
from handlers.retention import begin_of
from handlers.retention_due import begin_of_kept

log = structlog.get_logger(__name__)

DAY_S = 86_400.0
Forget = Callable[[datetime], int]
"""Delete for good what is older than the instant, and tell how much that was; several processes may do so side by side."""


@asynccontextmanager
async def forgetting(
    kind: Literal["access_log", "sent_messages"], forget: Forget, retention: Callable[[], Retention]
) -> AsyncIterator[None]:
    """At once and every day, until the block is left."""
    async with background(f"forgetting {kind}", partial(_forget_daily, kind, forget, retention)):
        yield


async def _forget_daily(
    kind: Literal["access_log", "sent_messages"], forget: Forget, retention: Callable[[], Retention]
) -> None:
    while True:
        today = local(utc_now()).date()
        period = getattr((await asyncio.to_thread(retention)).on(today).periods, kind)
        forgotten = await asyncio.to_thread(forget, begin_of(begin_of_kept(today, period)))
        if forgotten:
            log.info("forgotten by its period", kind=kind, count=forgotten, older_than=period)
        await asyncio.sleep(DAY_S)
