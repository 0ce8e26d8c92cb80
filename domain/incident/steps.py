"""Deciding: from what is known and what somebody wants recorded to the events that are, or a named refusal.

A caller proposes the event itself. Facts come back with their deviations filled in; acts come back or are refused; some bring
a consequence with them (the first assessment as significant declares awareness).
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from domain.deadline_rules import DeadlineKind
from domain.deadlines import duties
from domain.incident import errors as err
from domain.incident import events as e
from domain.incident.approving import approve_afterwards, approve_assessment, approve_by, approve_submission, reject_assessment
from domain.incident.assessing import assess, check_awareness, declare_significant
from domain.incident.corrections import correct
from domain.incident.ending import check_close
from domain.incident.erasing import check_disposal, check_rejection, dispose, redact
from domain.incident.events.common import Deviation
from domain.incident.filing import draft, file
from domain.incident.holding import check_hold
from domain.incident.marking import check_extract, mark
from domain.incident.permissions import check_role, role_of, taken_as
from domain.incident.priority import SEVERITY
from domain.incident.state import Incident, Status
from domain.incident.transitions import BY_EVENT, Nature, Transition
from domain.policy import Authority
from domain.rsit import check_class
from domain.time import rfc3339_local

CLOCK_SKEW = timedelta(minutes=5)
"""How far another machine's clock may be ahead before its time counts as the future."""

NEEDS_TEXT: Mapping[str, str] = {
    "report": "title",
    "note": "text",
    "measure": "measure",
    "emergency-action": "action",
    "engage-supplier": "request",
    "supplier-report": "told",
    "test-restoration": "result",
    "activate-contingency": "reason",
    "plan-task": "task",
    "evidence": "name",
    "hand-over-evidence": "recipient",
    "reject-assessment": "reason",
    "declare-awareness": "reason",
    "escalate": "reason",
    "decline-voluntary": "reason",
    "identify-recipients": "recipients",
    "csirt-help": "request",
    "csirt-reply": "reply",
    "public-hearing": "text",
    "dpo-advice": "advice",
    "lesson": "lesson",
    "mark-document": "reason",
    "records-extracted": "recipient",
    "plan-follow-up": "follow_up",
    "recurrence": "reason",
    "merge": "reason",
    "split": "title",
    "share": "reason",
    "reopen": "reason",
    "place-hold": "reason",
    "lift-hold": "reason",
    "correct": "reason",
    "propose-redaction": "reason",
    "propose-disposal": "reason",
    "reject-erasure": "reason",
}
"""Step to the text that it cannot do without."""

PAST_TIMES = ("detected_at", "aware_at", "breach_aware_at")
DEFAULT = Authority()


def decide(
    incident: Incident | None, proposed: e.IncidentEvent, *, now: datetime, authority: Authority = DEFAULT
) -> tuple[e.IncidentEvent, ...]:
    """Return the events to record, in order; an empty tuple when a repeated system step has nothing to add.

    `authority` is the policy and the holders of the roles that hold for this incident. Raises a `RefusedError` for an act that
    its conditions forbid and an `InvalidInputError` for what cannot be meant.
    """
    step = BY_EVENT[type(proposed)]
    _check_sense(proposed, step.step, now)
    if isinstance(proposed, e.Reported):
        if incident is not None:
            msg = f"{incident.reference} is reported already: add a note or a correction instead"
            raise err.IncidentAlreadyReportedError(msg)
        role_of(proposed.meta)
        return (_reported(proposed, authority, now),)
    if incident is None:
        msg = f"{step.step} needs an incident: report it first"
        raise err.StepNotAllowedError(msg)
    if incident.disposed:
        msg = f"{incident.reference} was disposed of: nothing of it is left to add to. Report anew what has happened since"
        raise err.IncidentDisposedError(msg)
    _check_status(incident, step)
    beside = check_role(incident, step, proposed.meta, authority)
    proposed = proposed.model_copy(update={"meta": taken_as(incident, step, proposed.meta, authority)})
    if isinstance(proposed, e.Fact):
        return tuple(_deviating(fact, incident, beside) for fact in _facts(incident, proposed, authority, now))
    return _acts(incident, proposed, authority, now)


