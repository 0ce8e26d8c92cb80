"""What is held against the clock while Sporlog runs: deadlines, silences, periods, emergency lists, packs and reports.

In the process that has the deadlines: what it looks at must be seen from its machine.
"""

from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial

from adapters import main
from adapters.emergency_lists.folders import LISTS_S, DriveFolders
from adapters.process import background, every
from adapters.retention.letting_go import RETENTION_S, retention_watch
from adapters.up.core import LOOK_S, Core
from adapters.up.registers import run_registers
from adapters.up.reports import run_reports
from adapters.up.sources import SILENCE_S, source_watch
from handlers.deadline_watch import DeadlineWatch
from handlers.emergency_lists import ListWatch
from handlers.pack_watch import PackWatch

PACK_S = 60.0
"""How often it is looked whether the day's emergency pack is there."""


async def run_watches(stack: AsyncExitStack, core: Core, bus_url: Callable[[], str]) -> None:
    """Each a loop of its own, until the stack is closed. What was missed while nobody watched is found at the first look."""
    deadlines = DeadlineWatch(core.projectors["deadlines"].database.snapshot, core.committer, main.utc_now)
    silence = source_watch(core.store, core.projectors["signals"], core.committer)
    periods = retention_watch(core.store, core.committer, main.utc_now, bus_url)
    lists = ListWatch(core.store.emergency_lists, DriveFolders(), core.committer, main.utc_now)
    if not core.desk.demo:  # in a demo what is read is thrown away with it
        run_registers(stack, core.settings)
    await run_reports(stack, core)
    for name, seconds, look in (
        ("deadline watch", LOOK_S, deadlines.look),
        ("source watch", SILENCE_S, silence.look),
        ("retention", RETENTION_S, periods.look),
        ("emergency lists", LISTS_S, lists.look),
    ):
        await stack.enter_async_context(background(name, partial(every, seconds, look)))
    if core.packs is not None:
        packs = PackWatch(core.packs, core.settings.pack.at, core.store, core.committer, main.utc_now)
        await stack.enter_async_context(background("emergency packs", partial(every, PACK_S, packs.look)))
