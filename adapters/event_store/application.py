"""The event store as an eventsourcing application: the library's contract on our recorder and mapper."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any, NoReturn, TypeVar
from uuid import UUID

import orjson
from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, Transcoder
from eventsourcing.utils import Environment

from adapters.event_store.database import Database
from adapters.event_store.erasing_now import ErasingNow
from adapters.event_store.incident_payloads import payloads_of
from adapters.event_store.keyring import Keyring
from adapters.event_store.mapper import EventMapper
from adapters.event_store.payloads import MONTHS, delete_rows, incidents_of_month, read_payload, rows_of_month
from adapters.event_store.recorder import EventRecorder
from adapters.event_store.signal_reading import read_known, waiting_keys
from adapters.event_store.transaction import WriteTransaction, begin
from adapters.event_store.unit import StateCache, StoreUnit
from adapters.primary.house import House
from domain.emergency_lists.events import EMERGENCY_LISTS
from domain.emergency_lists.state import EmergencyLists
from domain.emergency_lists.state import replay as replay_lists
from domain.events import Recorded, Sealed, StoredRow
from domain.incident.events import Redacted
from domain.intake.events import INTAKE
from domain.intake.state import IntakeSetup
from domain.intake.state import replay as replay_intake
from domain.organisation.events import ORGANISATION
from domain.organisation.state import Organisation, replay
from domain.primary import PRIMARY, NotPrimaryError, Primacy, PrimaryDeclared, refusal
from domain.primary import replay as replay_primary
from domain.reference import format_reference, parse_reference
from domain.retention.events import RETENTION, What
from domain.retention.state import Retention
from domain.retention.state import replay as replay_retention
from domain.signals import SignalsReceived
from handlers.history import Payload, Remembered
from handlers.unit_of_work import SignalKey

T = TypeVar("T")
DEMO = "demo"
"""The fact that makes a store a demo for good."""


class OrjsonTranscoder(Transcoder):
    """Sorted keys: the same state gives the same bytes."""

    def encode(self, obj: Any) -> bytes:  # noqa: ANN401 - the library's signature
        """Bytes of a JSON value."""
        return orjson.dumps(obj, option=orjson.OPT_SORT_KEYS)

    def decode(self, data: bytes) -> Any:  # noqa: ANN401 - the library's signature
        """A JSON value."""
        return orjson.loads(data)


class _Factory(InfrastructureFactory[Any]):
    """Hands the library the recorder over an open database; it keeps no aggregates' snapshots and tracks nothing."""

    def __init__(self, database: Database, now_us: Callable[[], int]) -> None:
        super().__init__(Environment("sporlog"))
        self._database, self._now_us = database, now_us

    def application_recorder(self) -> EventRecorder:
        """The one recorder."""
        return EventRecorder(self._database, self._now_us)

    def aggregate_recorder(self, purpose: str = "events") -> NoReturn:
        """No snapshots: an incident is short."""
        raise NotImplementedError

    def tracking_recorder(self, tracking_recorder_class: type[Any] | None = None) -> NoReturn:
        """Read models keep their own positions."""
        raise NotImplementedError

    def process_recorder(self) -> NoReturn:
        """Handlers go through the committer."""
        raise NotImplementedError

    def close(self) -> None:
        """The database closes with the store."""


