"""When a hold may be placed and lifted, and what it forbids."""

from domain.incident import errors as err
from domain.incident import events as e
from domain.incident.state import Incident
from domain.time import rfc3339_local


def check_hold(incident: Incident, proposed: e.HoldPlaced | e.HoldLifted) -> None:
    """Raises `AlreadyHeldError`, `NotHeldError`."""
    if isinstance(proposed, e.HoldPlaced) and incident.held_at is not None:
        msg = f"{incident.reference} is held since {rfc3339_local(incident.held_at)}: add a note if there is one more reason"
        raise err.AlreadyHeldError(msg)
    if isinstance(proposed, e.HoldLifted) and incident.held_at is None:
        msg = f"{incident.reference} has no legal hold to lift"
        raise err.NotHeldError(msg)


def check_not_held(incident: Incident) -> None:
    """Whoever erases or disposes of anything of the incident asks this first. Raises `LegalHoldError`."""
    if incident.held_at is not None:
        msg = (
            f"{incident.reference} has a legal hold since {rfc3339_local(incident.held_at)}: nothing of it is erased before"
            " `lift-hold` is recorded with its reason"
        )
        raise err.LegalHoldError(msg)
