"""The desk: what every surface (page, API, CLI) offers people, in one place and with one set of errors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

import structlog

from domain.errors import NotFoundError, RefusedError
from domain.organisation.access import Scope, lies_in, shows
from domain.organisation.state import Organisation
from domain.organisation.steps import check_can_report
from domain.reference import parse_reference
from handlers import commands
from handlers.access_log import Note, noting
from handlers.commands import Done
from handlers.erasing import Erasing, erase
from handlers.history import History
from handlers.readings import Moment, as_occurred, as_recorded, happened_at
from handlers.relations import NEW_INCIDENT, Relating, relate
from handlers.requests import Origin, StepRequest, parse_request, to_event
from handlers.unit_of_work import Committer

log = structlog.get_logger(__name__)


class OtherActorError(RefusedError):
    """Who comes with a token of their own acts as nobody else."""

    code: ClassVar[str] = "other-actor"


def _nobody(_incident: UUID) -> None:
    """Reads for itself, and shows nobody."""


@dataclass(frozen=True)
class Desk:
    """Commands are durable when they return; reading sees the caller's own commands.

    `entity` owns incidents made here; `demo` tells surfaces to say that nothing here is real. With a `scope` only incidents
    that lie in it exist; with a `holder` nobody else acts here.
    """

    committer: Committer
    history: History
    entity: str
    new_id: Callable[[], UUID]
    demo: bool = False
    scope: Scope = None
    holder: str | None = None
    note: Note = _nobody
    """Told of each incident whose text is shown from something that was kept."""

    def of(self, holder: str, scope: Scope) -> "Desk":
        """The same desk as somebody sees it who has access of their own."""
        own = self.entity if scope is None or lies_in(scope, self.entity) else min(scope.entities)
        return replace(self, entity=own, scope=scope, holder=holder)

    def witnessed(self, note: Note) -> "Desk":
        """The same desk; `note` is told of each incident whose text is opened at it."""
        return replace(self, history=noting(self.history, note), note=note)

    async def report(self, fields: Mapping[str, Any], origin: Origin) -> Done:
        """Open an incident. Raises `InvalidInputError` naming each wrong field, `UnavailableError`."""
        request = self.parse("report", {"entity": self.entity, **fields})

        def make(reference: str) -> Any:  # noqa: ANN401 - narrowed by the step
            return to_event("report", request, origin, reference=reference)

        incident_id, entity = self.new_id(), str(getattr(request, "entity"))  # noqa: B009 - the model is made from the event
        if self.scope is not None:
            check_can_report(self.organisation(), entity)
        done = await self.committer.submit(lambda uow: commands.report(uow, incident_id, entity, make))
        return _logged(done, "report", origin)

    async def take_step(self, reference: str, step: str, fields: Mapping[str, Any], origin: Origin) -> Done:
        """Record a step on an incident. Raises the domain's refusals, `NotFoundError`, `ConflictError`, `InvalidInputError`."""
        incident_id = self.find(reference)
        request = self.parse(step, fields)
        begun = {NEW_INCIDENT[step]: self.new_id()} if step in NEW_INCIDENT else {}
        proposed = to_event(step, request, origin, **begun)
        place: dict[str, Any] = {"incident_id": incident_id, "expected": request.expected_version}
        if isinstance(proposed, Relating):
            done = await self.committer.submit(partial(relate, proposed=proposed, **place))
        elif isinstance(proposed, Erasing):
            done = await self.committer.submit(partial(erase, proposed=proposed, **place))
        else:
            done = await self.committer.submit(partial(commands.take_step, proposed=proposed, **place))
        return _logged(done, step, origin)

    def parse(self, step: str, fields: Mapping[str, Any]) -> StepRequest:
        """Read a request. Raises `InvalidFieldsError`, `NotFoundError` for a reference, `OtherActorError`."""
        request = parse_request(step, fields, self._named)
        self.check_actor(request.actor)
        return request

    def check_actor(self, actor: str | None) -> None:
        """Raises `OtherActorError` when somebody with access of their own names another one as the actor."""
        if self.holder is not None and actor not in (None, self.holder):
            msg = f"actor={actor!r}: with this token you are {self.holder!r}, leave `actor` out or name yourself"
            raise OtherActorError(msg)

    def find(self, reference: str) -> UUID:
        """The incident's id. Raises `NotFoundError`: what may not be seen is not told apart from what does not exist."""
        found = self.history.find_reference(reference) if self._is_own(reference) else None
        if found is None or not self.sees(found):
            msg = f"there is no incident {reference}: check the reference in the list of incidents"
            raise NotFoundError(msg)
        return found

    def _is_own(self, reference: str) -> bool:
        return self.scope is None or parse_reference(reference).prefix in self.organisation().prefixes.values()

    def _named(self, told: str) -> UUID:
        try:
            incident = UUID(told)
        except ValueError:
            return self.find(told)
        if not self.sees(incident):
            msg = f"there is no incident {told}: check the id"
            raise NotFoundError(msg)
        return incident

    def sees(self, incident: UUID) -> bool:
        """Whether what the id names may be seen here."""
        return self.scope is None or shows(self.scope, incident, self.history.entity_of(incident))

    def organisation(self) -> Organisation:
        """As it stands now, as far as it may be seen here."""
        return self.history.organisation().within(self.scope)

    def replay(self, reference: str, *, at: datetime | None = None, position: int | None = None) -> list[Moment]:
        """The incident's history step by step, as of a recorded time or a position; everything if neither is given.

        Empty when the incident was not yet recorded then. Raises `NotFoundError`.
        """
        upto = self.history.position_at(at) if at is not None else position
        return as_recorded(self.history.read_stream(self.find(reference), upto=upto))

    def replay_as_it_happened(self, reference: str, *, until: datetime | None = None) -> list[Moment]:
        """All that the log knows by now, in the order in which it happened, up to a time. Raises `NotFoundError`."""
        moments = as_occurred(self.history.read_stream(self.find(reference)))
        report = moments[0].recorded
        return [one for one in moments if until is None or happened_at(one.recorded, report) <= until]


def _logged(done: Done, step: str, origin: Origin) -> Done:
    reference, correlation_id = done.incident.reference, origin.correlation_id
    log.info("step recorded", step=step, reference=reference, position=done.position, correlation_id=correlation_id)
    return done
