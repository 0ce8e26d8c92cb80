"""The committer: gathers everybody's units of work into shared transactions."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, cast

from adapters.event_store.application import EventStore
from domain.errors import UnavailableError
from handlers.unit_of_work import UnitOfWork

T = TypeVar("T")
PAUSE_S = 0.002
"""Between two commits: without it another process never gets the lock (the CLI's p95 was 1 740 ms, with it 62 ms)."""
MAX_UNITS = 1000


class GroupCommitter:
    """See `handlers.unit_of_work.Committer`. One instance a process.

    Transactions run on one thread of their own, so that a locked or slow disk never stops the page from answering.
    """

    def __init__(self, store: EventStore, on_commit: Callable[[], None]) -> None:
        self._store, self._on_commit = store, on_commit
        self._waiting: list[tuple[Callable[[UnitOfWork], Any], asyncio.Future[Any]]] = []
        self._some = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="committer")
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to commit."""
        self._task = asyncio.create_task(self._run(), name="committer")

    async def stop(self) -> None:
        """Finish what was submitted, then end."""
        if self._task is not None:
            await asyncio.gather(*(future for _, future in self._waiting), return_exceptions=True)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._thread.shutdown(wait=True)

    async def submit(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in the next transaction; its result once that is durable, or its error."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        self._some.set()
        return await future

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._some.wait()
            self._some.clear()
            while self._waiting:
                batch, self._waiting = self._waiting[:MAX_UNITS], self._waiting[MAX_UNITS:]
                try:
                    outcomes = await loop.run_in_executor(self._thread, self._store.commit, [work for work, _ in batch])
                except Exception as error:  # noqa: BLE001 - every waiting caller is told; nobody gets a false receipt
                    refused = error if isinstance(error, UnavailableError) else UnavailableError(f"the store failed: {error!r}")
                    outcomes = [refused] * len(batch)
                for (_, future), outcome in zip(batch, outcomes, strict=True):
                    _settle(future, outcome)
                self._on_commit()
                await asyncio.sleep(PAUSE_S)


def _settle(future: asyncio.Future[Any], outcome: object) -> None:
    if future.done():  # the caller went away; what was stored stays stored
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(cast("Any", outcome))


class DirectCommitter:
    """For one caller at a time (CLI, demo): each unit is a transaction of its own."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    async def submit(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` now; durable on return."""
        (outcome,) = self._store.commit([work])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome
