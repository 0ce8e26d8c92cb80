"""What can happen to an incident. Class names are free to change; topics are stored and are not."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from domain.events import Confidential, DomainEvent, Frozen
from domain.signals import Severity

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=253)]
"""As long as a DNS name may be (RFC 1035): components are often those."""
Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$")]
"""A key of ours, such as a question of the guide or one of its answers: clear, so there is no room for a sentence in it."""


class IncidentKind(StrEnum):
    """NIS 2-loven § 3: what it is, as far as known."""

    INCIDENT = "incident"
    NEAR_MISS = "near_miss"
    THREAT = "threat"
    PLANNED_WORK = "planned_work"


class Nis2Category(StrEnum):
    """Lav, Mellem, Høj of the municipalities' playbook (KL): Høj is what must be notified."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class YesNoUnknown(StrEnum):
    """'Ved ikke' is an answer: at 24 hours the law asks for a suspicion, not for proof."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class SubmissionChannel(StrEnum):
    """B620 §§ 14-15: Virk with MitID; the alternative channel when Virk or the municipality cannot."""

    VIRK = "virk"
    ALTERNATIVE = "alternative"


class CloseReason(StrEnum):
    """Why an incident ends. All but `resolved` end one that needed no notification or mitigation of ours."""

    RESOLVED = "resolved"
    NOT_AN_INCIDENT = "not_an_incident"
    PLANNED_WORK = "planned_work"
    NEAR_MISS = "near_miss"
    THREAT = "threat"
    NOT_SIGNIFICANT = "not_significant"
    EXTERNAL_CAUSE = "external_cause"
    DUPLICATE = "duplicate"


Deviation = Literal[
    "late", "not-approved", "not-assessed", "not-significant", "already-recorded", "out-of-order", "after-close"
]
"""How a fact from outside departs from the process. It is recorded with the fact, never a reason to refuse it."""


class Fact(DomainEvent):
    """It happened outside Sporlog: recorded whatever the incident's status, with how it departs from the process."""

    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"deviations"}

    deviations: tuple[Deviation, ...] = ()


class Reported(DomainEvent):
    """Somebody or something told of a possible incident. Starts the internal limit of the first assessment."""

    TOPIC: ClassVar[str] = "incident.reported.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"reference", "entity"}

    reference: Name
    entity: Name
    severity: Severity
    kind: IncidentKind = IncidentKind.INCIDENT
    detected_at: AwareDatetime
    """First observation, UTC; the cautious clock runs from here."""
    services: tuple[Name, ...] = ()
    components: tuple[Name, ...] = ()
    title: Confidential[Line] = None
    description: Confidential[Text] = None
    place: Confidential[Line] = None


class AttachedSignal(Frozen):
    """A signal's clear part, as the incident that it belongs to remembers it."""

    source: str
    source_event_id: str
    severity: Severity
    detected_at: AwareDatetime
    components: tuple[str, ...] = ()
    payload_sha256: str


class SignalAttached(DomainEvent):
    """The signals of one intake batch that belong to this incident, by rule or by a person."""

    TOPIC: ClassVar[str] = "incident.signal-attached.1"

    signals: tuple[AttachedSignal, ...] = Field(min_length=1)


class MeasureTaken(Fact):
    """Something was done to contain, remove or recover (spor A)."""

    TOPIC: ClassVar[str] = "incident.measure-taken.1"

    measure: Confidential[Text] = None


class EmergencyActionTaken(Fact):
    """Containment that could not wait for anybody's approval; it is approved afterwards."""

    TOPIC: ClassVar[str] = "incident.emergency-action-taken.1"

    action: Confidential[Text] = None


class NoteAdded(DomainEvent):
    """Words for the log, also from paper: `occurred_at` is when it happened."""

    TOPIC: ClassVar[str] = "incident.note-added.1"

    text: Confidential[Text] = None


class Assessed(DomainEvent):
    """Judged for significance, NIS 2-loven § 12, stk. 2. Each assessment adds one; none replaces another."""

    TOPIC: ClassVar[str] = "incident.assessed.1"

    significant: bool
    nis2_category: Nis2Category
    depth: Literal["quick", "full"] = "quick"
    answers: dict[Word, Word] = Field(default_factory=dict)
    guide_version: str | None = None
    reason: Confidential[Text] = None


class AssessmentApproved(DomainEvent):
    """The Ledelsesbeslutningstager agreed. It moves no clock."""

    TOPIC: ClassVar[str] = "incident.assessment-approved.1"

    comment: Confidential[Text] = None


