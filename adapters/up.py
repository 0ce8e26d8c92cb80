"""`sporlog up` and `sporlog run`: the parts of a running Sporlog, put together. With main.py the only composition root."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import structlog
from prometheus_client import CollectorRegistry

from adapters import main
from adapters.audit.access_keeping import access_log_kept
from adapters.audit.keeping_anchors import keeping_anchors
from adapters.audit.keeping_ledger import keeping_ledger
from adapters.banner import Place, banner, first_steps
from adapters.bus.connection import connect
from adapters.bus.publishing import Outgoing, append
from adapters.bus.server import NatsServer
from adapters.bus.session import BusSession
from adapters.data_directory import PAGE_USER, held, token
from adapters.demo.history import StoryClock, tell_history
from adapters.demo.invitation import FOR_REAL, things_to_try
from adapters.demo.large import INCIDENTS
from adapters.demo.live import live
from adapters.demo.mark import check_demo, check_real
from adapters.event_store.access_table import AccessTable
from adapters.event_store.application import EventStore
from adapters.event_store.committer import GroupCommitter
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.outbox import OutboxTables
from adapters.event_store.relay_state import RelayStateTable
from adapters.figures import Figures
from adapters.intake_formats.reading import limit_of
from adapters.logging import StandardError, configure
from adapters.process import background, every, spare_the_collector, stop_signal, tell_changes
from adapters.retention.letting_go import RETENTION_S, retention_watch
from adapters.setting_error import SettingError
from adapters.settings import Settings, read_settings
from adapters.up_sources import SILENCE_S, silent_now, source_watch
from adapters.up_ways import run_ways, ways_of
from adapters.web.app import make_app
from adapters.web.commits import CommitSignal
from adapters.web.parts import Health, WebParts
from adapters.web.server import serve_http
from domain.errors import UnavailableError
from handlers.bucket_feed import BucketFeed
from handlers.checkpoints import Checkpoints
from handlers.deadline_watch import DeadlineWatch
from handlers.desk import Desk
from handlers.intake_door import IntakeDoor
from handlers.projector import Projector
from handlers.reminders import Reminders
from handlers.requests import Origin
from handlers.sending import STUCK_AFTER, Sender
from handlers.subscriptions import SUBSCRIPTIONS
from handlers.ways_in import WayState
from projections.deadlines import next_duties
from projections.rows import Row

log = structlog.get_logger(__name__)

PARTS = ("web", "relay", "ways", *(subscription.name for subscription in SUBSCRIPTIONS))
"""What `sporlog run` can run, each in a process of its own; `sporlog up` runs all of them."""
LOG_BYTES = 20_000_000
LOOK_S = 1.0
"""How often the deadlines are held against the clock, and the outbox is looked into."""


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


class Core(NamedTuple):
    """What every part shares within one process."""

    settings: Settings
    store: EventStore
    committer: GroupCommitter
    desk: Desk
    door: IntakeDoor
    projectors: Mapping[str, Projector]
    outbox: OutboxTables
    checkpoints: Checkpoints
    commits: CommitSignal
    access_log: AccessTable


async def run(settings: Settings, parts: Collection[str], ready: Ready, *, demo: bool = False) -> None:
    """Run some parts until a stop signal. People and webhooks need the store alone: NATS may come later, or go."""
    async with AsyncExitStack() as stack:
        core = await _core(stack, settings, demo=demo)
        resumed_at = core.store.head()
        server = await _nats(stack, settings)
        reminders = await _reminders(stack, core) if "notifications" in parts else None
        if "ledger" in parts:
            await stack.enter_async_context(keeping_ledger(core.checkpoints, settings.checkpoint_s))
            if not demo:
                await stack.enter_async_context(keeping_anchors(settings, core.checkpoints))
        bus = _bus(core, parts, settings.nats or (server.url if server else ""), reminders)
        for name in core.projectors.keys() & set(parts):
            await stack.enter_async_context(_once(f"catch up {name}", partial(_catch_up, core.projectors[name])))
        await stack.enter_async_context(background("bus", bus.run))
        eraser = main.make_eraser(settings, core.store, core.projectors, core.outbox)
        await stack.enter_async_context(background("erasing", partial(every, LOOK_S, eraser.look)))
        if "deadlines" in parts:
            watch = DeadlineWatch(core.projectors["deadlines"].database.snapshot, core.committer, main.utc_now)
            await stack.enter_async_context(background("deadline watch", partial(every, LOOK_S, watch.look)))
            silence = source_watch(core.store, core.projectors["signals"], core.committer)
            await stack.enter_async_context(background("source watch", partial(every, SILENCE_S, silence.look)))
            periods = retention_watch(core.store, core.committer, main.utc_now, lambda: bus.url)
            await stack.enter_async_context(background("retention", partial(every, RETENTION_S, periods.look)))
        if "ways" in parts and not demo:  # in a demo what comes in is thrown away with it
            await run_ways(stack, settings, core.door)
        http_url = ""
        if "web" in parts:
            app = make_app(_web(core, _figures(core, bus, list if demo else ways_of(stack, settings))))
            http_url = await stack.enter_async_context(serve_http(app, settings.http_host, settings.http_port))
            stack.callback(core.commits.close)
        spare_the_collector()
        running = Running(settings, http_url, bus.url, token(settings.data), core.store, core.door, resumed_at)
        await stack.enter_async_context(_once("ready", partial(ready, running)))
        await stop_signal()
        log.info("stopping")


async def _core(stack: AsyncExitStack, settings: Settings, *, demo: bool) -> Core:
    store = main.open_store(settings)
    stack.callback(store.close)
    (check_demo if demo else check_real)(store)
    projectors = stack.enter_context(main.open_projectors(settings, store))
    outbox = main.open_outbox(settings)
    stack.callback(outbox.close)
    ledger = main.open_ledger(settings)
    stack.callback(ledger.close)
    checkpoints = main.make_checkpoints(settings, store, ledger)
    commits = CommitSignal(store.head)
    committer = GroupCommitter(store, commits.notify)
    committer.start()
    stack.push_async_callback(committer.stop)
    await stack.enter_async_context(background("commits", partial(tell_changes, store.database.changed, commits.notify)))
    desk, door = main.make_desk(store, committer), main.make_door(store, committer, main.utc_now)
    access_log = await stack.enter_async_context(access_log_kept(settings, store.retention))
    return Core(settings, store, committer, desk, door, projectors, outbox, checkpoints, commits, access_log)


async def _nats(stack: AsyncExitStack, settings: Settings) -> NatsServer | None:
    if settings.nats is not None:
        return None
    server = NatsServer(settings.data / "nats", port=settings.nats_port)
    await server.start()
    stack.push_async_callback(server.stop)
    return server


async def _reminders(stack: AsyncExitStack, core: Core) -> Reminders:
    settings, deadlines = core.settings, core.projectors["deadlines"]
    channels = main.make_channels(settings)

    def owed() -> Sequence[Row]:
        deadlines.catch_up()
        with deadlines.database.snapshot() as connection:
            return next_duties(connection)

    silent = partial(silent_now, core.store, core.projectors["signals"])
    names = [channel.name for channel in channels]
    reminders = Reminders(core.store, core.outbox, names, owed, silent, demo=core.desk.demo)
    await asyncio.to_thread(reminders.start, main.utc_now())
    sender = Sender(core.outbox, channels, main.utc_now)

    async def send() -> None:
        await asyncio.to_thread(reminders.catch_up)
        await sender.send_due()

    await stack.enter_async_context(background("reminders", partial(every, LOOK_S, send)))
    return reminders


def _bus(core: Core, parts: Collection[str], url: str, reminders: Reminders | None) -> BusSession:
    settings, projectors = core.settings, core.projectors
    mark = RelayStateTable(SQLiteDatabase(settings.data / "relay.db", synchronous="NORMAL")) if "relay" in parts else None
    return BusSession(
        url=url,
        source=core.store,
        mark=mark,
        door=core.door if "intake" in parts else None,
        projectors={name: projectors[name] for name in parts if name in projectors},
        reminders=reminders,
        ledger=core.checkpoints if "ledger" in parts else None,
        feeds=[
            BucketFeed(p.projection, bucket, p.database)
            for name, p in projectors.items()
            if name in parts
            for bucket in p.projection.buckets
        ],
        commits=core.commits,
        replicas=settings.nats_replicas,
        intake_max_bytes=settings.intake_max_bytes,
    )


def _figures(core: Core, bus: BusSession, ways: Callable[[], Sequence[WayState]]) -> Figures:
    def stuck() -> int:
        return sum(found.messages for found in core.outbox.unsent(main.utc_now() - STUCK_AFTER))

    return Figures(core.store, bus, core.projectors, stuck, ways, core.checkpoints.tables)


def _web(core: Core, figures: Figures) -> WebParts:
    projectors, metrics = core.projectors, CollectorRegistry()
    figures.register(metrics)

    def health() -> Health:
        try:
            return Health(ready=True, details=figures.snapshot())
        except UnavailableError as error:
            return Health(ready=False, details={"reason": str(error)})

    async def shown(position: int) -> bool:
        # The page shows what its reader just did, whether or not NATS is there: the tables are caught up from the store.
        showing = (projectors[name] for name in ("register", "deadlines", "casework", "signals"))
        for projector in [one for one in showing if one.position() < position]:
            await asyncio.to_thread(projector.catch_up)
        return True

    return WebParts(
        desk=core.desk,
        register=projectors["register"].database.snapshot,
        deadlines=projectors["deadlines"].database.snapshot,
        casework=projectors["casework"].database.snapshot,
        signals=projectors["signals"].database.snapshot,
        past=main.past_tables(projectors, core.store).open,
        door=core.door,
        ledger=core.checkpoints,
        health=health,
        metrics=metrics,
        token=token(core.settings.data),
        origin=lambda channel, correlation_id: Origin(PAGE_USER, channel, correlation_id, main.utc_now()),
        clock=main.utc_now,
        commits=core.commits,
        wait_for=shown,
        version=version("sporlog"),
        backlog=figures.backlog,
        access_log=core.access_log,
        intake_limit=lambda source: limit_of(core.store.intake_setup(), source),
        evidence=main.make_evidence_room(core.settings, core.store),
        anchors=main.anchor_folder(core.settings),
    )


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


def start(settings: Settings, *, demo: bool, large: bool = False) -> None:
    """`sporlog up`: run everything until stopped. A demo's story is told first, on a clock of its own."""
    _begin_logging(settings)
    _run(_up_and_tell(settings, demo=demo, generated=INCIDENTS if large else 0))


