"""Periods, what is due and what was let go as JSON values."""

from typing import Any

from domain.retention.periods import ENDS
from domain.retention.state import InForce
from handlers.retention import Changed
from handlers.retention_due import Due


def periods_object(one: InForce) -> dict[str, Any]:
    """The number, the day they hold from (null: from the beginning), and each period with who ends it."""
    return {
        "number": one.number,
        "effective_from": None if one.effective_from is None else one.effective_from.isoformat(),
        "periods": one.periods.model_dump(),
        "ended_by": {kind: ends.value for kind, ends in ENDS.items()},
    }


def changed_object(done: Changed) -> dict[str, Any]:
    """Version, position, and the number of the periods that were decided last; changed is false when all was so already."""
    return {
        "version": done.retention.version,
        "position": done.position,
        "number": done.retention.versions[-1].number,
        "changed": bool(done.events),
    }


def due_object(due: Due) -> dict[str, Any]:
    """See `Due`; days are Copenhagen's. `dead_letters` is null when NATS did not answer."""
    return {
        "on": due.on.isoformat(),
        "number": due.number,
        "incidents": [
            {
                "ref": one.reference,
                "closed_on": one.closed_on.isoformat(),
                "due_on": one.due_on.isoformat(),
                "significant": one.significant,
                "held": one.held,
            }
            for one in due.incidents
        ],
        "payloads": [
            {"month": one.month, "what": one.what, "due_on": one.due_on.isoformat(), "kept_by": list(one.kept_by)}
            for one in due.payloads
        ],
        "dead_letters": due.dead_letters,
    }
