"""The notices of an incident: what is written so far, what was filed, and what the log knew when it was filed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from domain.incident import events as e
from domain.incident.events.common import Deviation
from domain.incident.work import Draft, kind_of
from domain.submissions.fields import fields_of
from domain.submissions.frozen import Difference, differences
from domain.submissions.kinds import ReportKind
from domain.submissions.prefill import prefill
from handlers.dossier import Dossier
from handlers.readings import Moment

Values = Mapping[str, str]


class Filing(NamedTuple):
    """A notice that a person sent and recorded. `values` are frozen as filed when there is a `filed_sha256`.

    The two notices to people (§ 15, art. 34) have no form: their values are what the draft said, or the words recorded.
    """

    kind: ReportKind
    number: int
    """Its version in the incident: what a receipt and a follow-up refer to."""
    position: int
    sent_at: datetime
    recorded_at: datetime
    actor: str
    on_behalf_of: str | None
    deviations: tuple[Deviation, ...]
    values: Values
    channel: e.SubmissionChannel | None = None
    channel_reason: str | None = None
    late_reason: str | None = None
    receipt: str | None = None
    """Also when it came later."""
    form_version: str | None = None
    filed_sha256: str | None = None


class Compared(NamedTuple):
    """A filing beside the log. Both lists are by key; a text that one side does not have is None."""

    filing: Filing
    differences: tuple[Difference, ...]
    """Filed otherwise than the log knew it then."""
    known_since: tuple[Difference, ...]
    """`filed` otherwise than the log knows it now, where the log itself has come to know something else."""


def filings_of(dossier: Dossier) -> tuple[Filing, ...]:
    """Every notice that was recorded, in the order of the log."""
    later = {
        event.submission_number: event.receipt
        for m in dossier.moments
        if isinstance(event := m.recorded.event, e.ReceiptRecorded) and event.receipt
    }
    return tuple(filing for m in dossier.moments if (filing := _filing(m, later.get(m.recorded.version))))


def compared(dossier: Dossier, filing: Filing) -> Compared:
    """What was filed against what was known then, and what has come to be known since."""
    kind, values = filing.kind, filing.values
    # What the filing itself told the log is no news, and neither is it that later notices followed.
    at_once, now = prefill(kind, dossier.until(filing.position).known), prefill(kind, dossier.known)
    moved = {one.key for one in differences(at_once, now)} - {"ref.previous"}
    since = tuple(one for one in differences(values, now) if one.key in moved)
    return Compared(filing, differences(values, prefill(kind, _then(dossier, filing).known)), since)


def draft_of(dossier: Dossier, kind: ReportKind) -> Draft | None:
    """The last draft of a kind."""
    return dossier.incident.work.drafts.get(kind.value)


def from_log(dossier: Dossier, kind: ReportKind) -> dict[str, str]:
    """A notice to begin with: what the log knows, in the words of an earlier notice where the log has learnt nothing since."""
    known, own = prefill(kind, dossier.known), fields_of(kind)
    begun = dict(known)
    for moment in dossier.moments:
        event = moment.recorded.event
        if isinstance(event, e.SubmissionDrafted | e.Submission) and event.values:
            then = prefill(kind, dossier.until(moment.recorded.position - 1).known)
            kept = {key for key in own.keys() & event.values.keys() if then.get(key) == known.get(key)}
            begun |= {key: text for key, text in event.values.items() if key in kept and text.strip()}
    return begun


def written(dossier: Dossier, kind: ReportKind) -> Values:
    """A notice as it stands: the last draft, or what it would begin with."""
    draft = draft_of(dossier, kind)
    return draft.values if draft else from_log(dossier, kind)


def _then(dossier: Dossier, filing: Filing) -> Dossier:
    # A combined notice was recorded right after the early warning that it is: that one was not known before it.
    before = dossier.until(filing.position - 1)
    last = before.moments[-1].recorded
    event = next(m.recorded.event for m in dossier.moments if m.recorded.position == filing.position)
    combined = isinstance(event, e.IncidentNotificationSent) and event.combined and isinstance(last.event, e.EarlyWarningSent)
    return before.until(last.position - 1) if combined else before


def _filing(moment: Moment, later_receipt: str | None) -> Filing | None:
    event = moment.recorded.event
    match event:
        case e.Submission():
            return Filing(
                **_record(moment, event),
                kind=ReportKind(kind_of(event)),
                channel=event.submission_channel,
                channel_reason=event.channel_reason,
                late_reason=event.late_reason,
                receipt=event.receipt or later_receipt,
                form_version=event.form_version,
                filed_sha256=event.filed_sha256,
                values=event.values or {},
            )
        case e.RecipientsNotified():
            words = {"recipients.what_happened": event.text, "recipients.advice": event.advice}
            return _without_form(moment, event, ReportKind.RECIPIENTS, words)
        case e.DataSubjectsNotified():
            return _without_form(moment, event, ReportKind.DATA_SUBJECTS, {"breach.nature": event.text})
        case _:
            return None


def _without_form(moment: Moment, event: e.Fact, kind: ReportKind, words: Mapping[str, str | None]) -> Filing:
    draft = moment.after.work.drafts.get(kind.value)
    values = dict(draft.values) if draft else {key: text for key, text in words.items() if text}
    return Filing(**_record(moment, event), kind=kind, values=values)


def _record(moment: Moment, event: e.Fact) -> dict[str, Any]:
    return {
        "number": moment.recorded.version,
        "position": moment.recorded.position,
        "sent_at": event.meta.occurred_at,
        "recorded_at": moment.recorded.recorded_at,
        "actor": event.meta.actor,
        "on_behalf_of": event.meta.on_behalf_of,
        "deviations": event.deviations,
    }
