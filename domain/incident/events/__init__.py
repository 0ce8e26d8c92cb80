"""What can happen to an incident. Class names are free to change; topics are stored and are not."""

from domain.incident.events.assessment import (
    ApprovedAfterwards,
    Assessed,
    AssessmentApproved,
    AssessmentRejected,
    AwarenessDeclared,
    DeadlineApproached,
    DeadlineCancelled,
    DeadlineMissed,
    Escalated,
    SignificanceDeclared,
)
from domain.incident.events.common import (
    Deviation,
    Fact,
    IncidentKind,
    Level,
    Line,
    Name,
    Nis2Category,
    Number,
    Sha256,
    Text,
    ToldBy,
    Word,
    YesNoUnknown,
)
from domain.incident.events.erasure import (
    ArchiveCheck,
    DisposalProposed,
    Disposed,
    ErasureRejected,
    FiledReport,
    Ground,
    LegalBasis,
    Redacted,
    RedactionProposed,
)
from domain.incident.events.evidence import EvidenceAccessed, EvidenceAttached, EvidenceHandedOver
from domain.incident.events.holding import HoldLifted, HoldPlaced
from domain.incident.events.learning import (
    FollowUpDone,
    FollowUpPlanned,
    LessonRecorded,
    RecurrenceConsidered,
    ReviewHeld,
)
from domain.incident.events.operations import (
    Classified,
    ContingencyActivated,
    ContingencyDeactivated,
    ContingencyKind,
    EmergencyActionTaken,
    MeasureState,
    MeasureTaken,
    MeasureUpdated,
    Mitigated,
    NoteAdded,
    RestorationTested,
    RoleAssigned,
    RootCauseFound,
    ServiceDegraded,
    ServiceRestored,
    SupplierEngaged,
    SupplierReported,
    TaskDone,
    TaskPlanned,
)
from domain.incident.events.privacy import (
    BreachRegistered,
    DataProtectionAuthorityNotified,
    DataSubjectsNotified,
    DpoAdvised,
)
from domain.incident.events.records import DocumentMark, DocumentMarked, RecordsExtracted
from domain.incident.events.report import (
    AttachedSignal,
    ClocksInherited,
    Closed,
    CloseReason,
    CorrectableField,
    Corrected,
    DetachedSignal,
    MergedInto,
    Reopened,
    Reported,
    SharedWith,
    SignalAttached,
    SignalDetached,
    Split,
)
from domain.incident.events.submissions import (
    CsirtHelpRequested,
    CsirtReplied,
    EarlyWarningSent,
    FinalReportSent,
    IncidentNotificationSent,
    InterimReportRequested,
    InterimReportSent,
    PublicHearing,
    ReceiptRecorded,
    RecipientsIdentified,
    RecipientsNotified,
    RecordJournalised,
    StatusReportSent,
    Submission,
    SubmissionApproved,
    SubmissionChannel,
    SubmissionDrafted,
    Values,
    VoluntaryNotificationDeclined,
    VoluntaryNotificationSent,
    WithdrawalSent,
)

