"""What a disposed incident's alerts came with, as far as nobody else needs it: it goes with the incident."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from adapters.event_store.transaction import MAX_VARIABLES
from domain.incident.events import SignalAttached, SignalDetached
from domain.signals import SignalsReceived, SignalsRepeated, stream_of
from handlers.unit_of_work import SignalKey

if TYPE_CHECKING:
    from adapters.event_store.application import EventStore

PAGE = 1000


def payloads_of(store: "EventStore", incident: UUID) -> list[bytes]:
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


def _bodies(store: "EventStore", attached: Collection[SignalKey]) -> Iterator[str]:
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


def _repeats(store: "EventStore", incident: UUID) -> Iterator[str]:
    """The payloads that its alerts came with again. Looked for from its beginning on: no index leads to them."""
    (first,) = store.recorder.stream(incident, limit=1)
    position, mark = first.position, str(incident).encode()
    while rows := store.rows(position, PAGE, topics=(SignalsRepeated.TOPIC,)):
        position = rows[-1].position
        for event in (store.mapper.record(row).event for row in rows if mark in row.state):
            assert isinstance(event, SignalsRepeated)  # noqa: S101 - chosen by topic
            yield from (sha256 for one in event.repeats if one.incident_id == incident for sha256 in one.payload_sha256s)


def _only_of(store: "EventStore", incident: UUID, payloads: Sequence[bytes]) -> Iterator[bytes]:
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
