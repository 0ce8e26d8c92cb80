"""Events for tests: the few that the stories of an incident are told with, at times given in hours after the report."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.events import Meta
from domain.incident import events as e
from domain.signals import Severity
from domain.submissions.fields import fields_of
from domain.submissions.kinds import ReportKind

INCIDENT = UUID("0a0b0c0d-0000-4000-8000-000000000042")
REPORTED_AT = datetime(2026, 11, 20, 14, 20, tzinfo=UTC)
NOW = REPORTED_AT + timedelta(days=90)


def at(hours: float) -> datetime:
    return REPORTED_AT + timedelta(hours=hours)


def meta(hours: float = 0, **more: Any) -> Meta:  # noqa: ANN401 - as the fields of Meta
    fields = {"actor": "u-7", "channel": "web", "occurred_at": at(hours), "correlation_id": "c-1"} | more
    return Meta.model_validate(fields)


def reported(hours: float = 0, **more: Any) -> e.Reported:  # noqa: ANN401 - as the fields of the event
    fields = {
        "meta": meta(hours),
        "reference": "H-2026-0042",
        "entity": "laerkeborg",
        "severity": Severity.HIGH,
        "detected_at": at(hours),
        "components": ("db-1",),
        "title": "Sagssystemet svarer ikke",
    } | more
    return e.Reported.model_validate(fields)


def assessed(hours: float = 1, *, significant: bool = True, **more: Any) -> e.Assessed:  # noqa: ANN401 - as above
    category = e.Nis2Category.HIGH if significant else e.Nis2Category.LOW
    reason = {} if significant else {"reason": "Ingen ydelser er ramt"}
    return e.Assessed.model_validate(
        {"meta": meta(hours), "significant": significant, "nis2_category": category} | reason | more
    )


def approved(hours: float = 2, actor: str = "u-8", **more: Any) -> e.AssessmentApproved:  # noqa: ANN401 - as above
    return e.AssessmentApproved(meta=meta(hours, actor=actor), **more)


def filled(report: str) -> dict[str, str]:
    """Every field that the law requires of a notice, filled in."""
    kind = ReportKind(report)
    required = [field for field in fields_of(kind).values() if kind in field.required_for]
    return {field.key: field.options[0].key if field.options else "Nede" for field in required}


def drafted(report: str, hours: float = 4, **more: Any) -> e.SubmissionDrafted:  # noqa: ANN401 - as above
    return e.SubmissionDrafted.model_validate({"meta": meta(hours), "report": report, "values": filled(report)} | more)


def cleared(report: str, hours: float = 4.5, number: int | None = None, actor: str = "u-8") -> e.SubmissionApproved:
    return e.SubmissionApproved.model_validate({"meta": meta(hours, actor=actor), "report": report, "draft": number})


def aware(hours: float = 1, *, by_default: bool = True, reason: str | None = None) -> e.AwarenessDeclared:
    return e.AwarenessDeclared(meta=meta(hours), aware_at=at(hours), by_default=by_default, reason=reason)


def early_warning(hours: float = 5, **more: Any) -> e.EarlyWarningSent:  # noqa: ANN401 - as above
    unknown = e.YesNoUnknown.UNKNOWN
    return e.EarlyWarningSent.model_validate(
        {"meta": meta(hours), "suspected_malicious": unknown, "cross_border": unknown} | more
    )


def notified(hours: float = 20, **more: Any) -> e.IncidentNotificationSent:  # noqa: ANN401 - as above
    return e.IncidentNotificationSent(meta=meta(hours), **more)


def status_report(hours: float = 700, **more: Any) -> e.StatusReportSent:  # noqa: ANN401 - as above
    return e.StatusReportSent(meta=meta(hours), **more)


def final_report(hours: float = 600, **more: Any) -> e.FinalReportSent:  # noqa: ANN401 - as above
    return e.FinalReportSent(meta=meta(hours), **more)


def mitigated(hours: float = 30, **more: Any) -> e.Mitigated:  # noqa: ANN401 - as above
    return e.Mitigated.model_validate({"meta": meta(hours)} | more)


def closed(reason: e.CloseReason = e.CloseReason.NOT_AN_INCIDENT, hours: float = 800, **more: Any) -> e.Closed:  # noqa: ANN401
    return e.Closed(meta=meta(hours), reason=reason, **more)


def reopened(hours: float = 810, reason: str | None = "Det skete igen") -> e.Reopened:
    return e.Reopened(meta=meta(hours), reason=reason)


def corrected(field: e.CorrectableField, new: str | None, hours: float = 3, **more: Any) -> e.Corrected:  # noqa: ANN401
    return e.Corrected.model_validate({"meta": meta(hours), "field": field, "new": new, "reason": "Tastefejl"} | more)


def missed(kind: str = "early_warning", hours: float = 25) -> e.DeadlineMissed:
    return e.DeadlineMissed(meta=meta(hours), kind=kind, due_at=at(hours))
