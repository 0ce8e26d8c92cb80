"""Signals for tests."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from domain.signals import Disposition, Severity, Signal, SignalStatus
from handlers.unit_of_work import NewSignal
from tests.support.incidents import at


def signal(
    event_id: str,
    *components: str,
    source: str = "wazuh",
    severity: Severity = Severity.CRITICAL,
    status: SignalStatus = SignalStatus.FIRING,
    detected_at: datetime = at(0),  # noqa: B008 - a constant
    title: str = "Mange fejlede logins",
    raw: bytes | None = None,
    **more: Any,  # noqa: ANN401 - as the fields of Signal
) -> Signal:
    body = f"{source} {event_id} {status}".encode() if raw is None else raw
    fields = {"description": "", "signal_category": "intrusion", "references": ()} | more
    return Signal(
        source=source,
        source_event_id=event_id,
        title=title,
        severity=severity,
        status=status,
        detected_at=detected_at,
        components=components,
        payload_sha256=sha256(body).hexdigest(),
        raw=body,
        **fields,
    )


def fresh(alert: Signal) -> NewSignal:
    """As it is remembered when it came once and was counted."""
    return NewSignal(alert, None, 1, Disposition.COUNTED, alert, 1)
