"""A durable pull consumer: made when missing, compared when present, woken from what an earlier run left unanswered."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.errors import APIError

from adapters.bus.connection import ask
from adapters.bus.errors import BusUnavailableError, StreamConfigurationError
from adapters.bus.streams import stream_info
from handlers.ports import Delivery

log = structlog.get_logger(__name__)

ACK_WAIT = 60
"""Seconds after which the server hands over again what was not acknowledged by a process that still runs."""
CONSUMER_NOT_FOUND = 10014
_V1_TOKENS = 9
_NANOSECONDS = 1_000_000_000


class Durable(NamedTuple):
    """Who reads what. One process at a time is enough; several share the messages."""

    stream: str
    name: str
    subject: str
    batch_size: int

    @property
    def config(self) -> dict[str, Any]:
        """The server's side of it. Deliveries are not counted out: a handler raises for transient faults only."""
        return {
            "durable_name": self.name,
            "filter_subject": self.subject,
            "ack_policy": "explicit",
            "ack_wait": ACK_WAIT * _NANOSECONDS,
            "max_ack_pending": max(1000, 4 * self.batch_size),
            "max_deliver": -1,
            "deliver_policy": "all",
            "replay_policy": "instant",
        }


async def bind(nc: Client, durable: Durable) -> str:
    """Make sure that the durable is there and as wanted; returns the creation time of its stream.

    What was handed over and never answered comes again at once, instead of after the acknowledgement time: nobody who is still
    at work loses anything by it, since every handler knows what it has done.

    Raises:
        BusUnavailableError: the stream is not there yet.
        StreamConfigurationError: a live durable differs; it was not changed.
        nats.errors.Error: JetStream does not answer.
    """
    stream = await stream_info(nc, durable.stream)
    if stream is None:
        raise BusUnavailableError(f"Stream {durable.stream} is not there; {durable.name} waits for it")
    try:
        info = await ask(nc, f"CONSUMER.INFO.{durable.stream}.{durable.name}")
    except APIError as e:
        if e.err_code != CONSUMER_NOT_FOUND:
            raise
        request = {"stream_name": durable.stream, "config": durable.config, "action": ""}
        info = await ask(nc, f"CONSUMER.CREATE.{durable.stream}.{durable.name}.{durable.subject}", request)
    for field, expected in durable.config.items():
        if (actual := info["config"].get(field)) != expected:
            raise StreamConfigurationError(
                f"Consumer {durable.name} of stream {durable.stream}: {field} is {actual!r} on the server, Sporlog needs "
                f"{expected!r}. Nothing was changed. Remove it with `nats consumer rm {durable.stream} {durable.name}` while "
                "Sporlog is down: it is made anew, starts at the stream's beginning, and what was done is skipped."
            )
    if info["num_ack_pending"]:
        await ask(nc, f"CONSUMER.RESET.{durable.stream}.{durable.name}")
        log.info("handed over again what was never answered", consumer=durable.name, messages=info["num_ack_pending"])
    return str(stream["created"])


def deliveries(messages: Sequence[Msg], stream: str, created: str) -> list[Delivery]:
    """What nats-py fetched, as handlers take it."""
    return [
        Delivery(stream, created, message.subject, message.headers or {}, message.data, *_numbers(message.reply))
        for message in messages
    ]


def first_sequence(messages: Sequence[Msg]) -> int:
    """The lowest stream sequence of a batch."""
    return min(_numbers(message.reply)[0] for message in messages)


def last_sequence(messages: Sequence[Msg]) -> int:
    """The highest one, 0 for none."""
    return max((_numbers(message.reply)[0] for message in messages), default=0)


def waiting_behind(message: Msg) -> int:
    """How many messages waited behind one when it was handed over."""
    return _numbers(message.reply)[3]


def _numbers(reply: str) -> tuple[int, int, int, int]:
    """Stream sequence, time of storing, delivery count and what waits behind it, from the acknowledgement subject (ADR-15).

    `$JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>`; the newer form has domain and
    account before the stream.
    """
    tokens = reply.split(".")
    at = 4 if len(tokens) == _V1_TOKENS else 6
    return int(tokens[at + 1]), int(tokens[at + 3]), int(tokens[at]), int(tokens[at + 4])
