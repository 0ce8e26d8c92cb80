"""A projection is kept exactly once, in order, without gaps, whoever delivers and how often."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Index, inspect

from adapters.event_store.application import EventStore
from adapters.read_models.engines import open_memory, open_sqlite
from domain.errors import UnavailableError
from domain.events import StoredRow
from handlers.consumers import Letter, consume_events
from handlers.event_log import EventLog, MissingEventsError
from handlers.ports import BatchHandler
from handlers.projector import Projector
from projections.columns import Words
from projections.projection import Projection
from projections.register import INCIDENTS, Register
from projections.rows import Row, Rows
from projections.table_set import TableSet
from tests.support import incidents as tell
from tests.support.logs import PROJECTIONS, a_store, dump, folded_at_once, incident_id, many_lives, projector, record
from tests.support.read_databases import OpenDatabase
from tests.support.waiting import aside

LIVES = many_lives(seed=11, count=25)
every_projection = pytest.mark.parametrize("make", PROJECTIONS, ids=lambda make: make.name)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EventStore]:
    with a_store(tmp_path_factory.mktemp("lived")) as store:
        record(store, LIVES)
        yield store


@pytest.fixture(scope="module")
def in_order(lived: EventStore) -> dict[str, list[tuple[str, Row]]]:
    return {make.name: folded_at_once(make(), lived) for make in PROJECTIONS}


def rows_of(store: EventStore) -> list[StoredRow]:
    return store.recorder.rows(0, 10_000)


@every_projection
def test_what_is_kept_live_on_either_database_is_what_the_log_comes_to(
    make: type[Projection], lived: EventStore, in_order: dict[str, list[tuple[str, Row]]], open_read_database: OpenDatabase
) -> None:
    projection = make()
    kept = projector(projection, open_read_database(projection.name), lived)
    rows, chance = rows_of(lived), Random(3)
    while rows:
        size = chance.choice((1, 2, 7, 40))
        batch, rows = rows[:size], rows[size:]
        assert kept.apply(batch) == (batch[-1].position, [], False)
    assert dump(projection, kept.database) == in_order[projection.name]


@every_projection
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(1, 60), min_size=1, max_size=30), seed=st.integers(0, 2**16))
def test_batches_of_any_size_repeated_shuffled_and_with_gaps_give_the_same_tables(
    make: type[Projection], lived: EventStore, in_order: dict[str, list[tuple[str, Row]]], sizes: list[int], seed: int
) -> None:
    projection, chance, start = make(), Random(seed), 0
    log = rows_of(lived)
    with open_memory() as database:
        kept = projector(projection, database, lived)
        for size in sizes:
            batch = log[max(0, start - chance.randrange(5)) : start + size]
            start += size + chance.randrange(20)
            batch = [row for row in batch if chance.random() < 0.9] + batch[:3]
            chance.shuffle(batch)
            kept.apply(batch)
        kept.apply(log[-1:])
        assert kept.position() == log[-1].position
        assert dump(projection, database) == in_order[projection.name]


def test_a_repeated_batch_changes_nothing(lived: EventStore, open_read_database: OpenDatabase) -> None:
    kept = projector(Register(), open_read_database("register"), lived)
    kept.apply(rows_of(lived)[:50])
    before = dump(Register(), kept.database)
    assert kept.apply(rows_of(lived)[:50]) == (50, [], False)
    assert dump(Register(), kept.database) == before


def test_an_empty_delivery_is_taken(lived: EventStore, open_read_database: OpenDatabase) -> None:
    kept = projector(Register(), open_read_database("register"), lived)
    assert kept.apply([]) == (0, [], True)


class Watched:
    """The log, with what was asked of it."""

    def __init__(self, log: EventLog) -> None:
        self._log, self.asked = log, list[tuple[int, int | None]]()

    def head(self) -> int:
        return self._log.head()

    def rows(self, after: int = 0, limit: int = 1000, *, upto: int | None = None) -> list[StoredRow]:
        self.asked.append((after, upto))
        return self._log.rows(after, limit, upto=upto)


def test_only_what_was_not_delivered_is_read_from_the_store(lived: EventStore, open_read_database: OpenDatabase) -> None:
    log, rows = Watched(lived.recorder), rows_of(lived)
    kept = Projector(Register(), open_read_database("register"), log, lived.mapper.record)
    kept.prepare()
    assert kept.apply([*rows[:10], *rows[12:20]]) == (20, [], False)
    assert log.asked == [(10, 13)]


def test_what_is_remembered_from_batch_to_batch_is_bounded(
    lived: EventStore, open_read_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.projector.CACHED_ROWS", 3)
    kept = projector(Register(), open_read_database("register"), lived)
    remembered = list[int]()
    for row in rows_of(lived)[:200]:
        kept.apply([row])
        remembered.append(len(kept._rows))
    assert max(remembered) < 13


def test_a_position_that_the_store_does_not_show_is_an_error_and_nothing_is_taken(
    lived: EventStore, open_read_database: OpenDatabase
) -> None:
    kept = projector(Register(), open_read_database("register"), lived)
    head = lived.recorder.head()
    with pytest.raises(MissingEventsError, match=f"register needs event {head + 1}"):
        kept.apply([rows_of(lived)[-1]._replace(position=head + 5)])
    assert kept.position() == head


def test_two_processes_keep_the_same_tables_without_folding_anything_twice(
    lived: EventStore, in_order: dict[str, list[tuple[str, Row]]], open_read_database: OpenDatabase
) -> None:
    first = projector(Register(), open_read_database("register"), lived)
    second = projector(Register(), open_read_database("register"), lived)
    rows, errors = rows_of(lived), list[BaseException]()

    def deliver(kept: Projector, seed: int) -> None:
        chance = Random(seed)
        try:
            for row in rows:
                if chance.random() < 0.3:
                    kept.apply([row])
            kept.catch_up()
        except BaseException as error:  # noqa: BLE001 - shown by the test
            errors.append(error)

    threads = [threading.Thread(target=deliver, args=(kept, seed)) for seed, kept in enumerate((first, second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert dump(Register(), first.database) == in_order["register"]


def test_an_event_that_cannot_be_read_is_told_and_the_others_are_taken(
    log_store: EventStore, open_read_database: OpenDatabase
) -> None:
    good, lost = incident_id(1), incident_id(2)
    record(log_store, [(lost, tell.reported(reference="H-2026-0002")), (good, tell.reported()), (lost, tell.assessed())])
    rows = rows_of(log_store)
    rows[0] = rows[0]._replace(state=b'{"severity":"purple"}')
    kept = projector(Register(), open_read_database("register"), log_store)
    applied = kept.apply(rows)
    assert applied.position == 3
    assert [(rejected.row.position, rejected.reason.split(":")[0]) for rejected in applied.rejected] == [
        (1, "incident.reported.1 at position 1"),
        (3, "incident.assessed.1 at position 3"),
    ]
    assert "never reported" in applied.rejected[1].reason
    assert [row["reference"] for name, row in dump(Register(), kept.database) if name == "incidents"] == ["H-2026-0042"]


async def test_what_was_left_out_is_buried_by_the_next_batch_whoever_left_it_out_and_whatever_died(
    log_store: EventStore, open_read_database: OpenDatabase
) -> None:
    record(log_store, [(incident_id(1), tell.assessed()), (incident_id(2), tell.reported())])
    database, letters, away = open_read_database("register"), list[Letter](), [True]

    async def bury(letter: Letter) -> None:
        if away.pop() if away else False:
            raise UnavailableError("no bus")
        letters.append(letter)

    def consumer() -> BatchHandler:
        return consume_events(
            projector(Register(), database, log_store), lambda _: rows_of(log_store)[0], bury, aside, lambda: None
        )

    # A page catches up, and its process dies: only the tables remember.
    projector(Register(), database, log_store).catch_up()
    with pytest.raises(UnavailableError):
        await consumer()([])
    for _ in range(2):
        await consumer()([])
    assert [(letter.handler, letter.id, letter.body) for letter in letters] == [
        ("register", "register-1", rows_of(log_store)[0].state)
    ]
    assert "never reported" in letters[0].reason


def test_a_batch_tells_whether_anything_waits_to_be_buried(log_store: EventStore, open_read_database: OpenDatabase) -> None:
    kept = projector(Register(), open_read_database("register"), log_store)
    record(log_store, [(incident_id(1), tell.reported())])
    assert not kept.apply(rows_of(log_store)).left_out
    # Somebody else moves the tables on, past an event that cannot be taken.
    record(log_store, [(incident_id(2), tell.assessed())])
    projector(Register(), kept.database, log_store).catch_up()
    assert kept.apply(rows_of(log_store)).left_out, "nothing is folded, and nothing of it is known here"
    record(log_store, [(incident_id(3), tell.reported())])
    assert kept.apply(rows_of(log_store)).left_out, "it is still there"
    kept.buried(2)
    record(log_store, [(incident_id(4), tell.reported())])
    assert not kept.apply(rows_of(log_store)).left_out


async def test_a_letter_is_forgotten_only_once_the_bus_has_it(
    log_store: EventStore, open_read_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(log_store, [(incident_id(1), tell.assessed())])
    kept, letters = projector(Register(), open_read_database("register"), log_store), list[str]()
    kept.catch_up()

    async def bury(letter: Letter) -> None:
        letters.append(letter.id)

    consume = consume_events(kept, lambda _: rows_of(log_store)[0], bury, aside, lambda: None)
    with monkeypatch.context() as dying:
        dying.setattr(kept, "buried", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await consume([])
    await consume([])
    await consume([])
    # Once more, with the same id, by which the stream keeps it once.
    assert letters == ["register-1", "register-1"]


class Defective(Register):
    """Fails while `broken` is set, in the middle of a batch that is folded already."""

    broken = False

    def complete(self, rows: Rows) -> None:
        if self.broken:
            raise RuntimeError("a defect")
        super().complete(rows)


def test_a_failing_fold_leaves_rows_and_position_as_they_were_and_can_be_repeated(
    lived: EventStore, in_order: dict[str, list[tuple[str, Row]]], open_read_database: OpenDatabase
) -> None:
    register = Defective()
    kept = projector(register, open_read_database("register"), lived)
    kept.apply(rows_of(lived)[:30])
    before = dump(register, kept.database)
    register.broken = True
    with pytest.raises(RuntimeError, match="a defect"):
        kept.apply(rows_of(lived)[30:60])
    assert kept.position() == 30
    assert dump(register, kept.database) == before
    register.broken = False
    kept.apply(rows_of(lived))
    assert dump(register, kept.database) == in_order["register"]


def test_a_locked_read_file_is_said_to_be_unavailable_and_taken_later(lived: EventStore, tmp_path: Path) -> None:
    path = tmp_path / "read_register.db"
    database = open_sqlite(path, lock_timeout_s=0.05)
    kept = projector(Register(), database, lived)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnavailableError, match=r"read_register\.db: database is locked"):
        kept.apply(rows_of(lived)[:10])
    other.execute("ROLLBACK")
    other.close()
    assert kept.apply(rows_of(lived)[:10]).position == 10
    database.close()


class TestDefinition:
    """Tables of an older Sporlog are not migrated but made anew."""

    class WithAnotherMeaning(Register):
        revision = Register.revision + 1

    def test_the_same_definition_keeps_the_tables(self, lived: EventStore, open_read_database: OpenDatabase) -> None:
        projector(Register(), open_read_database("register"), lived).catch_up()
        again = Projector(Register(), open_read_database("register"), lived.recorder, lived.mapper.record)
        assert again.prepare() is False
        assert again.position() == lived.recorder.head()

    def test_another_meaning_of_the_fold_empties_them_and_catching_up_fills_them(
        self, lived: EventStore, in_order: dict[str, list[tuple[str, Row]]], open_read_database: OpenDatabase
    ) -> None:
        projector(Register(), open_read_database("register"), lived).catch_up()
        newer = Projector(self.WithAnotherMeaning(), open_read_database("register"), lived.recorder, lived.mapper.record)
        assert newer.prepare() is True
        with newer.database.snapshot() as connection:
            progress = TableSet(newer.projection).progress(connection)
        assert progress is not None
        assert (progress.position, progress.generation) == (0, 2), "whoever remembers rows of the first tables can tell"
        newer.catch_up()
        assert dump(Register(), newer.database) == in_order["register"]

    def test_whoever_goes_on_while_they_are_made_anew_begins_anew_too(
        self, lived: EventStore, open_read_database: OpenDatabase
    ) -> None:
        rows = rows_of(lived)
        kept = projector(Register(), open_read_database("register"), lived)
        kept.apply(rows[:40])
        newer = Projector(self.WithAnotherMeaning(), open_read_database("register"), lived.recorder, lived.mapper.record)
        assert newer.prepare() is True
        assert kept.apply(rows[40:50]) == (50, [], False)
        with open_memory() as database:
            fresh = projector(Register(), database, lived)
            fresh.apply(rows[:50])
            assert dump(Register(), kept.database) == dump(Register(), database)

    def test_a_column_more_or_an_index_less_is_another_definition(
        self, lived: EventStore, open_read_database: OpenDatabase
    ) -> None:
        database = open_read_database("register")
        projector(Register(), database, lived)
        changed = Register()
        copy = INCIDENTS.metadata.__class__()
        for table in Register.metadata.sorted_tables:
            table.to_metadata(copy)
        copy.tables["incidents"].append_column(Column("extra", Words))
        Index("incidents_extra", copy.tables["incidents"].c.extra)
        changed.metadata = copy
        newer = Projector(changed, database, lived.recorder, lived.mapper.record)
        assert newer.prepare() is True
        with database.snapshot() as connection:
            assert "extra" in {column["name"] for column in inspect(connection).get_columns("incidents")}
