"""Gives checkpoints to those outside the house who can later say what the log was: an authority of time, a mailbox."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol

import structlog

from domain.errors import SporlogError
from handlers.sending import pause_after

log = structlog.get_logger(__name__)


class Checkpointed(NamedTuple):
    """A signed checkpoint of the log: how many events its tree has, and the note's bytes."""

    size: int
    note: bytes


class Anchored(NamedTuple):
    """A checkpoint that is outside: how many events it covers, and since when, UTC."""

    size: int
    at: datetime


class Anchor(Protocol):
    """Somebody outside."""

    @property
    def name(self) -> str:
        """As it is logged and shown."""

    def last(self) -> Anchored | None:
        """The newest that is known to be outside."""

    def give(self, checkpoint: Checkpointed) -> None:
        """Give it out; what shows it is on disk on return. Blocks at most a minute.

        Given again after a crash, whoever gets it can tell that it is the same. Raises a `SporlogError` without secrets.
        """


AnchorKind = Literal["checkpoint", "tsr", "eml"]
"""A checkpoint, a time stamp on it (RFC 3161), and the mail that carried it."""


class KeptAnchors(Protocol):
    """The house's own copies of what it gave out, by the size of the tree; none is ever changed."""

    def sizes(self, kind: AnchorKind) -> list[int]:
        """For which there is such a one, ascending."""

    def get(self, size: int, kind: AnchorKind) -> bytes:
        """Its bytes. Raises `OSError`."""


class Anchoring:
    """Looks whether it is time. Anchors do not wait for one another; one that fails is tried again, ever less often."""

    def __init__(
        self,
        newest: Callable[[], Checkpointed | None],
        anchors: Sequence[Anchor],
        every: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._newest, self._anchors, self._every, self._clock = newest, anchors, every, clock
        self._failed: dict[str, tuple[int, datetime]] = {}
        """How often in a row, and when to try again."""

    async def look(self) -> int:
        """Anchor what is due; how many were. Raises `UnavailableError`."""
        newest = self._newest()
        if newest is None or not newest.size:
            return 0
        return sum(await asyncio.gather(*(asyncio.to_thread(self._one, anchor, newest) for anchor in self._anchors)))

    def _one(self, anchor: Anchor, newest: Checkpointed) -> bool:
        now = self._clock()
        attempts, again_at = self._failed.get(anchor.name, (0, now))
        if now < again_at or not self._due(anchor.last(), newest, now):
            return False
        try:
            anchor.give(newest)
        except (SporlogError, OSError) as error:
            pause = pause_after(attempts + 1)
            self._failed[anchor.name] = attempts + 1, now + pause
            log.warning("not anchored", anchor=anchor.name, size=newest.size, reason=str(error), again_in=str(pause))
            return False
        self._failed.pop(anchor.name, None)
        log.info("anchored", anchor=anchor.name, size=newest.size)
        return True

    def _due(self, last: Anchored | None, newest: Checkpointed, now: datetime) -> bool:
        # A log in which nothing happened has nothing new to show.
        return last is None or (newest.size > last.size and now - last.at >= self._every)
