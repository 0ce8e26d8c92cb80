"""Who read what is written down whole, found again, and deleted for good, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID, uuid4

import pytest

from adapters.event_store.access_table import AccessTable
from adapters.event_store.database import Database, SQLiteDatabase
from adapters.event_store.postgres import PostgresDatabase
from handlers.access_log import Reading

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
A, B, C = (UUID(int=n) for n in (1, 2, 3))


def reading(*incidents: UUID, who: str = "u-1", days: float = 0) -> Reading:
    return Reading(
        NOW - timedelta(days=days),
        who,
        proved=True,
        os_user=None,
        way="page",
        where="/haendelser/{reference}",
        correlation_id="id-1",
        incidents=frozenset(incidents),
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    opened: Database = (
        SQLiteDatabase(tmp_path / "access.db")
        if request.param == "sqlite"
        else PostgresDatabase(request.getfixturevalue("postgres_url"))
    )
    yield opened
    opened.close()


def test_a_reading_is_found_as_it_was_by_incident_person_and_time_the_newest_first(database: Database) -> None:
    table = AccessTable(database)
    old, cli = reading(A, days=3), reading(B, who="os:root")._replace(os_user="root", way="cli", proved=False)
    both = reading(A, B, days=1)
    table.record([old, both])
    table.record([cli])
    assert table.readings() == [cli, both, old]
    assert table.readings(limit=1) == [cli]
    assert table.readings(incident=A) == [both._replace(incidents=frozenset({A})), old]
    assert table.readings(incident=C) == []
    assert table.readings(who="os:root") == [cli]
    assert table.readings(who="u-1", since=NOW - timedelta(days=2)) == [both]
    assert AccessTable(database).readings() == [cli, both, old]


def test_a_list_that_is_looked_at_all_day_costs_one_row_a_look(database: Database) -> None:
    table, many = AccessTable(database), [uuid4() for _ in range(200)]
    for _ in range(50):
        table.record([reading(*many), reading(A)])
    assert database.read("SELECT count(*) FROM access_readings") == [(100,)]
    assert database.read("SELECT count(*) FROM access_sets") == [(2,)]
    assert database.read("SELECT count(*) FROM access_incidents") == [(201,)]
    assert len(table.readings(incident=many[7])) == 50


def test_what_is_forgotten_is_gone_with_its_incidents_and_the_rest_stays(database: Database) -> None:
    table = AccessTable(database)
    table.record([reading(A, B, who="u-hemmelig", days=200), reading(A, days=200), reading(A, days=100)])
    assert table.forget(NOW - timedelta(days=180)) == 2
    assert table.readings() == [reading(A, days=100)]
    assert database.read("SELECT incident_id FROM access_incidents") == [(A.hex,)]
    assert table.forget(NOW - timedelta(days=180)) == 0
    table.record([reading(A, B)])
    assert len(table.readings(incident=B)) == 1


def test_no_byte_of_what_is_forgotten_is_left_in_the_files(tmp_path: Path) -> None:
    database = SQLiteDatabase(tmp_path / "access.db")
    table = AccessTable(database)
    table.record([reading(A, who=f"u-hemmelig-{n}", days=200) for n in range(500)] + [reading(B, who="u-bliver")])

    def kept() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert b"u-hemmelig" in kept()
    table.forget(NOW - timedelta(days=180))
    assert b"u-hemmelig" not in kept()
    assert A.hex.encode() not in kept()
    assert b"u-bliver" in kept()
    database.close()


def test_of_two_that_write_at_once_nothing_is_lost(database: Database, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    AccessTable(database)
    is_file = isinstance(database, SQLiteDatabase)
    others: list[Database] = [
        SQLiteDatabase(tmp_path / "access.db") if is_file else PostgresDatabase(request.getfixturevalue("postgres_url"))
        for _ in range(2)
    ]

    def write(other: Database) -> None:
        table = AccessTable(other)
        for _ in range(20):
            table.record([reading(A, B), reading(C)])

    threads = [Thread(target=write, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(AccessTable(database).readings()) == 80
    assert database.read("SELECT count(*) FROM access_sets") == [(2,)]
    for other in others:
        other.close()
