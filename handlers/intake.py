"""The one intake function: a batch of signals becomes events, whichever way they came in.

Its promises, all kept inside one unit of work: the same (source, source event id) is one signal and every repeat is counted; a
redelivered message is not a repeat; every severe signal is in an incident; nothing is half stored.

The rule until rules are data: high or critical opens an incident unless one is open on the same component, then it joins that
one; anything else joins an open one or is counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple, TypeVar
from uuid import UUID

from domain.events import Meta
from domain.incident.events import Reported, SignalAttached, ToldBy
from domain.incident.steps import decide
from domain.signals import (
    MAX_PER_EVENT,
    Disposition,
    Severity,
    Signal,
    SignalsReceived,
    SignalsRepeated,
    SignalStatus,
    stream_of,
)
from handlers.intake_records import attached, received, repeated
from handlers.unit_of_work import IntakePlace, KnownSignal, SignalKey, UnitOfWork

T = TypeVar("T")
SEVERE = frozenset({Severity.CRITICAL, Severity.HIGH})
LINE, TEXT = 300, 20_000


class IntakeContext(NamedTuple):
    """What intake needs from outside. `new_ids` yields incident ids, `entity` owns new incidents.

    `correlation_id` is the batch's; `correlations` has the request's or message's own for each signal, where they differ.
    """

    entity: str
    correlation_id: str
    new_ids: Iterator[UUID]
    correlations: Mapping[SignalKey, str] = MappingProxyType({})


class Taken(NamedTuple):
    """A signal's fate: its disposition when new, None when it is a repeat; `times` is how often it has come by now."""

    source: str
    source_event_id: str
    disposition: Disposition | None
    times: int
    incident_id: UUID | None
    reference: str | None


class Message(NamedTuple):
    """One message of the INTAKE stream: its place and the signals in it (none when it was dead-lettered)."""

    place: IntakePlace
    signals: Sequence[Signal]


def take_in_messages(uow: UnitOfWork, stream: str, messages: Sequence[Message], context: IntakeContext) -> list[Taken]:
    """Take a batch of INTAKE messages. Those that an earlier delivery stored already are left out.

    `stream` names this incarnation of the stream (its creation time), for sequences start again with a new one.
    """
    done = uow.intake_done(stream, [message.place for message in messages])
    # A message may also come twice within one batch, when its acknowledgement is overdue.
    fresh = {message.place: message.signals for message in messages if message.place not in done}
    taken = take_in(uow, [signal for signals in fresh.values() for signal in signals], context)
    for first, last in _runs(fresh):
        uow.mark_intake_done(stream, first, last)
    return taken


def take_in(uow: UnitOfWork, signals: Sequence[Signal], context: IntakeContext) -> list[Taken]:
    """Take a batch of signals; the result is in the order of `signals`, and the same however a stream is cut into batches."""
    if not signals:
        return []
    copies: dict[SignalKey, list[Signal]] = {}
    for signal in signals:
        copies.setdefault((signal.source, signal.source_event_id), []).append(signal)
    known = uow.known_signals(list(copies))
    batch = _place(uow, signals, known, context)
    repeats = {key: group[1:] if key in batch.new else group for key, group in copies.items()}
    causes = _store_new(uow, batch.new, copies, context)
    causes |= _store_repeats(uow, {key: group for key, group in repeats.items() if group}, batch, context)
    uow.assign_incidents({key: place.incident_id for key, place in batch.risen.items() if place.incident_id is not None})
    _store_incidents(uow, batch.in_order, causes, context)
    return list(_fates(signals, batch))


def _is_severe(signal: Signal) -> bool:
    return signal.severity in SEVERE and signal.status is SignalStatus.FIRING


class _Placed(NamedTuple):
    signal: Signal
    disposition: Disposition
    incident_id: UUID | None
    reference: str | None


class _Batch(NamedTuple):
    """What became of each signal: `new` ones, known ones, and those of either that have `risen` into an incident since."""

    known: Mapping[SignalKey, KnownSignal]
    new: dict[SignalKey, _Placed]
    risen: dict[SignalKey, _Placed]
    in_order: list[_Placed]
    """Both, as they were decided: incidents stand in the log in the order of their references."""

    def place(self, key: SignalKey) -> _Placed | None:
        return self.risen.get(key) or self.new.get(key)

    def incident(self, key: SignalKey) -> UUID | None:
        place = self.place(key)
        return place.incident_id if place else self.known[key].incident_id

    def first_payload(self, key: SignalKey) -> str:
        return self.new[key].signal.payload_sha256 if key in self.new else self.known[key].payload_sha256


