"""An incident's two tracks as JSON objects, for whoever asks how far it is. Keys are English; `number` is an event's version.

Spor A is the work, Spor B the duty; they run in parallel, and neither waits for the other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.deadlines import Deadline, as_json, cautious
from domain.events import DomainEvent, Recorded
from domain.incident import events as e
from domain.incident.state import Incident, Status
from domain.incident.submission_kinds import DUTY_OF_STEP
from domain.incident.transitions import BY_EVENT
from domain.incident.work import ToDo
from domain.time import rfc3339_utc
from handlers.readings import Moment

NOTICES = {step: kind for step, kind in DUTY_OF_STEP.items() if step != "csirt-reply"}
"""Step to the kind of notice that it records as sent by us."""

_JUDGED = (e.Assessed, e.SignificanceDeclared)
_APPROVED = (e.AssessmentApproved, e.AssessmentRejected)

NameOf = Callable[[UUID], str]
"""An incident's reference by its id."""
Numbered = Mapping[int, Recorded]


def tracks_object(moments: Sequence[Moment], name_of: NameOf) -> dict[str, Any]:
    """Both tracks after these moments (at least one), the follow-ups, and the incidents that it is linked to."""
    numbered = {moment.recorded.version: moment.recorded for moment in moments}
    after = moments[-1].after
    return {
        "tracks": {"A": _track_a(moments, numbered), "B": _track_b(moments, numbered)},
        "follow_ups": _to_dos(after.work.follow_ups, numbered, "follow_up"),
        "linked": linked_objects((one.event for one in numbered.values()), name_of),
    }


def linked_objects(events: Iterable[DomainEvent], name_of: NameOf) -> list[dict[str, str]]:
    """The other incidents that these events speak of, each relation once."""
    links = dict.fromkeys((relation, name_of(other)) for event in events for relation, other in _links(event))
    return [{"relation": relation, "ref": reference} for relation, reference in links]


def _track_a(moments: Sequence[Moment], numbered: Numbered) -> dict[str, Any]:
    incident, work = moments[-1].after, moments[-1].after.work
    asked = {one.event.supplier: one.event.request for one in numbered.values() if isinstance(one.event, e.SupplierEngaged)}
    return {
        "measures": [
            {**_head(numbered[number]), "state": state, "measure": _of(numbered[number], "measure")}
            for number, state in work.measures.items()
        ],
        "emergency_actions": [
            {**_head(one), "action": one.event.action, "approve_by": _time(incident.awaiting.get(str(one.version)))}
            for one in numbered.values()
            if isinstance(one.event, e.EmergencyActionTaken)
        ],
        "services": [
            {"service": service, "degree": degree, "tested": service in work.tested}
            for service, degree in work.degraded.items()
        ],
        "suppliers": [
            {"supplier": supplier, "answer_by": _time(answer_by), "request": asked.get(supplier)}
            for supplier, answer_by in work.suppliers.items()
        ],
        "contingency": sorted(work.contingency),
        "tasks": _to_dos(work.tasks, numbered, "task"),
    }


def _track_b(moments: Sequence[Moment], numbered: Numbered) -> dict[str, Any]:
    incident, work = moments[-1].after, moments[-1].after.work
    return {
        "judgement": _judgement(numbered),
        "approval": _approval(numbered),
        "awareness": _awareness(numbered),
        "cautious": [as_json(deadline) for deadline in _cautious(incident)],
        "drafts": [
            {
                "report": report,
                "number": draft.number,
                "actor": draft.actor,
                "approved": draft.approved,
                "missing": list(_of(numbered[draft.number], "missing")),
            }
            for report, draft in work.drafts.items()
        ],
        "notices": list(_notices(numbered)),
        "breach_risk": work.breach_risk,
        "waiting": [
            {**_head(numbered[int(number)]), "approve_by": rfc3339_utc(until)} for number, until in incident.awaiting.items()
        ],
    }


