"""Looking back in every projection: what stood then, the same for ever, whoever makes it and whatever came since."""

import threading
from collections.abc import Iterator

import pytest

from adapters.event_store.application import EventStore
from adapters.read_models.engines import open_memory
from handlers import past_tables
from handlers.past_tables import LookingBackError, PastTables
from projections.projection import Projection
from projections.rows import Row
from projections.table_set import TableSet
from tests.support.logs import PROJECTIONS, a_store, dump, many_lives, projector, record
from tests.support.read_databases import OpenDatabase

every_projection = pytest.mark.parametrize("make", PROJECTIONS, ids=lambda make: make.name)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EventStore]:
    with a_store(tmp_path_factory.mktemp("lived")) as store:
        record(store, many_lives(seed=8, count=15))
        yield store


def past(store: EventStore) -> PastTables:
    return PastTables({make.name: make() for make in PROJECTIONS}, store.recorder, store.mapper.record, open_memory)


def stood(tables: PastTables, projection: Projection, position: int) -> list[tuple[str, Row]]:
    with tables.open(projection.name, position) as connection:
        return list(TableSet(projection).dump(connection))


@every_projection
def test_at_any_position_two_look_backs_and_the_live_tables_of_that_moment_agree(
    make: type[Projection], lived: EventStore, open_read_database: OpenDatabase
) -> None:
    live, one, other = projector(make(), open_read_database(make.name), lived), past(lived), past(lived)
    head = lived.recorder.head()
    rows = lived.recorder.rows(0, head)
    for position in (head // 3, head // 2, head):
        live.apply(rows[:position])
        now = dump(make(), live.database)
        assert stood(one, make(), position) == stood(other, make(), position) == now


def test_what_is_kept_is_the_last_one_and_another_takes_its_place(lived: EventStore) -> None:
    tables, register = past(lived), PROJECTIONS[0]()
    early, late = stood(tables, register, 5), stood(tables, register, 60)
    assert early != late
    assert stood(tables, register, 60) == late
    assert stood(tables, register, 5) == early
    tables.close()
    assert stood(tables, register, 5) == early


def test_before_the_first_event_there_is_nothing(lived: EventStore) -> None:
    assert stood(past(lived), PROJECTIONS[0](), 0) == []


def test_whoever_would_wait_long_for_anothers_is_told_so(lived: EventStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past_tables, "PATIENCE_S", 0.05)
    tables, refused = past(lived), list[Exception]()

    def second() -> None:
        try:
            stood(tables, PROJECTIONS[0](), 9)
        except LookingBackError as error:
            refused.append(error)

    with tables.open("register", 5):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(refused) == 1
    assert stood(tables, PROJECTIONS[0](), 9)
