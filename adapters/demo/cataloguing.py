"""Tells the steps that are about the catalogue: each is one commit, whose events carry the step's name."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import partial
from hashlib import sha256
from uuid import UUID

from adapters.demo.steps import BoardApproves, Catalogued, PlanFiled
from adapters.demo.times import When
from domain.catalogue.board import ListApproved, ListedService, critical_list, list_sha256
from domain.catalogue.events import object_id
from domain.catalogue.kinds import Kind, ServiceFacts
from domain.catalogue.landscape import Node
from domain.catalogue.state import CatalogueObject, replay
from domain.time import local
from handlers.catalogue import approve_list, change_all
from handlers.desk import Desk
from handlers.evidence import EvidenceRoom, Sending
from handlers.plans import attach_plan
from handlers.requests import Origin, StepRequest, meta_of


class Cataloguer:
    """Through the same functions as people's acts."""

    def __init__(self, desk: Desk, evidence: EvidenceRoom) -> None:
        self._desk, self._evidence = desk, evidence

    async def tell(self, what: Catalogued | PlanFiled | BoardApproves, origin: Origin, at: Callable[[When], datetime]) -> None:
        """Record one step; `at` gives the instants of the story's times."""
        match what:
            case Catalogued():
                proposed = list(what.make(meta_of(StepRequest(), origin), self._waiting))
                await self._desk.committer.submit(partial(change_all, proposed=proposed))
            case PlanFiled():
                await self._file(what, origin)
            case BoardApproves():
                listed = self._listed(what.services)
                approval = ListApproved(
                    meta=meta_of(StepRequest(), origin),
                    approved_on=local(at(what.approved_on)).date(),
                    case_number=what.case_number,
                    list_sha256=list_sha256(listed),
                    reason="Gennemgået på direktionens møde.",
                )
                await self._desk.committer.submit(partial(approve_list, proposed=approval, listed=lambda: listed))

    async def _file(self, what: PlanFiled, origin: Origin) -> None:
        content = what.text.encode()
        sending = Sending({"reason": "Den plan, der gælder"}, "text/markdown", sha256(content).hexdigest(), len(content))
        plan = object_id(Kind.PLAN, what.plan)

        async def pieces() -> AsyncIterator[bytes]:
            yield content

        await attach_plan(self._desk, self._evidence, plan, sending, pieces(), dated=what.dated, origin=origin)

    def _waiting(self, service: UUID) -> int:
        proposal = self._object(service).proposal
        if proposal is None:
            msg = f"no class of {service} waits"
            raise LookupError(msg)
        return proposal.number

    def _object(self, one: UUID) -> CatalogueObject:
        known = replay(one, (each.event for each in self._desk.history.read_stream(one)))
        if known is None:
            msg = f"the catalogue holds no object {one}"
            raise LookupError(msg)
        return known

    def _listed(self, services: tuple[str, ...]) -> tuple[ListedService, ...]:
        found = (self._object(object_id(Kind.SERVICE, name)) for name in services)
        return critical_list(_node(one, one.facts) for one in found if isinstance(one.facts, ServiceFacts))


def _node(one: CatalogueObject, facts: ServiceFacts) -> Node:
    return Node(
        one.id,
        one.kind,
        facts.name,
        administration=facts.administration,
        service_class=one.service_class,
        restoration_order=facts.restoration_order,
    )
