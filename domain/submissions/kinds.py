"""The kinds of notices. Their Danish names are the law's own (NIS 2-loven § 13, stk. 1; §§ 14-15; GDPR art. 33-34)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class ReportKind(StrEnum):
    """KL's bilag 4b says *foreløbig rapport* of what the law calls *statusrapport*: here they are two."""

    EARLY_WARNING = "early_warning"
    INCIDENT_NOTIFICATION = "incident_notification"
    INTERIM_REPORT = "interim_report"
    STATUS_REPORT = "status_report"
    FINAL_REPORT = "final_report"
    VOLUNTARY_NOTIFICATION = "voluntary_notification"
    WITHDRAWAL = "withdrawal"
    RECIPIENTS = "recipients"
    GDPR_NOTIFICATION = "gdpr_notification"
    DATA_SUBJECTS = "data_subjects"


class KindText(NamedTuple):
    """What a notice is called, where it is written, and to whom it goes."""

    danish: str
    english: str
    paragraph: str
    to_da: str
    to_en: str


_AUTHORITY = ("Myndigheden og CSIRT'en, gennem virk.dk", "The authority and the CSIRT, through virk.dk")

KINDS: Mapping[ReportKind, KindText] = {
    ReportKind.EARLY_WARNING: KindText("Tidlig varsling", "Early warning", "§ 13, stk. 1, nr. 1", *_AUTHORITY),
    ReportKind.INCIDENT_NOTIFICATION: KindText(
        "Hændelsesunderretning", "Incident notification", "§ 13, stk. 1, nr. 2", *_AUTHORITY
    ),
    ReportKind.INTERIM_REPORT: KindText("Foreløbig rapport", "Intermediate report", "§ 13, stk. 1, nr. 3", *_AUTHORITY),
    ReportKind.STATUS_REPORT: KindText("Statusrapport", "Progress report", "§ 13, stk. 1, nr. 5", *_AUTHORITY),
    ReportKind.FINAL_REPORT: KindText("Endelig rapport", "Final report", "§ 13, stk. 1, nr. 4", *_AUTHORITY),
    ReportKind.VOLUNTARY_NOTIFICATION: KindText(
        "Frivillig underretning", "Voluntary notification", "§ 14", "CSIRT'en, gennem virk.dk", "The CSIRT, through virk.dk"
    ),
    ReportKind.WITHDRAWAL: KindText(
        "Besked om, at hændelsen ikke er væsentlig", "Word that the incident is not significant", "§ 12", *_AUTHORITY
    ),
    ReportKind.RECIPIENTS: KindText(
        "Underretning af berørte modtagere",
        "Notification of affected recipients",
        "§ 15",
        "Modtagerne af tjenesterne",
        "The recipients of the services",
    ),
    ReportKind.GDPR_NOTIFICATION: KindText(
        "Anmeldelse til Datatilsynet",
        "Report to the data protection authority",
        "GDPR art. 33",
        "Datatilsynet, gennem virk.dk",
        "Datatilsynet, through virk.dk",
    ),
    ReportKind.DATA_SUBJECTS: KindText(
        "Underretning af de registrerede", "Communication to the data subjects", "GDPR art. 34", "De berørte", "Those affected"
    ),
}
