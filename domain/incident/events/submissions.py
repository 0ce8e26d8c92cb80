"""Spor B, the duty itself: drafts, approvals, what people sent to the authority and the CSIRT, and what came back.

*Sent* means: a person submitted it and recorded that here. Sporlog submits nothing.
"""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field

from domain.events import Confidential, DomainEvent
from domain.incident.events.common import Fact, Line, Name, Number, Sha256, Text, Word, YesNoUnknown
from domain.submissions.kinds import ReportKind

Values = Annotated[dict[Word, Text], Field(max_length=200)]
"""Field of the form to what was written in it."""


class SubmissionChannel(StrEnum):
    """B620 §§ 14-15: Virk with MitID; the alternative channel when Virk or the municipality cannot."""

    VIRK = "virk"
    ALTERNATIVE = "alternative"


class SubmissionDrafted(DomainEvent):
    """What is to be submitted, written down. Each draft adds one; the last one counts."""

    TOPIC: ClassVar[str] = "incident.submission-drafted.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"form_version", "missing"}

    report: ReportKind
    form_version: Word | None = None
    missing: tuple[Word, ...] = ()
    """Fields that the law wants at this stage and that were empty."""
    values: Confidential[Values] = None


class SubmissionApproved(DomainEvent):
    """The draft may be submitted as it stands."""

    TOPIC: ClassVar[str] = "incident.submission-approved.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"draft", "approve_by"}

    report: ReportKind
    draft: Number | None = None
    """The draft that was approved."""
    alone: bool = False
    override: bool = False
    """Approve a final report although the incident is not recorded as handled."""
    approve_by: AwareDatetime | None = None
    comment: Confidential[Text] = None


class Submission(Fact):
    """A person submitted it to the authority and recorded that here; `meta.occurred_at` is when.

    `values` are frozen as filed; `filed_sha256` is over form version, values and receipt (see domain/submissions/frozen.py).
    """

    FILLED_IN: ClassVar[frozenset[str]] = Fact.FILLED_IN | {"form_version", "filed_sha256", "approve_by"}

    submission_channel: SubmissionChannel = SubmissionChannel.VIRK
    form_version: Word | None = None
    filed_sha256: Sha256 | None = None
    receipt_sha256: Sha256 | None = None
    """Of the receipt's file, where there is one."""
    follows: Number | None = None
    """The earlier record of the same notice that this one follows up, as when Virk works again after the other channel."""
    approve_by: AwareDatetime | None = None
    receipt: Confidential[Line] = None
    channel_reason: Confidential[Text] = None
    late_reason: Confidential[Text] = None
    values: Confidential[Values] = None


class EarlyWarningSent(Submission):
    """Tidlig varsling, § 13, stk. 1, nr. 1: at most 24 hours after awareness, with the two facts that the law asks."""

    TOPIC: ClassVar[str] = "incident.early-warning-sent.1"

    suspected_malicious: YesNoUnknown
    cross_border: YesNoUnknown


class IncidentNotificationSent(Submission):
    """Hændelsesunderretning, § 13, stk. 1, nr. 2: at most 72 hours after awareness. Starts the month of the final report.

    `combined`: it was sent in place of an early warning too; both are then recorded, with one receipt.
    """

    TOPIC: ClassVar[str] = "incident.incident-notification-sent.1"

    combined: bool = False
    suspected_malicious: YesNoUnknown = YesNoUnknown.UNKNOWN
    cross_border: YesNoUnknown = YesNoUnknown.UNKNOWN
    summary: Confidential[Text] = None


class InterimReportSent(Submission):
    """Foreløbig rapport, § 13, stk. 1, nr. 3: the CSIRT asked for it."""

    TOPIC: ClassVar[str] = "incident.interim-report-sent.1"

    summary: Confidential[Text] = None


