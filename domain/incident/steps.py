"""Deciding: from what is known and what somebody wants recorded to the events that are, or a named refusal.

A caller proposes the event itself. Facts come back with their deviations filled in; acts come back or are refused; some bring
a consequence with them (the first assessment as significant declares awareness).
"""

from datetime import datetime, timedelta

from domain.deadlines import duties, limit_of
from domain.incident import errors as err
from domain.incident.corrections import as_text, corrected_value
from domain.incident.events import (
    Assessed,
    AssessmentApproved,
    AwarenessDeclared,
    Closed,
    CloseReason,
    Corrected,
    DeadlineMissed,
    Deviation,
    Fact,
    IncidentEvent,
    Mitigated,
    Nis2Category,
    Reported,
    Submission,
)
from domain.incident.state import Incident, Status
from domain.incident.transitions import BY_EVENT, Nature, Transition
from domain.time import rfc3339_local

CLOCK_SKEW = timedelta(minutes=5)
"""How far another machine's clock may be ahead before its time counts as the future."""

DUTY_OF_STEP = {
    "early-warning": "early_warning",
    "incident-notification": "incident_notification",
    "status-report": "status_report",
    "final-report": "final_report",
}
"""Which duty a submission discharges."""

NEEDS_TEXT = {
    "report": "title",
    "note": "text",
    "measure": "measure",
    "emergency-action": "action",
    "declare-awareness": "reason",
    "decline-voluntary": "reason",
    "reopen": "reason",
    "correct": "reason",
}


def decide(  # noqa: C901 - one case a kind of step, kept in one place on purpose
    incident: Incident | None, proposed: IncidentEvent, *, now: datetime
) -> tuple[IncidentEvent, ...]:
    """Return the events to record, in order; an empty tuple when a repeated system step has nothing to add.

    Raises a `RefusedError` for an act that its conditions forbid and an `InvalidInputError` for what cannot be meant.
    """
    step = BY_EVENT[type(proposed)]
    _check_sense(proposed, step.step, now)
    if isinstance(proposed, Reported):
        if incident is not None:
            msg = f"{incident.reference} is reported already: add a note or a correction instead"
            raise err.IncidentAlreadyReportedError(msg)
        return (proposed,)
    if incident is None:
        msg = f"{step.step} needs an incident: report it first"
        raise err.StepNotAllowedError(msg)
    _check_status(incident, step)
    match proposed:
        case Fact():
            return (proposed.model_copy(update={"deviations": _deviations(incident, proposed, step)}),)
        case Assessed():
            return _assess(incident, proposed)
        case AssessmentApproved() if incident.significant is None:
            msg = f"{incident.reference} is not assessed: there is nothing to approve yet"
            raise err.AssessmentMissingError(msg)
        case AwarenessDeclared():
            _check_awareness(incident, proposed, now)
        case DeadlineMissed():
            return () if _is_settled(incident, proposed.kind) else (proposed,)
        case Closed():
            _check_close(incident, proposed)
        case Corrected():
            return (_correct(incident, proposed, now),)
        case _:
            pass
    return (proposed,)


def _check_status(incident: Incident, step: Transition) -> None:
    if step.nature is not Nature.ACT or incident.status in step.allowed_from:
        return
    if incident.status is Status.CLOSED:
        msg = f"{incident.reference} is closed: reopen it before {step.step}"
        raise err.IncidentAlreadyClosedError(msg)
    msg = f"{incident.reference} is {incident.status}: {step.step} is possible from {', '.join(sorted(step.allowed_from))}"
    raise err.StepNotAllowedError(msg)


def _check_sense(proposed: IncidentEvent, step: str, now: datetime) -> None:
    field = NEEDS_TEXT.get(step)
    if field is not None and not getattr(proposed, field):
        msg = f"{step}: `{field}` is empty: say it in a few words"
        raise err.ReasonMissingError(msg)
    _check_past(f"{step}: occurred_at", proposed.meta.occurred_at, now)
    if isinstance(proposed, Reported):
        _check_past(f"{step}: detected_at", proposed.detected_at, now)


def _check_past(what: str, instant: datetime, now: datetime) -> None:
    if instant > now + CLOCK_SKEW:
        msg = f"{what} {rfc3339_local(instant)} is in the future: record it when it has happened"
        raise err.InTheFutureError(msg)


def _is_settled(incident: Incident, kind: str) -> bool:
    # The clock may have run out while somebody was recording that it was sent: then nothing is missed, at most late.
    met = {duty.deadline.kind.value for duty in duties(incident.clock_facts(), incident.sent) if duty.discharged_at is not None}
    return kind in incident.missed or kind in met


