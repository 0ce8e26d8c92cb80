"""Signals as JSON values: what waits, and one signal with what its tool said."""

from typing import Any

from domain.time import rfc3339_utc
from handlers.history import Payload
from handlers.signal_desk import Told
from projections.rows import Row


def waiting_object(row: Row, payload: Payload | None) -> dict[str, Any]:
    """One that waits for a person. Times are RFC 3339 in UTC; the text is null once it is erased."""
    return {
        "source": row["source"],
        "id": row["source_event_id"],
        "kind": row["kind"].value,
        "severity": row["severity"].value,
        "detected_at": rfc3339_utc(row["detected_at"]),
        "recorded_at": rfc3339_utc(row["recorded_at"]),
        "components": list(row["components"]),
        "flags": list(row["flags"]),
        "position": row["position"],
        **_words(payload),
    }


def told_object(told: Told) -> dict[str, Any]:
    """One signal as the log recorded it first, and its tool's bytes as text where they are UTF-8."""
    signal = told.signal.model_dump(mode="json", exclude={"source_event_id"})
    raw = told.payload.raw.decode(errors="replace") if told.payload else None
    return {"source": told.source, "id": told.signal.source_event_id, **signal, **_words(told.payload), "raw": raw}


def _words(payload: Payload | None) -> dict[str, Any]:
    return {
        "title": payload.title if payload else None,
        "description": payload.description if payload else None,
        "references": list(payload.references) if payload else [],
    }
