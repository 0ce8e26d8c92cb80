"""The unit of work on the event store."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import cast
from uuid import UUID

from adapters.event_store.mapper import EventMapper, kid_of
from adapters.event_store.recorder import COLUMNS, rows_of
from adapters.event_store.signal_memory import SignalMemory
from adapters.event_store.transaction import MAX_VARIABLES, WriteTransaction
from domain.emergency_lists.events import EMERGENCY_LISTS
from domain.emergency_lists.state import EmergencyLists
from domain.emergency_lists.state import replay as replay_lists
from domain.events import DomainEvent, Recorded, StoredRow
from domain.incident.events import Disposed, Redacted
from domain.incident.evolve import replay
from domain.incident.state import Incident
from domain.intake.events import INTAKE
from domain.intake.state import IntakeSetup
from domain.intake.state import replay as replay_intake
from domain.organisation.events import ORGANISATION
from domain.organisation.state import Organisation
from domain.organisation.state import replay as replay_organisation
from domain.organisation.steps import check_known
from domain.reference import format_reference, year_of
from domain.retention.events import RETENTION
from domain.retention.state import Retention
from domain.retention.state import replay as replay_retention
from domain.signals import ReceivedSignal, SignalsReceived, stream_of
from handlers.unit_of_work import IntakePlace, SignalKey

CACHED_INCIDENTS = 2000


class StateCache:
    """Folded incidents by id, the organisation, the intake's set-up and the emergency lists.

    A state is true for its version for ever; only committed ones are kept.
    """

    def __init__(self, organisation: Organisation) -> None:
        self._states: OrderedDict[UUID, Incident] = OrderedDict()
        self.organisation = organisation
        self.intake_setup = IntakeSetup()
        self.emergency_lists = EmergencyLists()

    def get(self, incident_id: UUID) -> Incident | None:
        """The newest state seen, possibly behind the store."""
        return self._states.get(incident_id)

    def keep(self, states: Iterable[Incident]) -> None:
        """Remember states whose transaction has committed."""
        for incident in states:
            self._states[incident.id] = incident
            self._states.move_to_end(incident.id)
        while len(self._states) > CACHED_INCIDENTS:
            self._states.popitem(last=False)

    def forget(self) -> None:
        """Drop the incidents: they are folded anew when they are asked for."""
        self._states.clear()


class StoreUnit(SignalMemory):
    """See `handlers.unit_of_work.UnitOfWork` for the guarantees. One instance serves one transaction."""

    def __init__(
        self,
        transaction: WriteTransaction,
        mapper: EventMapper,
        cache: StateCache,
        stream: Callable[[UUID, int], list[StoredRow]],
    ) -> None:
        super().__init__(transaction, mapper.keyring)
        self._mapper, self._cache, self._stream = mapper, cache, stream
        self._overlay: dict[UUID, Incident] = {}
        self._organisation, self._intake_setup = cache.organisation, cache.intake_setup

    def version(self, stream: UUID) -> int:
        """The stream's version, 0 when new."""
        return self.transaction.version(stream)

    def incident(self, incident_id: UUID) -> Incident | None:
        """Folded from the newest known state and what was stored or appended since."""
        known = self._overlay.get(incident_id) or self._cache.get(incident_id)
        since, version = known.version if known else 0, self.transaction.version(incident_id)
        if version == since:
            return known
        incident = replay(incident_id, self._events(incident_id, since), known)
        if incident is not None:
            self._overlay[incident_id] = incident
        return incident

    def organisation(self) -> Organisation:
        """Folded once a version: asking again costs a look at the version, once a transaction."""
        known = self._organisation
        if self.transaction.version(ORGANISATION) != known.version:
            self._organisation = replay_organisation(self._events(ORGANISATION, known.version), known)
        return self._organisation

    def intake_setup(self) -> IntakeSetup:
        """Folded once a version, as the organisation."""
        known = self._intake_setup
        if self.transaction.version(INTAKE) != known.version:
            self._intake_setup = replay_intake(self._events(INTAKE, known.version), known)
        return self._intake_setup

    def retention(self) -> Retention:
        """Folded anew each time: it is short, and asked for once a day."""
        return replay_retention(self._events(RETENTION, 0))

    def emergency_lists(self) -> EmergencyLists:
        """Folded on top of what was read outside of any transaction: a day brings a look or two of each list."""
        known = self._cache.emergency_lists
        return replay_lists(self._events(EMERGENCY_LISTS, known.version), known)

    def _events(self, stream: UUID, since: int) -> Iterator[DomainEvent]:
        rows = self._stream(stream, since)
        rows += [row for row in self.transaction.appended if row.aggregate_id == stream and row.version > since]
        return (self._mapper.record(row, opened=True).event for row in rows)

    def history(self, stream: UUID) -> list[Recorded]:
        """Read anew: a folded state does not hold it."""
        rows = self._stream(stream, 0)
        rows += [row for row in self.transaction.appended if row.aggregate_id == stream]
        return self._mapper.open_stream(rows)

    def state_sha256(self, stream: UUID, version: int) -> str:
        """Found by its place."""
        (row,) = self._of_versions(stream, [version])
        return hashlib.sha256(row.state).hexdigest()

    def received_signals(self, keys: Sequence[SignalKey]) -> Mapping[SignalKey, ReceivedSignal]:
        """One look an event, by its version; from before versions were noted the source's whole stream is gone through."""
        wanted, found = self.recorded_in(keys), dict[SignalKey, ReceivedSignal]()
        for source in dict.fromkeys(source for source, _ in wanted):
            versions = {version for (one, _), version in wanted.items() if one == source}
            rows = self._stream(stream_of(source), 0) if None in versions else self._of_versions(stream_of(source), versions)
            for row in rows:
                if row.topic == SignalsReceived.TOPIC:
                    event = cast("SignalsReceived", self._mapper.record(row, opened=False).event)
                    found.update(((source, signal.source_event_id), signal) for signal in event.signals)
        return {key: found[key] for key in wanted}

    def _of_versions(self, stream: UUID, versions: Iterable[int | None]) -> Iterator[StoredRow]:
        for version in versions:
            yield from rows_of(
                self.transaction.rows(
                    f"SELECT {COLUMNS} FROM events WHERE originator_id = ? AND originator_version = ?",  # noqa: S608 - constants
                    (stream.hex, version),
                )
            )

    def append(self, stream: UUID, events: Sequence[DomainEvent], *, expected: int) -> int:
        """Seal, encode and place the events."""
        for number, event in enumerate(events, start=expected + 1):
            row = self.transaction.append(stream, event.TOPIC, self._mapper.encode(stream, number, event), expected=number - 1)
            if isinstance(event, Redacted | Disposed):
                # Noted with the event: whatever happens after the commit, what is still to be destroyed is known.
                self.transaction.cursor.execute("INSERT INTO erasures (position) VALUES (?)", (row.position,))
        return self.transaction.position

    def committed(self) -> None:
        """Called after the commit: the states of this transaction are now true."""
        self._cache.keep(self._overlay.values())
        self._cache.organisation, self._cache.intake_setup = self._organisation, self._intake_setup

    def undone(self, position: int) -> None:
        """A unit was undone at this position: what was folded from it is forgotten."""
        versions = self.transaction.version
        self._overlay = {key: state for key, state in self._overlay.items() if state.version <= versions(key)}
        if self._organisation is not self._cache.organisation and self._organisation.version > versions(ORGANISATION):
            self._organisation = self._cache.organisation
        if self._intake_setup is not self._cache.intake_setup and self._intake_setup.version > versions(INTAKE):
            self._intake_setup = self._cache.intake_setup
        assert self.transaction.position == position  # noqa: S101 - the savepoint restored it

    def take_reference(self, entity: str, incident_id: UUID) -> str:
        """Max + 1 under the write lock: no clash, no gap."""
        organisation = self._cache.organisation
        if entity not in organisation.prefixes:
            organisation = self.organisation()
            check_known(organisation, entity)
        year = year_of(self.recorded_at)
        rows = self.transaction.rows("SELECT coalesce(max(n), 0) FROM refs WHERE entity = ? AND year = ?", (entity, year))
        number = int(rows[0][0]) + 1
        self.transaction.cursor.execute(
            "INSERT INTO refs (entity, year, n, incident_id) VALUES (?, ?, ?, ?)", (entity, year, number, incident_id.hex)
        )
        return format_reference(organisation.prefixes[entity], year, number)

    def ensure_keys(self, streams: Iterable[UUID], aggregate: str = "incident") -> None:
        """One keyring transaction for all of them; durable before the events are."""
        self._mapper.keyring.ensure(kid_of(stream, aggregate) for stream in streams)

    def open_incidents(self, components: Iterable[str]) -> Mapping[str, UUID]:
        """Which of these components have an open incident; of several, the one that was open first."""
        names, found = list(components), dict[str, UUID]()
        for start in range(0, len(names), MAX_VARIABLES):
            part = names[start : start + MAX_VARIABLES]
            marks = ",".join("?" * len(part))
            sql = f"SELECT component, incident_id FROM open_components WHERE component IN ({marks}) ORDER BY since"  # noqa: S608
            for name, incident in self.transaction.rows(sql, part):
                found.setdefault(name, UUID(hex=incident))
        return found

    def set_open_components(self, incident_id: UUID, components: Iterable[str]) -> None:
        """Replaces the incident's rows; it keeps its place among others."""
        cursor, key = self.transaction.cursor, (incident_id.hex,)
        ((since,),) = self.transaction.rows("SELECT min(since) FROM open_components WHERE incident_id = ?", key)
        cursor.execute("DELETE FROM open_components WHERE incident_id = ?", key)
        cursor.executemany(
            "INSERT INTO open_components (component, incident_id, since) VALUES (?, ?, ?)",
            [(name, incident_id.hex, since or self.transaction.position) for name in dict.fromkeys(components)],
        )

    def intake_done(self, stream: str, places: Sequence[IntakePlace]) -> frozenset[IntakePlace]:
        """Stored as ranges: one row, until messages are delivered out of order or the stream loses its tail."""
        sequences = [place.sequence for place in places]
        ranges = self.transaction.rows(
            "SELECT first, last, stored_at FROM intake_done WHERE stream = ? AND last >= ? AND first <= ?",
            (stream, min(sequences), max(sequences)),
        )
        return frozenset(
            place for place in places if any(first <= place[0] <= last and place[1] <= at for first, last, at in ranges)
        )

    def mark_intake_done(self, stream: str, first: int, last: IntakePlace) -> None:
        """Joined with the ranges that end before it or begin after it, so that looking stays fast for ever.

        Never with one that it overlaps: those are the numbers' earlier users, older than what may still be on its way.
        """
        meets = "stream = ? AND (last = ? AND stored_at <= ? OR first = ? AND stored_at >= ?)"
        touching = (stream, first - 1, last.stored_at, last.sequence + 1, last.stored_at)
        ranges = self.transaction.rows(f"SELECT first, last, stored_at FROM intake_done WHERE {meets}", touching)  # noqa: S608
        ranges.append((first, *last))
        self.transaction.cursor.execute(f"DELETE FROM intake_done WHERE {meets}", touching)  # noqa: S608
        starts, ends, times = zip(*ranges, strict=True)
        self.transaction.cursor.execute(
            "INSERT INTO intake_done (stream, first, last, stored_at) VALUES (?, ?, ?, ?)",
            (stream, min(starts), max(ends), max(times)),
        )
