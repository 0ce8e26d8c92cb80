"""What a way in is: a loop that gets messages from somewhere and brings each to the intake door."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import uuid4

import structlog

from domain.errors import UnavailableError
from handlers.intake_door import Receipt
from handlers.ways_in import WaysMemory

log = structlog.get_logger(__name__)

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 300.0
"""After a fault; each further one doubles the pause."""
NOTED_EVERY_S = 1.0
"""How often a message is noted at most, where no cursor goes with it."""

Take = Callable[[str, bytes, Mapping[str, str], str], Awaitable[Receipt]]
"""`IntakeDoor.take`."""


class WayError(Exception):
    """The other end did not do what it should; the message says what, and holds no secret.

    `after_s` is how long the other end asks to be left alone.
    """

    def __init__(self, message: str, after_s: float = 0.0) -> None:
        super().__init__(message)
        self.after_s = after_s


class Way(Protocol):
    """One way in."""

    name: str
    """As it is shown, and known in the memory: kind and address without a secret. It stays the same over restarts."""
    source: str
    """Whose messages come in here."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be told, whoever puts it into an error."""

    async def run(self, post: "Post") -> None:
        """Bring messages in for ever. May raise anything at all: it is called again after a pause. Ends when cancelled."""


class Post:
    """What one way brings its messages to, and where it tells how it does. Knows how long to pause after faults."""

    def __init__(self, way: Way, take: Take, memory: WaysMemory, clock: Callable[[], datetime]) -> None:
        self.way, self._take, self._memory, self._clock = way, take, memory, clock
        self._pause = FIRST_PAUSE_S
        self._noted_at = float("-inf")
        self._failing = True

    async def begin(self) -> str:
        """Make the way known to the memory; the cursor where it goes on, empty at first."""
        return await asyncio.to_thread(self._memory.begin, self.way.name, self.way.source)

    async def take(self, source: str, body: bytes, media: str, *, cursor: str | None = None) -> Receipt:
        """Bring one body in: it is durable on return. See `IntakeDoor.take` for what it raises."""
        receipt = await self._take(source, body, {"content-type": media}, f"way-{uuid4().hex[:16]}")
        # Durable is the body, and not yet the cursor: kill -9 here brings the same body again, which its key counts.
        await self.worked(message=True, cursor=cursor)
        return receipt

    async def worked(self, *, message: bool = False, cursor: str | None = None) -> None:
        """Tell that all goes well. The next fault begins with a short pause again."""
        now = asyncio.get_running_loop().time()
        if cursor is not None:
            # Not to be left out: without it the next look would bring the same again, and again.
            await asyncio.to_thread(self._memory.worked, self.way.name, self._clock(), message=message, cursor=cursor)
        elif self._failing or not message or now >= self._noted_at + NOTED_EVERY_S:
            await self._note(partial(self._memory.worked, self.way.name, self._clock(), message=message))
            self._noted_at = now if message else self._noted_at
        self._pause, self._failing = FIRST_PAUSE_S, False

    async def failed(self, error: Exception) -> float:
        """Log and keep an error, without the way's secrets; how many seconds to pause."""
        told = f"{error}" if isinstance(error, WayError) else f"{type(error).__name__}: {error}"
        for secret in self.way.secrets:
            told = told.replace(secret, "[…]")
        pause = max(self._pause, error.after_s if isinstance(error, WayError) else 0.0)
        self._pause, self._failing = min(2 * self._pause, LONGEST_PAUSE_S), True
        log.error("a way in failed", way=self.way.name, reason=told, again_in=pause)
        await self._note(partial(self._memory.failed, self.way.name, self._clock(), told))
        return pause

    async def dropped(self, count: int, *, by_kernel: bool = False) -> None:
        """Tell that messages were lost, here or before they got here."""
        log.error("messages were lost: more came than could be held", way=self.way.name, dropped=count, by_kernel=by_kernel)
        await self._note(partial(self._memory.dropped, self.way.name, count, by_kernel=by_kernel))

    async def _note(self, note: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(note)
        except UnavailableError as error:
            # Only what people are shown is missing: messages come in all the same.
            log.error("a way in could not be noted", way=self.way.name, reason=str(error))  # noqa: TRY400 - nothing to trace


async def keep_coming(post: Post) -> None:
    """Run a way for ever: a fault is logged, kept as its last error, and it starts again after the pause."""
    while True:
        try:
            await post.begin()
            await post.way.run(post)
        except Exception as error:  # noqa: BLE001 - told by `failed`, and no way in may end the process
            await asyncio.sleep(await post.failed(error))
