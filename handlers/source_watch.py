"""Notes each silence of a source that was expected to speak: once, also when it began while nothing ran."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from domain.errors import NotFoundError
from domain.events import Meta
from domain.intake.events import SourceFellSilent
from domain.intake.state import IntakeSetup, Source
from handlers.intake_setup import change
from handlers.unit_of_work import Committer

Heard = Callable[[], Mapping[str, datetime]]
"""When each source was last heard (UTC), up to the head of the log; those that never were are not in it."""


def silent_since(source: Source, last_at: datetime | None, now: datetime) -> datetime | None:
    """Since when a source has said nothing, if that is longer than its rhythm; else None.

    Before anything came its rhythm counts from when it was added. All times are UTC.
    """
    since = last_at or source.added_at
    if source.expected_minutes is None or since is None:
        return None
    return since if since + timedelta(minutes=source.expected_minutes) < now else None


def silent_sources(setup: IntakeSetup, heard: Mapping[str, datetime], now: datetime) -> dict[str, datetime]:
    """Each source that is silent at `now`, and since when."""
    found = {name: silent_since(source, heard.get(name), now) for name, source in setup.sources.items()}
    return {name: since for name, since in found.items() if since is not None}


def expecting(setup: IntakeSetup) -> bool:
    """Whether any source is expected to speak at all."""
    return any(source.expected_minutes is not None for source in setup.sources.values())


class SourceWatch:
    """Holds each source's rhythm against the clock. Nothing is kept here: the domain records each silence only once."""

    def __init__(
        self, setup: Callable[[], IntakeSetup], heard: Heard, committer: Committer, clock: Callable[[], datetime]
    ) -> None:
        self._setup, self._heard, self._committer, self._clock = setup, heard, committer, clock

    async def look(self) -> int:
        """Record which sources have fallen silent by now; how many events that made.

        Raises `UnavailableError`: what was not recorded then is recorded by the next look.
        """
        now = self._clock()
        silent = await asyncio.to_thread(self._silent, now)
        return sum([await self._note(name, since, now) for name, since in silent.items()])

    def _silent(self, now: datetime) -> dict[str, datetime]:
        setup = self._setup()
        found = silent_sources(setup, self._heard(), now) if expecting(setup) else {}
        # Those that were noted already are left alone: a silence may last for months, and each proposal takes the write lock.
        return {name: since for name, since in found.items() if since != setup.sources[name].silent_since}

    async def _note(self, source: str, since: datetime, now: datetime) -> int:
        meta = Meta(
            actor="system:sources", channel="system", occurred_at=now, correlation_id=f"silence-{source}-{since.isoformat()}"
        )
        proposed = SourceFellSilent(meta=meta, source=source, since=since)
        try:
            done = await self._committer.submit(partial(change, proposed=[proposed]))
        except NotFoundError:
            # Removed between the look and the write: then nobody expects anything.
            return 0
        return len(done.events)
