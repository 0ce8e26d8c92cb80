"""The tables beside the events, as far as the events say what must stand in them: references, signals, payloads.

What else the store keeps (`NOT_RECORD`) decides how later alerts are placed and says nothing of what happened.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from adapters.event_store.application import EventStore
from adapters.event_store.audit.scan import EventRow
from adapters.event_store.keyring import MasterKeyError
from adapters.event_store.payloads import kid_of_month
from adapters.event_store.transaction import MAX_VARIABLES
from domain.errors import InvalidInputError
from domain.reference import parse_reference
from domain.signals import Disposition, SignalsDecided, SignalsReceived, SignalsRepeated, stream_of
from handlers.audit_findings import DifferenceFoundError, Kind, differs

REPORTED, SIGNALS = "incident.reported.", "signals."
DISPOSED, ERASING = "incident.disposed.", ("incident.disposed.", "incident.redacted.")
LET_GO = "retention.payloads-erased."
READ = 2000
ROSE = f"{Disposition.OPENED}|{Disposition.ATTACHED}"
"""A repeat that rose into an incident: its event does not say which of the two it was."""


class Remembered(NamedTuple):
    """What the events say that the table `signals` holds of one signal."""

    payload: str
    version: int
    times: int
    disposition: str
    incident: str | None
    statuses: frozenset[str]
    """All that were told: the one that holds is decided by the tool's clock, which only the table has."""


class BesideCheck:
    """Takes the events in order, keeps what the other tables must say, and compares at the end."""

    def __init__(self, store: EventStore) -> None:
        self._store = store
        self._references: dict[tuple[str, int, int], str] = {}
        self._sources: dict[str, str] = {}
        """Signal streams by the source's name."""
        self._disposed: set[str] = set()
        self._erasures: set[int] = set()
        self._let_go: set[str] = set()
        """The keys of the months whose payloads, or some of them, were let go by the periods."""

    def add(self, rows: Sequence[EventRow]) -> None:
        """Further rows."""
        for position, _, stream, version, topic, state in rows:
            if topic.startswith(REPORTED) and version == 1:
                event = _event(position, state)
                try:
                    reference = parse_reference(event["reference"])
                    self._references[event["entity"], reference.year, reference.number] = stream
                except (KeyError, AttributeError, InvalidInputError) as error:
                    raise _unreadable(position) from error
            elif topic.startswith(SIGNALS) and version == 1:
                self._sources[str(_event(position, state).get("source"))] = stream
            elif topic.startswith(LET_GO):
                self._let_go.add(kid_of_month(str(_event(position, state).get("month"))))
            elif topic.startswith(ERASING):
                self._erasures.add(position)
                if topic.startswith(DISPOSED):
                    self._disposed.add(stream)

    def compare(self) -> None:
        """Raises `DifferenceFoundError` at the first row that the events contradict."""
        self._compare_references()
        self._compare_erasures()
        for source, stream in sorted(self._sources.items()):
            if stream != stream_of(source).hex:
                raise differs(Kind.CHANGED, "events", stream, column="originator_id", expected=stream_of(source).hex)
            _compare_source(self._store, source, self._disposed, self._let_go)
        self._no_other_sources()
        _compare_payloads(self._store)

    def _compare_references(self) -> None:
        rows = self._store.database.read("SELECT entity, year, n, incident_id FROM refs ORDER BY entity, year, n")
        found = {(entity, year, number): incident for entity, year, number, incident in rows}
        for key in sorted({*found, *self._references}, key=str):
            _same("refs", "/".join(map(str, key)), "incident_id", self._references.get(key), found.get(key))

    def _compare_erasures(self) -> None:
        noted = {int(row[0]) for row in self._store.database.read("SELECT position FROM erasures")}
        for position in sorted(noted ^ self._erasures):
            raise differs(Kind.INSERTED if position in noted else Kind.MISSING, "erasures", position)

    def _no_other_sources(self) -> None:
        for (source,) in self._store.database.read("SELECT DISTINCT source FROM signals ORDER BY source"):
            if source not in self._sources:
                raise differs(Kind.INSERTED, "signals", source)


def _compare_source(store: EventStore, source: str, disposed: set[str], let_go: set[str]) -> None:
    expected, named = _remembered(store, source)
    _check_kept(store, source, {digest: kid for digest, kid in named.items() if kid not in let_go}, disposed)
    columns = "source_event_id, payload, version, count, disposition, incident_id, status"
    rows = store.database.read(f"SELECT {columns} FROM signals WHERE source = ?", (source,))  # noqa: S608 - constants
    for event_id, payload, version, count, disposition, incident, status in rows:
        key, says = f"{source}/{event_id}", expected.pop(str(event_id), None)
        if says is None:
            raise differs(Kind.INSERTED, "signals", key)
        _same("signals", key, "payload", says.payload, bytes(payload).hex())
        if version is not None:
            # From before that was noted: a table as old as that has no version.
            _same("signals", key, "version", says.version, version)
        _same("signals", key, "count", says.times, count)
        _same("signals", key, "incident_id", says.incident, incident)
        if disposition not in says.disposition.split("|"):
            raise differs(Kind.CHANGED, "signals", key, column="disposition", expected=says.disposition, actual=disposition)
        if status not in says.statuses:
            told = "|".join(sorted(says.statuses))
            raise differs(Kind.CHANGED, "signals", key, column="status", expected=told, actual=status)
    for event_id in expected:
        raise differs(Kind.MISSING, "signals", f"{source}/{event_id}")