IncidentEvent = (
    Reported
    | SignalAttached
    | SignalDetached
    | Corrected
    | MergedInto
    | Split
    | SharedWith
    | ClocksInherited
    | Closed
    | Reopened
    | RoleAssigned
    | MeasureTaken
    | MeasureUpdated
    | EmergencyActionTaken
    | SupplierEngaged
    | SupplierReported
    | ServiceDegraded
    | RestorationTested
    | ServiceRestored
    | ContingencyActivated
    | ContingencyDeactivated
    | NoteAdded
    | EvidenceAttached
    | EvidenceAccessed
    | EvidenceHandedOver
    | TaskPlanned
    | TaskDone
    | Mitigated
    | RootCauseFound
    | Classified
    | SignificanceDeclared
    | Assessed
    | AssessmentApproved
    | AssessmentRejected
    | ApprovedAfterwards
    | AwarenessDeclared
    | Escalated
    | DeadlineApproached
    | DeadlineMissed
    | DeadlineCancelled
    | SubmissionDrafted
    | SubmissionApproved
    | EarlyWarningSent
    | IncidentNotificationSent
    | InterimReportSent
    | StatusReportSent
    | FinalReportSent
    | VoluntaryNotificationSent
    | VoluntaryNotificationDeclined
    | WithdrawalSent
    | ReceiptRecorded
    | InterimReportRequested
    | CsirtHelpRequested
    | CsirtReplied
    | RecipientsIdentified
    | RecipientsNotified
    | PublicHearing
    | RecordJournalised
    | BreachRegistered
    | DpoAdvised
    | DataProtectionAuthorityNotified
    | DataSubjectsNotified
    | LessonRecorded
    | FollowUpPlanned
    | FollowUpDone
    | ReviewHeld
    | RecurrenceConsidered
    | DocumentMarked
    | RecordsExtracted
    | HoldPlaced
    | HoldLifted
    | RedactionProposed
    | Redacted
    | DisposalProposed
    | ErasureRejected
    | Disposed
)
"""In the order of their definition, which is the order of the contract."""

__all__ = [
    "ApprovedAfterwards",
    "ArchiveCheck",
    "Assessed",
    "AssessmentApproved",
    "AssessmentRejected",
    "AttachedSignal",
    "AwarenessDeclared",
    "BreachRegistered",
    "Classified",
    "ClocksInherited",
    "CloseReason",
    "Closed",
    "ContingencyActivated",
    "ContingencyDeactivated",
    "ContingencyKind",
    "CorrectableField",
    "Corrected",
    "CsirtHelpRequested",
    "CsirtReplied",
    "DataProtectionAuthorityNotified",
    "DataSubjectsNotified",
    "DeadlineApproached",
    "DeadlineCancelled",
    "DeadlineMissed",
    "DetachedSignal",
    "Deviation",
    "DisposalProposed",
    "Disposed",
    "DocumentMark",
    "DocumentMarked",
    "DpoAdvised",
    "EarlyWarningSent",
    "EmergencyActionTaken",
    "ErasureRejected",
    "Escalated",
    "EvidenceAccessed",
    "EvidenceAttached",
    "EvidenceHandedOver",
    "Fact",
    "FiledReport",
    "FinalReportSent",
    "FollowUpDone",
    "FollowUpPlanned",
    "Ground",
    "HoldLifted",
    "HoldPlaced",
    "IncidentEvent",
    "IncidentKind",
    "IncidentNotificationSent",
    "InterimReportRequested",
    "InterimReportSent",
    "LegalBasis",
    "LessonRecorded",
    "Level",
    "Line",
    "MeasureState",
    "MeasureTaken",
    "MeasureUpdated",
    "MergedInto",
    "Mitigated",
    "Name",
    "Nis2Category",
    "NoteAdded",
    "Number",
    "PublicHearing",
    "ReceiptRecorded",
    "RecipientsIdentified",
    "RecipientsNotified",
    "RecordJournalised",
    "RecordsExtracted",
    "RecurrenceConsidered",
    "Redacted",
    "RedactionProposed",
    "Reopened",
    "Reported",
    "RestorationTested",
    "ReviewHeld",
    "RoleAssigned",
    "RootCauseFound",
    "ServiceDegraded",
    "ServiceRestored",
    "Sha256",
    "SharedWith",
    "SignalAttached",
    "SignalDetached",
    "SignificanceDeclared",
    "Split",
    "StatusReportSent",
    "Submission",
    "SubmissionApproved",
    "SubmissionChannel",
    "SubmissionDrafted",
    "SupplierEngaged",
    "SupplierReported",
    "TaskDone",
    "TaskPlanned",
    "Text",
    "ToldBy",
    "Values",
    "VoluntaryNotificationDeclined",
    "VoluntaryNotificationSent",
    "WithdrawalSent",
    "Word",
    "YesNoUnknown",
]
