"""Everybody's units share transactions, and nobody pays for another's failure."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from typing import NoReturn
from uuid import uuid4

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter, GroupCommitter
from adapters.event_store.transaction import VersionConflictError
from domain.errors import UnavailableError
from domain.incident.errors import IncidentAlreadyClosedError
from handlers.unit_of_work import UnitOfWork
from tests.support.incidents import reported
from tests.support.stores import Stores, appending


class Commits:
    """Counts what the committer tells after each transaction."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


@pytest.fixture
def commits() -> Commits:
    return Commits()


@pytest.fixture
async def committer(store: EventStore, commits: Commits) -> AsyncIterator[GroupCommitter]:
    group = GroupCommitter(store, commits)
    group.start()
    yield group
    await group.stop()


def raising(error: Exception) -> Callable[[UnitOfWork], NoReturn]:
    def work(uow: UnitOfWork) -> NoReturn:
        uow.append(uuid4(), [reported()], expected=0)
        raise error

    return work


async def test_many_at_once_share_few_transactions(store: EventStore, committer: GroupCommitter, commits: Commits) -> None:
    positions = await asyncio.gather(*(committer.submit(appending(uuid4(), reported())) for _ in range(500)))
    assert sorted(positions) == list(range(1, 501))
    assert store.head() == 500
    assert commits.count <= 3
    assert len({row.recorded_at_us for row in store.rows(0, 500)}) <= 3