class AwarenessDeclared(DomainEvent):
    """From when the entity had knowledge (kendskab) of the significant incident, § 13, stk. 1: the clocks run from here."""

    TOPIC: ClassVar[str] = "incident.awareness-declared.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"by_default"}

    aware_at: AwareDatetime
    by_default: bool = False
    """True when it follows from the first assessment as significant, false when a person set it."""
    reason: Confidential[Text] = None


class Submission(Fact):
    """A person submitted it to the authority and recorded that here; `meta.occurred_at` is when. Sporlog submits nothing."""

    submission_channel: SubmissionChannel = SubmissionChannel.VIRK
    receipt: Confidential[Line] = None
    late_reason: Confidential[Text] = None


class EarlyWarningSent(Submission):
    """Tidlig varsling, § 13, stk. 1, nr. 1: at most 24 hours after awareness, with the two facts that the law asks."""

    TOPIC: ClassVar[str] = "incident.early-warning-sent.1"

    suspected_malicious: YesNoUnknown
    cross_border: YesNoUnknown


class IncidentNotificationSent(Submission):
    """Hændelsesunderretning, § 13, stk. 1, nr. 2: at most 72 hours after awareness. Starts the month of the final report."""

    TOPIC: ClassVar[str] = "incident.incident-notification-sent.1"

    summary: Confidential[Text] = None


class StatusReportSent(Submission):
    """Statusrapport, § 13, stk. 1, nr. 5: when the incident still runs as the final report falls due."""

    TOPIC: ClassVar[str] = "incident.status-report-sent.1"

    summary: Confidential[Text] = None


class FinalReportSent(Submission):
    """Endelig rapport, § 13, stk. 1, nr. 4: one month after the notification was sent."""

    TOPIC: ClassVar[str] = "incident.final-report-sent.1"

    summary: Confidential[Text] = None


class RecipientsNotified(Fact):
    """The recipients of the services were told, § 15: without undue delay."""

    TOPIC: ClassVar[str] = "incident.recipients-notified.1"

    recipients: Confidential[Text] = None


class VoluntaryNotificationDeclined(Fact):
    """A voluntary notification (§ 14) was considered and not sent, with the reason."""

    TOPIC: ClassVar[str] = "incident.voluntary-notification-declined.1"

    reason: Confidential[Text] = None


class DeadlineMissed(DomainEvent):
    """A legal deadline passed without its act being recorded here. Noted by Sporlog itself, once per deadline."""

    TOPIC: ClassVar[str] = "incident.deadline-missed.1"

    kind: str
    due_at: AwareDatetime


class Mitigated(Fact):
    """Handled (håndteret): contained and the services restored; `meta.occurred_at` is when."""

    TOPIC: ClassVar[str] = "incident.mitigated.1"

    summary: Confidential[Text] = None


class Closed(DomainEvent):
    """Nothing more is to be done, and why."""

    TOPIC: ClassVar[str] = "incident.closed.1"

    reason: CloseReason
    duplicate_of: UUID | None = None
    summary: Confidential[Text] = None


class Reopened(DomainEvent):
    """It was not over."""

    TOPIC: ClassVar[str] = "incident.reopened.1"

    reason: Confidential[Text] = None


CorrectableField = Literal["title", "description", "place", "severity", "kind", "detected_at", "services", "components"]


class Corrected(DomainEvent):
    """A field of the report was wrong. The old value stays in the log; `services` and `components` are comma-separated.

    Whoever corrects gives `new`; deciding fills in `old`, and moves both to the clear pair when the field is a clear one.
    """

    TOPIC: ClassVar[str] = "incident.corrected.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"clear_old", "clear_new", "old"}

    field: CorrectableField
    clear_old: str | None = None
    clear_new: str | None = None
    old: Confidential[Text] = None
    new: Confidential[Text] = None
    reason: Confidential[Text] = None


IncidentEvent = (
    Reported
    | SignalAttached
    | MeasureTaken
    | EmergencyActionTaken
    | NoteAdded
    | Assessed
    | AssessmentApproved
    | AwarenessDeclared
    | EarlyWarningSent
    | IncidentNotificationSent
    | StatusReportSent
    | FinalReportSent
    | RecipientsNotified
    | VoluntaryNotificationDeclined
    | DeadlineMissed
    | Mitigated
    | Closed
    | Reopened
    | Corrected
)
