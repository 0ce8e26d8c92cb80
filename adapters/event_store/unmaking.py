"""What an erasure destroys in the store: keys, and payloads. The events' own bytes stay, and every hash over them verifies.

A redacted event's other texts were sealed anew in the `Redacted` event; the keys of all other events of the incident are
written down one by one and its data key is replaced (see keyring.py). A disposed incident loses its data key and that of its
evidence, the payloads of its alerts, and the whole bodies that those came in.
"""

import time

from adapters.event_store.application import EventStore
from adapters.event_store.erasing_now import superseded
from adapters.event_store.incident_payloads import payloads_of
from adapters.event_store.mapper import kid_of, place_of
from domain.events import StoredRow
from domain.incident.events import Disposed, Redacted


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
    payloads = payloads_of(store, stream) if row.topic == Disposed.TOPIC else []
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
