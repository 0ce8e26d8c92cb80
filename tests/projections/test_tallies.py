"""What is counted without being read: added once, whatever is repeated, undone, written in parts or by others."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import BigInteger, Column, MetaData, Table, select

from adapters.event_store.application import EventStore
from adapters.read_models.engines import ReadEngine
from domain.events import StoredRow
from projections.columns import Instant, Words
from projections.projection import Projection
from projections.register import Register
from projections.reporting import Reporting
from projections.rows import Row, Rows, read_all
from projections.signals import Signals
from projections.table_set import TableSet
from projections.upsert import ADDED, FIRST
from tests.support.incidents import at
from tests.support.logs import a_store, dump, folded_at_once, many_lives, projector, record
from tests.support.read_databases import OpenDatabase

METADATA = MetaData()
VISITS = Table(
    "visits",
    METADATA,
    Column("day", Words, primary_key=True),
    Column("place", Words, primary_key=True),
    Column("first_at", Instant, nullable=False, info=FIRST),
    Column("last_at", Instant, nullable=False),
    Column("visits", BigInteger, nullable=False, info=ADDED),
)
counting = pytest.mark.parametrize("make", [Register, Reporting, Signals], ids=lambda make: make.name)


def visit(place: str, hour: int, visits: int = 1) -> Row:
    return {"day": "2026-11-20", "place": place, "first_at": at(hour), "last_at": at(hour), "visits": visits}


@pytest.fixture
def database(open_read_database: OpenDatabase) -> ReadEngine:
    database = open_read_database("visits")
    with database.write() as connection:
        METADATA.create_all(connection)
    return database


def visits(database: ReadEngine) -> dict[str, tuple[datetime, datetime, int]]:
    with database.snapshot() as connection:
        rows = read_all(connection, select(VISITS))
    return {row["place"]: (row["first_at"], row["last_at"], row["visits"]) for row in rows}


def test_numbers_are_added_first_values_stay_and_all_others_are_the_last(database: ReadEngine) -> None:
    rows = Rows([(VISITS, VISITS)])
    for hours in ((1, 2), (3, 4)):
        for hour in hours:
            rows.tallies(VISITS).add(visit("hall", hour, visits=hour))
        rows.tallies(VISITS).add(visit(f"room {hours[0]}", 9, visits=-1))
        with database.write() as connection:
            rows.use(connection)
            assert rows.flush() == 0
    assert visits(database) == {
        "hall": (at(1), at(4), 10),
        "room 1": (at(9), at(9), -1),
        "room 3": (at(9), at(9), -1),
    }


def test_what_is_written_in_parts_is_written_once(database: ReadEngine) -> None:
    rows, left = Rows([(VISITS, VISITS)]), list[int]()
    for place in ("a", "b", "a", "c", "d", "e"):
        rows.tallies(VISITS).add(visit(place, 1))
    assert len(rows) == 5
    while len(rows):
        with database.write() as connection:
            rows.use(connection)
            left.append(rows.flush(2))
    assert left == [3, 1, 0]
    assert {place: number for place, (_, _, number) in visits(database).items()} == {"a": 2, "b": 1, "c": 1, "d": 1, "e": 1}


def test_what_is_forgotten_is_not_written(database: ReadEngine) -> None:
    rows = Rows([(VISITS, VISITS)])
    rows.tallies(VISITS).add(visit("hall", 1))
    rows.forget()
    with database.write() as connection:
        rows.use(connection)
        rows.flush()
    assert visits(database) == {}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EventStore]:
    with a_store(tmp_path_factory.mktemp("lived")) as store:
        record(store, many_lives(seed=7, count=10))
        yield store


def batches(store: EventStore, size: int = 25) -> list[list[StoredRow]]:
    log = store.recorder.rows(0, 10_000)
    return [log[start : start + size] for start in range(0, len(log), size)]


@counting
@pytest.mark.parametrize("moment", ["folded", "written"])
def test_what_an_undone_transaction_counted_is_counted_once(
    make: type[Projection],
    moment: str,
    lived: EventStore,
    open_read_database: OpenDatabase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    projection = make()
    kept = projector(projection, open_read_database(projection.name), lived)

    class PowerCutError(Exception):
        pass

    def cut(*_: object) -> None:
        raise PowerCutError

    for batch in batches(lived):
        with monkeypatch.context() as dying:
            if moment == "folded":
                dying.setattr(projection, "complete", cut)
            else:
                dying.setattr(TableSet, "save", cut)
            with pytest.raises(PowerCutError):
                kept.apply(batch)
        kept.apply(batch)
    assert dump(projection, kept.database) == folded_at_once(projection, lived)


@counting
def test_what_is_delivered_again_to_anybody_is_counted_once(
    make: type[Projection], lived: EventStore, open_read_database: OpenDatabase
) -> None:
    projection = make()
    one, other = (projector(projection, open_read_database(projection.name), lived) for _ in range(2))
    before: list[StoredRow] = []
    for number, batch in enumerate(batches(lived)):
        for kept in (one, other) if number % 2 else (other, other, one):
            kept.apply([*before, *batch])
        before = batch
    assert dump(projection, one.database) == folded_at_once(projection, lived)


def test_of_what_is_counted_nothing_is_remembered(lived: EventStore, open_read_database: OpenDatabase) -> None:
    kept = projector(Signals(), open_read_database("signals"), lived)
    for batch in batches(lived):
        kept.apply(batch)
        assert len(kept._rows) == 0
