"""Read databases keep rows and position together, and nothing that was erased."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.read_models.engines import open_memory, open_postgres, open_sqlite
from domain.errors import UnavailableError
from tests.support.read_databases import OpenDatabase


def test_every_connection_to_a_file_has_wal_normal_sync_and_secure_delete(tmp_path: Path) -> None:
    database = open_sqlite(tmp_path / "read_x.db")
    with database.snapshot() as one, database.snapshot() as two:
        for connection in (one, two):
            found = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("journal_mode", "synchronous")]
            assert [*found, connection.execute(text("PRAGMA secure_delete")).scalar_one()] == ["wal", 1, 1]
    database.close()


def test_postgres_keeps_each_projection_in_a_schema_of_its_own(postgres_url: str) -> None:
    for name in ("register", "deadlines", "register"):
        database = open_postgres(postgres_url, name)
        with database.snapshot() as connection:
            assert connection.execute(text("SELECT current_schema()")).scalar_one() == name
            assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == "off"
        database.close()


def test_an_exception_undoes_tables_and_rows_alike(open_read_database: OpenDatabase) -> None:
    database = open_read_database("x")

    def fail() -> None:
        with database.write() as connection:
            connection.execute(text("CREATE TABLE t (n INTEGER)"))
            connection.execute(text("INSERT INTO t VALUES (1)"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER)"))
        assert connection.execute(text("SELECT count(*) FROM t")).scalar_one() == 0


def test_a_snapshot_shows_one_moment_while_others_write(open_read_database: OpenDatabase) -> None:
    database, other = open_read_database("x"), open_read_database("x")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER)"))
    with database.snapshot() as reading:
        assert reading.execute(text("SELECT count(*) FROM t")).scalar_one() == 0
        with other.write() as writing:
            writing.execute(text("INSERT INTO t VALUES (1)"))
        assert reading.execute(text("SELECT count(*) FROM t")).scalar_one() == 0
    with database.snapshot() as reading:
        assert reading.execute(text("SELECT count(*) FROM t")).scalar_one() == 1


def test_writers_wait_for_each_other_so_that_no_increment_is_lost(open_read_database: OpenDatabase) -> None:
    databases = [open_read_database("x"), open_read_database("x")]
    with databases[0].write() as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER)"))
        connection.execute(text("INSERT INTO t VALUES (0)"))

    def add(number: int) -> None:
        for _ in range(20):
            with databases[number].write() as connection:
                n = connection.execute(text("SELECT n FROM t")).scalar_one()
                connection.execute(text("UPDATE t SET n = :n"), {"n": n + 1})

    threads = [threading.Thread(target=add, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with databases[0].snapshot() as connection:
        assert connection.execute(text("SELECT n FROM t")).scalar_one() == 40


def test_an_unreachable_postgres_is_unavailable() -> None:
    with pytest.raises(UnavailableError, match="PostgreSQL schema register"):
        open_postgres("postgresql://nobody@127.0.0.1:1/nothing", "register")


def test_memory_is_empty_each_time() -> None:
    for _ in range(2):
        with open_memory() as database, database.write() as connection:
            connection.execute(text("CREATE TABLE t (n INTEGER)"))


def test_what_was_deleted_from_a_file_leaves_no_bytes_behind(tmp_path: Path) -> None:
    path = tmp_path / "read_x.db"
    database = open_sqlite(path)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (words TEXT)"))
        connection.execute(text("INSERT INTO t VALUES ('Sagssystemet svarer ikke')"))
    with database.write() as connection:
        connection.execute(text("DELETE FROM t"))
    database.close()
    assert b"Sagssystemet" not in path.read_bytes()


def test_the_composition_root_starts_without_sqlalchemy() -> None:
    code = "import sys, adapters.main; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_many_that_open_a_new_file_at_once_all_get_it(tmp_path: Path) -> None:
    barrier = threading.Barrier(6)

    def begin() -> None:
        barrier.wait(10)
        database = open_sqlite(tmp_path / "new.db")
        with database.write() as connection:
            connection.execute(text("SELECT 1"))
        database.close()

    with ThreadPoolExecutor(6) as threads:
        for outcome in [threads.submit(begin) for _ in range(6)]:
            outcome.result()