class StatusReportSent(Submission):
    """Statusrapport, § 13, stk. 1, nr. 5: when the incident still runs as the final report falls due."""

    TOPIC: ClassVar[str] = "incident.status-report-sent.1"

    summary: Confidential[Text] = None


class FinalReportSent(Submission):
    """Endelig rapport, § 13, stk. 1, nr. 4: one month after the notification was sent."""

    TOPIC: ClassVar[str] = "incident.final-report-sent.1"

    summary: Confidential[Text] = None


class VoluntaryNotificationSent(Submission):
    """Frivillig underretning, § 14: goes to the CSIRT, is exempt from access to documents, and stays told apart for good."""

    TOPIC: ClassVar[str] = "incident.voluntary-notification-sent.1"

    summary: Confidential[Text] = None


class VoluntaryNotificationDeclined(Fact):
    """A voluntary notification (§ 14) was considered and not sent, with the reason."""

    TOPIC: ClassVar[str] = "incident.voluntary-notification-declined.1"

    reason: Confidential[Text] = None


class WithdrawalSent(Submission):
    """The authority and the CSIRT were told that what was notified is not significant after all."""

    TOPIC: ClassVar[str] = "incident.withdrawal-sent.1"

    summary: Confidential[Text] = None


class ReceiptRecorded(Fact):
    """The receipt of a submission came, later than the submission itself (B620 § 15, stk. 1)."""

    TOPIC: ClassVar[str] = "incident.receipt-recorded.1"

    submission_number: Number
    receipt_sha256: Sha256 | None = None
    receipt: Confidential[Line] = None


class InterimReportRequested(Fact):
    """The CSIRT asked for a foreløbig rapport, with the limit that it set, if any."""

    TOPIC: ClassVar[str] = "incident.interim-report-requested.1"

    send_by: AwareDatetime | None = None
    request: Confidential[Text] = None


class CsirtHelpRequested(Fact):
    """The CSIRT was asked for guidance or technical help, § 13, stk. 3."""

    TOPIC: ClassVar[str] = "incident.csirt-help-requested.1"

    request: Confidential[Text] = None


class CsirtReplied(Fact):
    """The CSIRT answered, § 13, stk. 3."""

    TOPIC: ClassVar[str] = "incident.csirt-replied.1"

    reply: Confidential[Text] = None


class RecipientsIdentified(Fact):
    """Who the incident affects, or is likely to, was found out (§ 15, stk. 1): they are to be told without undue delay."""

    TOPIC: ClassVar[str] = "incident.recipients-identified.1"
    FILLED_IN: ClassVar[frozenset[str]] = Fact.FILLED_IN | {"tell_by"}

    services: tuple[Name, ...] = ()
    tell_by: AwareDatetime | None = None
    recipients: Confidential[Text] = None


class RecipientsNotified(Fact):
    """The recipients of the services were told, § 15: without undue delay."""

    TOPIC: ClassVar[str] = "incident.recipients-notified.1"

    channels: tuple[Word, ...] = ()
    threat: bool = False
    """It told of a significant cyber threat and what they can do themselves, § 15, stk. 2."""
    recipients: Confidential[Text] = None
    text: Confidential[Text] = None
    advice: Confidential[Text] = None


class PublicHearing(Fact):
    """§ 16: the authority heard the entity on telling the public, the entity answered, or the authority decided."""

    TOPIC: ClassVar[str] = "incident.public-hearing.1"

    stage: Literal["heard", "answered", "decided"]
    answer_by: AwareDatetime | None = None
    text: Confidential[Text] = None


class RecordJournalised(Fact):
    """It was filed in the records system (ESDH) or the ISMS, where the case has this number."""

    TOPIC: ClassVar[str] = "incident.record-journalised.1"

    system: Literal["esdh", "isms"]
    case_number: Line
    document_number: Number | None = None
    """Which document of the incident it was. None: the incident as a whole, unless `document` says in words what it was."""
    record_number: Line | None = None
    """The document's own number in that system."""
    document: Confidential[Line] = None
