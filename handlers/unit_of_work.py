"""The port through which handlers decide and store: one unit of work inside the store's write transaction."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from domain.emergency_lists.state import EmergencyLists
from domain.events import DomainEvent, Recorded
from domain.incident.state import Incident
from domain.intake.rules import Counted
from domain.intake.state import IntakeSetup
from domain.organisation.state import Organisation
from domain.retention.state import Retention
from domain.signals import Disposition, ReceivedSignal, Signal, SignalStatus

T = TypeVar("T")
SignalKey = tuple[str, str]
"""(source instance, source event id): the same pair is one signal, however often it comes."""


class IntakePlace(NamedTuple):
    """A message's place in one incarnation of the INTAKE stream: its sequence, and when it was stored (ns since 1970)."""

    sequence: int
    stored_at: int


class KnownSignal(NamedTuple):
    """What the store remembers of a signal. `payload_sha256` is the one that it came with first."""

    incident_id: UUID | None
    times: int
    payload_sha256: str
    disposition: Disposition
    status: SignalStatus
    told_at: datetime | None
    """Since when `status` holds, by the tool's clock."""


class NewSignal(NamedTuple):
    """A signal that is remembered from now on, with what became of it and how often it came in this batch."""

    signal: Signal
    incident_id: UUID | None
    times: int
    disposition: Disposition
    latest: Signal
    """The copy whose status holds."""
    version: int
    """Of the event in its source's stream that records it."""


class Body(NamedTuple):
    """What came, byte for byte, when it held more than one signal. `headers` are those that tell how it is read."""

    sha256: str
    raw: bytes
    headers: tuple[str, ...]


class Episode(NamedTuple):
    """The latest episode of a check, a monitor, a fingerprint."""

    source_event_id: str
    is_open: bool


class UnitOfWork(Protocol):
    """What may be read and written together.

    Guarantees: reads include this unit's own writes and those of every earlier unit; nobody else writes meanwhile; all of it
    is stored or nothing. `recorded_at` is the same for the whole transaction and never before an earlier one.
    """

    @property
    def recorded_at(self) -> datetime:
        """The time this transaction's events are recorded at, UTC."""

    def incident(self, incident_id: UUID) -> Incident | None:
        """The incident as it stands now, its text opened."""

    def history(self, stream: UUID) -> Sequence[Recorded]:
        """A stream's events in their places, with the text that is left; empty for an unknown id."""

    def state_sha256(self, stream: UUID, version: int) -> str:
        """SHA-256 (hex) of an event's stored bytes."""

    def organisation(self) -> Organisation:
        """The organisation as it stands now, its text opened; nothing but the log's own entity while none is on record."""

    def append(self, stream: UUID, events: Sequence[DomainEvent], *, expected: int) -> int:
        """Append to a stream that stands at version `expected`, else a `VersionConflictError`. The last position given."""

    def version(self, stream: UUID) -> int:
        """The stream's version, 0 when new."""

    def take_reference(self, entity: str, incident_id: UUID) -> str:
        """The entity's next reference of this year (Copenhagen), gapless: the number is given only if the unit is stored.

        Raises `UnknownEntityError` for an entity that is neither the log's own nor registered.
        """

    def ensure_keys(self, streams: Iterable[UUID], aggregate: str = "incident") -> None:
        """Make the data keys of streams of one kind that are about to begin, all in one write."""

    def known_signals(self, keys: Sequence[SignalKey]) -> Mapping[SignalKey, KnownSignal]:
        """Those of `keys` that came before."""

    def intake_setup(self) -> IntakeSetup:
        """Sources, rules and maintenance as they stand now."""

    def retention(self) -> Retention:
        """The periods, and what was let go by them, as they stand now."""

    def emergency_lists(self) -> EmergencyLists:
        """The emergency lists that are expected, as they stand now."""

    def remember_signals(self, signals: Sequence[NewSignal]) -> None:
        """New signals, and their sealed payloads."""

    def received_signals(self, keys: Sequence[SignalKey]) -> Mapping[SignalKey, ReceivedSignal]:
        """Those of `keys` that came before, as the log recorded them first."""

    def store_payloads(self, signals: Sequence[Signal]) -> None:
        """Payloads that differ from their signal's first one, sealed."""

    def store_bodies(self, bodies: Sequence[Body]) -> None:
        """Whole bodies of several signals, sealed."""

    def assign_signals(self, places: Mapping[SignalKey, tuple[Disposition, UUID | None]]) -> None:
        """Known signals have this disposition and incident from now on."""

    def count_repeats(self, counts: Mapping[SignalKey, tuple[int, SignalStatus, datetime | None]]) -> None:
        """Known signals came again, so many times; the status that holds now, and since when."""

    def count_waiting(self, source: str, prefix: str, upto: int) -> int:
        """How many of a source's signals whose id begins with `prefix` wait for a person, counted to `upto`."""

    def latest_episodes(self, episodes: Collection[SignalKey]) -> Mapping[SignalKey, Episode]:
        """The latest episode of each (source, episode) that ever had one."""

    def set_episodes(self, episodes: Mapping[SignalKey, Episode]) -> None:
        """These are the latest from now on."""

    def twins(self, names: Collection[str]) -> Mapping[str, SignalKey]:
        """Which signal told of it first, by the names that sources share."""

    def set_twins(self, names: Mapping[str, SignalKey]) -> None:
        """These told of it first, unless somebody did before."""

    def window_counts(self, lines: Mapping[Counted, int]) -> Mapping[Counted, Mapping[int, int]]:
        """How many signals each line counted, by minute since 1970, from the given minute on."""

    def add_window_counts(self, counts: Mapping[tuple[Counted, int], int], oldest: int) -> None:
        """Add to lines and minutes; forget what lies before the minute `oldest`."""

    def open_incidents(self, components: Iterable[str]) -> Mapping[str, UUID]:
        """Which of these components have an open incident; of several, the one that was open first."""

    def set_open_components(self, incident_id: UUID, components: Iterable[str]) -> None:
        """The incident is open on these components and no others."""

    def intake_done(self, stream: str, places: Sequence[IntakePlace]) -> frozenset[IntakePlace]:
        """Which messages of the INTAKE stream were stored before: a redelivered one is not a repeat.

        One that was stored later than those done under its sequence is another message: the stream had lost its tail.
        """

    def mark_intake_done(self, stream: str, first: int, last: IntakePlace) -> None:
        """The messages from this sequence to this place, none of them done before, are stored with this unit."""


class Committer(Protocol):
    """Runs units of work, several in one transaction.

    When `submit` returns, the unit's events are durable; when it raises, nothing of it was stored: a refusal, a conflict, or
    `UnavailableError` while the store is locked, full or away.
    """

    async def submit(self, work: Callable[[UnitOfWork], T], *, bulk: bool = False) -> T:
        """Run `work` under the write lock. `bulk` shares no transaction with what else waits; they go by turns."""