def _acts(  # noqa: C901, PLR0911, PLR0912 - one case a kind of step, kept in one place on purpose
    incident: Incident, proposed: e.IncidentEvent, authority: Authority, now: datetime
) -> tuple[e.IncidentEvent, ...]:
    match proposed:
        case e.Assessed():
            return assess(incident, proposed, authority, now)
        case e.SignificanceDeclared():
            return declare_significant(incident, proposed)
        case e.AssessmentApproved():
            return (approve_assessment(incident, proposed, authority, now),)
        case e.AssessmentRejected():
            reject_assessment(incident)
        case e.ApprovedAfterwards():
            approve_afterwards(incident, proposed, authority)
        case e.SubmissionDrafted():
            return (draft(proposed, now),)
        case e.SubmissionApproved():
            return (approve_submission(incident, proposed, authority, now),)
        case e.AwarenessDeclared():
            check_awareness(incident, proposed, authority)
        case e.BreachRegistered():
            return (_breach(incident, proposed, authority),)
        case e.Classified():
            check_class(proposed.incident_class)
        case e.DeadlineMissed():
            return () if incident.has_missed(proposed.kind, proposed.due_at) or not _runs(incident, proposed) else (proposed,)
        case e.DeadlineApproached():
            noted = (proposed.kind, proposed.due_at, proposed.rung) in incident.work.reminded
            return () if noted or not _runs(incident, proposed) else (proposed,)
        case e.MergedInto() if proposed.into == incident.id:
            msg = f"{incident.reference} cannot be merged into itself: name the other incident"
            raise err.SameIncidentError(msg)
        case e.HoldPlaced() | e.HoldLifted():
            check_hold(incident, proposed)
        case e.Closed():
            check_close(incident, proposed)
        case e.EvidenceAccessed():
            _check_number(incident, "evidence", proposed.evidence_number, incident.work.evidence)
        case e.Corrected():
            return (_corrected(incident, proposed, now),)
        case e.DocumentMarked():
            return (mark(incident, proposed),)
        case e.RecordsExtracted():
            check_extract(incident, proposed, authority)
        case e.DisposalProposed():
            check_disposal(incident, proposed, now)
        case e.ErasureRejected():
            check_rejection(incident, proposed)
        case e.Redacted():
            return (redact(incident, proposed),)
        case e.Disposed():
            return (dispose(incident, proposed, now),)
        case _:
            pass
    return (proposed,)


def _facts(incident: Incident, fact: e.Fact, authority: Authority, now: datetime) -> tuple[e.Fact, ...]:
    # How it departs is found here, whatever the caller says.
    work, policy, fact = incident.work, authority.policy, fact.model_copy(update={"deviations": ()})
    match fact:
        case e.Submission():
            return file(incident, fact, authority, now)
        case e.EmergencyActionTaken():
            return (fact.model_copy(update={"approve_by": approve_by(policy, now)}),)
        case e.RecipientsIdentified():
            tell_by = fact.meta.occurred_at + timedelta(hours=policy.recipients_within_hours)
            return (fact.model_copy(update={"tell_by": tell_by}),)
        case e.MeasureUpdated():
            _check_number(incident, "measure", fact.measure_number, work.measures)
        case e.EvidenceHandedOver():
            _check_number(incident, "evidence", fact.evidence_number, work.evidence)
            return (fact if fact.reason else fact.model_copy(update={"deviations": ("no-reason",)}),)
        case e.TaskDone():
            _check_number(incident, "task", fact.task_number, work.tasks)
        case e.FollowUpDone():
            _check_number(incident, "follow-up", fact.follow_up_number, work.follow_ups)
        case e.RecordJournalised() if fact.document_number is not None:
            _check_number(incident, "document", fact.document_number, work.documents)
        case e.ReceiptRecorded():
            _check_number(incident, "submission", fact.submission_number, work.filed)
        case _:
            pass
    return (fact,)


def _deviating(fact: e.Fact, incident: Incident, beside: tuple[Deviation, ...]) -> e.IncidentEvent:
    found = [*fact.deviations, *beside]
    if isinstance(fact, e.Mitigated) and incident.handled_at is not None:
        found.append("already-recorded")
    if isinstance(fact, e.ServiceRestored) and fact.service not in incident.work.tested:
        found.append("not-tested")
    if incident.status not in BY_EVENT[type(fact)].allowed_from:
        found.append("after-close")
    return fact.model_copy(update={"deviations": tuple(found)})  # type: ignore[return-value]  # each Fact is an IncidentEvent


