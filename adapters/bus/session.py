"""One process's work on the bus: streams made and checked, events relayed, consumers run, buckets kept up to date.

It ends with an exception when the bus cannot be used, and is then begun anew; nothing in it holds what would be lost.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import Protocol

import structlog
from faststream.nats import NatsBroker
from nats.aio.client import Client

from adapters.bus.batch_subscriber import subscribe
from adapters.bus.checkpoints import publish_checkpoints
from adapters.bus.cloudevents import decode
from adapters.bus.connection import BUS_ERRORS, connect, heeding, options
from adapters.bus.deadletter import keep
from adapters.bus.intake_purge import IntakePurge
from adapters.bus.kv import put_latest
from adapters.bus.look_ahead import LookAhead
from adapters.bus.relay import Relay
from adapters.bus.streams import CHECKPOINTS, DEADLETTER, bucket_stream, ensure
from adapters.bus.turns import Turns
from domain.errors import SporlogError, UnavailableError
from handlers.bucket_feed import BucketFeed
from handlers.checkpoints import Checkpoints
from handlers.consumers import Letter, consume_events, consume_intake, consume_ledger, consume_reminders, look_ahead
from handlers.event_log import EventLog
from handlers.intake_door import IntakeDoor
from handlers.ports import BatchHandler, RelayState
from handlers.projector import Projector
from handlers.reminders import Reminders
from handlers.subscriptions import SUBSCRIPTIONS

log = structlog.get_logger(__name__)

NAME = "sporlog"
FEED_PAUSE = 0.01
"""Seconds that a bucket waits for more changes: the latest value per key is written once, and each write is synced to disk.
Shorter than the relay gathers, so that a bucket keeps step with it and adds no waiting of its own."""
LOOK_AGAIN = 1.0
"""Seconds after which a bucket looks by itself (a page or another process may have moved its projection), and after which the
streams are looked for."""
RETRY_AFTER = 1.0


class Commits(Protocol):
    """Wakes whoever follows the log."""

    @property
    def closed(self) -> bool:
        """Whether the process is about to end; waiting returns at once then."""

    async def wait_past(self, position: int, timeout_s: float) -> int:
        """The log's head as soon as it is past `position`, or after the timeout."""


