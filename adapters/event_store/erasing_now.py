"""The texts and payloads that are erased and still there: nobody opens them, from the moment that the erasure is recorded.

The worker that destroys them (adapters/erasure/erasing.py) may be a second behind, or stand still with a full disk.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

import orjson

from adapters.event_store.keyring import LOOK_S
from adapters.event_store.recorder import EventRecorder
from domain.events import StoredRow
from domain.incident.events import Disposed, Redacted


class ErasingNow:
    """Looks no oftener than every LOOK_S, as the keyring: reading a list takes one look, not one an event."""

    def __init__(self, recorder: EventRecorder, payloads_of: Callable[[UUID], Iterable[bytes]]) -> None:
        self._recorder, self._payloads_of = recorder, payloads_of
        self._payloads = dict[UUID, frozenset[bytes]]()
        self._disposed, self._gone = frozenset[UUID](), frozenset[tuple[UUID, int]]()
        self._looked_at = 0.0

    def covers(self, stream: UUID, version: int) -> bool:
        """Whether a recorded erasure took this event's texts; of a redaction the others are kept in its own event."""
        self._look_if_due()
        return stream in self._disposed or (stream, version) in self._gone

    def covers_payload(self, sha256: bytes) -> bool:
        """Whether it goes with an incident that is disposed of."""
        self._look_if_due()
        return any(sha256 in payloads for payloads in self._payloads.values())

    def look_anew(self) -> None:
        """At the next reading: what this process has just recorded counts at once."""
        self._looked_at = 0.0

    def _look_if_due(self) -> None:
        if time.monotonic() - self._looked_at > LOOK_S:
            self._look()

    def _look(self) -> None:
        looked_at = time.monotonic()
        pending = self._recorder.erasures_pending()
        redactions = {one.aggregate_id for one in pending if one.topic == Redacted.TOPIC}
        self._gone = frozenset(
            (stream, version)
            for stream in redactions
            for version in _gone(self._recorder.of_topic(stream, topic=Redacted.TOPIC), pending)
        )
        self._disposed = frozenset(one.aggregate_id for one in pending if one.topic == Disposed.TOPIC)
        # Looked for once: nothing is attached to a disposed incident any more.
        known = self._payloads
        self._payloads = {one: known[one] if one in known else frozenset(self._payloads_of(one)) for one in self._disposed}
        self._looked_at = looked_at


def redacted_number(row: StoredRow) -> int | None:
    """Of the event that a `Redacted` event took a text from."""
    number: int | None = orjson.loads(row.state).get("redacted_number")
    return number


def superseded(redactions: Sequence[StoredRow], row: StoredRow) -> list[int]:
    """The redacted event, and earlier redactions of it: what those kept of it holds the text that `row` took."""
    wanted = redacted_number(row)
    found = [] if wanted is None else [wanted]
    return found + [one.version for one in redactions if one.version < row.version and redacted_number(one) == wanted]


def _gone(redactions: Sequence[StoredRow], pending: Sequence[StoredRow]) -> set[int]:
    waiting = {one.position for one in pending}
    return {version for row in redactions if row.position in waiting for version in superseded(redactions, row)}
