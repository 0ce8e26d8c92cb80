"""What is recorded of emergency packs: each function is one unit of work."""

from collections.abc import Sequence

from pydantic import ValidationError

from domain.events import Recorded
from domain.pack import PACKS, PackEvent, PackReleased, Packs, decide, evolve, replay
from handlers.history import History
from handlers.requests import InvalidFieldsError, Origin, StepRequest, meta_of
from handlers.unit_of_work import UnitOfWork


def read_packs(history: History) -> Packs:
    """What is on record, its text opened."""
    return replay(one.event for one in history.read_stream(PACKS))


def releases_of(history: History) -> Sequence[tuple[Recorded, PackReleased]]:
    """Who got which pack and why, the newest first."""
    told = history.read_stream(PACKS)
    return [(one, one.event) for one in reversed(told) if isinstance(one.event, PackReleased)]


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
