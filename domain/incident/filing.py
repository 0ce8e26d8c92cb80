"""Drafts, and what people submitted: frozen as filed, with how it departs from the process."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from domain.deadlines import limit_of
from domain.incident import errors as err
from domain.incident import events as e
from domain.incident.approving import approve_by
from domain.incident.events.common import Deviation
from domain.incident.state import Incident
from domain.incident.work import Draft, kind_of
from domain.policy import Authority
from domain.submissions.completeness import completeness
from domain.submissions.fields import fields_of
from domain.submissions.forms import check_values, form_on
from domain.submissions.frozen import Filed, frozen_hash
from domain.submissions.kinds import ReportKind
from domain.time import local

REPORTS = frozenset({"final_report", "status_report"})
NOT_BOUND_TO_SIGNIFICANCE = frozenset({"voluntary_notification", "withdrawal", "gdpr_notification"})
UNFOUNDED: Mapping[bool | None, Deviation | None] = {None: "not-assessed", False: "not-significant", True: None}


def file(incident: Incident, sent: e.Submission, authority: Authority, now: datetime) -> tuple[e.Submission, ...]:
    """The submission as it is recorded; a combined one as the early warning and the notification that it was.

    Raises `UnknownNumberError` when it is said to follow what is no earlier record of the same notice, and what `check_values`
    raises.
    """
    _check_follows(incident, sent)
    drafts = incident.work.drafts
    if isinstance(sent, e.IncidentNotificationSent) and sent.combined and "early_warning" not in incident.sent:
        notification = _filed(incident, sent, drafts.get(kind_of(sent)), authority, now)
        # Whoever approved the one text approved both notices that it is. A draft of the early warning alone was not sent.
        cleared = notification.approve_by is None
        return _filed(incident, _early_warning_of(sent), None, authority, now, cleared=cleared), notification
    return (_filed(incident, sent, drafts.get(kind_of(sent)), authority, now),)


def _filed(
    incident: Incident, sent: e.Submission, draft: Draft | None, authority: Authority, now: datetime, *, cleared: bool = False
) -> e.Submission:
    kind = kind_of(sent)
    # What was filed is what stood in the draft, unless they say otherwise; without either, the little that was told.
    written = sent.values or (dict(draft.values) if draft else None)
    values = written or _told(sent)
    check_values(ReportKind(kind), values)
    form = draft.form_version if draft and draft.form_version and not sent.values else form_of(now)
    approved = cleared or _is_approved(incident, kind, draft, values, authority)
    found = [*_deviations(incident, sent, kind, values, approved=approved)]
    if written and completeness(ReportKind(kind), written).missing:
        found.append("incomplete")
    return sent.model_copy(
        update={
            "values": values or None,
            "form_version": form,
            "filed_sha256": frozen_hash(Filed(ReportKind(kind), form, values, sent.receipt)),
            "deviations": tuple(found),
            "approve_by": None if approved else approve_by(authority.policy, now),
        }
    )


def draft(drafted: e.SubmissionDrafted, now: datetime) -> e.SubmissionDrafted:
    """The draft with its form's version and what the law wants now and is not there.

    Raises `UnknownFieldError`, `UnreadableValueError`.
    """
    values = drafted.values or {}
    check_values(drafted.report, values)
    missing = tuple(lacking.field.key for lacking in completeness(drafted.report, values).missing)
    return drafted.model_copy(update={"form_version": form_of(now), "missing": missing})


def form_of(now: datetime) -> str:
    """The form's version in force on that Danish day."""
    return form_on(local(now).date()).id


def _check_follows(incident: Incident, sent: e.Submission) -> None:
    filed = incident.work.filed
    if sent.follows is not None and filed.get(sent.follows) != kind_of(sent):
        there = ", ".join(str(number) for number, kind in sorted(filed.items()) if kind == kind_of(sent)) or "none"
        msg = f"{incident.reference} has no {kind_of(sent)} with number {sent.follows} to follow; there are: {there}"
        raise err.UnknownNumberError(msg)


def _told(sent: e.Submission) -> dict[str, str]:
    own = type(sent).model_fields.keys() & fields_of(ReportKind(kind_of(sent))).keys()
    return {name: str(value) for name in sorted(own) if (value := getattr(sent, name)) is not None}


def _is_approved(incident: Incident, kind: str, draft: Draft | None, values: Mapping[str, str], authority: Authority) -> bool:
    if not authority.policy.approve_submissions or kind == "withdrawal":
        return True
    # It was approved as it stood: what was filed otherwise was not.
    if draft is not None and draft.approved and values == draft.values:
        return True
    # The early warning holds two facts and a yes: whoever approved that it is significant approved that it is sent.
    return kind == "early_warning" and incident.approved


def _deviations(
    incident: Incident, sent: e.Submission, kind: str, values: Mapping[str, str], *, approved: bool
) -> Iterator[Deviation]:
    limit = limit_of(kind, incident.clock_facts())
    if kind in incident.sent:
        if sent.follows is None:
            yield "already-recorded"
    elif limit is not None and sent.meta.occurred_at > limit.due_at:
        yield "late"
        if kind == "gdpr_notification" and not _says_why_late(sent, values):
            yield "no-reason"
    if sent.submission_channel is e.SubmissionChannel.ALTERNATIVE and not sent.channel_reason:
        yield "no-reason"
    unfounded = None if kind in NOT_BOUND_TO_SIGNIFICANCE else UNFOUNDED[incident.significant]
    if unfounded is not None:
        yield unfounded
    elif not approved:
        yield "not-approved"
    yield from _before_its_time(incident, kind)


def _says_why_late(sent: e.Submission, values: Mapping[str, str]) -> bool:
    # Art. 33, stk. 1, wants the reasons with a late report; § 13 wants none.
    return bool(sent.late_reason or values.get("breach.delay_reason", "").strip())


def _before_its_time(incident: Incident, kind: str) -> Iterator[Deviation]:
    if kind in REPORTS and "incident_notification" not in incident.sent:
        yield "out-of-order"
    if kind == "final_report" and incident.handled_at is None:
        yield "before-handled"
    if kind == "interim_report" and "interim" not in incident.triggers:
        yield "not-requested"


def _early_warning_of(sent: e.IncidentNotificationSent) -> e.EarlyWarningSent:
    """The early warning that was sent in the same submission: two records, one receipt (LAW 2.5, 1)."""
    shared = {name: getattr(sent, name) for name in e.Submission.model_fields if name not in {"sealed", "values", "follows"}}
    return e.EarlyWarningSent(**shared, suspected_malicious=sent.suspected_malicious, cross_border=sent.cross_border)
