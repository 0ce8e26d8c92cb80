"""What `sporlog intake --dry-run` and the intake API show of a signal."""

from adapters.intake_formats.common import rfc3339
from domain.signals import Signal


def to_dry_run(signal: Signal) -> dict[str, str | list[str]]:
    """Give the one shape that people and tests agree on: these eleven keys, in this order, without the raw bytes.

    `detected_at` is RFC 3339 in UTC with `Z`, to the microsecond where the tool told it.
    """
    return {
        "source": signal.source,
        "source_event_id": signal.source_event_id,
        "title": signal.title,
        "description": signal.description,
        "severity": signal.severity.value,
        "status": signal.status.value,
        "detected_at": rfc3339(signal.detected_at),
        "components": list(signal.components),
        "signal_category": signal.signal_category,
        "references": list(signal.references),
        "payload_sha256": signal.payload_sha256,
    }
