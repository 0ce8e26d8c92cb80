"""What the API tells of one incident and of what is owed, made from the objects that the command line prints too."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from adapters.incident.json import duties_after, duty_object, state_object
from domain.deadline_rules import DeadlineKind
from domain.deadlines import Deadline, as_json
from domain.time import rfc3339_utc
from handlers.readings import Moment
from projections.deadlines import is_overdue
from projections.rows import Row

CSV_COLUMNS = (
    *("ref", "id", "title", "status", "kind", "severity", "nis2_category", "significant", "approved", "occurred_at"),
    *("detected_at", "aware_at", "recorded_at", "assessed_at", "handled_at", "closed_at", "close_reason", "services"),
    *("components", "signal_count", "next_duty", "next_due_at", "entity", "demo", "version", "position"),
)


def csv_row(incident: Mapping[str, Any]) -> dict[str, Any]:
    """An incident of the list as one flat row."""
    owed = incident["next_deadline"] or {}
    return {**incident, "next_duty": owed.get("kind"), "next_due_at": owed.get("due_at")}


def one_incident(moments: Sequence[Moment], now: datetime) -> dict[str, Any]:
    """An incident as it stood after these moments (at least one), with all its clocks; overdue as of `now`."""
    first, last = moments[0].recorded, moments[-1]
    duties = duties_after(moments)
    owed = next((duty.deadline for duty in duties if duty.owed), None)
    state = state_object(last.after)
    return {
        "ref": state.pop("reference"),
        **state,
        "occurred_at": rfc3339_utc(first.event.meta.occurred_at),
        "recorded_at": rfc3339_utc(first.recorded_at),
        "next_deadline": {"kind": owed.kind, "due_at": rfc3339_utc(owed.due_at)} if owed else None,
        "deadlines": [duty_object(duty, now) for duty in duties],
        "position": last.recorded.position,
    }


def owed_deadline(row: Row, now: datetime) -> dict[str, Any]:
    """A row of the deadlines' read model."""
    deadline = Deadline(
        kind=DeadlineKind(row["kind"]),
        due_at=row["due_at"],
        trigger=row["trigger_name"],
        triggered_at=row["triggered_at"],
        rule=row["rule"],
        paragraph=row["paragraph"],
        statutory=row["statutory"],
    )
    about = {"ref": row["reference"], "incident_id": row["incident_id"], "status": row["status"], "severity": row["severity"]}
    return {**about, **as_json(deadline), "overdue": is_overdue(row, now)}
