"""Event stores on both databases, for tests that must hold on either; opened twice, they are two processes' stores."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.database import Database, SQLiteDatabase
from adapters.event_store.keyring import Keyring, load_master_key
from adapters.event_store.postgres import PostgresDatabase
from domain.incident.events import IncidentEvent
from handlers.unit_of_work import UnitOfWork

PREFIXES = {"laerkeborg": "H", "havnen": "HV"}


def now_us() -> int:
    return time.time_ns() // 1000


def open_database(place: str) -> Database:
    return PostgresDatabase(place) if place.startswith("postgresql:") else SQLiteDatabase(Path(place))


class Place(NamedTuple):
    """Where a store is: a file or a URL, and its keyring's folder."""

    database: str
    keyring: Path

    def open(self, clock: Callable[[], int] = now_us) -> EventStore:
        self.keyring.mkdir(parents=True, exist_ok=True)
        master = load_master_key(self.keyring / "master.key", create=not (self.keyring / "keyring.db").exists())
        keyring = Keyring(SQLiteDatabase(self.keyring / "keyring.db"), master)
        return EventStore(open_database(self.database), keyring, PREFIXES, clock)


class Stores:
    """Opens stores at one place and closes them after the test."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._opened: list[EventStore] = []

    def open(self, clock: Callable[[], int] = now_us) -> EventStore:
        self._opened.append(self.place.open(clock))
        return self._opened[-1]

    def close(self) -> None:
        for store in self._opened:
            store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stores]:
    database = request.getfixturevalue("postgres_url") if request.param == "postgres" else str(tmp_path / "events.db")
    opened = Stores(Place(database, tmp_path / "keyring"))
    yield opened
    opened.close()


@pytest.fixture
def store(stores: Stores) -> EventStore:
    return stores.open()


@pytest.fixture
def sqlite_stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores(Place(str(tmp_path / "events.db"), tmp_path / "keyring"))
    yield opened
    opened.close()


@pytest.fixture
def postgres_stores(postgres_url: str, tmp_path: Path) -> Iterator[Stores]:
    opened = Stores(Place(postgres_url, tmp_path / "keyring"))
    yield opened
    opened.close()


def appending(stream: UUID, *events: IncidentEvent, expected: int | None = None) -> Callable[[UnitOfWork], int]:
    """A unit of work that appends; at the version it finds unless told one."""

    def work(uow: UnitOfWork) -> int:
        return uow.append(stream, events, expected=uow.version(stream) if expected is None else expected)

    return work
