"""When text may be erased, and what an erasure leaves. Always four eyes: nobody can bring it back, so no policy waives them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from domain.events import DomainEvent
from domain.incident import errors as err
from domain.incident import events as e
from domain.incident.holding import check_not_held
from domain.incident.state import Incident
from domain.incident.work import KIND_OF_EVENT, Proposal
from domain.retention.periods import Periods, after
from domain.time import local, rfc3339_local


def check_disposal(incident: Incident, proposed: e.DisposalProposed, now: datetime) -> None:
    """Raises `RetentionRunsError` where the ground is a retention period that has not passed, or is not told."""
    if proposed.ground != "retention_passed":
        return
    if proposed.retained_until is None:
        msg = f"{incident.reference}: say until when it had to be kept (retained_until), or state another ground"
        raise err.RetentionRunsError(msg)
    if proposed.retained_until > now:
        until = rfc3339_local(proposed.retained_until)
        msg = f"{incident.reference} is to be kept until {until}: propose it then, or state another ground"
        raise err.RetentionRunsError(msg)


def check_period(incident: Incident, closed: datetime | None, periods: Periods, now: datetime) -> None:
    """Raises `RetentionRunsError` where the period in force now has not passed since the closing.

    `retained_until` is what the proposer says; the municipality's own period (domain/retention) binds beside it.
    """
    if closed is None:
        return  # still open, and refused for that
    period = periods.of_incident(significant=incident.significant)
    due_on = after(local(closed).date(), period)
    if due_on > local(now).date():
        msg = (
            f"{incident.reference} is kept for {period} from its closing, that is until {due_on.isoformat()}:"
            " propose it then, or state another ground"
        )
        raise err.RetentionRunsError(msg)


def redact(incident: Incident, proposed: e.Redacted) -> e.Redacted:
    """With what the proposal says. Raises `NothingToApproveError`, `OwnApprovalError`, `LegalHoldError`."""
    proposal = _approved(incident, proposed.proposal_number, proposed.meta.actor, "redaction")
    told = proposal.event
    assert isinstance(told, e.RedactionProposed)  # noqa: S101 - that is what the kind says
    named = {"redacted_number": told.redacted_number, "path": told.path, "legal_basis": told.legal_basis}
    return proposed.model_copy(update={**named, "proposed_by": proposal.actor})


def dispose(incident: Incident, proposed: e.Disposed, now: datetime) -> e.Disposed:
    """With what the proposal says, as the tombstone. Raises also `RetentionRunsError`."""
    proposal = _approved(incident, proposed.proposal_number, proposed.meta.actor, "disposal")
    told = proposal.event
    assert isinstance(told, e.DisposalProposed)  # noqa: S101 - that is what the kind says
    check_disposal(incident, told, now)
    names = ("ground", "retained_until", "archive_check", "archive_reference", "legal_basis")
    dates = {name: getattr(incident, name) for name in ("reference", "detected_at", "aware_at", "handled_at", "nis2_category")}
    return proposed.model_copy(update={name: getattr(told, name) for name in names} | dates | {"proposed_by": proposal.actor})


def check_rejection(incident: Incident, rejected: e.ErasureRejected) -> None:
    """Raises `NothingToApproveError`."""
    _proposal(incident, rejected.proposal_number)


def _approved(incident: Incident, number: int, actor: str, kind: str) -> Proposal:
    proposal = _proposal(incident, number)
    check_not_held(incident)
    if proposal.kind != kind:
        step = "redact" if proposal.kind == "redaction" else "dispose"
        msg = f"number {number} of {incident.reference} proposes a {proposal.kind}: approve it with {step}"
        raise err.NothingToApproveError(msg)
    if proposal.actor == actor:
        msg = f"{actor} proposed number {number} of {incident.reference}: what cannot be undone is approved by a second person"
        raise err.OwnApprovalError(msg)
    return proposal


def _proposal(incident: Incident, number: int) -> Proposal:
    proposal = incident.work.erasures.get(number)
    if proposal is None:
        waiting = ", ".join(map(str, sorted(incident.work.erasures))) or "none"
        msg = f"{incident.reference} has no proposal to erase with number {number}; waiting: {waiting}"
        raise err.NothingToApproveError(msg)
    return proposal


def erasable(event: DomainEvent) -> tuple[str, ...]:
    """The paths of the texts that this event, opened, still has; what carries on others' texts is not a text of its own."""
    return () if isinstance(event, e.Redacted) else tuple(_paths(event))


def _paths(event: DomainEvent) -> Iterator[str]:
    for name in sorted(event.CONFIDENTIAL_FIELDS):
        value = getattr(event, name)
        if value:
            yield name
        if isinstance(value, Mapping):
            yield from (f"{name}.{key}" for key in value)


def check_erasable(incident: Incident, told: Sequence[DomainEvent], number: int, path: str) -> None:
    """`told` are the incident's events, opened. Raises `NothingToEraseError` naming what can be erased there."""
    if number > len(told):
        msg = f"{incident.reference} has {len(told)} events, none has number {number}: look at the timeline"
        raise err.NothingToEraseError(msg)
    there = erasable(told[number - 1])
    if path not in there:
        names = ", ".join(there) or "no text that can be erased"
        msg = f"number {number} of {incident.reference} has no text {path!r}; there is: {names}"
        raise err.NothingToEraseError(msg)


def rest_of(event: DomainEvent, path: str) -> dict[str, Any]:
    """The event's confidential fields without what `path` names, as they are stored."""
    told = event.model_dump(mode="json", include=set(event.CONFIDENTIAL_FIELDS), exclude_none=True)
    field, _, key = path.partition(".")
    if key:
        inner = {name: value for name, value in told.get(field, {}).items() if name != key}
        return told | {field: inner}
    return {name: value for name, value in told.items() if name != field}


def reports_of(told: Sequence[DomainEvent]) -> tuple[e.FiledReport, ...]:
    """Every statutory notice that was sent, in the order of the log. The numbers are the events'."""
    return tuple(
        e.FiledReport(
            kind=KIND_OF_EVENT[type(event)],
            number=number,
            sent_at=event.meta.occurred_at,
            filed_sha256=event.filed_sha256,
            receipt_sha256=event.receipt_sha256,
        )
        for number, event in enumerate(told, start=1)
        if isinstance(event, e.Submission)
    )


def closed_at(told: Sequence[DomainEvent]) -> datetime | None:
    """When it was closed last."""
    return next((event.meta.occurred_at for event in reversed(told) if isinstance(event, e.Closed | e.MergedInto)), None)


class Removal(NamedTuple):
    """A text that is gone from an event, and why; the reason is None once it is erased itself."""

    path: str
    legal_basis: e.LegalBasis | None
    reason: str | None


def removals(told: Sequence[DomainEvent]) -> dict[int, tuple[Removal, ...]]:
    """Number of each event of a whole history that texts were removed from, to what is gone from it."""
    found: dict[int, tuple[Removal, ...]] = {}
    for event in told:
        if isinstance(event, e.Redacted) and event.redacted_number and event.path:
            number = event.proposal_number
            reason = getattr(told[number - 1], "reason", None) if number <= len(told) else None
            removal = Removal(event.path, event.legal_basis, reason)
            found[event.redacted_number] = (*found.get(event.redacted_number, ()), removal)
    return found