@pytest.mark.parametrize(
    "error",
    [
        IncidentAlreadyClosedError("closed"),
        VersionConflictError(uuid4(), 1, 2),
        KeyError("a defect"),
        StopIteration("a defect that a future cannot carry"),
        ValueError("another"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_failing_unit_gets_its_own_error_and_harms_no_other(
    store: EventStore, committer: GroupCommitter, error: Exception
) -> None:
    works = [appending(uuid4(), reported()), raising(error), appending(uuid4(), reported())]
    first, failed, last = await asyncio.gather(*map(committer.submit, works), return_exceptions=True)
    assert (first, last) == (1, 2)
    assert isinstance(failed, Exception)
    assert error is (failed.__cause__ if isinstance(error, StopIteration) else failed)
    assert store.head() == 2
    assert await committer.submit(appending(uuid4(), reported())) == 3


async def test_a_statement_that_the_database_refuses_harms_no_other(committer: GroupCommitter) -> None:
    incident = uuid4()

    def two_references_for_one(uow: UnitOfWork) -> None:
        uow.take_reference("laerkeborg", incident)
        uow.take_reference("laerkeborg", incident)

    works = [appending(uuid4(), reported()), two_references_for_one, lambda uow: uow.take_reference("laerkeborg", uuid4())]
    outcomes = await asyncio.gather(*map(committer.submit, works), return_exceptions=True)
    assert outcomes[0] == 1
    assert isinstance(outcomes[1], Exception)
    assert not isinstance(outcomes[1], UnavailableError)
    assert str(outcomes[2]).endswith("-0001")


async def test_text_that_postgresql_cannot_hold_harms_no_other(postgres_stores: Stores) -> None:
    committer = GroupCommitter(postgres_stores.open(), lambda: None)
    committer.start()
    works = [lambda uow: uow.known_signals([("wazuh", "a\x00b")]), appending(uuid4(), reported())]
    failed, stored = await asyncio.gather(*map(committer.submit, works), return_exceptions=True)
    assert isinstance(failed, Exception)
    assert not isinstance(failed, UnavailableError)
    assert stored == 1
    await committer.stop()


async def test_stopping_finishes_what_was_submitted_and_takes_no_more(store: EventStore) -> None:
    committer = GroupCommitter(store, lambda: None)
    committer.start()
    under_way, hold = threading.Event(), threading.Event()

    def slow(uow: UnitOfWork) -> int:
        under_way.set()
        hold.wait(5)
        return appending(uuid4(), reported())(uow)

    first = asyncio.create_task(committer.submit(slow))
    await asyncio.to_thread(under_way.wait, 5)
    rest = [asyncio.create_task(committer.submit(appending(uuid4(), reported()))) for _ in range(3)]
    await asyncio.sleep(0)
    stopping = asyncio.create_task(committer.stop())
    await asyncio.sleep(0)
    with pytest.raises(UnavailableError, match="closing"):
        await committer.submit(appending(uuid4(), reported()))
    hold.set()
    await stopping
    assert await asyncio.wait_for(asyncio.gather(first, *rest), 1) == [1, 2, 3, 4]
    assert store.head() == 4


async def test_bulk_shares_no_transaction_and_goes_by_turns_with_what_else_waits(store: EventStore) -> None:
    order, heads = list[str](), list[int]()
    committer = GroupCommitter(store, lambda: heads.append(store.head()))
    committer.start()

    def unit(name: str) -> Callable[[UnitOfWork], int]:
        def work(uow: UnitOfWork) -> int:
            order.append(name)
            if name == "first":
                under_way.set()
                hold.wait(5)
            return appending(uuid4(), reported())(uow)

        return work

    under_way, hold = threading.Event(), threading.Event()
    first = asyncio.create_task(committer.submit(unit("first")))
    await asyncio.to_thread(under_way.wait, 5)
    rest = [asyncio.create_task(committer.submit(unit(f"bulk {n}"), bulk=True)) for n in range(2)]
    rest += [asyncio.create_task(committer.submit(unit(f"person {n}"))) for n in range(2)]
    await asyncio.sleep(0)
    hold.set()
    await asyncio.wait_for(asyncio.gather(first, *rest), 5)
    assert order == ["first", "bulk 0", "person 0", "person 1", "bulk 1"], "whoever had the last turn waits for the other"
    assert heads == [1, 2, 4, 5], "one transaction each, but for the two people"
    await committer.stop()


async def test_people_go_before_bulk_that_waits_with_them(store: EventStore) -> None:
    heads = list[int]()
    committer = GroupCommitter(store, lambda: heads.append(store.head()))
    committer.start()
    for begun in range(0, 6, 2):
        await asyncio.sleep(0.05)  # whoever had the last turn before a pause has none to give back after it
        works = [committer.submit(appending(uuid4(), reported()), bulk=bulk) for bulk in (True, False)]
        assert await asyncio.wait_for(asyncio.gather(*works), 5) == [begun + 2, begun + 1]
    assert heads == [1, 2, 3, 4, 5, 6]
    await committer.stop()


async def test_what_one_transaction_does_not_take_the_next_one_does_and_each_commit_is_told(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.event_store.committer.MAX_UNITS", 3)
    heads = list[int]()
    committer = GroupCommitter(store, lambda: heads.append(store.head()))
    committer.start()
    submitted = asyncio.gather(*(committer.submit(appending(uuid4(), reported())) for _ in range(8)))
    assert await asyncio.wait_for(submitted, 5) == list(range(1, 9))
    await committer.stop()
    assert heads == [3, 6, 8]


async def test_once_the_committer_has_failed_nobody_waits_for_it(store: EventStore) -> None:
    def fail() -> None:
        raise KeyError("a defect")

    committer = GroupCommitter(store, fail)
    committer.start()
    assert await committer.submit(appending(uuid4(), reported())) == 1
    with pytest.raises(UnavailableError, match="closing"):
        await asyncio.wait_for(committer.submit(appending(uuid4(), reported())), 2)
    with pytest.raises(KeyError):
        await committer.stop()


async def test_a_caller_that_went_away_stops_nobody(committer: GroupCommitter) -> None:
    gone = asyncio.create_task(committer.submit(appending(uuid4(), reported())))
    stays = asyncio.create_task(committer.submit(appending(uuid4(), reported())))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == 2
    assert await committer.submit(appending(uuid4(), reported())) == 3


async def test_with_the_database_locked_every_caller_is_told_and_later_calls_succeed(
    sqlite_stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.event_store.database.LOCK_TIMEOUT_S", 0.05)
    committer = GroupCommitter(store := sqlite_stores.open(), lambda: None)
    committer.start()
    other = sqlite3.connect(sqlite_stores.place.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    outcomes = await asyncio.gather(
        *(committer.submit(appending(uuid4(), reported())) for _ in range(20)), return_exceptions=True
    )
    assert {type(outcome) for outcome in outcomes} == {UnavailableError}
    assert len({id(outcome) for outcome in outcomes}) == 20
    assert "database is locked; nothing was written, try again" in str(outcomes[0])
    other.execute("ROLLBACK")
    other.close()
    assert await committer.submit(appending(uuid4(), reported())) == 1
    assert store.head() == 1
    await committer.stop()


async def test_the_page_answers_while_the_disk_is_slow(store: EventStore, committer: GroupCommitter) -> None:
    hold = threading.Event()
    slow = asyncio.create_task(committer.submit(lambda _uow: hold.wait(5)))
    await asyncio.sleep(0.02)
    assert store.head() == 0
    assert not slow.done()
    hold.set()
    assert await slow


async def test_a_direct_committer_has_a_transaction_for_each_unit_and_raises_its_error(store: EventStore) -> None:
    direct = DirectCommitter(store)
    assert await direct.submit(appending(uuid4(), reported())) == 1
    with pytest.raises(KeyError):
        await direct.submit(raising(KeyError("a defect")))
    assert store.head() == 1
