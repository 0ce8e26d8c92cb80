"""The log of readings while Sporlog runs: open, and kept as long as its period says and no longer."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from adapters import main
from adapters.event_store.access_table import AccessTable
from adapters.retention.forgetting import forgetting
from adapters.settings import Settings
from domain.retention.state import Retention


@asynccontextmanager
async def access_log_kept(settings: Settings, retention: Callable[[], Retention]) -> AsyncIterator[AccessTable]:
    """Open it, and forget what has passed its period at once and every day; several processes may do so side by side."""
    access_log = main.open_access_log(settings)
    try:
        async with forgetting("access_log", access_log.forget, retention):
            yield access_log
    finally:
        access_log.close()
