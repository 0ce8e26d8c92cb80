"""Both kinds of read database, for tests that must hold on either."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapters.event_store.application import EventStore
from adapters.read_models.engines import ReadEngine, open_postgres, open_sqlite
from tests.support.logs import a_store

OpenDatabase = Callable[[str], ReadEngine]


@pytest.fixture(params=["sqlite", "postgres"])
def open_read_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenDatabase]:
    """Opens the read database of a projection by its name."""
    opened: list[ReadEngine] = []

    def open_one(name: str) -> ReadEngine:
        if request.param == "sqlite":
            opened.append(open_sqlite(tmp_path / f"read_{name}.db"))
        else:
            opened.append(open_postgres(request.getfixturevalue("postgres_url"), name))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def log_store(tmp_path: Path) -> Iterator[EventStore]:
    """An empty store whose clock stands at the report of incidents.py."""
    with a_store(tmp_path / "store") as store:
        yield store
