"""What must hold after any fault: the store against the ledger, and everything made of the store against the store."""

import asyncio
from collections import Counter

import orjson
from nats.aio.client import Client

from adapters import main
from adapters.bus.cloudevents import decode
from adapters.bus.reading import read_stream
from adapters.bus.streams import EVENTS, bucket_stream
from adapters.main import Office
from adapters.settings import read_settings
from domain.events import Recorded, StoredRow
from domain.incident.events import NoteAdded, Reported
from handlers.intake_unread import PREFIX
from handlers.rebuild import verify
from tests.faults.house import House, alive
from tests.faults.senders import Ledger
from tests.support.intake import told, whole_log
from tests.support.waiting import until

ALL = 10_000_000


async def prove(house: House, ledger: Ledger) -> int:
    """Wait until the house has caught up, then hold everything against everything. Returns how many events there are."""
    await house.caught_up()
    nc = await house.bus()
    try:
        with main.open_office(read_settings({}, data=house.data)) as office:
            log = whole_log(office.store)
            assert [recorded.position for recorded in log] == list(range(1, len(log) + 1))
            prove_alerts(office, ledger)
            prove_commands(office, log, ledger)
            prove_projections(office)
            await prove_buckets(office, nc)
            await prove_stream(office.store.rows(0, ALL), nc)
    finally:
        await nc.close()
    return len(log)


def prove_alerts(office: Office, ledger: Ledger) -> None:
    assert ledger.surprises == []
    in_table = office.store.database.read("SELECT source, source_event_id, count FROM signals")
    assert told(office.store) == {(source, event_id): times for source, event_id, times in in_table}
    # Of bodies that nobody could read the senders keep no account: `test_bodies.py` looks for each of them.
    in_log = {event_id: times for (_, event_id), times in told(office.store).items() if not event_id.startswith(PREFIX)}
    wrong = {}
    for event_id in ledger.acknowledged | ledger.unanswered | Counter(in_log):
        least = ledger.acknowledged[event_id]
        most = least + ledger.unanswered[event_id]
        if not least <= in_log.get(event_id, 0) <= most:
            wrong[event_id] = f"stored {in_log.get(event_id, 0)}, acknowledged {least}, unanswered {most - least}"
    assert not wrong


def prove_commands(office: Office, log: list[Recorded], ledger: Ledger) -> None:
    for kept, kind in ((ledger.reported, Reported), (ledger.noted, NoteAdded)):
        stored = [r.event for r in log if isinstance(r.event, kind) and r.event.meta.channel == "api"]
        ids = Counter(event.meta.correlation_id for event in stored)
        assert not {name: times for name, times in ids.items() if times > 1}
        assert not kept.keys() - ids.keys(), "acknowledged and not stored"
        assert not ids.keys() - kept.keys() - ledger.unanswered_commands, "stored and refused"
    opened = {r.event.reference: r for r in log if isinstance(r.event, Reported)}
    for correlation, reference in ledger.reported.items():
        assert opened[reference].event.meta.correlation_id == correlation
    rows = office.store.database.read("SELECT n, incident_id FROM refs ORDER BY n")
    assert [n for n, _ in rows] == list(range(1, len(opened) + 1)), "references have a gap"
    assert [r.aggregate_id.hex for r in opened.values()] == [incident for _, incident in rows]


def prove_projections(office: Office) -> None:
    with main.open_projectors(office.settings, office.store) as projectors:
        for projector in projectors.values():
            found = verify(projector.projection, projector.database, office.store, office.store.mapper.record, main.scratch)
            assert found.difference is None
            assert found.position == office.store.head()


async def prove_buckets(office: Office, nc: Client) -> None:
    """Each bucket shows the tables, once it has had the moment that a bucket may lag behind."""
    with main.open_projectors(office.settings, office.store) as projectors:
        for projector in projectors.values():
            for bucket in projector.projection.buckets:
                with projector.database.snapshot() as connection:
                    wanted = {key: orjson.loads(document) for key, document in bucket.changed(connection, 0)}
                shown: dict[str, object] = {}
                for _ in range(50):
                    shown = {key: orjson.loads(document) for key, document in (await documents(nc, bucket.name)).items()}
                    if shown == wanted:
                        break
                    await asyncio.sleep(0.1)
                assert shown == wanted, f"bucket {bucket.name} differs from its table"


async def documents(nc: Client, bucket: str) -> dict[str, bytes]:
    """What a bucket shows, by key."""
    stream, prefix = bucket_stream(bucket), f"$KV.{bucket}."
    return {message.subject.removeprefix(prefix): message.data async for message in read_stream(nc, stream)}


async def prove_stream(rows: list[StoredRow], nc: Client) -> None:
    carried: dict[int, StoredRow] = {}
    async for message in read_stream(nc, EVENTS):
        row = decode(message)
        assert row.position not in carried, f"position {row.position} is twice in {EVENTS}"
        carried[row.position] = row
    assert [carried.get(row.position) for row in rows] == rows
    assert len(carried) == len(rows)


async def no_nats_of(house: House) -> None:
    """None of the servers that this house ever had is left."""
    await until(lambda: not any(alive(pid) for pid in house.nats_pids), 5)
