"""Fetching from a pull consumer (ADR-13, ADR-37): one request, and all that is there comes in one turn of the event loop.

nats-py's own `fetch` makes a task and an id for each message and awaits it alone: on a busy loop 500 messages are 500 turns.
"""

import asyncio
from contextlib import suppress

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from adapters.bus.durable import waiting_behind
from adapters.bus.errors import BusUnavailableError

NANOSECONDS = 1_000_000_000
NOTHING = {"404", "408"}
"""Nothing waits, and: no more came in time."""
LATE = 1.0
"""Seconds that an answer may be late before it is taken for lost with its connection."""


class PullReader:
    """One consumer's messages, for one reader. What comes late, to a request that was given up, is in the next fetch."""

    def __init__(self, nc: Client, stream: str, consumer: str) -> None:
        self._nc, self._next, self._inbox = nc, f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}", nc.new_inbox()
        self._subscription: Subscription | None = None
        self._came = list[Msg]()
        self._over, self._news = False, asyncio.Event()
        self._refused = ""

    async def open(self) -> None:
        """Before the first fetch."""
        self._subscription = await self._nc.subscribe(self._inbox, cb=self._take)

    async def unsubscribe(self) -> None:
        """Take nothing more. What had come and was not fetched is handed over again by the server, after its time."""
        if self._subscription is not None:
            await self._subscription.unsubscribe()

    async def fetch(self, most: int, within: float) -> list[Msg]:
        """What waits, up to so many; while nothing does, the next one, for so many seconds. Empty when none came.

        Raises `BusUnavailableError` when the consumer is gone or the server refuses, and what nats-py does when nothing can be
        sent.
        """
        if not self._came:
            await self._ask({"batch": most, "no_wait": True}, most, 0)
        if not self._came and not self._refused:
            await self._ask({"batch": 1, "expires": int(within * NANOSECONDS)}, 1, within)
            if most > 1 and self._came and waiting_behind(self._came[-1]):
                # The first of many that were published at once: alone it would cost every handler a transaction more.
                await self._ask({"batch": most - 1, "no_wait": True}, most, 0)
        if not self._came and self._refused:
            raise BusUnavailableError(f"{self._next.rpartition('.')[2]} can't be fetched from: {self._refused}")
        found, self._came = self._came[:most], self._came[most:]
        return found

    async def _ask(self, request: dict[str, object], enough: int, within: float) -> None:
        self._over, self._refused = False, ""
        await self._nc.publish(self._next, orjson.dumps(request), reply=self._inbox)
        with suppress(TimeoutError):
            async with asyncio.timeout(within + LATE):
                while len(self._came) < enough and not self._over:
                    self._news.clear()
                    await self._news.wait()

    async def _take(self, message: Msg) -> None:
        # Only what is to be acknowledged has an address for it: all else is the server's word that the request is over.
        if message.reply:
            self._came.append(message)
        else:
            headers = message.headers or {}
            status = headers.get("Status", "")
            if status not in NOTHING:
                self._refused = f"{status} {headers.get('Description', '')}".strip()
            self._over = True
        self._news.set()
