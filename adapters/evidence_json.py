"""Evidence as JSON objects, for the API and the command line. Keys are English; `number` is an event's version."""

from typing import Any

from domain.events import Recorded
from domain.incident.transitions import BY_EVENT
from domain.time import rfc3339_utc
from handlers.evidence import Evidence


def evidence_object(one: Evidence) -> dict[str, Any]:
    """What was secured, by whom and when, what it is, and its chain of custody."""
    event = one.event
    return {
        "number": one.number,
        "name": event.name,
        "sha256": event.sha256,
        "bytes": event.bytes,
        "stored": event.stored,
        "kept_at": event.kept_at,
        "media_type": event.media_type,
        "claimed_type": event.claimed_type,
        "scan": event.scan,
        "finding": event.finding,
        **_by(one.recorded),
        "custody": [_custody(each) for each in one.custody],
    }


def _custody(recorded: Recorded) -> dict[str, Any]:
    own = recorded.event.model_dump(mode="json", exclude={"meta", "sealed", "evidence_number"}, exclude_none=True)
    return {"number": recorded.version, "step": BY_EVENT[type(recorded.event)].step, **_by(recorded), **own}


def _by(recorded: Recorded) -> dict[str, Any]:
    meta = recorded.event.meta
    return {
        "actor": meta.actor,
        "on_behalf_of": meta.on_behalf_of,
        "occurred_at": rfc3339_utc(meta.occurred_at),
        "recorded_at": rfc3339_utc(recorded.recorded_at),
    }
