"""The files of emergency plans: they lie with the evidence, sealed under the plan's own key, and the plan names their hash.

What a plan said once stays there with its hash in the plan's history: a replay shows what people had in their hands that night.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from domain.catalogue.errors import UnknownObjectError
from domain.catalogue.events import Described
from domain.catalogue.kinds import PlanFacts
from domain.catalogue.state import CatalogueObject, replay
from domain.errors import InvalidInputError, NotFoundError, RefusedError
from domain.evidence_types import type_of
from handlers.catalogue import Change, Changed, change
from handlers.catalogue_desk import object_of
from handlers.catalogue_requests import parse_act
from handlers.desk import Desk
from handlers.evidence import EvidenceRoom, Scan, Sending, check_size, check_told, receive
from handlers.evidence_store import Incoming
from handlers.requests import Origin, meta_of
from handlers.unit_of_work import UnitOfWork


class NotAPlanError(InvalidInputError):
    """Only emergency plans have a file."""

    code: ClassVar[str] = "not-a-plan"


class NoPlanFileError(NotFoundError):
    """The plan is in the catalogue, without a file."""

    code: ClassVar[str] = "no-plan-file"


class InfectedPlanError(RefusedError):
    """The scanner found malware in it: what people open in a crisis is not kept so."""

    code: ClassVar[str] = "plan-infected"


class PlanFile(NamedTuple):
    """A plan's file: its facts, and its content in pieces."""

    facts: PlanFacts
    content: Iterator[bytes]


async def attach_plan(
    desk: Desk,
    room: EvidenceRoom,
    plan: UUID,
    sending: Sending,
    content: AsyncIterator[bytes],
    *,
    dated: date,
    origin: Origin,
) -> Changed:
    """Keep the file, and record that the plan is this one from now on. `sending.fields` say why and who.

    Durable on return, the file before the event that names it; the same file and day again change nothing. Raises
    `UnknownObjectError`, `NotAPlanError`, `InvalidFieldsError`, `OtherActorError`, `EvidenceTooLargeError`,
    `EmptyEvidenceError`, `DigestMismatchError`, `InfectedPlanError`, `UnavailableError`, and the domain's refusals: then
    nothing was kept.
    """
    known = plan_of(desk, plan)
    # Read before the first byte is taken.
    request = parse_act("change", {**sending.fields, "facts": known.facts.model_dump()}, UUID)
    desk.check_actor(request.actor)
    check_size(sending.length or 0, room.limits.file, room.limits)
    incoming = await asyncio.to_thread(room.store.receive, plan)
    try:
        received = await receive(incoming, content, room.limits.file, room.limits)
        check_told(received, sending)
        scan = await room.scanner.scan(incoming.read()) if room.scanner else Scan("unscanned")
        if scan.result == "infected":
            raise InfectedPlanError(f"malware in the plan's file: {scan.finding}; it was not kept")
        told = {"dated": dated, "sha256": received.sha256, "bytes": received.size, "media_type": type_of(received.head)}
        event = {"meta": meta_of(request, origin), "reason": getattr(request, "reason")}  # noqa: B009 - of a model that is made
        return await desk.committer.submit(
            partial(_record, plan=plan, facts=told, event=event, incoming=incoming, expected=request.expected_version)
        )
    finally:
        incoming.discard()


def _record(
    uow: UnitOfWork,
    *,
    plan: UUID,
    facts: Mapping[str, Any],
    event: Mapping[str, Any],
    incoming: Incoming,
    expected: int | None,
) -> Changed:
    # Under the write lock: what somebody else changed in the plan meanwhile stays.
    known = _plan(plan, replay(plan, (one.event for one in uow.history(plan))))
    told = known.facts.model_copy(update=dict(facts))
    proposed = Described(facts=told, description=known.description, contact=known.contact, **event)
    done = change(uow, Change(plan, proposed, expected))
    # Last of the unit, before its commit: whatever dies from here on leaves at most a file that no event names, never an event
    # without its file. `sporlog evidence tidy` removes such files under this same lock.
    incoming.keep()
    return done


def fetch_plan(desk: Desk, room: EvidenceRoom, plan: UUID, *, upto: int | None = None) -> PlanFile:
    """The plan's file, as it stands or as of position `upto`.

    Raises `UnknownObjectError`, `NotAPlanError`, `NoPlanFileError`, and what `EvidenceStore.read` raises.
    """
    known = plan_of(desk, plan, upto=upto)
    facts = known.facts
    assert isinstance(facts, PlanFacts)  # noqa: S101 - plan_of looked
    if facts.sha256 is None:
        raise NoPlanFileError(f"{facts.name!r} has no file: attach one")
    return PlanFile(facts, room.store.read(plan, facts.sha256))


def plan_of(desk: Desk, plan: UUID, *, upto: int | None = None) -> CatalogueObject:
    """The plan, its text opened. Raises `UnknownObjectError`, `NotAPlanError`."""
    return _plan(plan, object_of(desk.history, plan, upto=upto))


def _plan(plan: UUID, known: CatalogueObject | None) -> CatalogueObject:
    if known is None:
        raise UnknownObjectError(f"the catalogue holds no object {plan}")
    if not isinstance(known.facts, PlanFacts):
        raise NotAPlanError(f"{known.facts.name!r} is a {known.kind}: only a plan has a file")
    return known
