"""The management reports that are sent by themselves."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial

from adapters import main
from adapters.management.mailing import report_mail
from adapters.management.posting import report_post
from adapters.process import background, every
from adapters.up.core import Core
from domain.events import Meta
from domain.management.period import Period
from handlers.outbox import BoardReport
from handlers.report_watch import ReportWatch

REPORT_S = 60.0
"""How often it is looked whether a report is due, and whether one that waits can go."""


async def run_reports(stack: AsyncExitStack, core: Core) -> None:
    """Send those that are due, until the stack is closed; what waits for somebody who is named no more is given up.

    A demo sends nothing.
    """
    settings = core.settings.reports
    if core.desk.demo:
        return
    post = report_post(core.settings, core.outbox, core.committer, main.utc_now)
    await asyncio.to_thread(post.start)
    if not settings.recipients:
        return
    house = main.report_house(core.store, core.projectors, core.checkpoints)

    def make(period: Period, administration: str | None, identity: str, meta: Meta) -> BoardReport:
        for name in ("reporting", "catalogue"):
            core.projectors[name].catch_up()
        return report_mail(house, period, administration, identity, meta)

    watch = ReportWatch(settings.every, make, post, core.store, main.utc_now)

    async def look() -> None:
        # Where another house goes on with the log, that one sends.
        if await asyncio.to_thread(core.store.read_only) is None:
            await watch.look()

    await stack.enter_async_context(background("reports", partial(every, REPORT_S, look)))
