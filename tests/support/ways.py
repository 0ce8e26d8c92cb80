"""A way in with a memory of its own, and a door that keeps what it is brought."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.ways_table import WaysTable
from adapters.ways_in import contract
from adapters.ways_in.contract import Post, Take, Way, keep_coming
from handlers.intake_door import Receipt
from handlers.ways_in import WayState
from tests.support.waiting import until


class Brought(NamedTuple):
    source: str
    body: bytes
    headers: Mapping[str, str]


class Door:
    """Raises what `faults` holds first; waits while it is not open."""

    def __init__(self) -> None:
        self.brought: list[Brought] = []
        self.faults: list[Exception] = []
        self.open = asyncio.Event()
        self.open.set()

    async def take(self, source: str, body: bytes, headers: Mapping[str, str], _correlation_id: str) -> Receipt:
        await self.open.wait()
        if self.faults:
            raise self.faults.pop(0)
        self.brought.append(Brought(source, body, headers))
        return Receipt((), ())

    @property
    def lines(self) -> list[bytes]:
        return [line for one in self.brought for line in one.body.split(b"\n")]

    async def has(self, count: int) -> None:
        """Return once so many bodies were brought."""

        await until(lambda: len(self.brought) >= count)


class Ways:
    def __init__(self, folder: Path) -> None:
        self.door = Door()
        self.memory = WaysTable(SQLiteDatabase(folder / "ways.db", synchronous="NORMAL"))

    @asynccontextmanager
    async def running(self, way: Way, take: Take | None = None) -> AsyncIterator[None]:
        task = asyncio.create_task(keep_coming(Post(way, take or self.door.take, self.memory, lambda: datetime.now(UTC))))
        try:
            await until(lambda: way.name in self.memory.states())
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def state(self, way: Way) -> WayState:
        return self.memory.states()[way.name]

    async def fails(self, way: Way, *, with_words: str = "") -> WayState:
        """Return once the way has an error that holds these words."""

        await until(lambda: with_words in (self.state(way).last_error or "") and self.state(way).error_at is not None)
        return self.state(way)

    async def works(self, way: Way) -> WayState:
        """Return once the way has done all that it should."""

        await until(lambda: self.state(way).worked_at is not None and not self.state(way).is_failing)
        return self.state(way)


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults are tried again at once."""
    monkeypatch.setattr(contract, "FIRST_PAUSE_S", 0.02)
    monkeypatch.setattr(contract, "LONGEST_PAUSE_S", 0.05)
