"""An incident, its clocks and its events as JSON objects. Keys and values are English; times RFC 3339, UTC, a limit Danish."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.deadlines import Duty, as_json
from domain.events import DomainEvent, Recorded, Sealed, cloudevents_type, subject_of
from domain.incident.erasing import Removal, removals
from domain.incident.state import Incident
from domain.incident.transitions import BY_EVENT
from domain.time import rfc3339_utc
from handlers.readings import Moment
from projections.incident_rows import JUDGEMENTS, duties_of

Unseal = Callable[[UUID, int, Sealed], Mapping[str, Any] | None]
"""See `handlers.history.History.unseal`."""
Sees = Callable[[UUID], bool]
"""See `handlers.desk.Desk.sees`."""

_PLAIN = ("entity", "administration", "exercise", "status", "kind", "severity", "nis2_category", "significant", "approved")
_TIMES = ("occurred_at", "detected_at", "aware_at", "recorded_at", "assessed_at", "handled_at", "closed_at", "held_at")


def everything(incident: UUID) -> bool:  # noqa: ARG001 - as `Sees`
    """All may be seen."""
    return True


def title_of(row: Mapping[str, Any], unseal: Unseal) -> str | None:
    """The title of a row of the register; None when its key was destroyed."""
    if row["title_sealed"] is None:
        return None
    opened = unseal(row["id"], row["title_version"], Sealed.model_validate_json(row["title_sealed"]))
    return None if opened is None else opened.get(row["title_field"])


def incident_object(row: Mapping[str, Any], unseal: Unseal) -> dict[str, Any]:
    """A row of the register; `next_deadline` is null when nothing is owed."""
    due = row["next_due_at"]
    return {
        "ref": row["reference"],
        "id": str(row["id"]),
        "title": title_of(row, unseal),
        **{name: row[name] for name in _PLAIN},
        **{name: _time(row[name]) for name in _TIMES},
        "close_reason": row["close_reason"],
        "services": list(row["services"]),
        "components": list(row["components"]),
        "signal_count": row["signal_count"],
        "next_deadline": None if due is None else {"kind": row["next_duty"], "due_at": rfc3339_utc(due)},
        "demo": row["demo"],
        "version": row["version"],
        "position": row["position"],
    }


def details_object(moments: Sequence[Moment], now: datetime) -> dict[str, Any]:
    """What the register does not hold: text, submissions, all clocks (overdue as of `now`), the timeline."""
    incident, gone = moments[-1].after, removals([moment.recorded.event for moment in moments])
    return {
        "description": incident.description,
        "place": incident.place,
        "sent": {kind: rfc3339_utc(instant) for kind, instant in incident.sent.items()},
        "missed": sorted(incident.missed),
        "deadlines": [duty_object(duty, now) for duty in duties_after(moments)],
        "timeline": [_with_removals(moment.recorded, gone) for moment in moments],
    }


def duties_after(moments: Sequence[Moment]) -> tuple[Duty, ...]:
    """All clocks of an incident as they stood after these moments; none before the first."""
    if not moments:
        return ()
    assessed = (m.recorded.event.meta.occurred_at for m in moments if isinstance(m.recorded.event, JUDGEMENTS))
    return duties_of(moments[-1].after, moments[0].recorded.recorded_at, next(assessed, None))


def duty_object(duty: Duty, now: datetime) -> dict[str, Any]:
    """A clock as `sporlog deadlines --json` shows it, and whether it was met."""
    met = {"discharged_at": _time(duty.discharged_at), "late": duty.late, "overdue": duty.overdue_at(now)}
    return {**as_json(duty.deadline), "awaited": duty.deadline.awaited, **met}


def event_object(recorded: Recorded, sees: Sees = everything) -> dict[str, Any]:
    """An event in its place, with its text if it was opened; `time` is when it happened as told.

    Another incident that may not be seen is null: that there is one is told, not which.
    """
    event = recorded.event
    step = BY_EVENT.get(type(event))
    return {
        "position": recorded.position,
        "id": recorded.id,
        "type": cloudevents_type(recorded.topic),
        "subject": subject_of(recorded.topic, recorded.aggregate_id),
        "step": step.step if step else None,
        "time": rfc3339_utc(event.meta.occurred_at),
        "recorded_at": rfc3339_utc(recorded.recorded_at),
        "version": recorded.version,
        **event.meta.model_dump(mode="json", exclude={"occurred_at"}, exclude_none=True),
        "data": event.model_dump(mode="json", exclude={"meta", "sealed"}, exclude_none=True) | _hidden(event, sees),
    }


def _with_removals(recorded: Recorded, gone: Mapping[int, Sequence[Removal]]) -> dict[str, Any]:
    return {**event_object(recorded), "removed": [one._asdict() for one in gone.get(recorded.version, ())]}


def _hidden(event: DomainEvent, sees: Sees) -> dict[str, Any]:
    """The fields that name an incident which may not be seen, as they are then told."""
    found: dict[str, Any] = {}
    for name in type(event).model_fields:
        match getattr(event, name):
            case UUID() as one if not sees(one):
                found[name] = None
            case (UUID(), *_) as several if not all(map(sees, several)):
                found[name] = [str(one) if sees(one) else None for one in several]
    return found


def state_object(incident: Incident) -> dict[str, Any]:
    """What is known of an incident after an event."""
    return {name: _plain(getattr(incident, name)) for name in Incident.__dataclass_fields__ if name != "work"}


def _plain(value: Any) -> Any:  # noqa: ANN401 - as many types as there are fields
    if isinstance(value, datetime):
        return rfc3339_utc(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _time(instant: datetime | None) -> str | None:
    return None if instant is None else rfc3339_utc(instant)
