"""Evolving: the state after one more event. Total and pure; a new event fails type checking until it is handled here."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, assert_never, cast
from uuid import UUID

from domain.events import DomainEvent
from domain.incident import events as e
from domain.incident.corrections import corrected_value
from domain.incident.state import Incident, Status
from domain.incident.steps import DUTY_OF_STEP
from domain.incident.transitions import BY_EVENT


def evolve(incident: Incident | None, event: e.IncidentEvent, *, aggregate_id: UUID) -> Incident:
    """Apply one recorded event. The first must be `Reported`."""
    if isinstance(event, e.Reported):
        return _reported(event, aggregate_id)
    assert incident is not None, "a stream of an incident begins with Reported"  # noqa: S101 - a broken log, not bad input
    # One copy an event: a rebuild folds a hundred thousand of them a second.
    return replace(incident, version=incident.version + 1, **_changes(incident, event))


def _changes(  # noqa: C901, PLR0911 - one case an event, kept in one place on purpose
    incident: Incident, event: e.IncidentEvent
) -> dict[str, Any]:
    match event:
        case e.Assessed():
            status = Status.ASSESSED if incident.status is Status.REPORTED else incident.status
            judged = {"significant": event.significant, "nis2_category": event.nis2_category}
            return {"status": status, **judged, "approved": False}
        case e.AssessmentApproved():
            return {"approved": True}
        case e.AwarenessDeclared():
            return {"aware_at": event.aware_at}
        case e.EarlyWarningSent() | e.IncidentNotificationSent() | e.StatusReportSent() | e.FinalReportSent():
            kind = DUTY_OF_STEP[BY_EVENT[type(event)].step]
            # The first one counts: sending again moves no clock.
            return {} if kind in incident.sent else {"sent": {**incident.sent, kind: event.meta.occurred_at}}
        case e.DeadlineMissed():
            return {"missed": incident.missed | {event.kind}}
        case e.Mitigated():
            status = incident.status if incident.status is Status.CLOSED else Status.MITIGATED
            return {"status": status, "handled_at": event.meta.occurred_at}
        case e.Closed():
            return {"status": Status.CLOSED}
        case e.Reopened():
            return {"status": _open_status(incident), "handled_at": None}
        case e.Corrected():
            new = event.clear_new if event.new is None else event.new
            return {} if new is None else {event.field: corrected_value(event.field, new)}
        case (
            e.SignalAttached()
            | e.MeasureTaken()
            | e.EmergencyActionTaken()
            | e.NoteAdded()
            | e.RecipientsNotified()
            | e.VoluntaryNotificationDeclined()
        ):
            return {}
        case e.Reported():
            msg = f"{incident.reference} is reported twice in its own stream: the log is broken"
            raise ValueError(msg)
        case _:
            assert_never(event)


def _reported(event: e.Reported, aggregate_id: UUID) -> Incident:
    return Incident(
        id=aggregate_id,
        version=1,
        reference=event.reference,
        entity=event.entity,
        status=Status.REPORTED,
        kind=event.kind,
        severity=event.severity,
        detected_at=event.detected_at,
        title=event.title,
        description=event.description,
        place=event.place,
        services=event.services,
        components=event.components,
    )


def _open_status(incident: Incident) -> Status:
    return Status.REPORTED if incident.significant is None else Status.ASSESSED


def replay(aggregate_id: UUID, events: Iterable[DomainEvent], incident: Incident | None = None) -> Incident | None:
    """Fold events on top of what is known; None when there are none."""
    for event in events:
        incident = evolve(incident, cast("e.IncidentEvent", event), aggregate_id=aggregate_id)
    return incident
