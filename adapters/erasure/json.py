"""Recorded erasures as JSON, with how far each is."""

from datetime import UTC, datetime
from typing import Any

from adapters.event_store import unmaking
from adapters.event_store.application import EventStore
from adapters.incident.tracks import NameOf
from domain.events import Recorded
from domain.incident.events import Disposed, Redacted


def erasure_objects(store: EventStore, name_of: NameOf) -> list[dict[str, Any]]:
    """Every erasure in the order of the log; `done_at` is null while it is not finished. Times are aware and UTC."""
    finished = unmaking.done(store)
    rows = unmaking.recorded(store)
    return [_object(store.mapper.record(row), name_of, finished.get(row.position)) for row in rows]


def _object(recorded: Recorded, name_of: NameOf, done_at_us: int | None) -> dict[str, Any]:
    event = recorded.event
    assert isinstance(event, Redacted | Disposed)  # noqa: S101 - the register holds no others
    return {
        "ref": name_of(recorded.aggregate_id),
        "kind": "redaction" if isinstance(event, Redacted) else "disposal",
        "redacted_number": getattr(event, "redacted_number", None),
        "path": getattr(event, "path", None),
        "legal_basis": event.legal_basis,
        "proposed_by": event.proposed_by,
        "approved_by": event.meta.actor,
        "recorded_at": recorded.recorded_at,
        "done_at": None if done_at_us is None else datetime.fromtimestamp(done_at_us / 1_000_000, UTC),
    }
