"""A limit that passes is noted once, also when nothing ran while it passed; what was met or ended is not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from domain.incident.events import DeadlineMissed
from handlers.deadline_watch import DeadlineWatch
from projections.deadlines import Deadlines
from tests.support.incidents import INCIDENT, assessed, at, aware, early_warning, reported
from tests.support.logs import Clock, a_store, projector
from tests.support.read_databases import OpenDatabase
from tests.support.stores import appending


class Watched:
    """A store, its deadlines and the watch, all on one clock."""

    def __init__(self, store: EventStore, clock: Clock, open_database: OpenDatabase) -> None:
        self.store, self.clock = store, clock
        self.kept = projector(Deadlines(), open_database("deadlines"), store)
        self.watch = DeadlineWatch(self.kept.database.snapshot, DirectCommitter(store), lambda: self.now)
        self.now = at(1)

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.us / 1_000_000, UTC)

    @now.setter
    def now(self, instant: datetime) -> None:
        self.clock.us = int(instant.timestamp() * 1_000_000)

    async def look(self, now: datetime) -> int:
        self.now = now
        self.kept.catch_up()
        return await self.watch.look()

    def missed(self) -> list[str]:
        events = (recorded.event for recorded in self.store.read_stream(INCIDENT))
        return [event.kind for event in events if isinstance(event, DeadlineMissed)]


@pytest.fixture
def watched(tmp_path: Path, open_read_database: OpenDatabase) -> Iterator[Watched]:
    clock = Clock()
    with a_store(tmp_path / "log", clock) as store:
        store.commit([appending(INCIDENT, reported(), assessed(), aware())])
        yield Watched(store, clock, open_read_database)


async def test_a_missed_limit_is_noted_once_and_each_by_itself(watched: Watched) -> None:
    assert await watched.look(at(24)) == 0
    assert await watched.look(at(26)) == 1
    assert await watched.look(at(27)) == 0
    assert watched.missed() == ["early_warning"]
    assert await watched.look(at(80)) == 1
    assert watched.missed() == ["early_warning", "incident_notification"]


async def test_what_passed_while_nothing_ran_is_noted_at_the_first_look(watched: Watched) -> None:
    assert await watched.look(at(1000)) == 2


async def test_two_that_look_at_once_note_a_miss_once(watched: Watched) -> None:
    # The second looks at tables in which the first's note is not yet to be seen.
    assert (await watched.look(at(26)), await watched.watch.look()) == (1, 0)
    assert watched.missed() == ["early_warning"]


async def test_what_was_sent_is_not_missed_even_if_the_tables_do_not_know_it_yet(watched: Watched) -> None:
    watched.kept.catch_up()
    watched.store.commit([appending(INCIDENT, early_warning())])
    watched.now = at(26)

    assert await watched.watch.look() == 0
    assert watched.missed() == []
