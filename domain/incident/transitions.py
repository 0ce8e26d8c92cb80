"""The one table of steps: which event, whose word it is, whose track and phase, which paragraph, from which status, by whom.

A FACT happened outside Sporlog and is always recorded, with its deviations. An ACT is Sporlog's own (assess, close, move a
clock) and is refused by name when its status, its role or its conditions are wrong. SYSTEM steps are never taken by a person.
"""

from enum import StrEnum
from typing import NamedTuple

from domain.events import DomainEvent
from domain.incident import events as e
from domain.incident.phases import Phase
from domain.incident.state import Status
from domain.incident.step_names import NAMES
from domain.roles import EVERY_TRACK_ROLE, Role, Track


class Nature(StrEnum):
    """Who decides whether the step can be recorded."""

    FACT = "fact"
    ACT = "act"
    SYSTEM = "system"


class Transition(NamedTuple):
    """`allowed_from` and `roles` bind acts; a fact outside of them is recorded with a deviation."""

    step: str
    event: type[DomainEvent]
    nature: Nature
    track: Track
    phase: Phase
    paragraph: str
    allowed_from: frozenset[Status]
    roles: frozenset[Role]
    """Who may take it; empty for steps that no person takes."""

    @property
    def danish(self) -> str:
        """What it is called, Danish."""
        return NAMES[self.step][0]

    @property
    def english(self) -> str:
        """What it is called, English."""
        return NAMES[self.step][1]


OPEN = frozenset({Status.REPORTED, Status.ASSESSED, Status.MITIGATED})
ANY = frozenset(Status)
NEW, CLOSED = frozenset[Status](), frozenset({Status.CLOSED})
A, B, BOTH = Track.A, Track.B, Track.BOTH
FACT, ACT, SYSTEM = Nature.FACT, Nature.ACT, Nature.SYSTEM
SEEN, FIRST, FULL, TOLD, SHOWN, WORK, LEARN = Phase

ALL = frozenset(Role)
TRACK = EVERY_TRACK_ROLE
NOBODY = frozenset[Role]()
TECHNICAL = frozenset({Role.INCIDENT_RECEIVER, Role.TECHNICAL_LEAD, Role.SUPPLIER_COORDINATOR, Role.RESTORATION_LEAD})
SUPPLIERS = frozenset({Role.SUPPLIER_COORDINATOR, Role.TECHNICAL_LEAD})
RESTORING = frozenset({Role.RESTORATION_LEAD, Role.TECHNICAL_LEAD})
ASSESSING = frozenset({Role.ASSESSOR, Role.DECISION_MAKER})
JUDGING = ASSESSING | {Role.NOTIFIER}
DECIDING = frozenset({Role.DECISION_MAKER})
WRITING = frozenset({Role.NOTIFIER, Role.ASSESSOR, Role.DOCUMENTATION_LEAD})
NOTIFYING = frozenset({Role.NOTIFIER})
CHOOSING = frozenset({Role.NOTIFIER, Role.DECISION_MAKER})
FILING = frozenset({Role.DOCUMENTATION_LEAD, Role.NOTIFIER})
PLACING = frozenset({Role.DECISION_MAKER, Role.DOCUMENTATION_LEAD})
FINDING = frozenset({Role.TECHNICAL_LEAD, Role.SUPPLIER_COORDINATOR, Role.DOCUMENTATION_LEAD})
SORTING = frozenset({Role.INCIDENT_RECEIVER, Role.TECHNICAL_LEAD, Role.ASSESSOR, Role.DOCUMENTATION_LEAD})
CONTROLLER = JUDGING
ADVISING = frozenset({Role.DPO})

