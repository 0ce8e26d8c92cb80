"""Replay is the truth test: made again from the log, a projection is the same, and making it again disturbs nobody."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import pairwise

import pytest
from sqlalchemy import Connection, inspect, text, update

from adapters.event_store.application import EventStore
from adapters.read_models.engines import open_memory
from handlers import refolding
from handlers.read_database import ReadDatabase
from handlers.rebuild import Difference, Rebuilt, Verified, rebuild, verify
from handlers.refolding import RebuildOvertakenError
from projections.deadlines import Deadlines
from projections.projection import Projection
from projections.register import INCIDENTS, Register
from projections.table_set import BESIDE, TableSet
from tests.support import incidents as tell
from tests.support.logs import PROJECTIONS, a_store, dump, incident_id, many_lives, projector, record
from tests.support.read_databases import OpenDatabase

every_projection = pytest.mark.parametrize("make", PROJECTIONS, ids=lambda make: make.name)


class Kept:
    def __init__(self, projection: Projection, open_read_database: OpenDatabase, store: EventStore) -> None:
        self.projection, self.store = projection, store
        self.projector = projector(projection, open_read_database(projection.name), store)
        self.database = self.projector.database

    def rebuild(self, on_progress: Callable[[int, int], None] = refolding.unheard) -> Rebuilt:
        return rebuild(self.projection, self.database, self.store.recorder, self.store.mapper.record, on_progress)

    def verify(self) -> Verified:
        return verify(self.projection, self.database, self.store.recorder, self.store.mapper.record, open_memory)

    def tables(self) -> set[str]:
        with self.database.snapshot() as connection:
            return set(inspect(connection).get_table_names())

    def damage(self, reference: str, **values: object) -> None:
        with self.database.write() as connection:
            connection.execute(update(INCIDENTS).where(INCIDENTS.c.reference == reference).values(**values))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EventStore]:
    with a_store(tmp_path_factory.mktemp("lived")) as store:
        record(store, many_lives(seed=5, count=20))
        yield store


@every_projection
def test_a_rebuild_gives_the_tables_that_running_live_gave(
    make: type[Projection], lived: EventStore, open_read_database: OpenDatabase
) -> None:
    kept = Kept(make(), open_read_database, lived)
    for row in lived.recorder.rows(0, 10_000):
        kept.projector.apply([row])
    live = dump(kept.projection, kept.database)
    assert kept.verify() == Verified(lived.recorder.head(), len(live), None)
    assert kept.rebuild() == (lived.recorder.head(), [])
    assert dump(kept.projection, kept.database) == live
    assert not {name for name in kept.tables() if name.endswith(BESIDE)}


def test_a_rebuild_heals_a_damaged_row_and_verify_names_it(log_store: EventStore, open_read_database: OpenDatabase) -> None:
    kept = Kept(Register(), open_read_database, log_store)
    record(log_store, [(incident_id(n), tell.reported(reference=f"H-2026-000{n}")) for n in (1, 2, 3)])
    kept.projector.catch_up()
    kept.damage("H-2026-0002", signal_count=99)
    found = kept.verify()
    assert found.rows == 1
    assert found.difference is not None
    assert found.difference.live is not None
    assert found.difference.rebuilt is not None
    assert (found.difference.table, found.difference.live["signal_count"]) == ("incidents", 99)
    assert (found.difference.rebuilt["reference"], found.difference.rebuilt["signal_count"]) == ("H-2026-0002", 0)
    kept.rebuild()
    assert kept.verify().difference is None


@pytest.mark.parametrize(("remove", "side"), [(True, "rebuilt"), (False, "live")])
def test_verify_names_a_row_that_one_side_lacks(
    *, remove: bool, side: str, log_store: EventStore, open_read_database: OpenDatabase
) -> None:
    kept = Kept(Register(), open_read_database, log_store)
    record(log_store, [(incident_id(n), tell.reported(reference=f"H-2026-000{n}")) for n in (1, 2, 3)])
    kept.projector.catch_up()
    with kept.database.write() as connection:
        if remove:
            connection.execute(INCIDENTS.delete().where(INCIDENTS.c.reference == "H-2026-0002"))
        else:
            columns = ", ".join(c.name for c in INCIDENTS.columns)
            others = ", ".join(f"'{incident_id(0)}'" if c.name == "id" else c.name for c in INCIDENTS.columns)
            one = f"SELECT {others} FROM incidents WHERE reference = 'H-2026-0001'"  # noqa: S608 - our own names
            connection.execute(text(f"INSERT INTO incidents ({columns}) {one}"))
    difference = kept.verify().difference
    assert isinstance(difference, Difference)
    present, absent = (difference.rebuilt, difference.live) if side == "rebuilt" else (difference.live, difference.rebuilt)
    assert absent is None
    assert present is not None
    assert present["id"] == (incident_id(2) if remove else incident_id(0))


def test_live_events_keep_coming_during_a_rebuild_and_none_is_lost(
    log_store: EventStore, open_read_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refolding, "READ", 20)
    kept = Kept(Register(), open_read_database, log_store)
    told = many_lives(seed=9, count=30)
    record(log_store, told[:150])
    kept.projector.catch_up()
    coming = iter(told[150:])

    def meanwhile(_position: int, _aim: int) -> None:
        if (event := next(coming, None)) is not None:
            record(log_store, [event])
            kept.projector.catch_up()

    rebuilt = kept.rebuild(meanwhile)
    assert rebuilt.position == log_store.recorder.head() > 150
    record(log_store, list(coming))
    kept.projector.catch_up()
    assert kept.verify().difference is None
    assert kept.projector.position() == len(told)


def test_progress_is_told_in_rising_positions_up_to_the_head(
    log_store: EventStore, open_read_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refolding, "READ", 50)
    kept = Kept(Register(), open_read_database, log_store)
    record(log_store, many_lives(seed=2, count=30))
    heard: list[tuple[int, int]] = []
    kept.rebuild(lambda position, aim: heard.append((position, aim)))
    assert len(heard) > 3
    assert all(before < after for (before, _), (after, _) in pairwise(heard))
    assert heard[-1] == (log_store.recorder.head(), log_store.recorder.head())


def test_rows_that_do_not_fit_in_memory_are_written_in_between(
    log_store: EventStore, open_read_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"READ": 30, "HELD_ROWS": 10, "SLICE": 4}.items():
        monkeypatch.setattr(refolding, name, value)
    for make in PROJECTIONS:
        kept = Kept(make(), open_read_database, log_store)
        record(log_store, many_lives(seed=4, count=20)) if log_store.recorder.head() == 0 else None
        kept.projector.catch_up()
        live = dump(kept.projection, kept.database)
        kept.rebuild()
        assert dump(kept.projection, kept.database) == live


def test_a_rebuild_that_died_leaves_the_live_tables_and_the_next_one_starts_clean(
    log_store: EventStore, open_read_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refolding, "READ", 20)
    kept = Kept(Deadlines(), open_read_database, log_store)
    record(log_store, many_lives(seed=6, count=20))
    kept.projector.catch_up()
    live = dump(kept.projection, kept.database)

    class PowerCutError(Exception):
        pass

    def cut(position: int, _aim: int) -> None:
        if position > 40:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        kept.rebuild(cut)
    assert dump(kept.projection, kept.database) == live
    assert {name for name in kept.tables() if name.endswith(BESIDE)}
    kept.rebuild()
    assert dump(kept.projection, kept.database) == live
    assert not {name for name in kept.tables() if name.endswith(BESIDE)}


def test_of_two_rebuilds_the_one_that_began_first_gives_way_and_the_tables_are_right(
    log_store: EventStore, open_read_database: OpenDatabase
) -> None:
    kept = Kept(Register(), open_read_database, log_store)
    record(log_store, many_lives(seed=8, count=10))
    started: list[Rebuilt] = []

    def meanwhile(_position: int, _aim: int) -> None:
        if not started:
            started.append(Rebuilt(0, []))
            started[0] = kept.rebuild()

    with pytest.raises(RebuildOvertakenError, match="another rebuild of register"):
        kept.rebuild(meanwhile)
    assert started[0].position == log_store.recorder.head()
    assert kept.verify().difference is None


class Interrupted:
    """A database, and what somebody else does to it just before its n-th transaction."""

    def __init__(self, database: ReadDatabase, number: int, meanwhile: Callable[[], object]) -> None:
        self._database, self._left, self._meanwhile = database, number, meanwhile

    def snapshot(self) -> AbstractContextManager[Connection]:
        return self._database.snapshot()

    def scrub(self) -> bool:
        return self._database.scrub()

    def write(self) -> AbstractContextManager[Connection]:
        self._left -= 1
        if self._left == 0:
            self._meanwhile()
        return self._database.write()


@pytest.mark.parametrize("number", [2, 3, 4], ids=["the first writing", "the second writing", "taking their place"])
def test_a_rebuild_gives_way_whenever_another_one_began(
    number: int, log_store: EventStore, open_read_database: OpenDatabase
) -> None:
    kept = Kept(Register(), open_read_database, log_store)
    record(log_store, many_lives(seed=8, count=10))
    database = Interrupted(kept.database, number, kept.rebuild)
    with pytest.raises(RebuildOvertakenError, match="another rebuild of register"):
        rebuild(kept.projection, database, log_store.recorder, log_store.mapper.record)
    assert kept.verify().difference is None


def test_a_handler_that_runs_on_after_a_rebuild_does_not_trust_the_rows_it_remembers(
    log_store: EventStore, open_read_database: OpenDatabase
) -> None:
    kept = Kept(Register(), open_read_database, log_store)
    record(log_store, [(incident_id(1), tell.reported())])
    kept.projector.catch_up()
    kept.damage("H-2026-0042", signal_count=99)
    Kept(Register(), open_read_database, log_store).rebuild()
    record(log_store, [(incident_id(1), tell.assessed())])
    kept.projector.catch_up()
    assert kept.verify().difference is None


def test_indexes_and_views_are_there_after_a_rebuild(log_store: EventStore, open_read_database: OpenDatabase) -> None:
    kept = Kept(Register(), open_read_database, log_store)
    record(log_store, [(incident_id(1), tell.reported())])
    kept.rebuild()
    kept.rebuild()
    with kept.database.snapshot() as connection:
        names = {index["name"] for index in inspect(connection).get_indexes("incidents")}
        assert names == {f"incidents_{name}" for name in ("next_due", "reference", "position", "entity")}
        assert connection.execute(text("SELECT count(*) FROM sporlog_incidents")).scalar_one() == 1
        progress = TableSet(Register()).progress(connection)
    assert progress is not None
    assert (progress.position, progress.generation) == (1, 3)
