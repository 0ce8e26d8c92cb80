"""The store's tables move forward only, and a store from the future is left alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.schema import STEPS, NewerSchemaError, migrate
from tests.support.incidents import reported
from tests.support.stores import Stores, appending, open_database


def version(store: EventStore) -> int:
    return int(store.database.read("SELECT version FROM schema_version")[0][0])


def test_a_new_store_has_the_newest_schema_and_opening_it_again_changes_nothing(stores: Stores) -> None:
    store = stores.open()
    store.commit([appending(uuid4(), reported())])
    assert version(store) == len(STEPS)
    again = stores.open()
    assert version(again) == len(STEPS)
    assert again.rows() == store.rows()


def test_a_newer_schema_is_refused_and_nothing_is_changed(stores: Stores) -> None:
    store = stores.open()
    with store.database.write() as cursor:
        cursor.execute("UPDATE schema_version SET version = ?", (len(STEPS) + 1,))
    with pytest.raises(NewerSchemaError, match=f"schema version {len(STEPS) + 1}, this Sporlog knows {len(STEPS)}"):
        stores.open()
    assert version(store) == len(STEPS) + 1


def test_two_that_start_at_once_make_one_schema(stores: Stores) -> None:
    barrier = Barrier(4)

    def begin() -> None:
        barrier.wait(10)
        database = open_database(stores.place.database)
        migrate(database)
        database.close()

    with ThreadPoolExecutor(4) as threads:
        for outcome in [threads.submit(begin) for _ in range(4)]:
            outcome.result()
    assert version(stores.open()) == len(STEPS)


def test_opening_a_store_does_not_wait_for_whoever_writes(stores: Stores) -> None:
    store = stores.open()
    with store.database.write("events"), store.keyring._database.write("data_keys"):
        assert stores.open().entity == store.entity


def test_the_database_itself_refuses_a_second_event_in_one_place(store: EventStore) -> None:
    stream = uuid4()
    store.commit([appending(stream, reported())])
    insert = (
        "INSERT INTO events (position, recorded_at_us, originator_id, originator_version, topic, state)"
        " VALUES (?, 0, ?, ?, 't', ?)"
    )
    for position, version_ in ((1, 2), (2, 1)):
        with pytest.raises(Exception, match=r"(?i)unique"), store.database.write("events") as cursor:
            cursor.execute(insert, (position, stream.hex, version_, b"{}"))
    assert store.head() == 1


def test_a_fact_about_the_store_is_set_once(store: EventStore) -> None:
    assert store.fact("demo") is None
    store.set_fact("demo", "yes")
    store.set_fact("demo", "no")
    assert store.fact("demo") == "yes"
