"""What the casework keeps of an event: the columns of its row."""

from typing import Any

from domain.events import Recorded
from domain.incident import events as e
from domain.incident.work import kind_of
from domain.records.documents import DocumentKind
from projections.columns import instant_of
from projections.rows import Row

Notice = e.Submission | e.RecipientsNotified | e.DataSubjectsNotified | e.VoluntaryNotificationDeclined

_OTHER_NOTICES: dict[type[Any], str] = {
    e.RecipientsNotified: "recipients",
    e.DataSubjectsNotified: "data_subjects",
    e.VoluntaryNotificationDeclined: "voluntary_declined",
}


def place(recorded: Recorded) -> Row:
    """What every row has: which event it is, who, when, in which role."""
    event = recorded.event
    return {
        "incident_id": recorded.aggregate_id,
        "number": recorded.version,
        "occurred_at": event.meta.occurred_at,
        "recorded_at": instant_of(recorded.recorded_at_us),
        "actor": event.meta.actor,
        "role": event.meta.role,
        "on_behalf_of": event.meta.on_behalf_of,
        "sealed": event.sealed.model_dump_json() if event.sealed else None,
        "position": recorded.position,
    }


def judged(event: e.Assessed | e.SignificanceDeclared) -> Row:
    """A judgement that nobody has approved or rejected yet."""
    told = event if isinstance(event, e.Assessed) else None
    return {
        "kind": "declared" if told is None else "assessed",
        "significant": told is None or told.significant,
        "nis2_category": e.Nis2Category.HIGH if told is None else told.nis2_category,
        "depth": told and told.depth,
        "guide_version": told and told.guide_version,
        "recommendation": told and told.recommendation,
        "because": () if told is None else told.because,
        "departs": told is not None and told.departs,
        "answers": {} if told is None else told.answers,
        **dict.fromkeys(("verdict", "verdict_number", "verdict_by", "verdict_role", "verdict_at")),
        "alone": False,
    }


def breach(event: e.BreachRegistered) -> Row:
    """A registration of a personal data breach."""
    names = ("risk", "data_types", "data_subjects", "records", "exempt", "tell_by")
    return {"aware_at": event.breach_aware_at, **{name: getattr(event, name) for name in names}}


def record(recorded: Recorded, kind: DocumentKind) -> Row:
    """A document that is to be filed. Its text stays in the log: no list of what is not filed yet shows it."""
    empty = dict.fromkeys(("mark", "exemption", "voluntary", "case_number", "record_number", "filed_at"))
    return {**place(recorded), "sealed": None, "document": recorded.topic, "direction": kind.direction, **empty}


def notice(event: Notice) -> Row:
    """What was sent, or considered and not sent; `approved` is false where the approval that the policy wants was missing."""
    told = event if isinstance(event, e.Submission) else None
    channels = getattr(event, "channels", ()) if told is None else (told.submission_channel.value,)
    return {
        "kind": _OTHER_NOTICES[type(event)] if told is None else kind_of(told),
        "channels": channels,
        "late": "late" in event.deviations,
        "approved": "not-approved" not in event.deviations and getattr(event, "approve_by", None) is None,
        "deviations": event.deviations,
        "form_version": told and told.form_version,
        "filed_sha256": told and told.filed_sha256,
        "receipt_at": None,
        "follows": told and told.follows,
    }
