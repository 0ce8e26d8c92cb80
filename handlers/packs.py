"""What is recorded of emergency packs: each function is one unit of work."""

import hashlib
from collections.abc import Sequence

from pydantic import ValidationError

from domain.events import Recorded
from domain.pack import PACKS, PackEvent, PackMissed, PackReleased, Packs, decide, evolve, replay
from domain.time import rfc3339_utc
from handlers.history import History
from handlers.outbox import PACK_MISSED, PackLapse
from handlers.requests import InvalidFieldsError, Origin, StepRequest, meta_of
from handlers.unit_of_work import UnitOfWork


def read_packs(history: History) -> Packs:
    """What is on record, its text opened."""
    return replay(one.event for one in history.read_stream(PACKS))


def releases_of(history: History) -> Sequence[tuple[Recorded, PackReleased]]:
    """Who got which pack and why, the newest first."""
    told = history.read_stream(PACKS)
    return [(one, one.event) for one in reversed(told) if isinstance(one.event, PackReleased)]


def lapse_of(event: PackMissed, *, demo: bool) -> PackLapse:
    """The message about one lapse."""
    since = rfc3339_utc(event.since) if event.since else "never"
    told = hashlib.sha256(f"{PACK_MISSED}\n{event.problem}\n{since}".encode()).hexdigest()[:32]
    return PackLapse(id=told, problem=event.problem, since=event.since, noted_at=event.meta.occurred_at, demo=demo)


def record(uow: UnitOfWork, proposed: PackEvent) -> int:
    """Record it; the position of the event, 0 when there was nothing to record. Raises `ReasonMissingError`."""
    packs = replay(one.event for one in uow.history(PACKS))
    events = decide(packs, proposed)
    for event in events:
        packs = evolve(packs, event)
    return uow.append(PACKS, events, expected=packs.version - len(events)) if events else 0


def released(name: str, manifest_sha256: str, recipient: str | None, reason: str | None, origin: Origin) -> PackReleased:
    """A pack goes to somebody. Raises `InvalidFieldsError`."""
    try:
        return PackReleased(
            meta=meta_of(StepRequest(), origin),
            name=name,
            manifest_sha256=manifest_sha256,
            recipient=recipient or None,
            reason=reason or None,
        )
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error
