"""Which step records which notice or act, by the kind that clocks and drafts know it as."""

from collections.abc import Mapping

DUTY_OF_STEP: Mapping[str, str] = {
    "early-warning": "early_warning",
    "incident-notification": "incident_notification",
    "interim-report": "interim_report",
    "status-report": "status_report",
    "final-report": "final_report",
    "voluntary-notification": "voluntary_notification",
    "withdrawal": "withdrawal",
    "gdpr-notification": "gdpr_notification",
    "recipients": "recipients",
    "data-subjects": "data_subjects",
    "csirt-reply": "csirt_reply",
}
"""Step to what it discharges."""
STEP_OF_DUTY: Mapping[str, str] = {duty: step for step, duty in DUTY_OF_STEP.items()} | {
    "internal_assessment": "assess",
    "final_report_after_status": "final-report",
    "second_approval": "approve-afterwards",
}
"""Kind of deadline to the step that meets it."""
NIS2_NOTICES = frozenset(
    {
        "early_warning",
        "incident_notification",
        "interim_report",
        "status_report",
        "final_report",
        "final_report_after_status",
        "recipients",
    }
)
"""Deadlines that an incident has only while it is significant."""
