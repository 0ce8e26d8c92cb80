"""Dead letters for whoever has no running process: listed, and given back to be processed again."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import APIError

from adapters.bus.connection import connect
from adapters.bus.deadletter import KeptLetter, letters, replay, replay_all
from adapters.bus.streams import STREAM_NOT_FOUND
from domain.errors import UnavailableError


async def list_letters(url: str) -> list[KeptLetter]:
    """Everything that lies there, oldest first. Raises `UnavailableError`."""
    async with connected(url) as nc:
        return await letters(nc)


async def replay_letters(url: str, numbers: Sequence[int]) -> int:
    """Replay these letters, all that can be if there are none named; how many. Those before a failure are done.

    Raises `NotFoundError`, `InvalidInputError` for a projection's letter (a rebuild folds its event again), `UnavailableError`.
    """
    async with connected(url) as nc:
        if not numbers:
            return await replay_all(nc)
        for number in numbers:
            await replay(nc, number)
        return len(numbers)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Client]:
    """A connection for one errand. Raises `UnavailableError` for whatever keeps JetStream from answering."""
    nc = await connect(url, "sporlog-deadletter")
    try:
        yield nc
    except APIError as error:
        if error.err_code == STREAM_NOT_FOUND:
            raise UnavailableError("there is no DEADLETTER stream yet: `sporlog up` makes it") from error
        raise UnavailableError(f"JetStream refused: {error.description}") from error
    except NatsError as error:
        raise UnavailableError(f"NATS does not answer: {error!r}") from error
    finally:
        await nc.close()
