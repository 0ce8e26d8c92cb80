"""What an erasure destroys in the store: keys, and payloads. The events' own bytes stay, and every hash over them verifies.

A redacted event's other texts were sealed anew in the `Redacted` event; the keys of all other events of the incident are
written down one by one and its data key is replaced (see keyring.py). A disposed incident loses its data key and that of its
evidence, the payloads of its alerts, and the whole bodies that those came in.
"""

import time
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from adapters.event_store.application import EventStore
from adapters.event_store.erasing_now import superseded
from adapters.event_store.mapper import kid_of, place_of
from adapters.event_store.transaction import MAX_VARIABLES
from domain.events import StoredRow
from domain.incident.events import Disposed, Redacted, SignalAttached, SignalDetached
from domain.signals import SignalsReceived, SignalsRepeated, stream_of
from handlers.unit_of_work import SignalKey

PAGE = 1000


def pending(store: EventStore) -> list[StoredRow]:
    """The erasures that are recorded and not yet done, in the order of the log."""
    return store.recorder.erasures_pending()


def recorded(store: EventStore) -> list[StoredRow]:
    """Every erasure, done or not, in the order of the log."""
    positions = store.database.read("SELECT position FROM erasures ORDER BY position")
    return [row for (position,) in positions for row in store.rows(position - 1, 1)]


def done(store: EventStore) -> dict[int, int]:
    """Position of each finished erasure to when it was finished (µs, UTC)."""
    rows = store.database.read("SELECT position, done_at_us FROM erasures WHERE done_at_us IS NOT NULL")
    return {int(position): int(at) for position, at in rows}


def destroy(store: EventStore, row: StoredRow) -> None:
    """Destroy what the erasure names. Keys are gone durably on return; repeating it, whole or half done, changes nothing."""
    stream, kid = row.aggregate_id, kid_of(row.aggregate_id)
    payloads = _payloads(store, stream) if row.topic == Disposed.TOPIC else []
    with store.database.write("events") as cursor:
        # Under the write lock nobody seals: what was ever sealed with the data key is what the log holds of the stream.
        if row.topic == Disposed.TOPIC:
            store.keyring.destroy(kid)
            store.keyring.destroy(kid_of(stream, "evidence"))
        else:
            rows = store.recorder.stream(stream)
            redactions = [one for one in rows if one.topic == Redacted.TOPIC]
            gone = {place_of(stream, number) for number in superseded(redactions, row)}
            sealed = (place_of(stream, one.version) for one in rows if b'"sealed":' in one.state)
            store.keyring.destroy_places(kid, gone, [place for place in sealed if place not in gone])
        cursor.executemany("DELETE FROM payloads WHERE sha256 = ?", [(sha256,) for sha256 in payloads])
    store.forget_erased()


def scrub(store: EventStore) -> bool:
    """Take what was destroyed out of the files; False while somebody still reads: try again."""
    return store.keyring.scrub() and store.database.scrub("payloads")


def mark_done(store: EventStore, row: StoredRow) -> None:
    """The erasure is finished, durably: nobody needs to look at it again."""
    with store.database.write("erasures") as cursor:
        cursor.execute("UPDATE erasures SET done_at_us = ? WHERE position = ?", (time.time_ns() // 1000, row.position))


def _payloads(store: EventStore, incident: UUID) -> list[bytes]:
    """The payloads of the incident's alerts that no other signal came with, and the bodies that they came in."""
    attached = dict[SignalKey, str]()
    for recorded in store.read_stream(incident):
        if isinstance(recorded.event, SignalAttached):
            attached |= {(one.source, one.source_event_id): one.payload_sha256 for one in recorded.event.signals}
        elif isinstance(recorded.event, SignalDetached):
            for gone in recorded.event.signals:
                attached.pop((gone.source, gone.source_event_id), None)
    found = [*attached.values(), *_bodies(store, attached), *_repeats(store, incident)]
    return list(_only_of(store, incident, [bytes.fromhex(sha256) for sha256 in dict.fromkeys(found)]))


def _bodies(store: EventStore, attached: Collection[SignalKey]) -> Iterator[str]:
    """The whole bodies that these signals came in: a body that holds one alert's text goes, each other alert has its own."""
    wanted = set(attached)
    for source in dict.fromkeys(source for source, _ in attached):
        names = [name for one, name in attached if one == source]
        for start in range(0, len(names), MAX_VARIABLES):
            part = names[start : start + MAX_VARIABLES]
            marks = ",".join("?" * len(part))
            sql = f"SELECT DISTINCT version FROM signals WHERE source = ? AND source_event_id IN ({marks})"  # noqa: S608
            for (version,) in store.database.read(sql, (source, *part)):
                # Without a version it is from before bodies were kept.
                rows = store.recorder.stream(stream_of(source), version - 1, limit=1) if version else []
                for event in (store.mapper.record(row).event for row in rows):
                    if isinstance(event, SignalsReceived):
                        bodies = (one.body_sha256 for one in event.signals if (source, one.source_event_id) in wanted)
                        yield from filter(None, bodies)


def _repeats(store: EventStore, incident: UUID) -> Iterator[str]:
    """The payloads that its alerts came with again. Looked for from its beginning on: no index leads to them."""
    (first,) = store.recorder.stream(incident, limit=1)
    position, mark = first.position, str(incident).encode()
    while rows := store.rows(position, PAGE, topics=(SignalsRepeated.TOPIC,)):
        position = rows[-1].position
        for event in (store.mapper.record(row).event for row in rows if mark in row.state):
            assert isinstance(event, SignalsRepeated)  # noqa: S101 - chosen by topic
            yield from (sha256 for one in event.repeats if one.incident_id == incident for sha256 in one.payload_sha256s)


def _only_of(store: EventStore, incident: UUID, payloads: Sequence[bytes]) -> Iterator[bytes]:
    for start in range(0, len(payloads), MAX_VARIABLES):
        part = payloads[start : start + MAX_VARIABLES]
        marks = ",".join("?" * len(part))
        rows = store.database.read(
            f"SELECT DISTINCT payload FROM signals WHERE payload IN ({marks})"  # noqa: S608 - placeholders only
            " AND coalesce(incident_id, '') <> ?",
            (*part, incident.hex),
        )
        others = {bytes(payload) for (payload,) in rows}
        yield from (payload for payload in part if payload not in others)