def start_parts(settings: Settings, parts: Collection[str]) -> None:
    """`sporlog run PART ...`: they share a NATS and a store with other processes. Raises `SettingError`."""
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        msg = f"there is no part {', '.join(unknown)}: use {', '.join(PARTS)}"
        raise SettingError(msg)
    if settings.nats is None:
        msg = "single parts need a NATS that all of them reach: give --nats URL or SPORLOG_NATS"
        raise SettingError(msg)
    configure(settings.log_level, StandardError())

    async def ready(running: Running) -> None:
        log.info("ready", parts=sorted(parts), http=running.http_url)

    _run(run(settings, parts, ready))


async def _up_and_tell(settings: Settings, *, demo: bool, generated: int) -> None:
    async def ready(running: Running) -> None:
        store, http = running.store, running.http_url
        things = (
            things_to_try(store, http, running.token, settings.data)
            if demo
            else first_steps(http, running.token, settings.data)
        )
        places = [
            Place("Side / Page", f"{http}/?token={running.token}"),
            Place("API, token", f"{http}/docs  {running.token}"),
            Place("NATS", running.nats_url),
            Place("Data", str(settings.data)),
            Place("Nøgler / Keys", f"{settings.keyring} (sikkerhedskopiér for sig / back up apart)"),
            Place("Log", str(_log_file(settings)) if sys.stderr.isatty() else "stderr"),
        ]
        ended = [*things, FOR_REAL] if demo else things
        municipality = store.entity if demo else None
        print(banner(places, ended, resumed_at=running.resumed_at, demo=municipality), flush=True)  # noqa: T201
        if demo:
            await live(partial(_publish, settings.nats or running.nats_url), store)

    with held(settings.data):
        if demo:
            clock = StoryClock(main.utc_now())
            # What a power cut takes of the story is told again by the next start; a sync for each step took most of the time.
            with main.open_office(settings, clock, synchronous="NORMAL") as office:
                await tell_history(office.store, office.desk, office.door, clock, main.utc_now(), generated=generated)
                # However long the history is, the page is complete at the first look.
                with main.open_projectors(settings, office.store) as projectors:
                    for projector in projectors.values():
                        projector.catch_up()
        await run(settings, PARTS, ready, demo=demo)


