"""Makes the day's emergency pack, and notes when the house has had no fresh one for too long: each lapse once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import NamedTuple, Protocol

import structlog

from domain.errors import SporlogError
from domain.events import Meta
from domain.pack import PackMissed, PackProblem
from domain.time import COPENHAGEN, local
from handlers import packs
from handlers.history import History
from handlers.unit_of_work import Committer

log = structlog.get_logger(__name__)

AGAIN_AFTER = timedelta(minutes=15)
"""After a pack that could not be made: a full drive is not written to each minute."""


class Standing(NamedTuple):
    """How it stands with the packs. `newest_at` is when the newest whole one was made; UTC."""

    newest_at: datetime | None
    problem: PackProblem | None


class PackKeeper(Protocol):
    """Where packs are."""

    def standing(self, now: datetime) -> Standing:
        """As the drive shows it."""

    async def make(self, now: datetime) -> object:
        """Make one. Raises `SporlogError`, `OSError`; then the older ones are as they were."""


class PackWatch:
    """Holds the drive against the clock. `at` is Copenhagen's time of day."""

    def __init__(
        self, keeper: PackKeeper, at: time, history: History, committer: Committer, clock: Callable[[], datetime]
    ) -> None:
        self._keeper, self._at, self._history, self._committer, self._clock = keeper, at, history, committer, clock
        self._tried_at: datetime | None = None

    async def look(self) -> None:
        """Make a pack if the day's is not there yet, and note a lapse. Raises `UnavailableError` of the store."""
        now = self._clock()
        standing = await asyncio.to_thread(self._keeper.standing, now)
        if self._is_due(standing, now):
            self._tried_at = now
            await self._try(self._keeper.make(now))
            standing = await asyncio.to_thread(self._keeper.standing, now)
        if standing.problem is not None:
            await self._note(standing, standing.problem, now)

    def _is_due(self, standing: Standing, now: datetime) -> bool:
        if standing.problem is PackProblem.DRIVE_MISSING:
            return False
        if self._tried_at is not None and now - self._tried_at < AGAIN_AFTER:
            return False
        return standing.newest_at is None or standing.newest_at < last_due(self._at, now)

    async def _try(self, making: Awaitable[object]) -> None:
        try:
            await making
        except (SporlogError, OSError) as error:
            # Told by the pack's age, by doctor and by the lapse: what matters is that there is none, not which attempt failed.
            log.error("the emergency pack could not be made", reason=str(error))  # noqa: TRY400 - a sentence is enough

    async def _note(self, standing: Standing, problem: PackProblem, now: datetime) -> None:
        known = (await asyncio.to_thread(packs.read_packs, self._history)).missed
        if known is not None and (known.problem, known.since) == (problem, standing.newest_at):
            return
        meta = Meta(actor="system:packs", channel="system", occurred_at=now, correlation_id=f"pack-{problem}-{now.isoformat()}")
        proposed = PackMissed(meta=meta, problem=problem, since=standing.newest_at)
        await self._committer.submit(partial(packs.record, proposed=proposed))


def last_due(at: time, now: datetime) -> datetime:
    """The last time that the clock in Copenhagen showed it, aware."""
    today = datetime.combine(local(now).date(), at, COPENHAGEN)
    return today if today <= now else datetime.combine(local(now).date() - timedelta(days=1), at, COPENHAGEN)
