"""The catalogue made what a file says: what differs is seen first, and recorded all of it or none."""

from uuid import UUID

from domain.catalogue import events as e
from domain.catalogue.configuration import Proposals
from domain.catalogue.state import CatalogueObject, evolve
from domain.events import Recorded
from handlers.catalogue import Change, Changed, change_all
from handlers.desk import Desk
from handlers.history import History

CHUNK = 1000


def states(history: History, *, upto: int | None = None) -> dict[UUID, CatalogueObject]:
    """Every object as it stands, or as of position `upto`, its text opened: one pass over the catalogue's events."""
    found, after = dict[UUID, CatalogueObject](), 0
    while events := history.read(after, CHUNK, upto=upto, opened=True, topics=sorted(e.OBJECT_TOPICS)):
        for one in events:
            after = one.position
            found[one.aggregate_id] = _evolved(found, one)
    return found


def _evolved(found: dict[UUID, CatalogueObject], one: Recorded) -> CatalogueObject:
    event = one.event
    assert isinstance(event, e.ObjectEvent)  # noqa: S101 - only their topics were read
    return evolve(found.get(one.aggregate_id), one.aggregate_id, event)


async def configure(desk: Desk, proposed: Proposals) -> list[Changed]:
    """Record what was proposed, all of it or none; durable on return. What was recorded of each object that changed.

    Raises the domain's named refusals, and `ConflictError` when an object is no longer what the proposals were made from.
    """
    first = dict(proposed.versions)
    # An object's own changes raise its version: only the first of them can meet the one that was seen.
    changes = [Change(one, event, first.pop(one, None)) for one, event in proposed.events]
    return await desk.committer.submit(lambda uow: change_all(uow, changes)) if changes else []
