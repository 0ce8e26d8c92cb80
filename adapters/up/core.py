"""What every part shares within one process, and the way to the bus."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import NamedTuple

import structlog

from adapters import main
from adapters.audit.access_keeping import access_log_kept
from adapters.bus.server import NatsServer
from adapters.bus.session import BusSession
from adapters.demo.mark import check_demo, check_real
from adapters.event_store.access_table import AccessTable
from adapters.event_store.application import EventStore
from adapters.event_store.committer import GroupCommitter
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.outbox import OutboxTables
from adapters.event_store.relay_state import RelayStateTable
from adapters.pack.room import HousePacks, house_packs
from adapters.process import background, every, tell_changes
from adapters.retention.forgetting import forgetting
from adapters.settings import Settings
from adapters.up.sources import silent_now
from adapters.web.commits import CommitSignal
from handlers.bucket_feed import BucketFeed
from handlers.checkpoints import Checkpoints
from handlers.desk import Desk
from handlers.intake_door import IntakeDoor
from handlers.projector import Projector
from handlers.reminders import Reminders
from handlers.sending import Sender
from projections.deadlines import next_duties
from projections.rows import Row

log = structlog.get_logger(__name__)

LOOK_S = 1.0
"""How often the deadlines are held against the clock, and the outbox is looked into."""


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
    packs: HousePacks | None


async def open_core(stack: AsyncExitStack, settings: Settings, *, demo: bool) -> Core:
    """Open what is there without a bus; closed with the stack. Raises what `main.open_store` does, and `DemoStoreError`."""
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
    await stack.enter_async_context(forgetting("sent_messages", outbox.forget_before, store.retention))
    access_log = await stack.enter_async_context(access_log_kept(settings, store.retention))
    packs = house_packs(settings, store, projectors, checkpoints, desk)
    return Core(settings, store, committer, desk, door, projectors, outbox, checkpoints, commits, access_log, packs)


async def start_nats(stack: AsyncExitStack, core: Core) -> NatsServer | None:
    """The supervised nats-server, unless an external one is configured."""
    settings = core.settings
    if settings.nats is not None:
        return None
    # The prefix keeps the server from reading a key of digits as a number.
    key = f"key-{core.store.keyring.derived('nats-server')}"
    server = NatsServer(settings.data / "nats", port=settings.nats_port, key=key)
    await server.start()
    stack.push_async_callback(server.stop)
    return server


async def keep_reminders(stack: AsyncExitStack, core: Core) -> Reminders:
    """What makes messages of events and sends them, running until the stack is closed."""
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


def make_bus(core: Core, parts: Collection[str], url: str, reminders: Reminders | None) -> BusSession:
    """The session that keeps these parts connected; it runs once the caller lets it."""
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
