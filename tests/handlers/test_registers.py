"""A register is read by its cursor and remembered with it; what it says is shown as drift, and a person decides."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.database import Database, SQLiteDatabase
from adapters.event_store.postgres import PostgresDatabase
from adapters.event_store.registers_table import RegistersTable
from domain.catalogue.importing import Trouble
from domain.catalogue.imports import Sort
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie
from domain.errors import UnavailableError
from handlers.registers import (
    Pulled,
    RegisterFailedError,
    RegisterObject,
    RegisterTie,
    RegisterWatch,
    drift,
    preview,
    sync,
)
from projections.catalogue import Catalogue
from tests.support.importing import Importer
from tests.support.logs import projector
from tests.support.read_databases import OpenDatabase

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def system(key: str, name: str, *ties: RegisterTie, **facts: object) -> RegisterObject:
    return RegisterObject(
        kind=Kind.SYSTEM, key=key, facts={"name": name, **facts}, ties=ties, tells=frozenset({Tie.SUPPLIED_BY})
    )


def supplier(key: str, name: str) -> RegisterObject:
    return RegisterObject(kind=Kind.SUPPLIER, key=key, facts={"name": name}, lent=True)


def supplied(source: str, to: str) -> RegisterTie:
    return RegisterTie(tie=Tie.SUPPLIED_BY, source=source, to=to)


class Scripted:
    """A register that tells what it was given, one pull after the other; the outside world, in place of a server."""

    name, where = "os2kitos", "https://kitos.example"

    def __init__(self, *told: Pulled | Exception) -> None:
        self.told = list(told)
        self.cursors: list[str] = []

    def pull(self, cursor: str) -> Pulled:
        self.cursors.append(cursor)
        told = self.told.pop(0)
        if isinstance(told, Exception):
            raise told
        return told


def open_database(place: str) -> Database:
    return PostgresDatabase(place) if place.startswith("postgresql:") else SQLiteDatabase(Path(place))


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.getfixturevalue("postgres_url") if request.param == "postgres" else tmp_path / "registers.db")


@pytest.fixture
def memory(place: str) -> Iterator[RegistersTable]:
    with closing(RegistersTable(open_database(place))) as opened:
        yield opened


@pytest.fixture
def source(log_store: EventStore, open_read_database: OpenDatabase) -> Importer:
    return Importer(log_store, projector(Catalogue(), open_read_database("catalogue"), log_store), "os2kitos")


def test_what_was_told_is_remembered_with_its_cursor_and_a_change_replaces_only_itself(memory: RegistersTable) -> None:
    first = Pulled([system("a", "Omsorg", supplied("a", "l")), system("b", "Løn"), supplier("l", "KMD")], "c1")
    changed = Pulled([system("b", "Løn og ferie")], "c2", whole=False)
    register = Scripted(first, changed, Pulled([], "c3", whole=False, gone=frozenset({"a"})))
    assert [one.key for one in sync(register, memory, NOW).objects] == ["a", "b", "l"]
    state = sync(register, memory, NOW + timedelta(days=1))
    assert [one.facts["name"] for one in state.objects] == ["Omsorg", "Løn og ferie", "KMD"]
    state = sync(register, memory, NOW + timedelta(days=2))
    assert [one.key for one in state.objects] == ["b"], "a supplier that nothing is tied to any more is not told of"
    assert (register.cursors, state.cursor, state.read_at) == (["", "c1", "c2"], "c3", NOW + timedelta(days=2))


def test_a_look_that_fails_keeps_what_was_told_and_says_why(memory: RegistersTable) -> None:
    register = Scripted(Pulled([system("a", "Omsorg")], "c1"), RegisterFailedError("svarer ikke"), Pulled([], "c2"))
    sync(register, memory, NOW)
    with pytest.raises(RegisterFailedError, match="svarer ikke"):
        sync(register, memory, NOW + timedelta(hours=1))
    state = memory.state("os2kitos")
    assert ([one.key for one in state.objects], state.cursor, state.last_error) == (["a"], "c1", "svarer ikke")
    assert state.is_failing
    with pytest.raises(RegisterFailedError, match="told of nothing at all, and had 1 objects before"):
        sync(register, memory, NOW + timedelta(hours=2))
    assert [one.key for one in memory.state("os2kitos").objects] == ["a"]


def test_a_preview_remembers_nothing(memory: RegistersTable) -> None:
    register = Scripted(Pulled([system("a", "Omsorg")], "c1"))
    assert [one.key for one in preview(register, memory).objects] == ["a"]
    assert memory.state("os2kitos").read_at is None


def test_drift_is_taken_over_kept_and_shown_until_then(source: Importer, memory: RegistersTable) -> None:
    objects = [system("a", "Omsorg", supplied("a", "l"), owner="os2kitos:1"), supplier("l", "KMD")]
    state = sync(Scripted(Pulled(objects, "c1")), memory, NOW)

    def found() -> list[tuple[Sort, str]]:
        source.projector.catch_up()
        with source.projector.database.snapshot() as connection:
            comparison = drift(source.store, connection, state)
        source.differences = comparison.differences
        return [(one.sort, one.name) for one in comparison.differences]

    assert found() == [(Sort.NEW, "Omsorg"), (Sort.TIED, "Omsorg"), (Sort.NEW, "KMD")]
    source.take_these(source.differences)
    assert found() == []
    state = state._replace(objects=(system("a", "Omsorg", owner="os2kitos:2"),))
    assert found() == [(Sort.CHANGED, "Omsorg"), (Sort.UNTIED, "Omsorg"), (Sort.MISSING, "KMD")]


def test_a_value_that_cannot_be_used_is_left_out_alone(source: Importer, memory: RegistersTable) -> None:
    state = sync(Scripted(Pulled([system("a", "Omsorg", owner="Ole Olsen", hosting="own"), system("b", "")], "c")), memory, NOW)
    with source.projector.database.snapshot() as connection:
        found = drift(source.store, connection, state)
    assert [(one.place, one.trouble) for one in found.problems] == [
        ("Omsorg", Trouble.VALUE_WRONG),
        ("b", Trouble.NAME_EMPTY),
    ]
    (new,) = found.differences
    assert new.wanted is not None
    assert dict(new.wanted.told) == {"name": "Omsorg", "hosting": "own"}


def test_the_watch_reads_once_a_day_and_after_a_fault_once_an_hour_and_never_records(
    source: Importer, memory: RegistersTable
) -> None:
    told = Pulled([system("a", "Omsorg")], "c")
    register, now = Scripted(told, RegisterFailedError("nede"), told, told), [NOW]
    watch = RegisterWatch([register], memory, lambda: now[0])
    for hours, left in ((0, 3), (1, 3), (23, 3), (24, 2), (24.5, 2), (25, 1), (48, 1), (49, 0)):
        now[0] = NOW + timedelta(hours=hours)
        watch.look()
        assert len(register.told) == left, hours
    assert source.store.head() == 0


def test_one_register_that_fails_costs_the_others_nothing(memory: RegistersTable) -> None:
    broken, sound = Scripted(RegisterFailedError("nede")), Scripted(Pulled([system("a", "Omsorg")], "c"))
    sound.name = "servicenow"
    RegisterWatch([broken, sound], memory, lambda: NOW).look()
    assert memory.state("servicenow").read_at == NOW
    assert memory.state("os2kitos").last_error == "nede"


def _killed_while_writing(place: str, at: str) -> None:
    """A process of its own: killed when the statement with these words is about to run, or has run and is not committed."""
    database = open_database(place)
    memory = RegistersTable(database)
    write = database.write

    class Deadly:
        def __init__(self, transaction: object) -> None:
            self.transaction = transaction

        def execute(self, sql: str, values: tuple[object, ...] = ()) -> None:
            if at == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            self.transaction.execute(sql, values)  # type: ignore[attr-defined]  # the database's own cursor
            os.kill(os.getpid(), signal.SIGKILL)

    class Written:
        def __init__(self, lock: str) -> None:
            self.inner = write(lock)

        def __enter__(self) -> Deadly:
            return Deadly(self.inner.__enter__())

        def __exit__(self, *problem: object) -> None:
            raise AssertionError(problem)

    database.write = Written  # type: ignore[method-assign, assignment]
    sync(Scripted(Pulled([system("b", "Løn")], "c2", whole=False)), memory, NOW + timedelta(days=1))


@pytest.mark.faults
@pytest.mark.parametrize("at", ["before", "uncommitted"])
def test_killed_at_the_write_the_cursor_is_that_of_what_is_remembered(place: str, at: str) -> None:
    with closing(RegistersTable(open_database(place))) as memory:
        sync(Scripted(Pulled([system("a", "Omsorg")], "c1")), memory, NOW)
    killed = get_context("spawn").Process(target=_killed_while_writing, args=(place, at))
    killed.start()
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    with closing(RegistersTable(open_database(place))) as memory:
        state = memory.state("os2kitos")
        assert (state.cursor, [one.key for one in state.objects]) == ("c1", ["a"])
        again = Scripted(Pulled([system("b", "Løn")], "c2", whole=False))
        assert [one.key for one in sync(again, memory, NOW + timedelta(days=1)).objects] == ["a", "b"]
        assert again.cursors == ["c1"]


def test_a_full_disk_keeps_what_was_told(memory: RegistersTable, monkeypatch: pytest.MonkeyPatch) -> None:
    sync(Scripted(Pulled([system("a", "Omsorg")], "c1")), memory, NOW)

    def full(*_: object) -> None:
        raise UnavailableError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(memory._database, "write", full)
        with pytest.raises(UnavailableError, match="the disk is full"):
            sync(Scripted(Pulled([system("b", "Løn")], "c2", whole=False)), memory, NOW)
    assert memory.state("os2kitos").cursor == "c1"


def test_the_watch_runs_beside_everything_else(memory: RegistersTable) -> None:
    watch = RegisterWatch([Scripted(Pulled([system("a", "Omsorg")], "c"))], memory, lambda: NOW)
    asyncio.run(asyncio.to_thread(watch.look))
    assert memory.state("os2kitos").read_at == NOW