def _judgement(numbered: Numbered) -> dict[str, Any] | None:
    last = _last(numbered, _JUDGED) or _last(numbered, (e.ClocksInherited,))
    if last is None or (isinstance(last.event, e.ClocksInherited) and not last.event.significant):
        return None
    judged = last.event
    if not isinstance(judged, e.Assessed):
        # Declared at once, or taken over with another incident's clocks: either way the guide is still to be gone through.
        return {**_head(last), "significant": True, "category": "high", "reason": _of(last, "reason"), "recommendation": None}
    return {
        **_head(last),
        "significant": judged.significant,
        "category": judged.nis2_category,
        "depth": judged.depth,
        "guide_version": judged.guide_version,
        "recommendation": judged.recommendation,
        "because": [{"question": key, "answer": judged.answers.get(key)} for key in judged.because],
        "departs": judged.departs,
        "reason": judged.reason,
    }


def _approval(numbered: Numbered) -> dict[str, Any] | None:
    # A new judgement needs its own approval.
    last = _last(numbered, _JUDGED + _APPROVED)
    if last is None or isinstance(last.event, _JUDGED):
        return None
    approved = isinstance(last.event, e.AssessmentApproved)
    words = _of(last, "comment" if approved else "reason")
    return {**_head(last), "approved": approved, "alone": approved and _of(last, "alone"), "reason": words}


def _awareness(numbered: Numbered) -> dict[str, Any] | None:
    last = _last(numbered, (e.AwarenessDeclared,))
    if last is None or not isinstance(last.event, e.AwarenessDeclared):
        return None
    declared = last.event
    told = {"aware_at": rfc3339_utc(declared.aware_at), "by_default": declared.by_default, "reason": declared.reason}
    return {**_head(last), **told}


def _cautious(incident: Incident) -> Iterator[Deadline]:
    """The clocks as if awareness had come with the first observation, while their notices may still have to be sent."""
    beside = incident.aware_at is None or incident.aware_at > incident.detected_at
    if beside and incident.significant is not False and incident.status is not Status.CLOSED:
        yield from (d for d in cautious(incident.clock_facts()) if d.discharged_by.isdisjoint(incident.sent))


def _notices(numbered: Numbered) -> Iterator[dict[str, Any]]:
    receipts = {one.event.submission_number: one for one in numbered.values() if isinstance(one.event, e.ReceiptRecorded)}
    for one in numbered.values():
        kind = NOTICES.get(BY_EVENT[type(one.event)].step)
        if kind is not None:
            later = receipts.get(one.version, one)
            yield {
                **_head(one),
                "kind": kind,
                "submission_channel": _of(one, "submission_channel"),
                "receipt": _of(later, "receipt") or _of(one, "receipt"),
                "receipt_sha256": _of(later, "receipt_sha256") or _of(one, "receipt_sha256"),
                "filed_sha256": _of(one, "filed_sha256"),
                "deviations": list(_of(one, "deviations")),
            }


def _to_dos(to_dos: Mapping[int, ToDo], numbered: Numbered, text: str) -> list[dict[str, Any]]:
    return [
        {"number": number, text: _of(numbered[number], text), "owner": one.owner, "due_at": _time(one.due_at), "done": one.done}
        for number, one in to_dos.items()
    ]


def _links(event: object) -> Iterator[tuple[str, UUID]]:
    match event:
        case e.Reported(from_incident=UUID() as other):
            yield "from", other
        case e.MergedInto(into=other):
            yield "merged_into", other
        case e.Split(into=other):
            yield "split_into", other
        case e.SharedWith(incident=other):
            yield "shared_with", other
        case e.ClocksInherited(relation="merged", other=other):
            yield "merged_from", other
        case e.Closed(duplicate_of=UUID() as other):
            yield "duplicate_of", other
        case e.RecurrenceConsidered(others=others):
            yield from (("recurrence", other) for other in others)
        case _:
            pass


def _head(recorded: Recorded) -> dict[str, Any]:
    event = recorded.event
    step = BY_EVENT[type(event)].step
    return {
        "number": recorded.version,
        "step": step,
        "occurred_at": rfc3339_utc(event.meta.occurred_at),
        "actor": event.meta.actor,
        "role": event.meta.role,
    }


def _last(numbered: Numbered, kinds: tuple[type[object], ...]) -> Recorded | None:
    return next((one for one in reversed(numbered.values()) if isinstance(one.event, kinds)), None)  # type: ignore[call-overload]


def _of(recorded: Recorded, name: str) -> Any:  # noqa: ANN401 - any field
    return getattr(recorded.event, name, None)


def _time(instant: datetime | None) -> str | None:
    return None if instant is None else rfc3339_utc(instant)
