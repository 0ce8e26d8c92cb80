"""The offline emergency pack (nødpakke): what is on record of those that were made, released, and missed. R179, R181, R198.

The pack itself is files; here is only that it was made, as of which position, with which bytes, and who got it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, assert_never, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, NonNegativeInt

from domain.events import Confidential, DomainEvent
from domain.incident.errors import ReasonMissingError
from domain.incident.events import Line, Name, Sha256, Text

PACKS: UUID = uuid5(NAMESPACE_URL, "https://sporlog.dk/packs")
"""The one stream of it: the same in every installation."""

OVERDUE_AFTER = timedelta(hours=26)
"""A pack a day, and two hours for a machine that was slow or restarted."""


class PackProblem(StrEnum):
    """What keeps the house from having a fresh pack."""

    TOO_OLD = "too_old"
    """The newest whole one is older than `OVERDUE_AFTER`, or there is none."""
    DRIVE_MISSING = "drive_missing"
    """The directory or drive that packs are written to is not there."""


class PackMade(DomainEvent):
    """A pack is on its drive, whole: `meta.occurred_at` is when it was begun."""

    TOPIC: ClassVar[str] = "pack.made.1"

    name: Name
    """Of its folder, the local time of its beginning: 2026-11-29T0600."""
    manifest_sha256: Sha256
    position: NonNegativeInt
    """Every event up to here is told of in it."""
    files: NonNegativeInt
    bytes: NonNegativeInt
    encrypted: bool
    """Its papers too can be read with a recipient's key only."""
    with_backup: bool
    """The encrypted backup is in it, from which another machine goes on."""


class PackReleased(DomainEvent):
    """A pack was given to somebody outside the few who may open it: to whom and why."""

    TOPIC: ClassVar[str] = "pack.released.1"

    name: Name
    manifest_sha256: Sha256
    recipient: Confidential[Line] = None
    reason: Confidential[Text] = None


class PackMissed(DomainEvent):
    """The house has had no fresh pack for too long. Each lapse is noted once."""

    TOPIC: ClassVar[str] = "pack.missed.1"

    problem: PackProblem
    since: AwareDatetime | None = None
    """When the newest whole one was made; None: none was ever seen."""


PackEvent = PackMade | PackReleased | PackMissed


@dataclass(frozen=True, slots=True)
class Packs:
    """The state that `evolve` makes."""

    version: int = 0
    newest: PackMade | None = None
    missed: PackMissed | None = None
    """The lapse that was noted last; None once a pack was made since."""


def decide(packs: Packs, proposed: PackEvent) -> tuple[PackEvent, ...]:
    """The events to record; none for a lapse that is on record. Raises `ReasonMissingError` for a release without a reason.

    A release of a pack that this log does not know is recorded: what left the house has left it.
    """
    match proposed:
        case PackMade():
            return (proposed,)
        case PackReleased():
            for field in ("recipient", "reason"):
                if not (getattr(proposed, field) or "").strip():
                    msg = f"{field}: say to whom the pack goes and why; it holds what few may read"
                    raise ReasonMissingError(msg)
            return (proposed,)
        case PackMissed():
            known = packs.missed
            same = known is not None and (known.problem, known.since) == (proposed.problem, proposed.since)
            return () if same else (proposed,)
        case _:
            assert_never(proposed)


def evolve(packs: Packs, event: PackEvent) -> Packs:
    """Apply one recorded event."""
    changed = replace(packs, version=packs.version + 1)
    match event:
        case PackMade():
            return replace(changed, newest=event, missed=None)
        case PackReleased():
            return changed
        case PackMissed():
            return replace(changed, missed=event)
        case _:
            assert_never(event)


def replay(events: Iterable[DomainEvent]) -> Packs:
    """Fold a stream from its beginning."""
    packs = Packs()
    for event in events:
        packs = evolve(packs, cast("PackEvent", event))
    return packs


def problem_of(newest_at: datetime | None, now: datetime, *, drive: bool) -> PackProblem | None:
    """What is wrong at `now`, if anything. `newest_at` is when the newest whole pack was made; both aware."""
    if not drive:
        return PackProblem.DRIVE_MISSING
    return PackProblem.TOO_OLD if newest_at is None or now - newest_at > OVERDUE_AFTER else None
