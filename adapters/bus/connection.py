"""How every part of Sporlog connects to NATS, and how it asks JetStream."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypedDict

import orjson
import structlog
from nats.aio import client as nats_client
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import APIError

from adapters.bus.errors import BusUnavailableError

log = structlog.get_logger(__name__)

BUS_ERRORS = (NatsError, OSError)
"""What nats-py raises when the server is away, slow or says no; JetStream's own refusals are `APIError`, one of these."""


READ_AT_ONCE = 512 * 1024
"""Bytes that a connection reads at once. In an alert storm an event has 40 000, and each handler is sent it: with nats-py's own
32 768, receiving 129 MB of such events took 0.42 s of processor time, with this 0.25 s."""
nats_client.DEFAULT_BUFFER_SIZE = READ_AT_ONCE  # nats-py has no option for it; a test guards this

ASK_AGAIN = 0.05
"""Seconds after which a connection attempt that was told to end is told again."""


class ConnectionOptions(TypedDict):
    """The same keywords for `nats.connect` and for FastStream's `NatsBroker`."""

    name: str
    max_reconnect_attempts: int
    reconnect_time_wait: int
    pending_size: int


def options(name: str) -> ConnectionOptions:
    """A connection that never gives up (five attempts a second) and holds back at most 8 MiB while the server is away."""
    return {
        "name": name,
        "max_reconnect_attempts": -1,
        "reconnect_time_wait": 0.2,  # type: ignore[typeddict-item]  # nats-py says int and takes fractions of a second
        "pending_size": 8 * 1024 * 1024,
    }


async def connect(url: str, name: str, *, within: float = 3.0) -> Client:
    """Connect to NATS; the caller closes it. A connection that was made once is mended by itself for ever.

    Raises:
        BusUnavailableError: nobody answered within so many seconds, or the credentials are wrong.
    """
    nc = Client()
    errors: list[Exception] = []

    async def note(error: Exception) -> None:
        errors[:] = [error]
        log.warning("nats connection", name=name, error=repr(error))

    connecting = asyncio.create_task(nc.connect(url, error_cb=note, **options(name)))
    try:
        await _end_within(connecting, within)
    except (*BUS_ERRORS, TimeoutError) as e:
        await nc.close()
        where = url.rpartition("@")[2]
        raise BusUnavailableError(
            f"No NATS at {where} ({(errors or [e])[0]!r}): is it running, are the credentials right?"
        ) from e
    return nc


async def _end_within(task: asyncio.Task[None], seconds: float) -> None:
    """Its outcome. Raises `TimeoutError` when it did not end by itself."""
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        overdue = not task.done()
        while not task.done():
            # Again and again: a cancellation may be lost, see `heeding`, and the next attempt would be one of endlessly many.
            task.cancel()
            await asyncio.wait({task}, timeout=ASK_AGAIN)
    if overdue:
        raise TimeoutError
    task.result()


@contextmanager
def heeding() -> Iterator[None]:
    """Raise `CancelledError` at the end of the block, whatever it comes to, if this task was told to end meanwhile.

    Python 3.11's `wait_for`, with which nats-py waits for each answer, loses a cancellation that meets it or its failure
    (gh-86296): a loop that goes on after it would be ended by nobody.
    """
    try:
        yield
    finally:
        if (here := asyncio.current_task()) is not None and here.cancelling():
            raise asyncio.CancelledError


async def ask(nc: Client, subject: str, request: object = None, within: float = 5.0) -> dict[str, Any]:
    """One request to the JetStream API, `STREAM.INFO.EVENTS`, and its answer.

    Raises:
        nats.js.errors.APIError: JetStream refused; `err_code` says why.
        nats.errors.Error: no answer.
    """
    with heeding():
        reply = await nc.request(f"$JS.API.{subject}", b"" if request is None else orjson.dumps(request), timeout=within)
    answer: dict[str, Any] = orjson.loads(reply.data)
    if "error" in answer:
        raise APIError.from_error(answer["error"])
    return answer
