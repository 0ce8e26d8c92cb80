"""What people do to the ledger: adopt another key, and let it go on after something was found to differ. Both are events."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from domain.errors import RefusedError
from domain.events import DomainEvent
from domain.incident.errors import ReasonMissingError
from domain.ledger.entry import leaf_of
from domain.ledger.events import LEDGER, CheckpointKeyAdopted, DifferencesSettled
from handlers.checkpoints import Checkpoints
from handlers.ledger_tables import Difference, Differs, Signed
from handlers.requests import Origin, StepRequest, meta_of
from handlers.unit_of_work import Committer, UnitOfWork


class StillDiffersError(RefusedError):
    """The store or a checkpoint still differs from the ledger: that must be mended, and cannot be settled."""

    code = "still-differs"


class Rotated(NamedTuple):
    """`vkey` signs the trees that hold the event at `position`, beginning with `signed`."""

    vkey: str
    follows: str
    position: int
    signed: Signed


async def rotate_key(checkpoints: Checkpoints, committer: Committer, reason: str | None, origin: Origin) -> Rotated:
    """Adopt a new key. Raises `ReasonMissingError`, `VersionConflictError` when somebody else does too, and as `make` does."""
    meta, told = meta_of(StepRequest(), origin), _reason(reason)
    version = len(checkpoints.history.read_stream(LEDGER))
    # Durable before the event: dying in between leaves a key that the next attempt adopts, and the one in force signs on.
    follows = (await asyncio.to_thread(checkpoints.begin))[-1].vkey
    vkey = (await asyncio.to_thread(checkpoints.signing_keys.prepare)).key.vkey
    event = CheckpointKeyAdopted(meta=meta, vkey=vkey, follows=follows, reason=told)
    position = await committer.submit(partial(_append, events=[event], expected=version))
    # In force from here on: dying now, whoever signs next finds the new key beside the old one and puts it in its place.
    made = await asyncio.to_thread(checkpoints.make)
    assert made is not None  # noqa: S101 - the log holds the event just appended
    return Rotated(vkey, follows, position, made.signed)


async def settle_differences(
    checkpoints: Checkpoints, committer: Committer, reason: str | None, origin: Origin
) -> list[Difference]:
    """A person has looked, and the ledger goes on with what the store has; returns what was settled, none if there is nothing.

    Raises `ReasonMissingError`, and `StillDiffersError` while the store or a checkpoint is not what the ledger says.
    """
    told, found = _reason(reason), checkpoints.tables.open_differences()
    if not found:
        return []
    for difference in found:
        await asyncio.to_thread(_check, checkpoints, difference)
    version = len(checkpoints.history.read_stream(LEDGER))
    positions = tuple(sorted({difference.position for difference in found}))
    event = DifferencesSettled(meta=meta_of(StepRequest(), origin), positions=positions, reason=told)
    # First the record of who did it: dying before the next line, it is done once more and recorded twice.
    await committer.submit(partial(_append, events=[event], expected=version))
    checkpoints.tables.settle(found)
    return found


def _append(uow: UnitOfWork, events: Sequence[DomainEvent], expected: int) -> int:
    return uow.append(LEDGER, events, expected=expected)


def _reason(reason: str | None) -> str:
    if not (reason or "").strip():
        msg = "reason: say why; whoever checks the ledger later must be able to follow it"
        raise ReasonMissingError(msg)
    return str(reason)


def _check(checkpoints: Checkpoints, difference: Difference) -> None:
    position, ledger = difference.position, checkpoints.ledger
    if difference.differs is Differs.SIGNED:
        same = position <= ledger.size() and ledger.root_at(position) == difference.leaf
        same = same or checkpoints.agrees()
    elif 1 <= position <= ledger.size():
        rows = checkpoints.history.rows(position - 1, 1, upto=position)
        same = bool(rows) and leaf_of(rows[0]) == ledger.leaf(position)
    else:
        # Not entered yet: the store alone will say what is.
        same = difference.differs is Differs.DELIVERED
    if not same:
        msg = (
            f"event {position} is not in the store as the ledger has it: restore the store from a backup first, then settle"
            if difference.differs is not Differs.SIGNED
            else f"a signed checkpoint of {position} events is not of this ledger: find the database or the file it belongs to"
        )
        raise StillDiffersError(msg)
