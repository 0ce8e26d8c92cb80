"""What people and systems do to incidents: load, let the domain decide, store. Each function is one unit of work."""

from collections.abc import Callable
from typing import NamedTuple, cast
from uuid import UUID

from domain.errors import ConflictError, NotFoundError
from domain.incident.events import IncidentEvent, Reported
from domain.incident.evolve import replay
from domain.incident.state import Incident, Status
from domain.incident.steps import decide
from handlers.unit_of_work import UnitOfWork


class Done(NamedTuple):
    """What a step led to. `position` is the last one stored; an unchanged incident has no events."""

    incident: Incident
    position: int
    events: tuple[IncidentEvent, ...]


def report(uow: UnitOfWork, incident_id: UUID, entity: str, make: Callable[[str], Reported]) -> Done:
    """Open an incident under the entity's next reference, which `make` puts into the event."""
    before = uow.incident(incident_id)
    proposed = make(uow.take_reference(entity, incident_id) if before is None else before.reference)
    return record(uow, incident_id, before, proposed)


def take_step(uow: UnitOfWork, incident_id: UUID, proposed: IncidentEvent, *, expected: int | None = None) -> Done:
    """Record a step, or raise the domain's named refusal.

    `expected` is the version that the person saw; when somebody else has written since, the step is a `ConflictError` instead
    of a decision on stale ground. None means: whatever is known now.
    """
    incident = incident_of(uow, incident_id)
    check_seen(incident, expected)
    return record(uow, incident_id, incident, proposed)


def incident_of(uow: UnitOfWork, incident_id: UUID) -> Incident:
    """The incident as it stands. Raises `NotFoundError`."""
    incident = uow.incident(incident_id)
    if incident is None:
        msg = f"there is no incident {incident_id}: check the reference"
        raise NotFoundError(msg)
    return incident


def check_seen(incident: Incident, expected: int | None) -> None:
    """Raises `ConflictError` when somebody else has written since."""
    if expected is not None and expected != incident.version:
        msg = f"{incident.reference} is at version {incident.version}, you saw {expected}: look at what is new and decide again"
        raise ConflictError(msg)


def record(uow: UnitOfWork, incident_id: UUID, before: Incident | None, proposed: IncidentEvent) -> Done:
    """Let the domain decide under the entity's policy, and append. Raises what `decide` raises."""
    of = before or cast("Reported", proposed)
    authority = uow.organisation().authority(of.entity, of.administration)
    events = decide(before, proposed, now=uow.recorded_at, authority=authority)
    version = before.version if before else 0
    position = uow.append(incident_id, events, expected=version) if events else 0
    after = replay(incident_id, events, before)
    assert after is not None, "deciding on no incident gives Reported, or refuses"  # noqa: S101 - a defect in the domain
    if before is None or open_on(before) != open_on(after):
        uow.set_open_components(incident_id, open_on(after))
    return Done(after, position, events)


def open_on(incident: Incident) -> tuple[str, ...]:
    """The components whose alerts belong to this incident: none once it is closed."""
    return () if incident.status is Status.CLOSED else incident.components
