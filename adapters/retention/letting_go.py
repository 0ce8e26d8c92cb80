"""The dead letters as the periods see them, and the watch as `sporlog up` runs it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from adapters.bus.deadletter import letters, remove
from adapters.dead_letters import connected
from domain.errors import NotFoundError, UnavailableError
from handlers.retention import PayloadKeeper, begin_of
from handlers.retention_watch import RetentionWatch
from handlers.unit_of_work import Committer

RETENTION_S = 3600.0
"""How often the periods, which are days, are held against the clock."""


class DeadLetters:
    """See `handlers.retention.LetterKeeper`. Each call connects for itself: it is one a day."""

    def __init__(self, url: Callable[[], str]) -> None:
        self._url = url

    async def put_aside_before(self, instant: datetime) -> Sequence[int]:
        """By JetStream's own time of each."""
        async with connected(self._url()) as nc:
            return [letter.sequence for letter in await letters(nc) if datetime.fromisoformat(letter.kept_at) < instant]

    async def delete(self, numbers: Sequence[int]) -> None:
        """One by one: only that overwrites their bytes, a purge leaves them on disk."""
        async with connected(self._url()) as nc:
            for number in numbers:
                try:
                    await remove(nc, number)
                except NotFoundError:
                    continue  # replayed by a person meanwhile, or deleted by another process


async def count_letters_due(url: str | None, before: date) -> int | None:
    """How many were put aside before that Danish day; None when NATS does not answer, or was never started."""
    if url is None:
        return None
    try:
        return len(await DeadLetters(lambda: url).put_aside_before(begin_of(before)))
    except UnavailableError:
        return None


def retention_watch(
    payloads: PayloadKeeper, committer: Committer, clock: Callable[[], datetime], nats_url: Callable[[], str]
) -> RetentionWatch:
    """Over the store's payloads and the bus's dead letters."""
    return RetentionWatch(payloads, DeadLetters(nats_url), committer, clock)