def _reported(reported: e.Reported, authority: Authority, now: datetime) -> e.Reported:
    policy, usual = authority.policy, DEFAULT.policy
    if policy.impact_urgency and reported.impact and reported.urgency:
        reported = reported.model_copy(update={"severity": SEVERITY[reported.impact, reported.urgency]})
    if (policy.assess_within_hours, policy.assess_from) == (usual.assess_within_hours, usual.assess_from):
        return reported
    start = reported.detected_at if policy.assess_from == "detected" else now
    return reported.model_copy(update={"assess_by": start + timedelta(hours=policy.assess_within_hours)})


def _check_status(incident: Incident, step: Transition) -> None:
    if step.nature is not Nature.ACT or incident.status in step.allowed_from:
        return
    if incident.status is Status.CLOSED:
        msg = f"{incident.reference} is closed: reopen it before {step.step}"
        raise err.IncidentAlreadyClosedError(msg)
    msg = f"{incident.reference} is {incident.status}: {step.step} is possible from {', '.join(sorted(step.allowed_from))}"
    raise err.StepNotAllowedError(msg)


def _check_sense(proposed: e.IncidentEvent, step: str, now: datetime) -> None:
    field = NEEDS_TEXT.get(step)
    if field is not None and not getattr(proposed, field):
        msg = f"{step}: `{field}` is empty: say it in a few words"
        raise err.ReasonMissingError(msg)
    check_past(f"{step}: occurred_at", proposed.meta.occurred_at, now)
    for name in PAST_TIMES:
        if (told := getattr(proposed, name, None)) is not None:
            check_past(f"{step}: {name}", told, now)


def check_past(what: str, instant: datetime, now: datetime) -> None:
    """Raises `InTheFutureError`."""
    if instant > now + CLOCK_SKEW:
        msg = f"{what} {rfc3339_local(instant)} is in the future: record it when it has happened"
        raise err.InTheFutureError(msg)


def _check_number(incident: Incident, what: str, number: int, known: Collection[int]) -> None:
    if number not in known:
        there = ", ".join(map(str, sorted(known))) or "none"
        msg = f"{incident.reference} has no {what} with number {number}; there are: {there}"
        raise err.UnknownNumberError(msg)


def _runs(incident: Incident, noted: e.DeadlineApproached | e.DeadlineMissed) -> bool:
    # Whoever watches the clock sees the incident as it was: meanwhile the deadline may have been met, moved or cancelled.
    if noted.kind == DeadlineKind.INTERNAL_ASSESSMENT:
        # It runs from the registration, which is the log's to know: whether it was met is seen here.
        return incident.significant is None and incident.status is not Status.CLOSED
    owed = (duty.deadline for duty in duties(incident.clock_facts(), incident.sent) if duty.owed)
    return any((deadline.kind, deadline.due_at) == (noted.kind, noted.due_at) for deadline in owed)


def _breach(incident: Incident, breach: e.BreachRegistered, authority: Authority) -> e.BreachRegistered:
    if breach.risk == "unlikely" and not breach.reason:
        msg = "breach: `reason` is empty: a breach that is not notified is documented with why the risk is unlikely (art. 33)"
        raise err.ReasonMissingError(msg)
    if breach.breach_aware_at < incident.detected_at:
        detected = rfc3339_local(incident.detected_at)
        msg = f"breach_aware_at is before the incident was detected ({detected}): correct detected_at first if that is wrong"
        raise err.AwareBeforeDetectionError(msg)
    if breach.risk != "high" or breach.exempt is not None:
        return breach
    tell_by = breach.meta.occurred_at + timedelta(hours=authority.policy.data_subjects_within_hours)
    return breach.model_copy(update={"tell_by": tell_by})


def _corrected(incident: Incident, corrected: e.Corrected, now: datetime) -> e.Corrected:
    return correct(incident, corrected, lambda instant: check_past("detected_at", instant, now))