_NR = "§ 13, stk. 1, nr. "
T = Transition
TRANSITIONS: tuple[Transition, ...] = (
    T("report", e.Reported, FACT, BOTH, SEEN, "§ 6", NEW, ALL),
    T("attach-signal", e.SignalAttached, SYSTEM, A, SEEN, "§ 6", OPEN, NOBODY),
    T("detach-signal", e.SignalDetached, SYSTEM, A, SEEN, "§ 6", ANY, NOBODY),
    T("correct", e.Corrected, ACT, BOTH, SEEN, "§ 6", ANY, ALL),
    T("assign-role", e.RoleAssigned, ACT, BOTH, SEEN, "§ 6", OPEN, PLACING),
    T("measure", e.MeasureTaken, FACT, A, WORK, "§ 6", OPEN, TECHNICAL),
    T("update-measure", e.MeasureUpdated, FACT, A, WORK, "§ 6", OPEN, TECHNICAL),
    T("emergency-action", e.EmergencyActionTaken, FACT, A, WORK, "§ 6", OPEN, TECHNICAL),
    T("engage-supplier", e.SupplierEngaged, FACT, A, WORK, "§ 6", OPEN, SUPPLIERS),
    T("supplier-report", e.SupplierReported, FACT, A, WORK, "§ 6", OPEN, SUPPLIERS),
    T("service-degraded", e.ServiceDegraded, FACT, A, WORK, "§ 6", OPEN, TECHNICAL),
    T("test-restoration", e.RestorationTested, FACT, A, WORK, "§ 6", OPEN, RESTORING),
    T("service-restored", e.ServiceRestored, FACT, A, WORK, "§ 6", OPEN, RESTORING),
    T("activate-contingency", e.ContingencyActivated, FACT, BOTH, FIRST, "§ 6", OPEN, DECIDING),
    T("deactivate-contingency", e.ContingencyDeactivated, FACT, BOTH, WORK, "§ 6", OPEN, DECIDING),
    T("note", e.NoteAdded, FACT, BOTH, WORK, "§ 6", ANY, ALL),
    T("evidence", e.EvidenceAttached, FACT, BOTH, WORK, "§ 21", ANY, ALL),
    T("evidence-accessed", e.EvidenceAccessed, SYSTEM, BOTH, WORK, "§ 21", ANY, NOBODY),
    T("hand-over-evidence", e.EvidenceHandedOver, FACT, BOTH, WORK, "§ 21", ANY, ALL),
    T("plan-task", e.TaskPlanned, ACT, BOTH, WORK, "§ 6", OPEN, TRACK),
    T("task-done", e.TaskDone, FACT, BOTH, WORK, "§ 6", ANY, ALL),
    T("mitigate", e.Mitigated, FACT, A, WORK, "§ 3, nr. 13", OPEN, RESTORING | SUPPLIERS),
    T("root-cause", e.RootCauseFound, FACT, A, LEARN, _NR + "4", ANY, FINDING),
    T("classify", e.Classified, ACT, BOTH, FULL, "§ 6", ANY, FINDING | SORTING),
    T("significant-now", e.SignificanceDeclared, ACT, B, FIRST, "§ 12, stk. 2", OPEN, JUDGING),
    T("assess", e.Assessed, ACT, B, FIRST, "§ 12, stk. 2", OPEN, ASSESSING),
    T("approve-assessment", e.AssessmentApproved, ACT, B, FIRST, "§ 7", OPEN, DECIDING),
    T("reject-assessment", e.AssessmentRejected, ACT, B, FIRST, "§ 7", OPEN, DECIDING),
    T("approve-afterwards", e.ApprovedAfterwards, ACT, B, WORK, "§ 7", ANY, DECIDING),
    T("declare-awareness", e.AwarenessDeclared, ACT, B, FIRST, "§ 13, stk. 1", OPEN, JUDGING),
    T("escalate", e.Escalated, FACT, B, FIRST, "§ 7", OPEN, TRACK),
    T("draft-submission", e.SubmissionDrafted, ACT, B, TOLD, "§ 13", ANY, WRITING),
    T("approve-submission", e.SubmissionApproved, ACT, B, TOLD, "§ 7", ANY, DECIDING),
    T("early-warning", e.EarlyWarningSent, FACT, B, TOLD, _NR + "1", OPEN, NOTIFYING),
    T("incident-notification", e.IncidentNotificationSent, FACT, B, TOLD, _NR + "2", OPEN, NOTIFYING),
    T("interim-report", e.InterimReportSent, FACT, B, TOLD, _NR + "3", OPEN, NOTIFYING),
    T("status-report", e.StatusReportSent, FACT, B, TOLD, _NR + "5", OPEN, NOTIFYING),
    T("final-report", e.FinalReportSent, FACT, B, TOLD, _NR + "4", OPEN, NOTIFYING),
    T("voluntary-notification", e.VoluntaryNotificationSent, FACT, B, TOLD, "§ 14", OPEN, CHOOSING),
    T("decline-voluntary", e.VoluntaryNotificationDeclined, FACT, B, TOLD, "§ 14", OPEN, CHOOSING),
    T("withdrawal", e.WithdrawalSent, FACT, B, TOLD, "§ 12", ANY, NOTIFYING),
    T("receipt", e.ReceiptRecorded, FACT, B, TOLD, "§ 13", ANY, FILING),
    T("interim-request", e.InterimReportRequested, FACT, B, TOLD, _NR + "3", ANY, NOTIFYING),
    T("csirt-help", e.CsirtHelpRequested, FACT, B, TOLD, "§ 13, stk. 3", ANY, NOTIFYING | TECHNICAL),
    T("csirt-reply", e.CsirtReplied, FACT, B, TOLD, "§ 13, stk. 3", ANY, NOTIFYING | TECHNICAL),
    T("identify-recipients", e.RecipientsIdentified, FACT, B, SHOWN, "§ 15, stk. 1", OPEN, JUDGING),
    T("recipients", e.RecipientsNotified, FACT, B, SHOWN, "§ 15", OPEN, NOTIFYING),
    T("public-hearing", e.PublicHearing, FACT, B, SHOWN, "§ 16", ANY, CHOOSING),
    T("journalise", e.RecordJournalised, FACT, B, LEARN, "§ 21", ANY, FILING),
    T("breach", e.BreachRegistered, ACT, B, FULL, "GDPR art. 33, stk. 5", ANY, CONTROLLER),
    T("dpo-advice", e.DpoAdvised, FACT, B, FULL, "GDPR art. 39", ANY, ADVISING),
    T("gdpr-notification", e.DataProtectionAuthorityNotified, FACT, B, TOLD, "GDPR art. 33", ANY, NOTIFYING),
    T("data-subjects", e.DataSubjectsNotified, FACT, B, SHOWN, "GDPR art. 34", ANY, NOTIFYING | {Role.SYSTEM_OWNER}),
    T("deadline-approached", e.DeadlineApproached, SYSTEM, B, TOLD, "§ 13", ANY, NOBODY),
    T("deadline-missed", e.DeadlineMissed, SYSTEM, B, TOLD, "§ 13", ANY, NOBODY),
    T("deadline-cancelled", e.DeadlineCancelled, SYSTEM, B, TOLD, "§ 13", ANY, NOBODY),
    T("merge", e.MergedInto, ACT, BOTH, SEEN, "§ 6", OPEN, SORTING),
    T("split", e.Split, ACT, BOTH, SEEN, "§ 6", OPEN, SORTING),
    T("share", e.SharedWith, ACT, BOTH, SEEN, "§ 12", OPEN, SORTING),
    T("clocks-inherited", e.ClocksInherited, SYSTEM, B, SEEN, "§ 13", ANY, NOBODY),
    T("lesson", e.LessonRecorded, FACT, B, LEARN, "§ 6", ANY, TRACK),
    T("plan-follow-up", e.FollowUpPlanned, ACT, B, LEARN, "§ 6", ANY, PLACING),
    T("follow-up-done", e.FollowUpDone, FACT, B, LEARN, "§ 6", ANY, TRACK),
    T("review", e.ReviewHeld, FACT, B, LEARN, "§ 6", ANY, TRACK),
    T("recurrence", e.RecurrenceConsidered, ACT, B, LEARN, "§ 12", ANY, ASSESSING),
    T("mark-document", e.DocumentMarked, ACT, B, LEARN, "OFL § 7", ANY, FILING | DECIDING),
    T("records-extracted", e.RecordsExtracted, SYSTEM, B, LEARN, "OFL § 7", ANY, NOBODY),
    T("place-hold", e.HoldPlaced, ACT, BOTH, LEARN, "§ 21", ANY, PLACING),
    T("lift-hold", e.HoldLifted, ACT, BOTH, LEARN, "§ 21", ANY, PLACING),
    T("propose-redaction", e.RedactionProposed, ACT, BOTH, LEARN, "GDPR art. 17", ANY, FILING | DECIDING),
    T("redact", e.Redacted, ACT, BOTH, LEARN, "GDPR art. 17", ANY, DECIDING),
    T("propose-disposal", e.DisposalProposed, ACT, BOTH, LEARN, "GDPR art. 5", CLOSED, FILING | DECIDING),
    T("dispose", e.Disposed, ACT, BOTH, LEARN, "GDPR art. 5", CLOSED, DECIDING),
    T("reject-erasure", e.ErasureRejected, ACT, BOTH, LEARN, "GDPR art. 17", ANY, FILING | DECIDING),
    T("close", e.Closed, ACT, BOTH, LEARN, "§ 6", OPEN, SORTING | DECIDING),
    T("reopen", e.Reopened, ACT, BOTH, SEEN, "§ 6", CLOSED, TRACK),
)

BY_EVENT: dict[type[DomainEvent], Transition] = {t.event: t for t in TRANSITIONS}
BY_STEP: dict[str, Transition] = {t.step: t for t in TRANSITIONS}