class BusSession:
    """`mark` is for the process that relays, `door` for the one that takes INTAKE in, `reminders` for the one that sends them.

    `ledger` is for the one that keeps the ledger. `projectors` are those that it runs.
    """

    def __init__(
        self,
        *,
        url: str,
        source: EventLog,
        mark: RelayState | None,
        door: IntakeDoor | None,
        projectors: Mapping[str, Projector],
        reminders: Reminders | None,
        ledger: Checkpoints | None,
        feeds: Collection[BucketFeed],
        commits: Commits,
        replicas: int,
        intake_max_bytes: int,
    ) -> None:
        self.url = url
        self._source, self._mark, self._door, self._projectors, self._feeds = source, mark, door, projectors, feeds
        self._reminders, self._ledger = reminders, ledger
        self._commits, self._replicas, self._intake_max_bytes = commits, replicas, intake_max_bytes
        self._aside = Turns()
        self._nc: Client | None = None
        self._relay: Relay | None = None
        self._purge: IntakePurge | None = None
        self._moved: dict[str, asyncio.Event] = {}
        self._created: Mapping[str, str] = {}
        self.dead_letters = 0
        """Messages that were put aside by any process and wait for a person, as of a second ago."""

    @property
    def connected(self) -> bool:
        """Whether NATS answers, once this session has made its streams there: what is sent before that, nobody keeps."""
        return self._nc is not None and self._nc.is_connected

    @property
    def relayed(self) -> int:
        """The last position known to be in EVENTS."""
        return self._relay.position if self._relay is not None else 0

    @property
    def intake_pending(self) -> int:
        """INTAKE messages that are acknowledged to their sender and not yet in the store, whichever process takes them in."""
        return self._purge.pending if self._purge is not None else 0

    async def run(self) -> None:
        """Work until cancelled. Raises `BusUnavailableError` while nobody answers, `StreamConfigurationError`."""
        nc = await connect(self.url, NAME)
        # Handlers take raw messages: converting arguments by their types would cost each batch more than fetching it.
        broker = NatsBroker(self.url, logger=None, apply_types=False, **options(NAME))
        try:
            await self._declare(nc)
            self._nc = nc
            for row in SUBSCRIPTIONS:
                handler = self._handler(row.name, nc)
                if handler is not None:
                    subscribe(
                        broker,
                        subject=row.subject,
                        stream=row.stream,
                        durable=row.name,
                        batch_size=row.batch_size,
                        handler=handler,
                    )
            with heeding():
                await broker.start()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._keep_declared(nc))
                if self._mark is not None:
                    self._relay = Relay(nc, self._source, self._mark, declare=partial(self._declare, nc))
                    tasks.create_task(self._relay.run())
                    tasks.create_task(self._wake(self._relay))
                self._purge = IntakePurge(nc)
                tasks.create_task(self._purge.run())
                if self._door is not None:
                    ahead = look_ahead(self._door, partial(self._bury, nc))
                    tasks.create_task(LookAhead(nc, self._door, ahead).run())
                if self._ledger is not None:
                    tasks.create_task(self._publish(nc, self._ledger))
                for feed in self._feeds:
                    tasks.create_task(self._feed(nc, feed))
        finally:
            await broker.stop()
            await nc.close()

    async def _declare(self, nc: Client) -> None:
        declared = await ensure(nc, replicas=self._replicas, intake_max_bytes=self._intake_max_bytes)
        self._created = {name: stream.created for name, stream in declared.items()}
        self.dead_letters = declared[DEADLETTER].messages

    async def _keep_declared(self, nc: Client) -> None:
        """Make again what NATS lost while it was away: a bucket or INTAKE may be gone although EVENTS is there."""
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            if nc.is_connected:
                try:
                    await self._declare(nc)
                except BUS_ERRORS as error:
                    log.warning("streams could not be looked at", reason=repr(error))

    def _handler(self, name: str, nc: Client) -> BatchHandler | None:
        dead_letter = partial(self._bury, nc)
        if name == "intake":
            return consume_intake(self._door, dead_letter) if self._door is not None else None
        if name == "ledger":
            return consume_ledger(self._ledger.keeper, decode, dead_letter, self._aside) if self._ledger is not None else None
        if name == "notifications":
            return consume_reminders(self._reminders, decode, dead_letter, self._aside) if self._reminders is not None else None
        projector = self._projectors.get(name)
        if projector is None:
            return None
        buckets = [bucket.name for bucket in projector.projection.buckets]
        return consume_events(projector, decode, dead_letter, self._aside, partial(self._tell_feeds, buckets))

    async def _bury(self, nc: Client, letter: Letter) -> None:
        await keep(nc, letter)
        log.warning("dead letter", handler=letter.handler, reason=letter.reason, subject=letter.subject)

    async def _wake(self, relay: Relay) -> None:
        head = 0
        while not self._commits.closed:
            head = await self._commits.wait_past(head, 5.0)
            relay.wake()

    async def _publish(self, nc: Client, ledger: Checkpoints) -> None:
        """Keep the stream of checkpoints at the newest one; the stream itself says what it lacks."""
        published = ("", 0)
        while True:
            latest, created = await asyncio.to_thread(ledger.latest), self._created[CHECKPOINTS]
            if latest is not None and nc.is_connected and published != (created, latest.size):
                try:
                    published = created, await publish_checkpoints(nc, ledger.tables.checkpoints)
                except (SporlogError, *BUS_ERRORS) as error:
                    log.warning("checkpoints wait", reason=str(error) or repr(error))
            await asyncio.sleep(LOOK_AGAIN)

    async def _feed(self, nc: Client, feed: BucketFeed) -> None:
        """Keep one bucket at its projection; begins by repairing what a crash or a new bucket left behind."""
        moved = self._moved[feed.name] = asyncio.Event()
        while True:
            moved.clear()  # before looking: what moves from here on is seen by the next look
            created = self._created[bucket_stream(feed.name)]
            try:
                pending = await self._aside(partial(feed.pending, created))
                if pending.documents:
                    await put_latest(nc, feed.name, pending.documents)
                    await self._aside(partial(feed.written, created, pending.position))
            except UnavailableError as error:
                log.warning("bucket waits", bucket=feed.name, reason=str(error))
                await asyncio.sleep(RETRY_AFTER)
                continue
            await asyncio.sleep(FEED_PAUSE)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN):
                    await moved.wait()

    def _tell_feeds(self, buckets: Iterable[str]) -> None:
        for name in buckets:
            if name in self._moved:
                self._moved[name].set()
