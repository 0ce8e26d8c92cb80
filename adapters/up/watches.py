"""What is held against the clock while Sporlog runs: deadlines, silences, periods; in the process that has the deadlines."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial

from adapters import main
from adapters.process import background, every
from adapters.retention.letting_go import RETENTION_S, retention_watch
from adapters.up.core import LOOK_S, Core
from adapters.up.sources import SILENCE_S, source_watch
from handlers.deadline_watch import DeadlineWatch


async def run_watches(stack: AsyncExitStack, core: Core, bus_url: Callable[[], str]) -> None:
    """Each a loop of its own, until the stack is closed. What was missed while nobody watched is found at the first look."""
    deadlines = DeadlineWatch(core.projectors["deadlines"].database.snapshot, core.committer, main.utc_now)
    silence = source_watch(core.store, core.projectors["signals"], core.committer)
    periods = retention_watch(core.store, core.committer, main.utc_now, bus_url)
    for name, seconds, look in (
        ("deadline watch", LOOK_S, deadlines.look),
        ("source watch", SILENCE_S, silence.look),
        ("retention", RETENTION_S, periods.look),
    ):
        await stack.enter_async_context(background(name, partial(every, seconds, look)))
