"""The log of readings while Sporlog runs: open, and kept as long as its period says and no longer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import structlog

from adapters import main
from adapters.event_store.access_table import AccessTable
from adapters.process import background
from adapters.settings import Settings
from domain.retention.state import Retention
from domain.time import local
from handlers.retention import begin_of
from handlers.retention_due import begin_of_kept

log = structlog.get_logger(__name__)

DAY_S = 86_400.0


@asynccontextmanager
async def access_log_kept(settings: Settings, retention: Callable[[], Retention]) -> AsyncIterator[AccessTable]:
    """Open it, and forget what has passed its period at once and every day; several processes may do so side by side."""
    access_log = main.open_access_log(settings)
    try:
        async with background("access log", partial(_forget_daily, access_log, retention)):
            yield access_log
    finally:
        access_log.close()


async def _forget_daily(access_log: AccessTable, retention: Callable[[], Retention]) -> None:
    while True:
        today = local(main.utc_now()).date()
        period = (await asyncio.to_thread(retention)).on(today).periods.access_log
        forgotten = await asyncio.to_thread(access_log.forget, begin_of(begin_of_kept(today, period)))
        if forgotten:
            log.info("readings were forgotten", count=forgotten, older_than=period)
        await asyncio.sleep(DAY_S)
