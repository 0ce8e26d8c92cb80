"""Evolving: the state after one more event. Total and pure; a new event fails type checking until it is handled here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, assert_never, cast
from uuid import UUID

from domain.events import DomainEvent
from domain.incident import events as e
from domain.incident.corrections import corrected_value
from domain.incident.state import Incident, Status
from domain.incident.work import NOTHING_DONE, after, kind_of

QuietEvent = (
    e.SignalAttached
    | e.SignalDetached
    | e.RoleAssigned
    | e.MeasureTaken
    | e.MeasureUpdated
    | e.SupplierEngaged
    | e.SupplierReported
    | e.ServiceDegraded
    | e.RestorationTested
    | e.ServiceRestored
    | e.ContingencyActivated
    | e.ContingencyDeactivated
    | e.NoteAdded
    | e.EvidenceAttached
    | e.EvidenceAccessed
    | e.EvidenceHandedOver
    | e.TaskPlanned
    | e.TaskDone
    | e.RootCauseFound
    | e.Classified
    | e.Escalated
    | e.SubmissionDrafted
    | e.VoluntaryNotificationDeclined
    | e.ReceiptRecorded
    | e.CsirtHelpRequested
    | e.PublicHearing
    | e.RecordJournalised
    | e.DocumentMarked
    | e.RecordsExtracted
    | e.DpoAdvised
    | e.DeadlineApproached
    | e.DeadlineCancelled
    | e.Split
    | e.SharedWith
    | e.LessonRecorded
    | e.FollowUpPlanned
    | e.FollowUpDone
    | e.ReviewHeld
    | e.RecurrenceConsidered
    | e.RedactionProposed
    | e.DisposalProposed
    | e.ErasureRejected
)
"""Events that leave clocks and status as they are: only the memory of the work may change."""


def evolve(incident: Incident | None, event: e.IncidentEvent, *, aggregate_id: UUID) -> Incident:
    """Apply one recorded event. The first must be `Reported`."""
    if isinstance(event, e.Reported):
        return _reported(event, aggregate_id)
    assert incident is not None, "a stream of an incident begins with Reported"  # noqa: S101 - a broken log, not bad input
    number = incident.version + 1
    work = after(incident.work, number, event)
    # One copy an event: a rebuild folds a hundred thousand of them a second.
    return replace(incident, version=number, work=work, **changes(incident, number, event))


def changes(  # noqa: C901, PLR0911, PLR0912 - one case an event, kept in one place on purpose
    incident: Incident, number: int, event: e.IncidentEvent
) -> dict[str, Any]:
    """What the incident's `number`th event changes of status and clocks, by field; read models fold with this alone."""
    if isinstance(event, QuietEvent):
        return {}
    at = event.meta.occurred_at
    match event:
        case e.Assessed():
            return _judged(incident, significant=event.significant, category=event.nis2_category)
        case e.SignificanceDeclared():
            return _judged(incident, significant=True, category=e.Nis2Category.HIGH)
        case e.AssessmentApproved():
            return {"approved": True, **_awaits(incident, number, event.approve_by, at)}
        case e.AssessmentRejected():
            return {"approved": False}
        case e.SubmissionApproved() | e.EmergencyActionTaken():
            return _awaits(incident, number, event.approve_by, at)
        case e.ApprovedAfterwards():
            return _approved_afterwards(incident, event)
        case e.AwarenessDeclared():
            return {"aware_at": event.aware_at}
        case e.Submission():
            # The first one counts: sending again moves no clock.
            then = _first(incident, kind_of(event), at)
            return then | _awaits(replace(incident, **then), number, event.approve_by, at)
        case e.RecipientsNotified():
            return {} if event.threat else _first(incident, "recipients", at)
        case e.DataSubjectsNotified():
            return _first(incident, "data_subjects", at)
        case e.CsirtReplied():
            return _first(incident, "csirt_reply", at)
        case e.InterimReportRequested():
            return _anew(incident, "interim_report", ("interim", at), event.send_by)
        case e.RecipientsIdentified():
            # More recipients found later are owed word no later for it.
            if "effect" in incident.triggers:
                return {}
            return {"triggers": {**incident.triggers, "effect": at}, "dues": _due(incident, "recipients", event.tell_by)}
        case e.BreachRegistered():
            return _breach(incident, event)
        case e.DeadlineMissed():
            return {"missed": {**incident.missed, event.kind: event.due_at}}
        case e.Mitigated():
            status = incident.status if incident.status is Status.CLOSED else Status.MITIGATED
            return {"status": status, "handled_at": at}
        case e.Closed():
            return {"status": Status.CLOSED}
        case e.MergedInto():
            return {"status": Status.CLOSED, "merged_into": event.into}
        case e.Reopened():
            # It goes on for itself again, with the clocks that it had; a final report that was sent was not its last.
            sent = {kind: at for kind, at in incident.sent.items() if kind != "final_report"}
            return {"status": _open_status(incident), "handled_at": None, "sent": sent, "merged_into": None}
        case e.Corrected():
            new = event.clear_new if event.new is None else event.new
            return {} if new is None else {event.field: corrected_value(event.field, new)}
        case e.HoldPlaced():
            return {"held_at": at}
        case e.HoldLifted():
            return {"held_at": None}
        case e.ClocksInherited():
            return _inherited(incident, event)
        case e.Redacted():
            return _redacted(incident, event)
        case e.Disposed():
            return dict(BURIED)
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
        administration=event.administration,
        trust_service=event.trust_service,
        exercise=event.exercise,
        dues={"internal_assessment": event.assess_by} if event.assess_by else {},
        work=after(NOTHING_DONE, 1, event),
    )


