"""The clear part of a signal, in the three forms in which events keep it."""

from collections.abc import Sequence
from uuid import UUID

from domain.incident.events import AttachedSignal
from domain.signals import ReceivedSignal, RepeatedSignal, Signal
from handlers.intake_placing import Placed
from handlers.unit_of_work import NewSignal

HASHES = 10
"""Payload hashes that one count of repeats names at most; the payloads themselves are all kept."""


def received(placed: Placed) -> ReceivedSignal:
    """A new signal, what became of it and why."""
    signal = placed.signal
    return ReceivedSignal(
        source_event_id=signal.source_event_id,
        severity=signal.severity,
        status=signal.status,
        detected_at=signal.detected_at,
        components=signal.components,
        signal_category=signal.signal_category,
        payload_sha256=signal.payload_sha256,
        disposition=placed.disposition,
        incident_id=placed.incident_id,
        flags=signal.flags,
        kind=signal.kind,
        services=signal.services,
        rule=placed.rule,
        group=placed.group,
        body_sha256=signal.body_sha256,
    )


def remember(placed: Placed, copies: Sequence[Signal], version: int) -> NewSignal:
    """What the store remembers of it; `version` is that of the event that records it."""
    return NewSignal(placed.signal, placed.incident_id, len(copies), placed.disposition, latest(copies), version)


def latest(copies: Sequence[Signal]) -> Signal:
    """The copy whose status holds: the newest by the tool's clock, of equals the one that came last."""
    last = copies[0]
    for copy in copies:
        if last.told_at is None or copy.told_at is None or copy.told_at >= last.told_at:
            last = copy
    return last


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


def attached_again(source: str, signal: ReceivedSignal) -> AttachedSignal:
    """The same, of a signal as the log recorded it."""
    return AttachedSignal(
        source=source,
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
        status=latest(copies).status,
        components=copies[-1].components,
        payload_sha256s=tuple(dict.fromkeys(copy.payload_sha256 for copy in copies))[:HASHES],
        incident_id=incident_id,
    )
