"""Sends what lies in the outbox: one worker at a time has a message; what cannot be sent is tried again, ever less often."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

import structlog

from domain.errors import SporlogError
from handlers.outbox import Claimed, Message, Outbox

log = structlog.get_logger(__name__)

CLAIM = timedelta(minutes=2)
"""Longer than any channel takes to send or to give up."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
STUCK_AFTER = timedelta(hours=24)
"""What is older and not sent is shown to the operator. It goes on being tried."""


class NotSentError(SporlogError):
    """A channel did not take a message; says what the other end answered. Nothing secret is in it: it is kept and shown."""

    code: ClassVar[str] = "not-sent"
    status: ClassVar[int] = 503


class Channel(Protocol):
    """A way out of the house."""

    @property
    def name(self) -> str:
        """As it is kept in the outbox: never given another meaning."""

    def send(self, message: Message) -> None:
        """Send, and return when the other end has taken it. Blocks at most a minute; may be called from several threads.

        The same message is marked as the same to whoever gets it, so that a second copy can be told from a second message.
        Raises `NotSentError`; whatever else it raises is a defect, and the message is tried again all the same.
        """


class Sender:
    """Channels do not wait for one another."""

    def __init__(self, outbox: Outbox, channels: Sequence[Channel], clock: Callable[[], datetime]) -> None:
        self._outbox, self._channels, self._clock = outbox, channels, clock

    async def send_due(self) -> int:
        """Send what is to be tried now; how many went out. Raises `UnavailableError`."""
        return sum(await asyncio.gather(*(self._empty(channel) for channel in self._channels)))

    async def _empty(self, channel: Channel) -> int:
        count = 0
        while await self._unbroken(channel):
            count += 1
        return count

    async def _unbroken(self, channel: Channel) -> bool:
        # Whoever stops the process waits for the message that is under way: cut off, it would be sent again at the next start.
        sending = asyncio.ensure_future(asyncio.to_thread(self._send_one, channel))
        try:
            return await asyncio.shield(sending)
        finally:
            if not sending.done():
                await sending

    def _send_one(self, channel: Channel) -> bool:
        """Whether there was one and it went out."""
        now = self._clock()
        claimed = self._outbox.claim(channel.name, now, now + CLAIM)
        if claimed is None:
            return False
        # Killed here, nothing was sent: the claim runs out and the message goes out then.
        try:
            channel.send(claimed.message)
        except NotSentError as error:
            self._back_off(claimed, str(error), now)
            return False
        except Exception as error:
            # What it says may hold a password or an address: only its kind is kept and shown.
            log.exception("a channel failed", channel=channel.name)
            self._back_off(claimed, f"the channel failed ({type(error).__name__}): this is a defect of Sporlog's", now)
            return False
        # Killed here, it was sent and nobody knows: once the claim has run out it goes out once more. That copy has the same
        # Message-ID, so that mail programs show the two as one.
        self._outbox.sent(claimed, self._clock())
        return True

    def _back_off(self, claimed: Claimed, reason: str, now: datetime) -> None:
        pause = pause_after(claimed.attempt)
        self._outbox.failed(claimed, reason, now + pause)
        log.warning("not sent", channel=claimed.channel, message=claimed.message.id, reason=reason, again_in=str(pause))


def pause_after(attempt: int) -> timedelta:
    """How long to wait after the `attempt`th failure: 10 s, doubled each time, at most an hour."""
    return min(FIRST_PAUSE * float(2 ** min(attempt - 1, 16)), LONGEST_PAUSE)