def _assess(incident: Incident, assessed: Assessed) -> tuple[IncidentEvent, ...]:
    if assessed.significant is not (assessed.nis2_category is Nis2Category.HIGH):
        msg = "significant and nis2_category contradict each other: significant is high, anything else is medium or low"
        raise err.CategoryContradictsError(msg)
    if not assessed.significant or incident.aware_at is not None:
        return (assessed,)
    # Awareness follows from the first judgement as significant, never from its later approval (LAW 2.1).
    return (
        assessed,
        AwarenessDeclared(meta=assessed.meta, aware_at=max(assessed.meta.occurred_at, incident.detected_at), by_default=True),
    )


def _check_awareness(incident: Incident, declared: AwarenessDeclared, now: datetime) -> None:
    if incident.significant is not True:
        msg = f"{incident.reference} is not assessed as significant: assess it first, the clocks start by themselves"
        raise err.AssessmentMissingError(msg)
    _check_past("aware_at", declared.aware_at, now)
    if declared.aware_at < incident.detected_at:
        detected = rfc3339_local(incident.detected_at)
        msg = f"aware_at is before the incident was detected ({detected}): correct detected_at first if that is wrong"
        raise err.AwareBeforeDetectionError(msg)


def _deviations(incident: Incident, fact: Fact, step: Transition) -> tuple[Deviation, ...]:
    found: list[Deviation] = []
    if isinstance(fact, Submission):
        found += _deviations_of_submission(incident, fact, DUTY_OF_STEP[step.step])
    elif isinstance(fact, Mitigated) and incident.handled_at is not None:
        found.append("already-recorded")
    if incident.status is Status.CLOSED:
        found.append("after-close")
    return tuple(found)


def _deviations_of_submission(incident: Incident, sent: Submission, kind: str) -> list[Deviation]:
    found: list[Deviation] = []
    limit = limit_of(kind, incident.clock_facts())
    if kind in incident.sent:
        found.append("already-recorded")
    elif limit is not None and sent.meta.occurred_at > limit.due_at:
        found.append("late")
    if incident.significant is None:
        found.append("not-assessed")
    elif incident.significant is False:
        found.append("not-significant")
    elif not incident.approved:
        found.append("not-approved")
    if kind in {"final_report", "status_report"} and "incident_notification" not in incident.sent:
        found.append("out-of-order")
    return found


def _check_close(incident: Incident, closed: Closed) -> None:
    owed = [duty.deadline for duty in duties(incident.clock_facts(), incident.sent) if duty.owed]
    statutory = [deadline for deadline in owed if deadline.statutory]
    if statutory:
        names = ", ".join(f"{d.kind} ({d.paragraph}, due {rfc3339_local(d.due_at)})" for d in statutory)
        msg = f"{incident.reference} cannot be closed, still owed: {names}. Record them when sent, or assess the incident anew"
        raise err.OpenDutyError(msg)
    match closed.reason:
        case CloseReason.RESOLVED if incident.significant is None:
            msg = f"{incident.reference} was never assessed: assess it, or close it with another reason than resolved"
            raise err.AssessmentMissingError(msg)
        case CloseReason.RESOLVED if incident.handled_at is None:
            msg = f"{incident.reference} is not recorded as mitigated: record that first"
            raise err.NotMitigatedError(msg)
        case CloseReason.NOT_SIGNIFICANT if incident.significant is not False:
            msg = f"{incident.reference} is not assessed as not significant: record that assessment with its reason first"
            raise err.AssessmentMissingError(msg)
        case CloseReason.DUPLICATE if closed.duplicate_of is None or closed.duplicate_of == incident.id:
            msg = f"{incident.reference}: name the other incident in duplicate_of"
            raise err.DuplicateOfMissingError(msg)
        case _:
            pass


def _correct(incident: Incident, corrected: Corrected, now: datetime) -> Corrected:
    value = corrected_value(corrected.field, corrected.new)
    old = as_text(getattr(incident, corrected.field))
    if value == getattr(incident, corrected.field):
        msg = f"{corrected.field} is {old!r} already"
        raise err.NothingToCorrectError(msg)
    if corrected.field == "detected_at":
        _check_past("detected_at", value, now)
        if incident.aware_at is not None and value > incident.aware_at:
            msg = f"detected_at is after the awareness ({rfc3339_local(incident.aware_at)}): declare the awareness anew first"
            raise err.AwareBeforeDetectionError(msg)
    # The old value is read here, not taken from the caller: the log states what it really was.
    if corrected.field in Reported.CONFIDENTIAL_FIELDS:
        # None is what an erased text reads as, so a text that is taken out is written as empty.
        return corrected.model_copy(update={"old": old, "new": as_text(value) or "", "clear_old": None, "clear_new": None})
    return corrected.model_copy(update={"clear_old": old, "clear_new": as_text(value), "old": None, "new": None})
