"""A source that was expected to speak and does not is noted once for each silence."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from domain.intake.events import SourceFellSilent, SourceRemoved, SourceSet
from domain.intake.state import Source
from handlers.intake_setup import change
from handlers.source_watch import SourceWatch, silent_since
from tests.support.incidents import at, meta
from tests.support.intake import do, log

FORTI = SourceSet(meta=meta(0), source="forti", format="json", expected_minutes=60)


class Watched:
    """A store with sources, when they were heard, and the watch on a clock of the test's own."""

    def __init__(self, store: EventStore) -> None:
        self.store, self.now = store, at(0)
        self.heard: dict[str, datetime] = {}
        self.asked = 0
        self.watch = SourceWatch(store.intake_setup, self.last, DirectCommitter(store), lambda: self.now)

    def last(self) -> Mapping[str, datetime]:
        self.asked += 1
        return self.heard

    async def look(self, hours: float) -> int:
        self.now = at(hours)
        return await self.watch.look()

    def noted(self) -> list[tuple[str, datetime]]:
        return [(event.source, event.since) for event in log(self.store, SourceFellSilent)]


@pytest.fixture
def watched(store: EventStore) -> Watched:
    do(store, lambda uow: change(uow, [FORTI]))
    return Watched(store)


async def test_before_anything_came_the_rhythm_counts_from_when_the_source_was_added(watched: Watched) -> None:
    assert await watched.look(1) == 0
    assert await watched.look(1.01) == 1
    assert watched.noted() == [("forti", at(0))]


async def test_a_silence_is_noted_once_and_the_next_one_again(watched: Watched) -> None:
    watched.heard["forti"] = at(1)
    assert [await watched.look(hours) for hours in (1.5, 2.1, 3, 50)] == [0, 1, 0, 0]
    watched.heard["forti"] = at(51)
    assert [await watched.look(hours) for hours in (51.5, 53)] == [0, 1]
    assert watched.noted() == [("forti", at(1)), ("forti", at(51))]


async def test_two_watches_note_a_silence_once(watched: Watched) -> None:
    other = Watched(watched.store)
    assert await watched.look(2) + await other.look(2) == 1


async def test_of_a_source_without_a_rhythm_nothing_is_expected_and_nothing_is_looked_up(store: EventStore) -> None:
    do(store, lambda uow: change(uow, [FORTI.model_copy(update={"expected_minutes": None})]))
    watched = Watched(store)
    assert await watched.look(10_000) == 0
    assert watched.asked == 0


async def test_a_source_that_is_removed_between_look_and_write_is_no_failure(watched: Watched) -> None:
    setup = watched.store.intake_setup()
    do(watched.store, lambda uow: change(uow, [SourceRemoved(meta=meta(1), source="forti")]))
    watch = SourceWatch(lambda: setup, dict, DirectCommitter(watched.store), lambda: at(5))
    assert await watch.look() == 0


def test_silence_begins_at_the_last_word_and_only_after_the_rhythm() -> None:
    source = Source("json", expected_minutes=60, added_at=at(0))
    assert silent_since(source, at(3), at(4)) is None
    assert silent_since(source, at(3), at(4.01)) == at(3)
    assert silent_since(Source("json", expected_minutes=60), None, at(4)) is None
