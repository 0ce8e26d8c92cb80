"""What a way remembers is the same on SQLite and PostgreSQL, and over restarts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.event_store.database import Database, SQLiteDatabase
from adapters.event_store.postgres import PostgresDatabase
from adapters.event_store.ways_table import WaysTable
from handlers.ways_in import WayState

NOW, LATER = datetime(2026, 11, 21, 3, 7, tzinfo=UTC), datetime(2026, 11, 21, 3, 8, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WaysTable]:
    database: Database = (
        SQLiteDatabase(tmp_path / "ways.db")
        if request.param == "sqlite"
        else PostgresDatabase(request.getfixturevalue("postgres_url"))
    )
    WaysTable(database).begin("mail", "email")
    yield WaysTable(database)
    database.close()


def test_it_knows_the_last_message_the_last_error_and_where_to_go_on(memory: WaysTable) -> None:
    assert memory.begin("mail", "email") == ""
    memory.worked("mail", NOW, message=True, cursor="7:1")
    memory.failed("mail", LATER, "gone")
    memory.dropped("mail", 2)
    memory.dropped("mail", 3)
    memory.dropped("mail", 7, by_kernel=True)
    state = memory.states()["mail"]
    assert state == WayState("mail", "email", NOW, NOW, "gone", LATER, "7:1", 5, 7)
    assert state.is_failing
    assert memory.begin("mail", "email-skole") == "7:1"


def test_what_works_without_a_message_moves_neither_message_nor_cursor(memory: WaysTable) -> None:
    memory.failed("mail", NOW, "gone")
    memory.worked("mail", NOW, message=True, cursor="7:1")
    memory.worked("mail", LATER, message=False)
    state = memory.states()["mail"]
    assert (state.last_message_at, state.worked_at, state.cursor, state.is_failing) == (NOW, LATER, "7:1", False)