def _judged(incident: Incident, *, significant: bool, category: e.Nis2Category) -> dict[str, Any]:
    status = Status.ASSESSED if incident.status is Status.REPORTED else incident.status
    return {"status": status, "significant": significant, "nis2_category": category, "approved": False}


def _first(incident: Incident, kind: str, at: datetime) -> dict[str, Any]:
    # By when it was sent, not by when that was entered: what is told late of an earlier sending counts.
    known = incident.sent.get(kind)
    return {} if known is not None and known <= at else {"sent": {**incident.sent, kind: at}}


def _anew(incident: Incident, kind: str, trigger: tuple[str, datetime], due: datetime | None) -> dict[str, Any]:
    """The duty begins again: what met an earlier request does not meet this one."""
    sent = {name: at for name, at in incident.sent.items() if name != kind}
    dues = {name: at for name, at in incident.dues.items() if name != kind} | ({kind: due} if due else {})
    return {"sent": sent, "triggers": {**incident.triggers, trigger[0]: trigger[1]}, "dues": dues}


def _due(incident: Incident, kind: str, due: datetime | None) -> Mapping[str, datetime]:
    return {**incident.dues, kind: due} if due else incident.dues


def _awaits(incident: Incident, number: int, approve_by: datetime | None, at: datetime) -> dict[str, Any]:
    if approve_by is None:
        return {}
    # The oldest thing that waits started the clock; after a pause it starts anew.
    since = incident.triggers["approval"] if incident.awaiting and "approval" in incident.triggers else at
    sent = {name: when for name, when in incident.sent.items() if name != "second_approval"}
    return {
        "awaiting": {**incident.awaiting, str(number): approve_by},
        "triggers": {**incident.triggers, "approval": since},
        "sent": sent,
    }


def _approved_afterwards(incident: Incident, event: e.ApprovedAfterwards) -> dict[str, Any]:
    left = {number: due for number, due in incident.awaiting.items() if number != str(event.approved_number)}
    if left:
        return {"awaiting": left}
    # The last limit stays known, so that the deadline shows as met and not as gone.
    last = max(incident.awaiting.values(), default=None)
    dues = _due(incident, "second_approval", last)
    return {"awaiting": {}, "dues": dues, "sent": {**incident.sent, "second_approval": event.meta.occurred_at}}


