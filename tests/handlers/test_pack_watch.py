"""The day's pack is made when it is due, and each lapse is noted once."""

from datetime import UTC, datetime, time, timedelta

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from domain.errors import UnavailableError
from domain.pack import PACKS, PackMissed, PackProblem
from handlers.pack_watch import AGAIN_AFTER, PackWatch, Standing, last_due

SIX = time(6, 0)
START = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""Five in the morning in Copenhagen."""


class Drive:
    """A drive that shows what a test says, and counts the packs that are asked for."""

    def __init__(self) -> None:
        self.newest: datetime | None = START - timedelta(hours=20)
        self.there, self.full, self.asked = True, False, 0

    def standing(self, now: datetime) -> Standing:
        old = self.newest is None or now - self.newest > timedelta(hours=26)
        problem = PackProblem.TOO_OLD if old else None
        return Standing(self.newest, problem if self.there else PackProblem.DRIVE_MISSING)

    async def make(self, now: datetime) -> object:
        self.asked += 1
        if self.full:
            raise UnavailableError("no space left")
        self.newest = now
        return None


class Watched:
    """A watch, its drive and its clock."""

    def __init__(self, store: EventStore) -> None:
        self.drive, self.now, self.store = Drive(), START, store
        self.watch = PackWatch(self.drive, SIX, store, DirectCommitter(store), lambda: self.now)

    async def at(self, hours: float) -> list[PackProblem]:
        self.now = START + timedelta(hours=hours)
        await self.watch.look()
        found = [one.event for one in self.store.read_stream(PACKS)]
        return [one.problem for one in found if isinstance(one, PackMissed)]


@pytest.fixture
def watched(store: EventStore) -> Watched:
    return Watched(store)


async def test_one_is_made_at_the_hour_and_no_second_one_that_day(watched: Watched) -> None:
    for hours, asked in ((0, 0), (0.99, 0), (1.0, 1), (1.1, 1), (24.9, 1), (25.0, 2)):
        assert await watched.at(hours) == []
        assert watched.drive.asked == asked, hours


async def test_what_was_missed_while_nothing_ran_is_made_at_the_first_look(watched: Watched) -> None:
    watched.drive.newest = None
    assert await watched.at(0) == []
    assert watched.drive.asked == 1


async def test_a_full_drive_is_tried_again_after_a_while_and_its_lapse_is_noted_once(watched: Watched) -> None:
    watched.drive.full = True
    assert await watched.at(1) == []
    assert await watched.at(1.1) == []
    assert watched.drive.asked == 1
    assert await watched.at(1 + AGAIN_AFTER / timedelta(hours=1)) == []
    assert watched.drive.asked == 2
    assert await watched.at(7) == [PackProblem.TOO_OLD]
    assert await watched.at(9) == [PackProblem.TOO_OLD]
    again = PackWatch(watched.drive, SIX, watched.store, DirectCommitter(watched.store), lambda: watched.now)
    await again.look()
    assert await watched.at(9.1) == [PackProblem.TOO_OLD], "another process notes it no second time"


async def test_a_drive_that_is_gone_is_noted_and_written_to_by_nobody(watched: Watched) -> None:
    watched.drive.there = False
    assert await watched.at(2) == [PackProblem.DRIVE_MISSING]
    assert watched.drive.asked == 0
    watched.drive.there = True
    assert await watched.at(3) == [PackProblem.DRIVE_MISSING]
    assert watched.drive.asked == 1


def test_the_hour_is_copenhagens_over_a_clock_change() -> None:
    assert last_due(SIX, datetime(2026, 10, 24, 5, 0, tzinfo=UTC)) == datetime(2026, 10, 24, 4, 0, tzinfo=UTC)
    assert last_due(SIX, datetime(2026, 10, 25, 5, 0, tzinfo=UTC)) == datetime(2026, 10, 25, 5, 0, tzinfo=UTC)
    assert last_due(SIX, datetime(2026, 10, 25, 4, 59, tzinfo=UTC)) == datetime(2026, 10, 24, 4, 0, tzinfo=UTC)
