"""Running some parts until a stop signal: which there are, in which order they begin."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog

from adapters import main
from adapters.audit.keeping_anchors import keeping_anchors
from adapters.audit.keeping_ledger import keeping_ledger
from adapters.data_directory import token
from adapters.event_store.application import EventStore
from adapters.process import background, every, spare_the_collector, stop_signal
from adapters.settings import Settings
from adapters.up.core import LOOK_S, keep_reminders, make_bus, open_core, start_nats
from adapters.up.intake_process import run_intake_process
from adapters.up.watches import run_watches
from adapters.up.ways import run_ways, ways_of
from handlers.intake_door import IntakeDoor
from handlers.projector import Projector
from handlers.subscriptions import SUBSCRIPTIONS

log = structlog.get_logger(__name__)

PARTS = ("web", "relay", "ways", *(subscription.name for subscription in SUBSCRIPTIONS))
"""What `sporlog run` can run, each in a process of its own; `sporlog up` runs all of them."""


@dataclass(frozen=True)
class Running:
    """Where everything is, once it runs."""

    settings: Settings
    http_url: str
    nats_url: str
    token: str
    store: EventStore
    door: IntakeDoor
    resumed_at: int
    """The head of the log as this start found it, before anything ran."""


Ready = Callable[[Running], Coroutine[None, None, None]]
"""Called once people and tools can begin; what it does further (the demo's live part) runs beside the parts."""


async def run(settings: Settings, parts: Collection[str], ready: Ready, *, demo: bool = False, beside: bool = False) -> None:
    """Run some parts until a stop signal, and `beside` them the intake in a process of its own.

    People and webhooks need the store alone: NATS may come later, or go.
    """
    async with AsyncExitStack() as stack:
        core = await open_core(stack, settings, demo=demo)
        resumed_at = core.store.head()
        server = await start_nats(stack, core)
        reminders = await keep_reminders(stack, core) if "notifications" in parts else None
        if "ledger" in parts:
            await stack.enter_async_context(keeping_ledger(core.checkpoints, settings.checkpoint_s))
            if not demo:
                await stack.enter_async_context(keeping_anchors(settings, core.checkpoints))
        bus = make_bus(core, parts, settings.nats or (server.url if server else ""), reminders)
        for name in core.projectors.keys() & set(parts):
            await stack.enter_async_context(_once(f"catch up {name}", partial(_catch_up, core.projectors[name])))
        await stack.enter_async_context(background("bus", bus.run))
        if beside:
            await stack.enter_async_context(background("intake", partial(run_intake_process, settings, bus.url)))
        eraser = main.make_eraser(settings, core.store, core.projectors, core.outbox)
        await stack.enter_async_context(background("erasing", partial(every, LOOK_S, eraser.look)))
        if "deadlines" in parts:
            await run_watches(stack, core, lambda: bus.url)
        if "ways" in parts and not demo:  # in a demo what comes in is thrown away with it
            await run_ways(stack, settings, core.door)
        http_url = ""
        if "web" in parts:
            # Who serves nobody needs neither FastAPI nor the pages in memory.
            from adapters.up.web import make_figures, make_web  # noqa: PLC0415
            from adapters.web.app import make_app  # noqa: PLC0415
            from adapters.web.server import serve_http  # noqa: PLC0415

            app = make_app(make_web(core, make_figures(core, bus, list if demo else ways_of(stack, settings))))
            http_url = await stack.enter_async_context(serve_http(app, settings.http_host, settings.http_port))
            stack.callback(core.commits.close)
        spare_the_collector()
        running = Running(settings, http_url, bus.url, token(settings.data), core.store, core.door, resumed_at)
        await stack.enter_async_context(_once("ready", partial(ready, running)))
        await stop_signal()
        log.info("stopping")


async def _catch_up(projector: Projector) -> None:
    # Tables that a new version made anew are filled at once: their consumer has had those events and is sent them no more.
    applied = await asyncio.to_thread(projector.catch_up)
    for row, reason in applied.rejected:
        name = projector.projection.name
        log.error("an event was left out of a projection", projection=name, position=row.position, reason=reason)


@asynccontextmanager
async def _once(name: str, act: Callable[[], Coroutine[None, None, None]]) -> AsyncIterator[None]:
    task = asyncio.create_task(act(), name=name)
    try:
        yield
    finally:
        task.cancel()
        for outcome in await asyncio.gather(task, return_exceptions=True):
            if isinstance(outcome, Exception):
                log.error("after the start", reason=repr(outcome))
