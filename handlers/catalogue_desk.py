"""What every surface offers people who keep the catalogue: one act on one object, and the approval of the list."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection

from domain.catalogue import events as e
from domain.catalogue.board import ListApproved, ListedService, critical_list
from domain.catalogue.errors import UnknownObjectError
from domain.catalogue.kinds import PlanFacts
from domain.catalogue.landscape import Landscape
from domain.catalogue.state import CatalogueObject, replay
from domain.errors import UnavailableError
from domain.events import Recorded
from handlers.catalogue import Change, Changed, approve_list, change
from handlers.catalogue_requests import parse_act, to_act
from handlers.desk import Desk
from handlers.history import History
from handlers.requests import InvalidFieldsError, Origin
from handlers.unit_of_work import UnitOfWork
from projections.catalogue import landscape, position

Tables = Callable[[], AbstractContextManager[Connection]]


async def act_on(
    desk: Desk, act: str, fields: Mapping[str, Any], origin: Origin, *, seen: Landscape, object_id: UUID | None = None
) -> Changed:
    """Record an act on an object; `register` makes one. Durable on return.

    `seen` tells which object a name means. Raises `InvalidFieldsError`, `OtherActorError`, `UnknownObjectError`,
    `AmbiguousObjectError`, the domain's refusals, `ConflictError`, `UnavailableError`.
    """
    request = parse_act(act, fields, seen.one_named)
    desk.check_actor(request.actor)
    event = cast("e.ObjectEvent", to_act(act, request, origin))
    one = e.object_id(event.facts.kind, event.facts.name) if isinstance(event, e.Registered) else object_id
    assert one is not None, "only registering makes the object's id"  # noqa: S101 - a defect of the surface
    proposed = Change(one, event, request.expected_version)
    return await desk.committer.submit(partial(_change, proposed=proposed))


def _change(uow: UnitOfWork, proposed: Change) -> Changed:
    event = proposed.event
    if isinstance(event, e.Registered | e.Described) and isinstance(event.facts, PlanFacts):
        known = replay(proposed.object_id, (one.event for one in uow.history(proposed.object_id)))
        proposed = proposed._replace(event=_with_its_file(event, known))
    return change(uow, proposed)


def _with_its_file(told: e.Registered | e.Described, known: CatalogueObject | None) -> e.ObjectEvent:
    """A plan keeps the file that it has: only attaching one names its hash, after the file is there."""
    assert isinstance(told.facts, PlanFacts)  # noqa: S101 - the caller looked
    held = known.facts if known is not None and isinstance(known.facts, PlanFacts) else PlanFacts(name=told.facts.name)
    of_the_file = {name: getattr(held, name) for name in PlanFacts.OF_THE_FILE}
    if told.facts.sha256 not in (None, held.sha256):
        raise InvalidFieldsError("facts.sha256: comes with the plan's file, attach that instead")
    return told.model_copy(update={"facts": told.facts.model_copy(update=of_the_file)})


def history_of(history: History, one: UUID, *, upto: int | None = None) -> list[Recorded]:
    """An object's events with their text opened, as of position `upto`; empty for an unknown id."""
    return [each for each in history.read_stream(one, upto=upto) if each.topic in e.OBJECT_TOPICS]


def object_of(history: History, one: UUID, *, upto: int | None = None) -> CatalogueObject:
    """An object as it stands, or as of position `upto`, its text opened. Raises `UnknownObjectError`."""
    known = replay(one, (each.event for each in history_of(history, one, upto=upto)))
    if known is None:
        raise UnknownObjectError(f"the catalogue holds no object {one}")
    return known


async def approve_critical(desk: Desk, fields: Mapping[str, Any], origin: Origin, tables: Tables) -> tuple[ListApproved, int]:
    """Record that the executive board approved the list that was seen; the approval and its position. Durable on return.

    Raises `InvalidFieldsError`, `OtherActorError`, `ListChangedError`, `UnavailableError`.
    """
    request = parse_act("approve-list", fields, UUID)
    desk.check_actor(request.actor)
    proposed = cast("ListApproved", to_act("approve-list", request, origin))
    return await desk.committer.submit(lambda uow: approve_list(uow, proposed, partial(critical_now, desk.history, tables)))


def critical_now(history: History, tables: Tables) -> tuple[ListedService, ...]:
    """The list as the log has it. Called under the write lock, nothing comes between it and what is then recorded.

    What other units of the same transaction change is not in it: the approval then stands before them, as if it had come first.
    Raises `UnavailableError` while the tables have not caught up with the log.
    """
    with tables() as connection:
        at, nodes = position(connection), landscape(connection).nodes
    if history.read(at, 1, topics=sorted(e.OBJECT_TOPICS)):
        raise UnavailableError("the catalogue's tables are behind the log: wait a moment, read the list again, then approve")
    return critical_list(nodes.values())
