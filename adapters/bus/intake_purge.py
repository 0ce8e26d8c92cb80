"""Keeps INTAKE short: what its one durable has acknowledged is in the store, and leaves the stream each second.

Every process does it and knows what waits, whichever of them takes the messages in: purging twice changes nothing.
"""

import asyncio

import structlog
from nats.aio.client import Client
from nats.js.errors import APIError

from adapters.bus.connection import BUS_ERRORS, ask
from adapters.bus.durable import CONSUMER_NOT_FOUND
from adapters.bus.streams import INTAKE, stream_info

log = structlog.get_logger(__name__)

EVERY = 1.0


class IntakePurge:
    """`pending`: messages that JetStream acknowledged to their sender and that are not in the store yet, as of a second ago."""

    def __init__(self, nc: Client, durable: str = "intake") -> None:
        self._nc, self._durable = nc, durable
        self.pending = 0

    async def run(self) -> None:
        """Purge until cancelled; while the server or the stream is away there is nothing to do."""
        while True:
            await asyncio.sleep(EVERY)
            if self._nc.is_connected:
                try:
                    await self.once()
                except BUS_ERRORS as e:
                    log.warning("INTAKE could not be purged", reason=repr(e))

    async def once(self) -> None:
        """Remove what lies below the acknowledgement floor; nothing while nobody has ever taken messages in.

        Raises:
            nats.errors.Error: the server or the stream is not there.
        """
        stream = await stream_info(self._nc, INTAKE)
        try:
            consumer = await ask(self._nc, f"CONSUMER.INFO.{INTAKE}.{self._durable}")
        except APIError as e:
            if stream is None or e.err_code != CONSUMER_NOT_FOUND:
                raise
            self.pending = stream["state"]["messages"]
            return
        self.pending = consumer["num_pending"] + consumer["num_ack_pending"]
        floor = consumer["ack_floor"]["stream_seq"]
        if stream is not None and stream["state"]["first_seq"] <= floor <= stream["state"]["last_seq"]:
            # Everything up to the floor was durable in the store before it was acknowledged: nothing is lost here.
            await ask(self._nc, f"STREAM.PURGE.{INTAKE}", {"seq": floor + 1})
