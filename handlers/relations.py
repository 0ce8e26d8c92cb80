"""Incidents that turn out to be one, or two, or another entity's too: several streams, one unit of work, honest clocks."""

from dataclasses import replace
from uuid import UUID

from domain.events import Meta
from domain.incident import events as e
from domain.incident.errors import ExerciseMixedError, IncidentAlreadyClosedError, OtherEntityError, SameEntityError
from domain.incident.state import Incident, Status
from handlers.commands import Done, check_seen, incident_of, record
from handlers.unit_of_work import UnitOfWork

Relating = e.MergedInto | e.Split | e.SharedWith


def relate(uow: UnitOfWork, incident_id: UUID, proposed: Relating, *, expected: int | None = None) -> Done:
    """Take a step that touches two incidents; what it led to on the first one, at the last position of both.

    Raises what `take_step` raises, and see the three below.
    """
    check_seen(incident_of(uow, incident_id), expected)
    match proposed:
        case e.MergedInto():
            return merge(uow, incident_id, proposed)
        case e.Split():
            return split(uow, incident_id, proposed)
        case e.SharedWith():
            return share(uow, incident_id, proposed)


def merge(uow: UnitOfWork, incident_id: UUID, proposed: e.MergedInto) -> Done:
    """The incident ends in another one, which takes over the earliest start of each clock, and what was sent.

    Raises what deciding raises, `IncidentAlreadyClosedError` when the other one is closed, `OtherEntityError` when it is
    another reporting entity's, and `ExerciseMixedError` when one of them is an exercise.
    """
    target, before = incident_of(uow, proposed.into), incident_of(uow, incident_id)
    _check_alike(before, target)
    if target.status is Status.CLOSED and target.id != incident_id:
        msg = f"{target.reference} is closed: reopen it before {before.reference} is merged into it"
        raise IncidentAlreadyClosedError(msg)
    done = record(uow, incident_id, before, proposed)
    inherited = record(uow, proposed.into, target, _clocks_of(before, "merged", proposed.meta))
    return done._replace(position=inherited.position)


def _check_alike(one: Incident, other: Incident) -> None:
    if one.entity != other.entity:
        msg = f"{one.reference} is {one.entity}'s and {other.reference} is {other.entity}'s: each owes its own, keep both"
        raise OtherEntityError(msg)
    if one.exercise != other.exercise:
        played, real = (one, other) if one.exercise else (other, one)
        msg = f"{played.reference} is an exercise and {real.reference} is real: they cannot be one"
        raise ExerciseMixedError(msg)


def split(uow: UnitOfWork, incident_id: UUID, proposed: e.Split) -> Done:
    """A part goes on as an incident of its own under the next reference, with the clocks that ran already."""
    before = incident_of(uow, incident_id)
    done = record(uow, incident_id, before, proposed)
    other = _open_beside(uow, before, proposed)
    inherited = record(uow, proposed.into, other.incident, _clocks_of(before, "split", proposed.meta))
    return done._replace(position=inherited.position)


def share(uow: UnitOfWork, incident_id: UUID, proposed: e.SharedWith) -> Done:
    """Another entity gets an incident of its own, unassessed: knowledge of significance is each entity's own.

    Raises `SameEntityError`, `UnknownEntityError`.
    """
    before = incident_of(uow, incident_id)
    if proposed.entity == before.entity:
        msg = f"{before.reference} is {before.entity}'s already: name another reporting entity"
        raise SameEntityError(msg)
    done = record(uow, incident_id, before, proposed)
    other = _open_beside(uow, before, proposed)
    return done._replace(position=other.position)


NEW_INCIDENT = {"split": "into", "share": "incident"}
"""Steps that begin another incident, and the field that names it."""


def _open_beside(uow: UnitOfWork, beside: Incident, proposed: e.Split | e.SharedWith) -> Done:
    if isinstance(proposed, e.Split):
        new_id, entity, title = proposed.into, beside.entity, proposed.title
    else:
        new_id, entity, title = proposed.incident, proposed.entity, beside.title
    reported = e.Reported(
        meta=proposed.meta,
        reference=uow.take_reference(entity, new_id),
        entity=entity,
        severity=beside.severity,
        kind=beside.kind,
        detected_at=beside.detected_at,
        services=beside.services if entity == beside.entity else (),
        components=beside.components,
        administration=beside.administration if entity == beside.entity else None,
        trust_service=beside.trust_service,
        exercise=beside.exercise,
        from_incident=beside.id,
        title=title,
        description=beside.description,
        place=beside.place,
    )
    return record(uow, new_id, None, reported)


def _clocks_of(incident: Incident, relation: str, meta: Meta) -> e.ClocksInherited:
    # What a second person owes an approval stays with the incident on which it was done.
    own = {"approval", "second_approval"}
    kept = replace(
        incident,
        sent={kind: at for kind, at in incident.sent.items() if kind not in own},
        triggers={kind: at for kind, at in incident.triggers.items() if kind not in own},
        dues={kind: at for kind, at in incident.dues.items() if kind not in {*own, "internal_assessment"}},
    )
    return e.ClocksInherited.model_validate(
        {
            "meta": meta,
            "other": kept.id,
            "relation": relation,
            "significant": kept.significant,
            "nis2_category": kept.nis2_category,
            "detected_at": kept.detected_at,
            "aware_at": kept.aware_at if kept.significant else None,
            "sent": kept.sent,
            "triggers": kept.triggers,
            "dues": kept.dues,
            "components": kept.components if relation == "merged" else (),
        }
    )