def _remembered(store: EventStore, source: str) -> tuple[dict[str, Remembered], dict[str, str]]:
    """What must be remembered, and the payloads that must be kept, each with the key of its month."""
    found, named = dict[str, Remembered](), dict[str, str]()
    for row in store.recorder.stream(stream_of(source)):
        recorded = store.mapper.record(row)
        kid = kid_of_month(f"{recorded.recorded_at:%Y-%m}")
        match recorded.event:
            case SignalsReceived(signals=signals):
                for new in signals:
                    named |= dict.fromkeys(filter(None, (new.payload_sha256, new.body_sha256)), kid)
                    found[new.source_event_id] = Remembered(
                        *(new.payload_sha256, row.version, 1, new.disposition, _hex(new.incident_id)),
                        frozenset([new.status]),
                    )
            case SignalsRepeated(repeats=repeats):
                for again in repeats:
                    named |= dict.fromkeys((one for one in again.payload_sha256s if one not in named), kid)
                    before, incident = found[again.source_event_id], _hex(again.incident_id)
                    found[again.source_event_id] = before._replace(
                        times=before.times + again.count,
                        incident=incident,
                        disposition=before.disposition if incident == before.incident else ROSE,
                        statuses=before.statuses | {again.status},
                    )
            case SignalsDecided(source_event_ids=ids, decision=decision, incident_id=incident_id):
                becomes = {"attached": Disposition.ATTACHED, "reopened": Disposition.TO_PERSON}
                for event_id in ids:
                    found[event_id] = found[event_id]._replace(
                        disposition=becomes.get(decision, Disposition.DISMISSED), incident=_hex(incident_id)
                    )
    return found, named


def _check_kept(store: EventStore, source: str, named: Mapping[str, str], disposed: set[str]) -> None:
    if missing := list(_missing(store, named)):
        lawful = _disposed_of(store, source, disposed)
        for digest in missing:
            if digest not in lawful:
                raise differs(Kind.MISSING, "payloads", digest)


def _missing(store: EventStore, named: Mapping[str, str]) -> Iterator[str]:
    """Which payloads that events name, with the key of its month, are not there although that key was not destroyed."""
    digests = iter(named)
    while part := list(islice(digests, MAX_VARIABLES)):
        marks = ",".join("?" * len(part))
        sql = f"SELECT sha256 FROM payloads WHERE sha256 IN ({marks})"  # noqa: S608 - placeholders only
        there = {bytes(row[0]).hex() for row in store.database.read(sql, [bytes.fromhex(digest) for digest in part])}
        yield from (one for one in part if one not in there and store.keyring.find(named[one]) is not None)


def _disposed_of(store: EventStore, source: str, disposed: set[str]) -> set[str]:
    """The payloads of a source's signals that were ever in an incident that was disposed of. Asked for seldom."""
    payloads, incidents = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in store.recorder.stream(stream_of(source)):
        match store.mapper.record(row).event:
            case SignalsReceived(signals=signals):
                for new in signals:
                    payloads[new.source_event_id] |= {new.payload_sha256, new.body_sha256 or ""}
                    incidents[new.source_event_id].add(_hex(new.incident_id) or "")
            case SignalsRepeated(repeats=repeats):
                for again in repeats:
                    payloads[again.source_event_id] |= set(again.payload_sha256s)
                    incidents[again.source_event_id].add(_hex(again.incident_id) or "")
            case SignalsDecided(source_event_ids=ids, incident_id=incident_id):
                for event_id in ids:
                    incidents[event_id].add(_hex(incident_id) or "")
    return {digest for event_id, found in payloads.items() if incidents[event_id] & disposed for digest in found}


def _compare_payloads(store: EventStore) -> None:
    """Each opens with its key, and its bytes have the hash under which they are found."""
    for digest, kid in _payloads(store):
        if not store.keyring.knows(kid):
            raise differs(Kind.CHANGED, "payloads", digest, column="kid", actual=kid)
        try:
            payload = store.payload(digest)
        except (MasterKeyError, ValueError) as error:
            raise differs(Kind.CHANGED, "payloads", digest, column="ct", actual=str(error)) from error
        if payload is not None:
            _same("payloads", digest, "sha256", digest, sha256(payload.raw).hexdigest())


def _payloads(store: EventStore) -> Iterator[tuple[str, str]]:
    after = -1
    while rows := store.database.read("SELECT id, sha256, kid FROM payloads WHERE id > ? ORDER BY id LIMIT ?", (after, READ)):
        after = rows[-1][0]
        yield from ((bytes(digest).hex(), kid) for _, digest, kid in rows)


def _same(where: str, key: str, column: str, expected: object, actual: object) -> None:
    if expected == actual:
        return
    if actual is None and column == "incident_id" and where == "refs":
        raise differs(Kind.MISSING, where, key, expected=expected)
    if expected is None and where == "refs":
        raise differs(Kind.INSERTED, where, key, actual=actual)
    raise differs(Kind.CHANGED, where, key, column=column, expected=expected, actual=actual)


def _hex(incident: UUID | None) -> str | None:
    return None if incident is None else incident.hex


def _event(position: int, state: bytes) -> dict[str, Any]:
    try:
        event = orjson.loads(state)
    except ValueError as error:
        raise _unreadable(position) from error
    if not isinstance(event, dict):
        raise _unreadable(position)
    return event


def _unreadable(position: int) -> DifferenceFoundError:
    return differs(Kind.CHANGED, "events", position, position=position, column="state")
