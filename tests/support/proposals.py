"""One of each event that can be proposed on an incident, as its own step would propose it."""

from typing import Any
from uuid import UUID

from domain.events import DomainEvent
from domain.incident import events as e
from domain.incident.events import IncidentEvent
from domain.roles import Role
from domain.signals import Severity
from domain.submissions.kinds import ReportKind
from tests.support.incidents import (
    approved,
    assessed,
    at,
    aware,
    closed,
    corrected,
    early_warning,
    final_report,
    meta,
    missed,
    mitigated,
    notified,
    reopened,
    reported,
    status_report,
)

OTHER = UUID("0a0b0c0d-0000-4000-8000-000000000043")
SHA256 = "00" * 32
SIGNAL = e.AttachedSignal(source="wazuh", source_event_id="1", severity=Severity.HIGH, detected_at=at(0), payload_sha256=SHA256)

PROPOSALS: tuple[IncidentEvent, ...] = (
    reported(),
    e.SignalAttached(meta=meta(1), signals=(SIGNAL,)),
    e.SignalDetached(meta=meta(1), signals=(e.DetachedSignal(source="wazuh", source_event_id="1"),), reason="Et andet anlæg"),
    corrected("severity", "low"),
    e.RoleAssigned(meta=meta(1), assigned_role=Role.NOTIFIER, holder="u-9"),
    e.MeasureTaken(meta=meta(1), measure="Netværket delt"),
    e.MeasureUpdated(meta=meta(1), measure_number=2, state="done"),
    e.EmergencyActionTaken(meta=meta(1), action="Serveren slukket"),
    e.SupplierEngaged(meta=meta(1), supplier="Leverandøren", request="Find fejlen"),
    e.SupplierReported(meta=meta(1), supplier="Leverandøren", told="Vi leder"),
    e.ServiceDegraded(meta=meta(1), service="Hjemmepleje", degree="down"),
    e.RestorationTested(meta=meta(1), service="Hjemmepleje", passed=True, result="Ruterne vises"),
    e.ServiceRestored(meta=meta(1), service="Hjemmepleje"),
    e.ContingencyActivated(meta=meta(1), contingency="crisis_staff", reason="Hele huset er ramt"),
    e.ContingencyDeactivated(meta=meta(1), contingency="crisis_staff"),
    e.NoteAdded(meta=meta(1), text="Fra papir"),
    e.EvidenceAttached(meta=meta(1), sha256=SHA256, name="Diskbillede"),
    e.EvidenceAccessed(meta=meta(1), evidence_number=7),
    e.EvidenceHandedOver(meta=meta(1), evidence_number=7, recipient="Politiet", reason="Efterforskning"),
    e.TaskPlanned(meta=meta(1), owner="u-9", task="Ring til leverandøren"),
    e.TaskDone(meta=meta(1), task_number=3),
    mitigated(),
    e.RootCauseFound(meta=meta(1), cause="human_errors"),
    e.Classified(meta=meta(1), incident_class="availability.outage"),
    e.SignificanceDeclared(meta=meta(1)),
    assessed(),
    approved(),
    e.AssessmentRejected(meta=meta(2, actor="u-8"), reason="Tynd begrundelse"),
    e.ApprovedAfterwards(meta=meta(2, actor="u-8"), approved_number=6),
    aware(reason="Driften vidste det", by_default=False),
    e.Escalated(meta=meta(1), to_role=Role.DECISION_MAKER, reason="Ingen beslutning"),
    e.SubmissionDrafted(meta=meta(1), report=ReportKind.EARLY_WARNING, values={"summary": "Nede"}),
    e.SubmissionApproved(meta=meta(2, actor="u-8"), report=ReportKind.EARLY_WARNING),
    early_warning(),
    notified(),
    e.InterimReportSent(meta=meta(30), summary="Stadig nede"),
    status_report(),
    final_report(),
    e.VoluntaryNotificationSent(meta=meta(3), summary="Nærved"),
    e.VoluntaryNotificationDeclined(meta=meta(1), reason="Kun os"),
    e.WithdrawalSent(meta=meta(9), summary="Ikke væsentlig"),
    e.ReceiptRecorded(meta=meta(9), submission_number=5, receipt="V-1"),
    e.InterimReportRequested(meta=meta(9), send_by=at(60), request="Hvad er status?"),
    e.CsirtHelpRequested(meta=meta(9), request="Har I set den før?"),
    e.CsirtReplied(meta=meta(9), reply="Ja"),
    e.RecipientsIdentified(meta=meta(2), recipients="Alle borgere med hjemmepleje"),
    e.RecipientsNotified(meta=meta(1), recipients="Alle borgere"),
    e.PublicHearing(meta=meta(9), stage="heard", text="Myndigheden spørger"),
    e.RecordJournalised(meta=meta(9), system="esdh", case_number="26/1234"),
    e.BreachRegistered(meta=meta(2), breach_aware_at=at(2), risk="possible"),
    e.DpoAdvised(meta=meta(2), advice="Anmeld"),
    e.DataProtectionAuthorityNotified(meta=meta(20)),
    e.DataSubjectsNotified(meta=meta(20), recipients="De 14 berørte"),
    e.DeadlineApproached(meta=meta(20), kind="early_warning", due_at=at(25), rung="4h"),
    missed(),
    e.DeadlineCancelled(meta=meta(20), kind="early_warning", due_at=at(25)),
    e.MergedInto(meta=meta(2), into=OTHER, reason="Samme fejl"),
    e.Split(meta=meta(2), into=OTHER, title="En anden fejl"),
    e.SharedWith(meta=meta(2), entity="havnen", incident=OTHER, reason="Samme leverandør"),
    e.ClocksInherited(meta=meta(2), other=OTHER, relation="merged", detected_at=at(0)),
    e.LessonRecorded(meta=meta(40), area="suppliers", lesson="Ring før"),
    e.FollowUpPlanned(meta=meta(40), owner="u-9", due_at=at(900), follow_up="Ny kontrakt"),
    e.FollowUpDone(meta=meta(41), follow_up_number=4),
    e.ReviewHeld(meta=meta(40), review="post_incident"),
    e.RecurrenceConsidered(meta=meta(40), others=(OTHER,), significant_together=False, reason="Forskellige årsager"),
    e.DocumentMarked(meta=meta(50), document_number=1, mark="internal", reason="Kun til husets egen brug"),
    e.RecordsExtracted(
        meta=meta(51), upto=1, documents=1, left_out=0, zip_sha256=SHA256, recipient="Dagbladet", legal_basis="OFL § 7"
    ),
    e.HoldPlaced(meta=meta(50), reason="Tilsynet har bedt om sagen"),
    e.HoldLifted(meta=meta(60), reason="Tilsynet er færdigt"),
    closed(),
    reopened(),
    e.RedactionProposed(meta=meta(50), redacted_number=1, path="title", legal_basis="right_to_erasure", reason="Et navn"),
    e.Redacted(meta=meta(51, actor="u-8"), proposal_number=2),
    e.DisposalProposed(
        meta=meta(900), ground="stated", archive_check="nothing_to_keep", legal_basis="storage_limitation", reason="Gammel"
    ),
    e.ErasureRejected(meta=meta(52, actor="u-8"), proposal_number=2, reason="Skal gemmes"),
    e.Disposed(meta=meta(901, actor="u-8"), proposal_number=2),
)
"""In the order of the union."""
GROUND: tuple[IncidentEvent, ...] = (
    reported(),
    e.MeasureTaken(meta=meta(0), state="ongoing", measure="Netværket deles"),
    e.TaskPlanned(meta=meta(0), owner="u-9", task="Ring"),
    e.FollowUpPlanned(meta=meta(0), owner="u-9", due_at=at(900), follow_up="Ny kontrakt"),
    e.VoluntaryNotificationSent(meta=meta(0), summary="Til CSIRT"),
    e.EmergencyActionTaken(meta=meta(0), action="Slukket", approve_by=at(24)),
    e.EvidenceAttached(meta=meta(0), sha256=SHA256, name="Logfiler"),
    e.DocumentMarked(meta=meta(0), document_number=1, mark="internal", reason="Kun til os"),
)
"""An incident on which each of them finds what it speaks of, by number."""
PROPOSAL: dict[type[DomainEvent], IncidentEvent] = {type(event): event for event in PROPOSALS}


def fields_of(event: IncidentEvent) -> dict[str, Any]:
    """What a person would fill in to propose it."""
    return event.model_dump(mode="json", exclude_unset=True, exclude=set(type(event).FILLED_IN))