def _components(signal: Signal) -> tuple[str, ...]:
    # A severe alert that names no component still needs one place where its like will be found again.
    return signal.components or (f"source:{signal.source}",)


def _place(
    uow: UnitOfWork, signals: Sequence[Signal], known: Mapping[SignalKey, KnownSignal], context: IntakeContext
) -> _Batch:
    """Decide one after the other, each seeing what the earlier ones opened: for new signals, and for those that have risen.

    An alert that was resolved or harmless when it first came, and is severe and firing now, gets its incident now.
    """
    waiting = [s for s in signals if (was := known.get((s.source, s.source_event_id))) is None or was.incident_id is None]
    is_open = dict(uow.open_incidents({name for signal in waiting for name in _components(signal)}))
    batch = _Batch(known, {}, {}, [])
    for signal in waiting:
        key = (signal.source, signal.source_event_id)
        if key not in known and key not in batch.new:
            into = batch.new
        elif key not in batch.risen and _is_severe(signal) and (key in known or batch.new[key].incident_id is None):
            into = batch.risen
        else:
            continue
        into[key] = _placed(uow, signal, is_open, context)
        batch.in_order.append(into[key])
    return batch


def _placed(uow: UnitOfWork, signal: Signal, is_open: dict[str, UUID], context: IntakeContext) -> _Placed:
    names = _components(signal)
    incident = next((is_open[name] for name in names if name in is_open), None)
    if incident is not None:
        return _Placed(signal, Disposition.ATTACHED, incident, None)
    if not _is_severe(signal):
        return _Placed(signal, Disposition.COUNTED, None, None)
    incident = next(context.new_ids)
    is_open.update(dict.fromkeys(names, incident))
    return _Placed(signal, Disposition.OPENED, incident, uow.take_reference(context.entity, incident))


def _store_new(
    uow: UnitOfWork, placed: Mapping[SignalKey, _Placed], copies: Mapping[SignalKey, Sequence[Signal]], context: IntakeContext
) -> dict[SignalKey, str]:
    """The events in which each new signal is recorded, as causes of what follows."""
    causes: dict[SignalKey, str] = {}
    if not placed:
        return causes
    uow.remember_signals([(place.signal, place.incident_id, len(copies[key])) for key, place in placed.items()])
    for source, group in groupby(sorted(placed.values(), key=lambda p: p.signal.source), key=lambda p: p.signal.source):
        stream = stream_of(source)
        for part in _chunks(list(group)):
            version = uow.version(stream)
            event = SignalsReceived(
                meta=_meta(uow, context, source),
                source=source,
                signals=tuple(received(p.signal, p.disposition, p.incident_id) for p in part),
            )
            uow.append(stream, [event], expected=version)
            causes.update(dict.fromkeys(((source, p.signal.source_event_id) for p in part), f"{stream}/{version + 1}"))
    return causes


def _store_incidents(
    uow: UnitOfWork, placed: Sequence[_Placed], causes: Mapping[SignalKey, str], context: IntakeContext
) -> None:
    opened = [place for place in placed if place.disposition is Disposition.OPENED]
    uow.ensure_keys([place.incident_id for place in opened if place.incident_id])
    for place in opened:
        _open_incident(uow, place, context, causes)
    _attach(uow, placed, context, causes)


def _open_incident(uow: UnitOfWork, place: _Placed, context: IntakeContext, causes: Mapping[SignalKey, str]) -> None:
    signal, incident = place.signal, place.incident_id
    assert incident is not None  # noqa: S101 - an opened place always has one
    # A tool's clock that is ahead of ours cannot have seen what has not happened.
    detected = min(signal.detected_at, uow.recorded_at)
    meta = _meta_of(uow, context, signal, causes)
    reported = Reported(
        meta=meta.model_copy(update={"occurred_at": detected}),
        reference=place.reference or "",
        entity=context.entity,
        severity=signal.severity,
        detected_at=detected,
        components=_components(signal),
        told_by=ToldBy.ALARM,
        title=signal.title[:LINE],
        description=signal.description[:TEXT] or None,
    )
    authority = uow.organisation().authority(context.entity, None)
    uow.append(incident, decide(None, reported, now=uow.recorded_at, authority=authority), expected=0)
    uow.set_open_components(incident, _components(signal))


