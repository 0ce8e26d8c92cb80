"""What every surface offers people on signals: what waits, what an incident holds, and the decisions of `handlers.triage`."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import structlog

from domain.events import Meta
from domain.incident.events import AttachedSignal, SignalAttached, SignalDetached
from domain.signals import ReceivedSignal
from handlers import triage
from handlers.desk import Desk
from handlers.history import Payload
from handlers.requests import Origin, to_event
from handlers.triage import Choice, Decided, Said
from handlers.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)
DESCRIPTION = 20_000


class Told(NamedTuple):
    """A signal with what its tool said; the payload is None once it is erased."""

    source: str
    signal: ReceivedSignal
    payload: Payload | None


class SignalDesk(NamedTuple):
    """Decisions are durable when they return. They raise what `handlers.triage` raises, and `NotFoundError` for a reference."""

    desk: Desk

    async def attach(self, reference: str, choice: Choice, origin: Origin, reason: str | None = None) -> Decided:
        """They belong to this incident."""
        said, incident = _said(origin, reason), self.desk.find(reference)
        return await self._do(partial(triage.attach, choice=choice, incident_id=incident, said=said), "attach", choice)

    async def detach(self, reference: str, choice: Choice, origin: Origin, reason: str | None = None) -> Decided:
        """They do not belong to this incident."""
        said, incident = _said(origin, reason), self.desk.find(reference)
        return await self._do(partial(triage.detach, choice=choice, incident_id=incident, said=said), "detach", choice)

    async def dismiss(self, choice: Choice, origin: Origin, reason: str | None = None) -> Decided:
        """Looked at, nothing further."""
        return await self._do(partial(triage.dismiss, choice=choice, said=_said(origin, reason)), "dismiss", choice)

    async def reopen(self, choice: Choice, origin: Origin, reason: str | None = None) -> Decided:
        """They wait for a person again."""
        return await self._do(partial(triage.reopen, choice=choice, said=_said(origin, reason)), "reopen", choice)

    async def open(self, choice: Choice, fields: Mapping[str, Any], origin: Origin) -> Decided:
        """An incident begins with these signals. What `fields` leaves out is taken from the first of them.

        Raises `InvalidInputError` naming each wrong field too.
        """
        first = (await self.told(choice))[0]
        setup = self.desk.history.intake_setup()
        known = setup.source(first.source)
        told: dict[str, Any] = {
            "entity": known.entity or self.desk.entity,
            "title": first.payload.title if first.payload else None,
            "description": first.payload.description[:DESCRIPTION] if first.payload else None,
            "severity": first.signal.severity,
            "detected_at": min(first.signal.detected_at, origin.now).isoformat(),
            "components": list(first.signal.components),
            "services": list(first.signal.services),
            "told_by": known.channel,
        }
        request = self.desk.parse("report", {k: v for k, v in told.items() if v} | dict(fields))
        incident, entity = self.desk.new_id(), str(getattr(request, "entity"))  # noqa: B009 - the model is made from the event

        def make(reference: str) -> Any:  # noqa: ANN401 - narrowed by the step
            return to_event("report", request, origin, reference=reference)

        work = partial(triage.open_by_hand, choice=choice, incident_id=incident, entity=entity, make=make)
        return await self._do(work, "open", choice)

    async def told(self, choice: Choice) -> list[Told]:
        """These signals as the log recorded them first, with their text. Raises `NotFoundError`, `NothingChosenError`."""

        def look(uow: UnitOfWork) -> Sequence[ReceivedSignal]:
            return triage.received(uow, choice)

        found = await self.desk.committer.submit(look)
        return [Told(choice.source, one, self.desk.history.payload(one.payload_sha256)) for one in found]

    def of_incident(self, incident_id: UUID) -> list[AttachedSignal]:
        """The signals that the incident holds now, in the order in which they came to it."""
        held: dict[tuple[str, str], AttachedSignal] = {}
        for recorded in self.desk.history.read_stream(incident_id):
            if isinstance(recorded.event, SignalAttached):
                held.update(((one.source, one.source_event_id), one) for one in recorded.event.signals)
            elif isinstance(recorded.event, SignalDetached):
                for gone in recorded.event.signals:
                    held.pop((gone.source, gone.source_event_id), None)
        return list(held.values())

    async def _do(self, work: Any, what: str, choice: Choice) -> Decided:  # noqa: ANN401 - one of triage's functions, bound
        done: Decided = await self.desk.committer.submit(work)
        log.info("signals decided", decision=what, source=choice.source, signals=len(choice.ids), position=done.position)
        return done


def _said(origin: Origin, reason: str | None) -> Said:
    meta = Meta(
        actor=origin.actor,
        channel=origin.channel,
        os_user=origin.os_user,
        occurred_at=origin.now.astimezone(UTC),
        correlation_id=origin.correlation_id,
    )
    return Said(meta, reason or None)
