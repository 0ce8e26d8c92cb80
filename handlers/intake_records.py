"""The clear part of a signal, in the three forms in which events keep it."""

from collections.abc import Sequence
from uuid import UUID

from domain.incident.events import AttachedSignal
from domain.signals import Disposition, ReceivedSignal, RepeatedSignal, Signal

HASHES = 10
"""Payload hashes that one count of repeats names at most; the payloads themselves are all kept."""


def received(signal: Signal, disposition: Disposition, incident_id: UUID | None) -> ReceivedSignal:
    """A new signal and what became of it."""
    return ReceivedSignal(
        source_event_id=signal.source_event_id,
        severity=signal.severity,
        status=signal.status,
        detected_at=signal.detected_at,
        components=signal.components,
        signal_category=signal.signal_category,
        payload_sha256=signal.payload_sha256,
        disposition=disposition,
        incident_id=incident_id,
        flags=signal.flags,
    )


def attached(signal: Signal) -> AttachedSignal:
    """A signal as its incident remembers it."""
    return AttachedSignal(
        source=signal.source,
        source_event_id=signal.source_event_id,
        severity=signal.severity,
        detected_at=signal.detected_at,
        components=signal.components,
        payload_sha256=signal.payload_sha256,
    )


def repeated(copies: Sequence[Signal], incident_id: UUID | None) -> RepeatedSignal:
    """The copies of one known signal in one batch, as one count."""
    return RepeatedSignal(
        source_event_id=copies[0].source_event_id,
        count=len(copies),
        first_at=min(copy.detected_at for copy in copies),
        last_at=max(copy.detected_at for copy in copies),
        status=copies[-1].status,
        components=copies[-1].components,
        payload_sha256s=tuple(dict.fromkeys(copy.payload_sha256 for copy in copies))[:HASHES],
        incident_id=incident_id,
    )
