"""Many rows in few statements: the same tables as row by row, and few turns at the database."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.event_store.database import SQLiteDatabase
from adapters.read_models.engines import open_memory, open_sqlite
from adapters.sqlite_rows import MOST_COLUMNS, Connection, Cursor

UPSERT = "INSERT INTO counts (name, n) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET n = counts.n + excluded.n"
TABLE = "CREATE TABLE counts (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, n INTEGER NOT NULL)"


def connected(factory: type[sqlite3.Connection]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=factory)
    connection.execute(TABLE)
    return connection


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    made = connected(Connection)
    yield made
    made.close()


def rows_of(connection: sqlite3.Connection) -> list[tuple[int, str, int]]:
    return connection.execute("SELECT id, name, n FROM counts ORDER BY id").fetchall()


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 59, 60, 249, 250, 251, 613])
@pytest.mark.parametrize("different", [1, 7, 10_000])
def test_rows_are_written_in_their_order_as_the_driver_writes_them(
    connection: sqlite3.Connection, size: int, different: int
) -> None:
    rows = [(f"component-{number % different}", number) for number in range(size)]
    plain = connected(sqlite3.Connection)
    plain.cursor().executemany(UPSERT, rows)
    connection.cursor().executemany(UPSERT, iter(rows))
    assert rows_of(connection) == rows_of(plain)
    assert len(rows_of(connection)) == min(size, different)
    plain.close()


@pytest.mark.parametrize(("statement", "columns"), [(UPSERT, 2), (UPSERT.replace("(?, ?)", "(?, 1)"), 1)])
def test_a_thousand_rows_are_four_statements(connection: sqlite3.Connection, statement: str, columns: int) -> None:
    told: list[str] = []
    connection.set_trace_callback(told.append)
    rows = [(str(number % 700), 1)[:columns] for number in range(1000)]
    connection.cursor().executemany(statement, rows)
    assert len(told) == 4
    assert connection.execute("SELECT sum(n), count(*) FROM counts").fetchone() == (1000, 700)


def test_what_is_refused_goes_with_its_transaction(connection: sqlite3.Connection) -> None:
    cursor = connection.cursor()
    cursor.execute("BEGIN")
    with pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
        cursor.executemany(UPSERT, [(str(number), 1 if number != 280 else None) for number in range(600)])
    cursor.execute("ROLLBACK")
    assert rows_of(connection) == []


def test_another_statement_runs_row_by_row(connection: sqlite3.Connection) -> None:
    cursor = connection.cursor()
    cursor.executemany(UPSERT, [(str(number), 1) for number in range(300)])
    cursor.executemany("UPDATE counts SET n = n + ? WHERE name = ?", [(number, str(number)) for number in range(300)])
    assert [n for _, _, n in rows_of(connection)] == [number + 1 for number in range(300)]


def test_values_outside_of_the_row_are_left_to_the_driver(connection: sqlite3.Connection) -> None:
    cursor = connection.cursor()
    for _ in range(2):
        cursor.executemany(
            "INSERT INTO counts (name, n) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET n = ?",
            [(str(number), number, -number) for number in range(50)],
        )
    assert [n for _, _, n in rows_of(connection)] == [-number for number in range(50)]


def test_a_row_too_wide_for_one_statement_is_written_too(connection: sqlite3.Connection) -> None:
    columns = [f"c{number}" for number in range(MOST_COLUMNS + 40)]
    connection.execute(f"CREATE TABLE wide ({', '.join(columns)})")
    marks = ", ".join("?" * len(columns))
    connection.cursor().executemany(f"INSERT INTO wide VALUES ({marks})", [range(len(columns))] * 300)  # noqa: S608 - marks
    assert connection.execute("SELECT count(*), sum(c139) FROM wide").fetchone() == (300, 300 * 139)


def test_the_log_and_the_read_models_write_with_it(tmp_path: Path) -> None:
    database = SQLiteDatabase(tmp_path / "log.sqlite")
    with database.write() as cursor:
        assert isinstance(cursor, Cursor)
    database.close()
    read = open_sqlite(tmp_path / "read.sqlite")
    with read.write() as connection, open_memory() as memory, memory.write() as other:
        for each in (connection, other):
            assert isinstance(each.execute(text("SELECT 1")).cursor, Cursor)
    read.close()
