"""Each rung reached and each limit passed is noted once, also when nothing ran meanwhile; what was met or ended is not."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from domain.errors import UnavailableError
from domain.incident.events import DeadlineApproached, DeadlineMissed
from handlers.deadline_watch import DeadlineWatch
from handlers.unit_of_work import Committer, UnitOfWork
from projections.deadlines import Deadlines
from tests.support.incidents import INCIDENT, assessed, at, aware, early_warning, reported
from tests.support.logs import Clock, a_store, projector, record
from tests.support.read_databases import OpenDatabase
from tests.support.stores import appending

T = TypeVar("T")


class Watched:
    """A store, its deadlines and the watch, all on one clock."""

    def __init__(self, store: EventStore, clock: Clock, open_database: OpenDatabase) -> None:
        self.store, self.clock = store, clock
        self.kept = projector(Deadlines(), open_database("deadlines"), store)
        self.watch = self.a_watch()
        self.now = at(1)

    def a_watch(self, committer: Committer | None = None) -> DeadlineWatch:
        return DeadlineWatch(self.kept.database.snapshot, committer or DirectCommitter(self.store), lambda: self.now)

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

    def noted(self, incident: UUID = INCIDENT) -> list[tuple[str, str]]:
        """Kind and rung of everything that was noted, in order."""
        events = (recorded.event for recorded in self.store.read_stream(incident))
        return [
            (event.kind, event.rung if isinstance(event, DeadlineApproached) else "missed")
            for event in events
            if isinstance(event, DeadlineApproached | DeadlineMissed)
        ]


@pytest.fixture
def watched(tmp_path: Path, open_read_database: OpenDatabase) -> Iterator[Watched]:
    clock = Clock()
    with a_store(tmp_path / "log", clock) as store:
        store.commit([appending(INCIDENT, reported(), assessed(), aware())])
        yield Watched(store, clock, open_read_database)


async def test_each_rung_and_a_missed_limit_are_noted_once_and_each_by_itself(watched: Watched) -> None:
    assert await watched.look(at(12)) == 0
    assert await watched.look(at(14)) == 1
    assert await watched.look(at(15)) == 0
    assert await watched.look(at(24)) == 1
    assert watched.noted() == [("early_warning", "12h-left"), ("early_warning", "1h-left")]
    assert await watched.look(at(26)) == 1
    assert await watched.look(at(27)) == 0
    assert watched.noted()[2:] == [("early_warning", "missed")]
    assert await watched.look(at(80)) == 2
    assert watched.noted()[3:] == [("incident_notification", "4h-left"), ("incident_notification", "missed")]


async def test_of_what_passed_while_nothing_ran_the_latest_rung_and_the_miss_are_noted_at_the_first_look(
    watched: Watched,
) -> None:
    assert await watched.look(at(1000)) == 4
    assert [rung for _, rung in watched.noted()] == ["1h-left", "missed", "4h-left", "missed"]


async def test_two_that_look_at_once_note_a_miss_once(watched: Watched) -> None:
    other = watched.a_watch()
    # The second looks at tables in which the first's note is not yet to be seen.
    assert (await watched.look(at(26)), await other.look()) == (2, 0)


async def test_what_was_sent_is_not_missed_even_if_the_tables_do_not_know_it_yet(watched: Watched) -> None:
    watched.kept.catch_up()
    watched.store.commit([appending(INCIDENT, early_warning())])
    watched.now = at(26)

    assert await watched.watch.look() == 0
    assert watched.noted() == []


async def test_a_new_process_notes_nothing_twice(watched: Watched) -> None:
    await watched.look(at(80))
    watched.watch = watched.a_watch()
    assert await watched.look(at(80)) == 0


async def test_the_internal_limit_has_two_rungs_and_is_no_miss(watched: Watched) -> None:
    other = UUID(int=7)
    record(watched.store, [(other, reported())])
    await watched.look(at(1.9))
    assert watched.noted(other) == []
    await watched.look(at(2))
    await watched.look(at(4))
    await watched.look(at(400))
    assert watched.noted(other) == [("internal_assessment", "half"), ("internal_assessment", "limit")]


async def test_an_assessment_that_the_tables_do_not_know_yet_ends_the_internal_limit(watched: Watched) -> None:
    other = UUID(int=7)
    record(watched.store, [(other, reported())])
    watched.kept.catch_up()
    watched.store.commit([appending(other, assessed(1, significant=False))])
    watched.now = at(5)
    await watched.watch.look()
    assert watched.noted(other) == []


async def test_a_clock_that_moves_has_its_rungs_anew(watched: Watched) -> None:
    await watched.look(at(14))
    watched.store.commit([appending(INCIDENT, aware(11))])
    assert await watched.look(at(22)) == 0
    assert await watched.look(at(23)) == 1
    assert watched.noted() == [("early_warning", "12h-left"), ("early_warning", "12h-left")]


class Away(DirectCommitter):
    """A store that takes nothing the first time."""

    tried = 0

    async def submit(self, work: Callable[[UnitOfWork], T], *, bulk: bool = False) -> T:
        self.tried += 1
        if self.tried == 1:
            raise UnavailableError("locked")
        return await super().submit(work, bulk=bulk)


async def test_what_could_not_be_recorded_is_recorded_by_the_next_look(watched: Watched) -> None:
    watched.watch = watched.a_watch(Away(watched.store))
    with pytest.raises(UnavailableError):
        await watched.look(at(26))
    await watched.look(at(26))
    assert watched.noted() == [("early_warning", "1h-left"), ("early_warning", "missed")]
