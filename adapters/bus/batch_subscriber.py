"""Durable batch consumers, run by FastStream: one fetch, and what came is handed over at once.

FastStream 0.7.8's own batch subscriber waits until a batch is full and lets single messages run into their acknowledgement
time. Its loop is overridden here; a test pins what is overridden, pyproject.toml pins FastStream.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from faststream import AckPolicy
from faststream.message import StreamMessage
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.subscriber.usecases import BatchPullStreamSubscriber
from nats.aio.msg import Msg

from adapters.bus.connection import BUS_ERRORS
from adapters.bus.durable import Durable, bind, deliveries, first_sequence, last_sequence
from adapters.bus.pull import PullReader
from adapters.bus.streams import stream_info
from domain.errors import SporlogError
from handlers.ports import BatchHandler

log = structlog.get_logger(__name__)

FETCH_WAIT = 1.0
"""Seconds that one fetch waits for its first message."""
RETRY_AFTER = 1.0
"""Seconds between a handler's failure and the next attempt."""
BIND_AGAIN_AFTER = 0.1
"""Seconds between attempts to find a durable whose server or stream is gone."""


class PromptBatchSubscriber(BatchPullStreamSubscriber):
    """Fetches, hands over what came, and finds its durable again after a restart or a loss of the server or the stream.

    One batch at a time, in the stream's order. A batch is acknowledged after its handler returned; what a crash interrupts
    comes again, and at once when the process is back.
    """

    durable: Durable
    subscription: PullReader | None  # type: ignore[assignment]  # FastStream only unsubscribes it
    created: str
    """When the stream was created that is read now; empty before the first look."""
    _reconnects: int
    _highest: int

    async def _create_subscription(self) -> None:
        if self.subscription is None:
            self.created, self._highest = "", 0
            await self._bind()
            self.add_task(self._consume_pull)

    async def _bind(self) -> None:
        self._reconnects = self.connection.stats["reconnects"]
        created = await bind(self.connection, self.durable)
        if created == self.created:
            return
        if self.subscription is not None:  # what waits in the old inbox belongs to a stream that is gone
            await self.subscription.unsubscribe()
        self.subscription = PullReader(self.connection, self.durable.stream, self.durable.name)
        await self.subscription.open()
        self.created, self._highest = created, 0

    async def _consume_pull(self) -> None:
        while self.running:
            try:
                messages = await self._fetch()
            except (SporlogError, TimeoutError, *BUS_ERRORS) as e:
                # Bound again, it is handed over again at once, what was fetched and is not taken for that error among it.
                log.warning("consumer waits", consumer=self.durable.name, reason=str(e) or repr(e))
                self._reconnects = -1
                await asyncio.sleep(BIND_AGAIN_AFTER)
                continue
            if messages and self.running:
                await self.consume(messages)

    async def _fetch(self) -> list[Msg]:
        if not self.connection.is_connected:  # a request sent now would be answered late, to nobody
            await asyncio.sleep(BIND_AGAIN_AFTER)
            return []
        if self._reconnects != self.connection.stats["reconnects"]:
            await self._bind()
        if self.subscription is None:
            return []
        messages = await self.subscription.fetch(self.durable.batch_size, FETCH_WAIT)
        if messages and first_sequence(messages) <= self._highest:
            # Handed over again, or the first of a stream that was made anew: those must not pass for the old one's.
            info = await stream_info(self.connection, self.durable.stream)
            if info is None or info["created"] != self.created:
                self._reconnects = -1
                return []
        self._highest = max(self._highest, last_sequence(messages))
        return messages


def subscribe(
    broker: NatsBroker,
    *,
    stream: str,
    subject: str,
    durable: str,
    batch_size: int,
    handler: BatchHandler,
    title: str | None = None,
    description: str | None = None,
) -> PromptBatchSubscriber:
    """Let `handler` take what comes on `subject` of `stream`, as the durable consumer `durable`; before `broker.start()`.

    The broker is made with `apply_types=False`: what the handler takes is raw.

    When the handler returns, the batch is acknowledged; when it raises, all of it comes again after a second.

    Each message is acknowledged by itself. One acknowledgement for "everything up to here" saves 2 µs of 33 a message, but it
    also covers what another process or a failed batch still holds: an alert lost.
    """
    made = broker.subscriber(
        subject,
        stream=JStream(stream, declare=False),
        durable=durable,
        pull_sub=PullSub(batch_size=batch_size, timeout=FETCH_WAIT, batch=True),
        ack_policy=AckPolicy.MANUAL,
        no_reply=True,
        title=title,
        description=description,
    )
    made.__class__ = PromptBatchSubscriber  # FastStream's factory has no seam for a class of one's own
    assert isinstance(made, PromptBatchSubscriber)  # noqa: S101 - tells the type checker
    made.durable = Durable(stream, durable, subject, batch_size)
    made._decoder = _undecoded  # noqa: SLF001 - our own class: parsing is the handler's, message by message

    async def take(messages: Sequence[Msg]) -> None:
        try:
            await handler(deliveries(messages, stream, made.created))
        except Exception as e:
            # What Sporlog itself refuses or waits for says so in a line; only a defect needs its trace.
            tell = log.error if isinstance(e, SporlogError) else log.exception
            tell("batch failed, it comes again", consumer=durable, messages=len(messages), again_in=RETRY_AFTER, error=repr(e))
            for message in messages:
                await message.nak(RETRY_AFTER)
            await asyncio.sleep(RETRY_AFTER)
            raise
        # The handler's work is durable. If we die here, the batch comes again and the handler skips what it knows.
        for message in messages:
            await message.ack()

    take.__name__ = durable
    take.__doc__ = description
    made(take)
    return made


async def _undecoded(message: StreamMessage[Sequence[Msg]]) -> Any:  # noqa: ANN401 - FastStream's own signature
    return message.raw_message