def _attach(uow: UnitOfWork, placed: Sequence[_Placed], context: IntakeContext, causes: Mapping[SignalKey, str]) -> None:
    """One event per incident and batch, however many signals joined it."""
    joining: dict[UUID, list[Signal]] = {}
    for place in placed:
        if place.incident_id is not None:
            joining.setdefault(place.incident_id, []).append(place.signal)
    for incident, signals in joining.items():
        for part in _chunks(signals):
            event = SignalAttached(meta=_meta_of(uow, context, part[0], causes), signals=tuple(map(attached, part)))
            uow.append(incident, [event], expected=uow.version(incident))


def _store_repeats(
    uow: UnitOfWork,
    again: Mapping[SignalKey, Sequence[Signal]],
    batch: _Batch,
    context: IntakeContext,
) -> dict[SignalKey, str]:
    """The events in which each repeat is counted, as causes of what follows for those that have risen."""
    causes: dict[SignalKey, str] = {}
    if not again:
        return causes
    uow.count_repeats({key: len(copies) for key, copies in again.items() if key in batch.known})
    # A repeat that says something new (resolved, say) is kept as payload too; the same bytes again are only counted.
    firsts = {key: batch.first_payload(key) for key in again}
    changed = {s.payload_sha256: s for key, copies in again.items() for s in copies if s.payload_sha256 != firsts[key]}
    uow.store_payloads(list(changed.values()))
    for source, keys in groupby(sorted(again), key=lambda key: key[0]):
        stream = stream_of(source)
        for part in _chunks(list(keys)):
            repeats = tuple(repeated(again[key], batch.incident(key)) for key in part)
            version = uow.version(stream)
            event = SignalsRepeated(meta=_meta(uow, context, source), source=source, repeats=repeats)
            uow.append(stream, [event], expected=version)
            causes.update(dict.fromkeys((key for key in part if key in batch.risen), f"{stream}/{version + 1}"))
    return causes


def _fates(signals: Sequence[Signal], batch: _Batch) -> Iterator[Taken]:
    so_far: dict[SignalKey, int] = {}
    for signal in signals:
        key = (signal.source, signal.source_event_id)
        before = batch.known[key].times if key in batch.known else 0
        so_far[key] = times = so_far.get(key, before) + 1
        place = batch.place(key)
        yield Taken(
            *key,
            disposition=batch.new[key].disposition if times == 1 else None,
            times=times,
            incident_id=batch.incident(key),
            reference=place.reference if place else None,
        )


def _meta(uow: UnitOfWork, context: IntakeContext, source: str, cause: str | None = None) -> Meta:
    return Meta(
        actor=f"source:{source}",
        channel="intake",
        occurred_at=uow.recorded_at,
        correlation_id=context.correlation_id,
        causation_id=cause,
    )


def _meta_of(uow: UnitOfWork, context: IntakeContext, signal: Signal, causes: Mapping[SignalKey, str]) -> Meta:
    key = (signal.source, signal.source_event_id)
    correlated = context._replace(correlation_id=context.correlations.get(key, context.correlation_id))
    return _meta(uow, correlated, signal.source, causes[key])


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), MAX_PER_EVENT):
        yield items[start : start + MAX_PER_EVENT]


def _runs(places: Iterable[IntakePlace]) -> Iterator[tuple[int, IntakePlace]]:
    """Consecutive sequences: the first of them, and the last at the latest time."""
    run: list[IntakePlace] = []
    for place in sorted(places):
        if run and place.sequence != run[-1].sequence + 1:
            yield _ends(run)
            run = []
        run.append(place)
    if run:
        yield _ends(run)


def _ends(run: Sequence[IntakePlace]) -> tuple[int, IntakePlace]:
    return run[0].sequence, IntakePlace(run[-1].sequence, max(place.stored_at for place in run))
