"""Several real processes on one store: no gap, no loss, no clash, also when they start or die at once."""

import asyncio
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from adapters.event_store.application import EventStore
from domain.incident.events import Reported
from domain.reference import parse_reference, year_of
from tests.support.incidents import reported
from tests.support.store_writer import start
from tests.support.stores import PREFIXES, Stores, appending
from tests.support.waiting import until

YEAR = year_of(datetime.now(UTC))


@contextmanager
def writers(stores: Stores, count: int, what: str, number: int) -> Iterator[list[subprocess.Popen[str]]]:
    processes = [start(stores.place, what, number) for _ in range(count)]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def references(store: EventStore) -> list[str]:
    events = [recorded.event for recorded in store.read(0, 100_000)]
    return [event.reference for event in events if isinstance(event, Reported)]


def test_processes_that_start_and_write_at_once_leave_no_gap_and_lose_nothing(stores: Stores) -> None:
    rounds, count = 20, 4
    with writers(stores, count, "race", rounds) as processes:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        acknowledged = [line for process in processes for line in process.communicate(timeout=60)[0].split()]
        assert [process.returncode for process in processes] == [0] * count
    store = stores.open()
    assert [row.position for row in store.rows(0, 1000)] == list(range(1, rounds * count * len(PREFIXES) + 1))
    assert Counter(references(store)) == Counter(acknowledged)
    for prefix in PREFIXES.values():
        numbers = sorted(r.number for r in map(parse_reference, acknowledged) if r.prefix == prefix)
        assert numbers == list(range(1, rounds * count + 1))
    recorded = [row.recorded_at_us for row in store.rows(0, 1000)]
    assert recorded == sorted(recorded)
    opened = [recorded.event for recorded in store.read(0, 1000, opened=True)]
    assert {event.title for event in opened if isinstance(event, Reported)} == {reported().title}


def test_references_lead_back_to_their_incident(stores: Stores) -> None:
    with writers(stores, 1, "race", 2) as (process,):
        acknowledged = process.communicate("go\n", timeout=60)[0].split()[1:]
    store = stores.open()
    assert acknowledged == [f"H-{YEAR}-0001", f"HV-{YEAR}-0001", f"H-{YEAR}-0002", f"HV-{YEAR}-0002"]
    for reference in acknowledged:
        found = store.find_reference(reference.lower().replace("-000", " "))
        assert found is not None
        (recorded,) = store.read_stream(found)
        assert isinstance(recorded.event, Reported)
        assert recorded.event.reference == reference
    assert store.find_reference(f"H-{YEAR}-0003") is None
    assert store.find_reference(f"X-{YEAR}-0001") is None


async def test_changed_tells_of_other_processes_writes_and_falls_silent_again(stores: Stores) -> None:
    store = stores.open()
    store.database.changed()
    assert not store.database.changed()
    with writers(stores, 1, "race", 1) as (process,):
        assert process.stdout is not None
        process.stdout.readline()
        await asyncio.sleep(0.05)
        store.database.changed()
        assert not store.database.changed()
        process.communicate("go\n", timeout=60)
    await until(store.database.changed)
    assert not store.database.changed()


def test_reading_goes_on_while_another_process_holds_the_write_lock(stores: Stores) -> None:
    here, there = stores.open(), stores.open()
    here.commit([appending(uuid4(), reported())])
    with there.database.write("events") as cursor:
        cursor.execute("DELETE FROM events")
        assert here.head() == 1
        assert len(here.rows()) == 1
        cursor.execute("ROLLBACK")
        cursor.execute("BEGIN")


@pytest.mark.faults
@pytest.mark.parametrize("seconds", [0.05, 0.3, 0.7])
def test_a_writer_killed_in_the_middle_of_load_keeps_every_acknowledged_event_once(stores: Stores, seconds: float) -> None:
    with writers(stores, 1, "load", 16) as (process,):
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        lines = [first, *process.stdout.read().splitlines(keepends=True)]
    acknowledged = [line.strip() for line in lines if line.endswith("\n")]
    store = stores.open()
    stored = references(store)
    assert set(acknowledged) <= set(stored)
    assert len(set(acknowledged)) == len(acknowledged) > 0
    # What was stored but not yet told is whole too: dense, once, with a number each.
    assert sorted(parse_reference(reference).number for reference in stored) == list(range(1, len(stored) + 1))
    assert [row.position for row in store.rows(0, 100_000)] == list(range(1, len(stored) + 1))
    assert store.commit([appending(uuid4(), reported())]) == [len(stored) + 1]