def _breach(incident: Incident, event: e.BreachRegistered) -> dict[str, Any]:
    triggers = {name: at for name, at in incident.triggers.items() if name not in {"breach_aware", "high_risk"}}
    if event.risk != "unlikely":
        triggers["breach_aware"] = event.breach_aware_at
    if event.risk != "high" or event.exempt is not None:
        return {"triggers": triggers}
    since = incident.triggers.get("high_risk")
    triggers["high_risk"] = since or event.meta.occurred_at
    # Registered anew, with more known, it is no later that they are owed word.
    return {"triggers": triggers} if since else {"triggers": triggers, "dues": _due(incident, "data_subjects", event.tell_by)}


def _inherited(incident: Incident, event: e.ClocksInherited) -> dict[str, Any]:
    judged: dict[str, Any] = {}
    if event.significant and not incident.significant:
        judged = _judged(incident, significant=True, category=e.Nis2Category.HIGH)
    return {
        **judged,
        "detected_at": min(incident.detected_at, event.detected_at),
        "aware_at": min(filter(None, (incident.aware_at, event.aware_at)), default=None),
        "components": tuple(dict.fromkeys((*incident.components, *event.components))),
        **_together(incident, event),
    }


OWED_EACH: Mapping[str, str] = {
    "recipients": "effect",
    "data_subjects": "high_risk",
    "gdpr_notification": "breach_aware",
    "interim_report": "interim",
}
"""Duty to what starts its clock, where having done it for one of two incidents is not having done it for both."""


def _together(incident: Incident, event: e.ClocksInherited) -> dict[str, dict[str, datetime]]:
    sent, triggers = _earliest(incident.sent, event.sent), _earliest(incident.triggers, event.triggers)
    dues = _earliest(incident.dues, event.dues)
    for kind, trigger in OWED_EACH.items():
        owing = [side for side in (incident, event) if trigger in side.triggers and kind not in side.sent]
        if len(owing) == 1:
            # The other's people were told, or are not affected: what is left runs by its own clock.
            for known in (sent, dues):
                known.pop(kind, None)
            triggers[trigger] = owing[0].triggers[trigger]
            dues |= {name: at for name, at in owing[0].dues.items() if name == kind}
    return {"sent": sent, "triggers": triggers, "dues": dues}


def _earliest(one: Mapping[str, datetime], other: Mapping[str, datetime]) -> dict[str, datetime]:
    return {name: min(filter(None, (one.get(name), other.get(name)))) for name in sorted({*one, *other})}


TEXTS = ("title", "description", "place")
BURIED: Mapping[str, Any] = {
    **dict.fromkeys((*TEXTS, "administration")),
    **dict.fromkeys(("services", "components"), ()),
    **{name: {} for name in ("missed", "triggers", "dues", "awaiting")},
    "status": Status.CLOSED,
    "disposed": True,
}
"""What a disposal leaves nothing of; dates, category and the notices sent stay."""


def _redacted(incident: Incident, event: e.Redacted) -> dict[str, Any]:
    """A state that was folded before must forget what a state folded afterwards never learns."""
    for name in TEXTS:
        number = incident.work.told_in.get(name, 1)
        if (number, name if number == 1 else "new") == (event.redacted_number, event.path):
            return {name: None}
    return {}


def _open_status(incident: Incident) -> Status:
    return Status.REPORTED if incident.significant is None else Status.ASSESSED


def replay(aggregate_id: UUID, events: Iterable[DomainEvent], incident: Incident | None = None) -> Incident | None:
    """Fold events on top of what is known; None when there are none."""
    for event in events:
        incident = evolve(incident, cast("e.IncidentEvent", event), aggregate_id=aggregate_id)
    return incident
