"""The port for reading the log: what happened, in order, and as of any position."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from domain.emergency_lists.state import EmergencyLists
from domain.events import Recorded, Sealed, StoredRow
from domain.intake.state import IntakeSetup
from domain.organisation.state import Organisation
from domain.retention.state import Retention
from domain.signals import ReceivedSignal
from handlers.event_log import EventLog
from handlers.unit_of_work import KnownSignal, SignalKey


class Payload(NamedTuple):
    """What a tool sent, readable."""

    title: str
    description: str
    references: tuple[str, ...]
    raw: bytes


class Remembered(NamedTuple):
    """A signal as it stands now, and as the log recorded it first; None for one from before its place was noted."""

    known: KnownSignal
    received: ReceivedSignal | None


class History(EventLog, Protocol):
    """Guarantees, besides the log's: the same answer for ever for the same `upto`; the caller's own writes are seen."""

    def position_at(self, instant: datetime) -> int:
        """As of T: the last position with recorded_at <= T; 0 before the first."""

    def position_before(self, instant: datetime) -> int:
        """The last position with recorded_at < instant: a period's events begin after it."""

    def stream_rows(self, aggregate_id: UUID, *, upto: int | None = None) -> list[StoredRow]:
        """One aggregate's stored bytes in order, as of position `upto`; empty for an unknown id."""

    def read(
        self, after: int, limit: int, *, upto: int | None = None, opened: bool = False, topics: Sequence[str] = ()
    ) -> list[Recorded]:
        """Events in their place, in order, of these topics or of all; confidential fields stay sealed unless `opened`."""

    def read_stream(self, aggregate_id: UUID, *, upto: int | None = None) -> list[Recorded]:
        """One aggregate's history with its text opened, as of position `upto`; empty for an unknown id."""

    def find_reference(self, reference: str) -> UUID | None:
        """The incident with this reference; None when there is none. Raises `InvalidInputError` for what is no reference."""

    def reference_of(self, incident_id: UUID) -> str | None:
        """What people call the incident; None for what is no incident. Opens no text."""

    def entity_of(self, incident_id: UUID) -> str | None:
        """The reporting entity whose incident it is, for good; None for what is no incident."""

    def organisation(self) -> Organisation:
        """The organisation as it stands now, its text opened."""

    def intake_setup(self) -> IntakeSetup:
        """Sources, mappings, rules and maintenance as they stand now, secrets opened."""

    def retention(self) -> Retention:
        """The periods, and what was let go by them, as they stand now, reasons opened."""

    def emergency_lists(self) -> EmergencyLists:
        """The emergency lists that are expected, as they stand now, text opened."""

    def signal(self, source: str, source_event_id: str) -> Remembered | None:
        """What became of a signal; None for one that never came."""

    def waiting(self, prefix: str, source: str | None = None) -> list[SignalKey]:
        """Signals of one source, or of all, that wait for a person and whose id begins with `prefix`; by source and id."""

    def unseal(self, stream: UUID, version: int, sealed: Sealed) -> dict[str, Any] | None:
        """The confidential fields of one event; None when their key was destroyed."""

    def text_key(self, stream: UUID, version: int, sealed: Sealed) -> bytes | None:
        """The key that opens the text of this event and of no other; None when it was destroyed."""

    def payload(self, sha256: str) -> Payload | None:
        """What a tool sent, by the hash of its bytes; None when unknown or erased."""
