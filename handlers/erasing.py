"""Proposing and approving that text goes for good: what the decision needs to read beside the incident's state."""

from collections.abc import Sequence
from uuid import UUID

from domain.events import DomainEvent
from domain.incident import events as e
from domain.incident.erasing import check_erasable, check_period, closed_at, reports_of, rest_of
from domain.incident.state import Incident
from domain.time import local
from handlers.commands import Done, check_seen, incident_of, record
from handlers.unit_of_work import UnitOfWork

Erasing = e.RedactionProposed | e.Redacted | e.DisposalProposed | e.Disposed


def erase(uow: UnitOfWork, incident_id: UUID, proposed: Erasing, *, expected: int | None = None) -> Done:
    """Record the step, or raise the domain's named refusal. The text itself goes once this is committed."""
    incident = incident_of(uow, incident_id)
    check_seen(incident, expected)
    told = [recorded.event for recorded in uow.history(incident_id)]
    match proposed:
        case e.RedactionProposed():
            check_erasable(incident, told, proposed.redacted_number, proposed.path)
        case e.Redacted():
            waiting = incident.work.erasures.get(proposed.proposal_number)
            if waiting is not None and isinstance(waiting.event, e.RedactionProposed):
                number, path = waiting.event.redacted_number, waiting.event.path
                # Asked again: two proposals may name the same text.
                check_erasable(incident, told, number, path)
                kept, digest = rest_of(told[number - 1], path), uow.state_sha256(incident_id, number)
                proposed = proposed.model_copy(update={"kept": kept, "redacted_sha256": digest})
        case e.DisposalProposed():
            _check_period(uow, incident, told, proposed)
        case e.Disposed():
            # Asked again: the periods, the judgement and the closing may have changed since it was proposed.
            waiting = incident.work.erasures.get(proposed.proposal_number)
            if waiting is not None and isinstance(waiting.event, e.DisposalProposed):
                _check_period(uow, incident, told, waiting.event)
            left = {"reports": reports_of(told), "closed_at": closed_at(told)}
            proposed = proposed.model_copy(update=left)
    return record(uow, incident_id, incident, proposed)


def _check_period(uow: UnitOfWork, incident: Incident, told: Sequence[DomainEvent], proposal: e.DisposalProposed) -> None:
    if proposal.ground == "retention_passed":
        periods = uow.retention().on(local(uow.recorded_at).date()).periods
        check_period(incident, closed_at(told), periods, uow.recorded_at)