class EventStore(Application[UUID]):
    """The truth. `commit` is the only way in; everything else reads (see `handlers.history.History`).

    Guarantees: positions dense from 1 in commit order, recorded_at never decreasing, versions dense per stream, confidential
    fields never on disk in clear, everything durable when `commit` returns.
    """

    name = "sporlog"
    recorder: EventRecorder
    mapper: EventMapper

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        prefixes: Mapping[str, str],
        now_us: Callable[[], int] = lambda: time.time_ns() // 1000,
    ) -> None:
        self.database, self.keyring, self._prefixes, self._now_us = database, keyring, prefixes, now_us
        self.house: House | None = None
        """Which house this store is in; None: nobody asks, as in a test's."""
        self._primacy = Primacy()
        self._cache = StateCache(Organisation(given=prefixes))
        super().__init__()
        self.mapper.demo = self.fact(DEMO) is not None
        self.mapper.redactions = partial(self.recorder.of_topic, topic=Redacted.TOPIC)
        self._erasing = ErasingNow(self.recorder, partial(payloads_of, self))
        self.mapper.is_erased = self._erasing.covers

    @property
    def entity(self) -> str:
        """The reporting entity that new incidents belong to."""
        return next(iter(self._prefixes))

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:  # noqa: ARG002 - configured by arguments
        """The library's seam for our database."""
        return _Factory(self.database, self._now_us)

    def construct_transcoder(self) -> Transcoder:
        """Orjson."""
        return OrjsonTranscoder()

    def construct_mapper(self) -> EventMapper:
        """The sealing mapper."""
        return EventMapper(self.construct_transcoder(), self.keyring)

    def fact(self, name: str) -> str | None:
        """A lasting fact about this store, such as that it is a demo."""
        rows = self.database.read("SELECT value FROM facts WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def set_fact(self, name: str, value: str) -> None:
        """Set a fact for good, once; a later one is ignored. Durable on return."""
        with self.database.write("facts") as cursor:
            cursor.execute("INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, value))
        self.mapper.demo |= name == DEMO

    def close(self) -> None:
        """Close the databases."""
        super().close()
        self.database.close()
        self.keyring.close()

    def commit(self, works: Sequence[Callable[[StoreUnit], T]]) -> list[T | Exception]:
        """Run units of work in one transaction: one lock, one fsync. Each gets its result or its own error.

        Durable on return. Raises `UnavailableError` when nothing could be stored (locked, full, away), and `NotPrimaryError`
        when another house has the log.
        """
        outcomes: list[T | Exception] = []
        with begin(self.database, self._now_us) as transaction:
            unit = StoreUnit(transaction, self.mapper, self._cache, self.recorder.stream)
            for work in works:
                outcome = transaction.attempt(partial(work, unit))
                if isinstance(outcome, Exception):
                    unit.undone(transaction.position)
                outcomes.append(outcome)
            self._check_primary(transaction)
        # Committed: only now may states be reused by a later transaction.
        unit.committed()
        self._erasing.look_anew()
        return outcomes

    def primacy(self) -> Primacy:
        """Which house the log names as the primary one."""
        rows = self.recorder.stream(PRIMARY, self._primacy.version)
        return replay_primary((self.mapper.record(row, opened=True).event for row in rows), self._primacy)

    def read_only(self) -> str | None:
        """Why nothing may be written here; None: it may."""
        primacy = self.primacy()
        if self.house is None or (primacy.declared is None and self.house.told is None):
            return None
        return refusal(primacy, self.house.id, self.house.told)

    def log_sha256(self) -> str | None:
        """Of the first event's stored bytes: which log it is, in every house that goes on with it. None: it is empty."""
        first = self.recorder.rows(0, 1)
        return sha256(first[0].state).hexdigest() if first else None

    def _check_primary(self, transaction: WriteTransaction) -> None:
        """Under the write lock, at the end of a transaction: raising undoes all of it.

        A log that was never continued elsewhere costs one look into an index and one at a file that is not there.
        """
        if self.house is None or (transaction.version(PRIMARY) == 0 and self.house.told is None):
            return
        declared = [row for row in transaction.appended if row.topic == PrimaryDeclared.TOPIC]
        if declared and len(declared) == len(transaction.appended):
            return
        if transaction.version(PRIMARY) != self._primacy.version:
            self._primacy = self.primacy()
        if (why := refusal(self._primacy, self.house.id, self.house.told)) is not None:
            raise NotPrimaryError(f"{why}; nothing was written. See sporlog primary")

    def head(self) -> int:
        """The highest position."""
        return self.recorder.head()

    def position_at(self, instant: datetime) -> int:
        """The last position with recorded_at <= instant."""
        return self.recorder.position_at(instant)

    def position_before(self, instant: datetime) -> int:
        """The last position with recorded_at < instant; the store's clock counts in microseconds."""
        return self.recorder.position_at(instant - timedelta(microseconds=1))

    def stream_rows(self, aggregate_id: UUID, *, upto: int | None = None) -> list[StoredRow]:
        """One aggregate's stored bytes in order."""
        return self.recorder.stream(aggregate_id, upto=upto)

    def text_key(self, stream: UUID, version: int, sealed: Sealed) -> bytes | None:
        """The key of one event's text; None when it was destroyed."""
        return self.mapper.text_key(stream, version, sealed)

    def rows(
        self, after: int = 0, limit: int = 1000, *, upto: int | None = None, topics: Sequence[str] = ()
    ) -> list[StoredRow]:
        """Stored bytes in order."""
        return self.recorder.rows(after, limit, upto=upto, topics=topics)

    def unseal(self, stream: UUID, version: int, sealed: Sealed) -> dict[str, Any] | None:
        """The confidential fields of one event; None when their key was destroyed."""
        return self.mapper.unseal(stream, version, sealed)

    def read(
        self, after: int, limit: int, *, upto: int | None = None, opened: bool = False, topics: Sequence[str] = ()
    ) -> list[Recorded]:
        """Events in their place, in order, of these topics or of all; sealed unless `opened`."""
        return [self.mapper.record(row, opened=opened) for row in self.recorder.rows(after, limit, upto=upto, topics=topics)]

    def read_stream(self, aggregate_id: UUID, *, upto: int | None = None) -> list[Recorded]:
        """One aggregate's history with its text opened, as of position `upto`."""
        # Read whole, for a text that was erased later is erased from what was known before, too.
        told = self.mapper.open_stream(self.recorder.stream(aggregate_id))
        return told if upto is None else [recorded for recorded in told if recorded.position <= upto]

    def forget_erased(self) -> None:
        """Let go of texts and keys that this process remembers, if any process has destroyed keys since."""
        if self.keyring.refresh():
            self._cache.forget()

    def find_reference(self, reference: str) -> UUID | None:
        """The incident with this reference; None when there is none. Raises `InvalidInputError` for what is no reference."""
        wanted = parse_reference(reference)
        # The log's own entity is asked about most, and is known without looking.
        prefixes = self._prefixes if wanted.prefix in self._prefixes.values() else self.organisation().prefixes
        entities = [name for name, prefix in prefixes.items() if prefix == wanted.prefix]
        if not entities:
            return None
        rows = self.database.read(
            "SELECT incident_id FROM refs WHERE entity = ? AND year = ? AND n = ?", (entities[0], wanted.year, wanted.number)
        )
        return UUID(hex=rows[0][0]) if rows else None

    def reference_of(self, incident_id: UUID) -> str | None:
        """As it was given, without opening anything."""
        rows = self.database.read("SELECT entity, year, n FROM refs WHERE incident_id = ?", (incident_id.hex,))
        if not rows:
            return None
        ((entity, year, number),) = rows
        prefix = self._prefixes.get(entity) or self.organisation().prefixes[entity]
        return format_reference(prefix, int(year), int(number))

    def entity_of(self, incident_id: UUID) -> str | None:
        """As its reference was given."""
        rows = self.database.read("SELECT entity FROM refs WHERE incident_id = ?", (incident_id.hex,))
        return str(rows[0][0]) if rows else None

    def organisation(self) -> Organisation:
        """As it stands now: what other processes wrote since is folded on top of what this one knows."""
        known = self._cache.organisation
        rows = self.recorder.stream(ORGANISATION, known.version)
        if rows:
            known = replay((self.mapper.record(row, opened=True).event for row in rows), known)
            self._cache.organisation = known
        return known

    def intake_setup(self) -> IntakeSetup:
        """Sources, rules and maintenance as they stand now, as the organisation."""
        known = self._cache.intake_setup
        rows = self.recorder.stream(INTAKE, known.version)
        if rows:
            known = replay_intake((self.mapper.record(row, opened=True).event for row in rows), known)
            self._cache.intake_setup = known
        return known

    def retention(self) -> Retention:
        """The periods, and what was let go by them, as they stand now."""
        return replay_retention(self.mapper.record(row, opened=True).event for row in self.recorder.stream(RETENTION))

    def emergency_lists(self) -> EmergencyLists:
        """As they stand now, as the organisation."""
        known = self._cache.emergency_lists
        rows = self.recorder.stream(EMERGENCY_LISTS, known.version)
        if rows:
            known = replay_lists((self.mapper.record(row, opened=True).event for row in rows), known)
            self._cache.emergency_lists = known
        return known

    def signal(self, source: str, source_event_id: str) -> Remembered | None:
        """What became of a signal, and how the log recorded it first."""
        found = read_known(self.database, (source, source_event_id))
        if found is None:
            return None
        known, row = found
        event = None if row is None else self.mapper.record(row, opened=False).event
        signals = event.signals if isinstance(event, SignalsReceived) else ()
        return Remembered(known, next((one for one in signals if one.source_event_id == source_event_id), None))

    def waiting(self, prefix: str, source: str | None = None) -> list[SignalKey]:
        """What waits for a person and has an id that begins so."""
        return list(waiting_keys(self.database, prefix, source))

    def payload_months(self) -> list[str]:
        """The months whose key is there, in order."""
        return [kid.removeprefix(MONTHS) for kid in self.keyring.kids(MONTHS)]

    def payload_incidents(self, month: str) -> list[UUID]:
        """The incidents that a payload of that month belongs to."""
        return incidents_of_month(self.database, month)

    def payload_count(self, month: str, what: What) -> int:
        """How many of them would be let go."""
        return len(rows_of_month(self.database, month, what))

    def destroy_keys(self, kids: Iterable[str]) -> int:
        """Those that are there, each durable: also one that an old keyring has brought back."""
        there = [kid for kid in kids if self.keyring.find(kid) is not None]
        for kid in there:
            self.keyring.destroy(kid)
        if there:
            self.keyring.scrub()
        return len(there)

    def delete_payloads(self, month: str, what: What) -> Iterator[int]:
        """See `handlers.retention.PayloadKeeper`."""
        if ids := rows_of_month(self.database, month, what):
            yield from delete_rows(self.database, ids)
            self.database.scrub("payloads")

    def payload(self, sha256: str) -> Payload | None:
        """What a tool sent, by hash."""
        if self._erasing.covers_payload(bytes.fromhex(sha256)):
            return None
        return read_payload(self.database, self.keyring, sha256)
