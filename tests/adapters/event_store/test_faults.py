"""Locked, full or away: what was refused is not stored, what was acknowledged is not lost, and it comes back by itself."""

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.database import SQLiteDatabase
from domain.errors import UnavailableError
from domain.incident.events import Reported
from tests.support.incidents import reported
from tests.support.store_writer import report, start
from tests.support.stores import Place, Stores, appending
from tests.support.waiting import until

pytestmark = pytest.mark.faults


def references(store: EventStore) -> list[str]:
    events = [recorded.event for recorded in store.read(0, 100_000)]
    return [event.reference for event in events if isinstance(event, Reported)]


def test_every_connection_of_a_sqlite_store_writes_through_to_the_disk_and_erases_what_it_deletes(
    sqlite_stores: Stores,
) -> None:
    store = sqlite_stores.open()
    for database in (store.database, store.keyring._database):
        assert isinstance(database, SQLiteDatabase)
        database.read("SELECT 1")
        assert len(database._connections) >= 3  # writer, watcher, this thread's reader
        for connection in database._connections:
            settings = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
            assert settings == ["wal", 2]  # 2 is FULL
            assert connection.execute("PRAGMA secure_delete").fetchone()[0] == 1


def test_every_connection_of_a_postgresql_store_waits_for_the_disk(postgres_stores: Stores) -> None:
    store = postgres_stores.open()
    store.head()
    store.database.changed()
    connections = store.database._connections  # type: ignore[attr-defined]
    assert len(connections) >= 3
    for connection in connections:
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)


def test_a_locked_store_takes_nothing_and_works_again_when_the_lock_is_gone(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.event_store.database.LOCK_TIMEOUT_S", 0.1)
    monkeypatch.setattr("adapters.event_store.postgres.LOCK_TIMEOUT_S", 0.1)
    here, there = stores.open(), stores.open()
    with there.database.write("events"), pytest.raises(UnavailableError, match=r"lock.*nothing was written, try again"):
        here.commit([appending(uuid4(), reported())])
    assert here.head() == 0
    assert here.commit([appending(uuid4(), reported())]) == [1]


def test_a_locked_keyring_fails_the_whole_transaction_and_no_unit_gets_a_receipt(
    sqlite_stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.event_store.database.LOCK_TIMEOUT_S", 0.1)
    store = sqlite_stores.open()
    other = sqlite3.connect(sqlite_stores.place.keyring / "keyring.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnavailableError, match="keyring"):
        store.commit([appending(uuid4(), reported(title=None)), appending(uuid4(), reported())])
    other.close()
    assert store.head() == 0
    assert store.commit([appending(uuid4(), reported())]) == [1]


def is_refused(call: Callable[[], object]) -> bool:
    try:
        call()
    except UnavailableError:
        return True
    return False


async def test_after_postgresql_dropped_every_connection_the_store_comes_back(
    postgres_stores: Stores, postgres_url: str
) -> None:
    store = postgres_stores.open()
    store.commit([appending(uuid4(), reported())])
    store.database.changed()
    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    for call in (store.head, store.database.changed, partial(store.commit, [appending(uuid4(), reported())])):
        await until(partial(is_refused, call))
    assert store.head() == 1
    assert store.database.changed(), "a notification may have been missed meanwhile"
    assert not store.database.changed()
    assert store.commit([appending(uuid4(), reported())]) == [2]
    await until(store.database.changed)


def test_a_database_that_is_away_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="cannot be opened"):
        Place(str(tmp_path / "nowhere" / "events.db"), tmp_path).open()
    with pytest.raises(UnavailableError, match="PostgreSQL cannot be reached"):
        Place(f"postgresql://nobody@/none?host={tmp_path}", tmp_path).open()


def test_a_file_that_may_not_grow_refuses_by_name_and_takes_again_when_it_may(sqlite_stores: Stores) -> None:
    process = start(sqlite_stores.place, "starve", 200_000)
    lines = process.communicate(timeout=60)[0].splitlines()
    assert process.returncode == 0
    refused = [line for line in lines if line.startswith("refused:")]
    assert len(refused) == 3
    assert all(re.search(r"events\.db: disk I/O error; nothing was written|keyring\.db:", line) for line in refused)
    acknowledged = [line for line in lines if not line.startswith("refused:")]
    assert len(acknowledged) > 3
    assert lines[-1] == acknowledged[-1]
    assert references(sqlite_stores.open()) == acknowledged


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if (
        mount is None
        or unmount is None
        or subprocess.run([mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=False).returncode
    ):
        pytest.skip("mounting a disk of 3 MiB needs root; the file that may not grow, above, shows the same without")
    yield folder
    subprocess.run([unmount, "--lazy", folder], check=True)


def test_a_full_disk_refuses_by_name_and_takes_again_when_there_is_space(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(1_000_000))
    stores = Stores(Place(str(small_disk / "events.db"), small_disk / "keyring"))
    store = stores.open()
    acknowledged: list[str] = []

    def take(times: int) -> None:
        for _ in range(times):
            (outcome,) = store.commit([partial(report, entity="laerkeborg")])
            assert isinstance(outcome, str)
            acknowledged.append(outcome)

    for _ in range(3):
        with pytest.raises(UnavailableError, match=r"full|disk I/O error"):
            take(10_000)
        assert references(store) == acknowledged
    before = len(acknowledged)
    ballast.unlink()
    take(10)
    assert len(acknowledged) == before + 10
    assert before > 10
    stores.close()
    again = stores.open()
    assert references(again) == acknowledged
    assert [row.position for row in again.rows(0, 10_000)] == list(range(1, len(acknowledged) + 1))
    again.close()


def test_a_copy_taken_while_others_write_is_whole(sqlite_stores: Stores, tmp_path: Path) -> None:
    process = start(sqlite_stores.place, "load", 4)
    assert process.stdout is not None
    first = process.stdout.readline().strip()
    store = sqlite_stores.open()
    assert isinstance(store.database, SQLiteDatabase)
    store.database.backup_to(tmp_path / "copy.db")
    process.kill()
    process.communicate()
    keyring = Path(shutil.copytree(sqlite_stores.place.keyring, tmp_path / "copied"))
    copies = Stores(Place(str(tmp_path / "copy.db"), keyring))
    copied = references(copies.open())
    copies.close()
    assert first in copied
    assert copied == references(store)[: len(copied)]
