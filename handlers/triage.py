"""What people decide on signals, in place of the rules or against them. Each decision can be undone by a further one.

Attach is undone by detach and the other way about, dismiss by reopen, and what was opened by hand is closed. The rules leave a
signal alone once a person has decided on it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple
from uuid import UUID

from domain.errors import InvalidInputError, NotFoundError, RefusedError
from domain.events import Meta
from domain.incident.events import DetachedSignal, Reported, SignalAttached, SignalDetached
from domain.incident.state import Incident, Status
from domain.signals import MAX_PER_EVENT, Decision, Disposition, ReceivedSignal, SignalsDecided, stream_of
from handlers import commands
from handlers.intake_records import attached_again
from handlers.unit_of_work import KnownSignal, UnitOfWork


class NothingChosenError(InvalidInputError):
    """No signal was named, or more than one event can hold."""

    code: ClassVar[str] = "nothing-chosen"


class AlreadyDecidedError(RefusedError):
    """The signals are not in the state that this decision is about."""

    code: ClassVar[str] = "already-decided"


class IncidentClosedError(RefusedError):
    """A closed incident takes no more signals."""

    code: ClassVar[str] = "incident-closed"


class Choice(NamedTuple):
    """Signals of one source, by their ids there."""

    source: str
    ids: tuple[str, ...]


class Said(NamedTuple):
    """Who decides, when, through which channel, and why."""

    meta: Meta
    reason: str | None = None


class Decided(NamedTuple):
    """What a decision led to; `position` is the last one stored."""

    incident: Incident | None
    position: int


def attach(uow: UnitOfWork, choice: Choice, incident_id: UUID, said: Said) -> Decided:
    """They belong to this incident, whatever they belonged to before. Those that do already are left as they are.

    Raises `NotFoundError`, `IncidentClosedError`, `NothingChosenError`.
    """
    known, incident = _known(uow, choice), commands.incident_of(uow, incident_id)
    if incident.status is Status.CLOSED:
        msg = f"{incident.reference} is closed: reopen it first, or choose another incident"
        raise IncidentClosedError(msg)
    moving = {event_id: one for event_id, one in known.items() if one.incident_id != incident_id}
    if not moving:
        return Decided(incident, 0)
    for other in dict.fromkeys(one.incident_id for one in moving.values() if one.incident_id):
        _leave(uow, other, choice.source, [i for i, one in moving.items() if one.incident_id == other], said)
    signals = tuple(attached_again(choice.source, one) for one in received(uow, Choice(choice.source, tuple(moving))))
    uow.append(incident_id, [SignalAttached(meta=said.meta, signals=signals)], expected=uow.version(incident_id))
    position = _decide(uow, choice.source, moving, "attached", said, incident_id=incident_id)
    return Decided(uow.incident(incident_id), position)


def detach(uow: UnitOfWork, choice: Choice, incident_id: UUID, said: Said) -> Decided:
    """They do not belong to this incident. Raises `AlreadyDecidedError` for those that are not in it."""
    known = _known(uow, choice)
    _check(choice, known, lambda one: one.incident_id == incident_id, "not in this incident: see its list of signals")
    _leave(uow, incident_id, choice.source, list(known), said)
    position = _decide(uow, choice.source, known, "detached", said)
    return Decided(uow.incident(incident_id), position)


def dismiss(uow: UnitOfWork, choice: Choice, said: Said) -> Decided:
    """Looked at, nothing further. Raises `AlreadyDecidedError` for those that belong to an incident."""
    known = _known(uow, choice)
    _check(choice, known, lambda one: one.incident_id is None, "in an incident: detach them there first")
    return Decided(None, _decide(uow, choice.source, known, "dismissed", said))


def reopen(uow: UnitOfWork, choice: Choice, said: Said) -> Decided:
    """They wait for a person again. Raises `AlreadyDecidedError` for those that nobody dismissed."""
    known = _known(uow, choice)
    _check(choice, known, lambda one: one.disposition is Disposition.DISMISSED, "not dismissed, so they cannot wait again")
    return Decided(None, _decide(uow, choice.source, known, "reopened", said))


def open_by_hand(uow: UnitOfWork, choice: Choice, incident_id: UUID, entity: str, make: Callable[[str], Reported]) -> Decided:
    """An incident begins with these signals; `make` puts the reference into its first event. Both or neither is stored."""
    reported = commands.report(uow, incident_id, entity, make)
    return attach(uow, choice, incident_id, Said(reported.events[0].meta))


def received(uow: UnitOfWork, choice: Choice) -> list[ReceivedSignal]:
    """As the log recorded them first. Raises `NotFoundError`, `NothingChosenError`."""
    known = _known(uow, choice)
    found = uow.received_signals([(choice.source, event_id) for event_id in known])
    return [found[choice.source, event_id] for event_id in known]


def _known(uow: UnitOfWork, choice: Choice) -> Mapping[str, KnownSignal]:
    ids = tuple(dict.fromkeys(choice.ids))
    if not 1 <= len(ids) <= MAX_PER_EVENT:
        msg = f"name 1 to {MAX_PER_EVENT} signals of the source: {len(ids)} were named"
        raise NothingChosenError(msg)
    known = uow.known_signals([(choice.source, event_id) for event_id in ids])
    if missing := [event_id for event_id in ids if (choice.source, event_id) not in known]:
        msg = f"{choice.source} never sent a signal with the id {missing[0]!r}: copy it as the tool or Sporlog shows it"
        raise NotFoundError(msg)
    return {event_id: known[choice.source, event_id] for event_id in ids}


def _check(choice: Choice, known: Mapping[str, KnownSignal], holds: Callable[[KnownSignal], bool], otherwise: str) -> None:
    if wrong := [event_id for event_id, one in known.items() if not holds(one)]:
        msg = f"{len(wrong)} of {len(known)} signals of {choice.source} are {otherwise}"
        raise AlreadyDecidedError(msg)


def _leave(uow: UnitOfWork, incident_id: UUID, source: str, ids: Sequence[str], said: Said) -> None:
    signals = tuple(DetachedSignal(source=source, source_event_id=event_id) for event_id in ids)
    event = SignalDetached(meta=said.meta, signals=signals, reason=said.reason)
    uow.append(incident_id, [event], expected=uow.version(incident_id))


def _decide(
    uow: UnitOfWork,
    source: str,
    known: Mapping[str, KnownSignal],
    decision: Decision,
    said: Said,
    *,
    incident_id: UUID | None = None,
) -> int:
    becomes = {"attached": Disposition.ATTACHED, "reopened": Disposition.TO_PERSON}.get(decision, Disposition.DISMISSED)
    uow.assign_signals({(source, event_id): (becomes, incident_id) for event_id in known})
    event = SignalsDecided(
        meta=said.meta,
        source=source,
        source_event_ids=tuple(known),
        decision=decision,
        incident_id=incident_id,
        reason=said.reason,
    )
    return uow.append(stream_of(source), [event], expected=uow.version(stream_of(source)))
