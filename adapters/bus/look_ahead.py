"""In a storm a severe alert does not stand in line: what is new on INTAKE is looked at while the backlog is drained in order.

An ephemeral consumer without acknowledgements reads the end of the line and what comes from now on. What the handler takes is
marked as done in the store, in the alerts' own transaction, and skipped when its turn comes; what it leaves, or does not get
to, has its turn. So nothing depends on this reader: dying costs it nothing but its head start.
"""

import asyncio
from typing import Protocol

import structlog
from nats.aio.client import Client
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from adapters.bus.connection import BUS_ERRORS, heeding
from adapters.bus.durable import deliveries
from adapters.bus.pull import PullReader
from adapters.bus.streams import INTAKE, stream_info
from domain.errors import SporlogError
from handlers.ports import BatchHandler

log = structlog.get_logger(__name__)

STORM, CALM = 200, 50
"""Messages in line from which on it reads, and below which it stops. A message may hold many alerts: with ten in each, as
Alertmanager groups them, a line of 500 is one second long.
"""
LOOK = 0.1
"""Seconds between looks at the line, and that a fetch waits."""
BATCH = 500
END = 2_000
"""Messages at the end of a line that are looked at when reading begins: a storm grows by so many within a look."""
FORGET_AFTER = 30.0
"""Seconds after which the server drops the consumer of a process that died."""
RETRY_AFTER = 1.0


class Line(Protocol):
    """Where one sees how long the line is."""

    @property
    def backlog(self) -> int:
        """Messages that wait."""

    @property
    def handed_over(self) -> int:
        """The sequence of the last message that has had its turn."""

    @property
    def looked_ahead(self) -> asyncio.Event:
        """Cleared while there is more to look at than was fetched: the line waits a moment for that."""


class LookAhead:
    """Reads ahead while the line is long; see the module."""

    def __init__(self, nc: Client, line: Line, handler: BatchHandler) -> None:
        self._nc, self._line, self._handler = nc, line, handler

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            if self._line.backlog >= STORM and self._nc.is_connected:
                try:
                    await self._read()
                except (SporlogError, TimeoutError, *BUS_ERRORS) as error:
                    log.warning("looking ahead stopped, alerts have their turn", reason=str(error) or repr(error))
                    await asyncio.sleep(RETRY_AFTER)

    async def _read(self) -> None:
        stream = await stream_info(self._nc, INTAKE)
        if stream is None:
            return
        config = ConsumerConfig(
            ack_policy=AckPolicy.NONE,
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
            opt_start_seq=max(self._line.handed_over, stream["state"]["last_seq"] - END) + 1,
            inactive_threshold=FORGET_AFTER,
            mem_storage=True,
        )
        log.info("a long line: severe alerts go first", waiting=self._line.backlog)
        with heeding():
            consumer = await self._nc.jetstream().add_consumer(INTAKE, config)
        reader = PullReader(self._nc, INTAKE, consumer.name)
        await reader.open()
        try:
            while self._line.backlog >= CALM and self._nc.is_connected:
                await self._some(reader, str(stream["created"]))
        finally:
            self._line.looked_ahead.set()
            await reader.unsubscribe()
        log.info("the line is short again")

    async def _some(self, reader: PullReader, created: str) -> None:
        messages = await reader.fetch(BATCH, LOOK)
        if len(messages) < BATCH:
            self._line.looked_ahead.set()
        else:
            self._line.looked_ahead.clear()
        if messages:
            await self._handler(deliveries(messages, INTAKE, created))
