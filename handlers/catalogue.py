"""What people and imports do to the catalogue: one object's change, many changes at once, the approval of the list."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, cast
from uuid import UUID

from domain.catalogue import events as e
from domain.catalogue.board import ListApproved, ListedService, approve
from domain.catalogue.kinds import Kind
from domain.catalogue.state import CatalogueObject, evolve, replay
from domain.catalogue.steps import decide
from domain.errors import ConflictError
from handlers.unit_of_work import UnitOfWork


class Changed(NamedTuple):
    """What a change led to. `position` is the last one stored; without a change there are no events and it is 0."""

    object: CatalogueObject
    position: int
    events: tuple[e.ObjectEvent, ...]


class Change(NamedTuple):
    """One proposed event of one object. `expected` is the version that the person saw; None: whatever is known now."""

    object_id: UUID
    event: e.ObjectEvent
    expected: int | None = None


def change(uow: UnitOfWork, proposed: Change) -> Changed:
    """Record one change, or raise the domain's named refusal, or `ConflictError` when somebody else wrote since."""
    (changed,) = change_all(uow, [proposed])
    return changed


def change_all(uow: UnitOfWork, proposed: Iterable[Change]) -> list[Changed]:
    """Record many changes in their order, all of them or none: a tie may name what was registered before it.

    Each object is read once and written once, so that thousands cost as many looks as there are objects.
    """
    known: dict[UUID, CatalogueObject | None] = {}
    before: dict[UUID, int] = {}
    written: dict[UUID, list[e.ObjectEvent]] = {}
    four_eyes = uow.organisation().authority("", None).policy.four_eyes

    def find(object_id: UUID) -> CatalogueObject | None:
        if object_id not in known:
            found = replay(object_id, (one.event for one in uow.history(object_id)))
            known[object_id], before[object_id] = found, found.version if found else 0
        return known[object_id]

    for one in proposed:
        current = find(one.object_id)
        _check_seen(current, one)
        other = _kind(find(one.event.to)) if isinstance(one.event, e.Tied) else None
        for event in decide(current, one.event, other=other, four_eyes=four_eyes):
            known[one.object_id] = current = evolve(current, one.object_id, event)
            written.setdefault(one.object_id, []).append(event)
        if current is not None:
            written.setdefault(one.object_id, [])
    return [
        Changed(
            cast("CatalogueObject", known[object_id]),
            uow.append(object_id, events, expected=before[object_id]) if events else 0,
            tuple(events),
        )
        for object_id, events in written.items()
    ]


def _kind(known: CatalogueObject | None) -> Kind | None:
    return None if known is None else known.kind


def _check_seen(known: CatalogueObject | None, one: Change) -> None:
    version = known.version if known else 0
    if one.expected is not None and one.expected != version:
        name = known.facts.name if known else "it"
        msg = f"{name} is at version {version}, you saw {one.expected}: look at what is new and decide again"
        raise ConflictError(msg)


def approve_list(
    uow: UnitOfWork, proposed: ListApproved, listed: Callable[[], Sequence[ListedService]]
) -> tuple[ListApproved, int]:
    """Record that the executive board approved the list. `listed` reads it as it stands, within this unit of work.

    Raises `ListChangedError` when it is no longer the list that was seen.
    """
    earlier = uow.version(e.CATALOGUE)
    approvals = sum(isinstance(one.event, ListApproved) for one in uow.history(e.CATALOGUE))
    events = approve(approvals, proposed, listed())
    return events[0], uow.append(e.CATALOGUE, events, expected=earlier)