async def _publish(url: str, source: str, body: bytes) -> None:
    # As a tool would: acknowledged by JetStream, so it is kept from here on.
    nc = await connect(url, "sporlog-demo")
    try:
        await append(nc, [Outgoing(f"intake.{source}", {}, body)])
    finally:
        await nc.close()


def _log_file(settings: Settings) -> Path:
    return settings.data / "sporlog.log"


def _begin_logging(settings: Settings) -> None:
    if not sys.stderr.isatty():
        configure(settings.log_level, StandardError())
        return
    # On a person's terminal the log would scroll away what they are told to try.
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = _log_file(settings)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    configure(settings.log_level, path.open("a", encoding="utf-8"))


def _run(whole: Coroutine[None, None, None]) -> None:
    if sys.platform == "win32":
        asyncio.run(whole)
        return
    import uvloop  # noqa: PLC0415 - does not exist on Windows

    uvloop.run(whole)


async def openapi_document() -> dict[str, Any]:
    """The HTTP API's description, as `/openapi.json` serves it, of an application that nobody talks to."""
    with TemporaryDirectory() as nowhere:
        async with AsyncExitStack() as stack:
            core = await _core(stack, read_settings({}, data=Path(nowhere)), demo=False)
            return make_app(_web(core, _figures(core, _bus(core, (), "", None), list))).openapi()
