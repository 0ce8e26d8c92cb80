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
from domain.incident.events import AttachedSignal, Reported, SignalAttached
from domain.signals import (
    MAX_PER_EVENT,
    Disposition,
    ReceivedSignal,
    RepeatedSignal,
    Severity,
    Signal,
    SignalsReceived,
    SignalsRepeated,
    SignalStatus,
    stream_of,
)
from handlers.unit_of_work import IntakePlace, KnownSignal, SignalKey, UnitOfWork

T = TypeVar("T")
SEVERE = frozenset({Severity.CRITICAL, Severity.HIGH})
LINE, TEXT, HASHES = 300, 20_000, 10


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
    """Take a batch of signals; the result is in the order of `signals`."""
    if not signals:
        return []
    known = uow.known_signals(list(dict.fromkeys((s.source, s.source_event_id) for s in signals)))
    first: dict[SignalKey, Signal] = {}
    counts: dict[SignalKey, int] = {}
    for signal in signals:
        key = (signal.source, signal.source_event_id)
        counts[key] = counts.get(key, 0) + 1
        if key not in known and key not in first:
            first[key] = signal
    placed = _place(uow, list(first.values()), context)
    _store_new(uow, placed, counts, context)
    _store_repeats(uow, signals, known, placed, context)
    return list(_fates(signals, known, placed))


class _Placed(NamedTuple):
    signal: Signal
    disposition: Disposition
    incident_id: UUID | None
    reference: str | None


def _components(signal: Signal) -> tuple[str, ...]:
    # A severe alert that names no component still needs one place where its like will be found again.
    return signal.components or (f"source:{signal.source}",)


def _place(uow: UnitOfWork, fresh: Sequence[Signal], context: IntakeContext) -> dict[SignalKey, _Placed]:
    """Decide for each new signal: opens, joins or is counted. Later ones of the batch see what earlier ones opened."""
    is_open = dict(uow.open_incidents({name for signal in fresh for name in _components(signal)}))
    placed: dict[SignalKey, _Placed] = {}
    for signal in fresh:
        names = _components(signal)
        incident = next((is_open[name] for name in names if name in is_open), None)
        if incident is not None:
            place = _Placed(signal, Disposition.ATTACHED, incident, None)
        elif signal.severity in SEVERE and signal.status is SignalStatus.FIRING:
            incident = next(context.new_ids)
            is_open.update(dict.fromkeys(names, incident))
            place = _Placed(signal, Disposition.OPENED, incident, uow.take_reference(context.entity, incident))
        else:
            place = _Placed(signal, Disposition.COUNTED, None, None)
        placed[signal.source, signal.source_event_id] = place
    return placed


def _store_new(
    uow: UnitOfWork, placed: Mapping[SignalKey, _Placed], counts: Mapping[SignalKey, int], context: IntakeContext
) -> None:
    if not placed:
        return
    opened = [p for p in placed.values() if p.disposition is Disposition.OPENED]
    uow.ensure_keys([p.incident_id for p in opened if p.incident_id])
    uow.remember_signals([(p.signal, p.incident_id, counts[key]) for key, p in placed.items()])
    causes: dict[SignalKey, str] = {}
    for source, group in groupby(sorted(placed.values(), key=lambda p: p.signal.source), key=lambda p: p.signal.source):
        stream = stream_of(source)
        for part in _chunks(list(group)):
            version = uow.version(stream)
            event = SignalsReceived(meta=_meta(uow, context, source), source=source, signals=tuple(map(_received, part)))
            uow.append(stream, [event], expected=version)
            causes.update(dict.fromkeys(((source, p.signal.source_event_id) for p in part), f"{stream}/{version + 1}"))
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
        title=signal.title[:LINE],
        description=signal.description[:TEXT] or None,
    )
    uow.append(incident, [reported], expected=0)
    uow.set_open_components(incident, _components(signal))


def _attach(
    uow: UnitOfWork, placed: Mapping[SignalKey, _Placed], context: IntakeContext, causes: Mapping[SignalKey, str]
) -> None:
    """One event per incident and batch, however many signals joined it."""
    joining: dict[UUID, list[Signal]] = {}
    for place in placed.values():
        if place.incident_id is not None:
            joining.setdefault(place.incident_id, []).append(place.signal)
    for incident, signals in joining.items():
        for part in _chunks(signals):
            event = SignalAttached(meta=_meta_of(uow, context, part[0], causes), signals=tuple(map(_attached, part)))
            uow.append(incident, [event], expected=uow.version(incident))


def _store_repeats(
    uow: UnitOfWork,
    signals: Sequence[Signal],
    known: Mapping[SignalKey, KnownSignal],
    placed: Mapping[SignalKey, _Placed],
    context: IntakeContext,
) -> None:
    again: dict[SignalKey, list[Signal]] = {}
    seen_first = set()
    for signal in signals:
        key = (signal.source, signal.source_event_id)
        if key in known or key in seen_first:
            again.setdefault(key, []).append(signal)
        seen_first.add(key)
    if not again:
        return
    uow.count_repeats({key: len(copies) for key, copies in again.items() if key in known})
    # A repeat that says something new (resolved, say) is kept as payload too; the same bytes again are only counted.
    firsts = {key: _payload(known, placed, key) for key in again}
    changed = {s.payload_sha256: s for key, copies in again.items() for s in copies if s.payload_sha256 != firsts[key]}
    uow.store_payloads(list(changed.values()))
    for source, keys in groupby(sorted(again), key=lambda key: key[0]):
        for part in _chunks(list(keys)):
            repeats = tuple(_repeated(again[key], _incident(known, placed, key)) for key in part)
            event = SignalsRepeated(meta=_meta(uow, context, source), source=source, repeats=repeats)
            uow.append(stream_of(source), [event], expected=uow.version(stream_of(source)))


def _fates(
    signals: Sequence[Signal], known: Mapping[SignalKey, KnownSignal], placed: Mapping[SignalKey, _Placed]
) -> Iterator[Taken]:
    so_far: dict[SignalKey, int] = {}
    for signal in signals:
        key = (signal.source, signal.source_event_id)
        before = known[key].times if key in known else 0
        so_far[key] = times = so_far.get(key, before) + 1
        place = placed.get(key)
        is_new = place is not None and times == 1
        yield Taken(
            *key,
            disposition=place.disposition if place and is_new else None,
            times=times,
            incident_id=_incident(known, placed, key),
            reference=place.reference if place else None,
        )


def _incident(known: Mapping[SignalKey, KnownSignal], placed: Mapping[SignalKey, _Placed], key: SignalKey) -> UUID | None:
    return known[key].incident_id if key in known else placed[key].incident_id


def _payload(known: Mapping[SignalKey, KnownSignal], placed: Mapping[SignalKey, _Placed], key: SignalKey) -> str:
    return known[key].payload_sha256 if key in known else placed[key].signal.payload_sha256


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


def _received(place: _Placed) -> ReceivedSignal:
    signal = place.signal
    return ReceivedSignal(
        source_event_id=signal.source_event_id,
        severity=signal.severity,
        status=signal.status,
        detected_at=signal.detected_at,
        components=signal.components,
        signal_category=signal.signal_category,
        payload_sha256=signal.payload_sha256,
        disposition=place.disposition,
        incident_id=place.incident_id,
        flags=signal.flags,
    )


def _attached(signal: Signal) -> AttachedSignal:
    return AttachedSignal(
        source=signal.source,
        source_event_id=signal.source_event_id,
        severity=signal.severity,
        detected_at=signal.detected_at,
        components=signal.components,
        payload_sha256=signal.payload_sha256,
    )


def _repeated(copies: Sequence[Signal], incident_id: UUID | None) -> RepeatedSignal:
    return RepeatedSignal(
        source_event_id=copies[0].source_event_id,
        count=len(copies),
        first_at=min(copy.detected_at for copy in copies),
        last_at=max(copy.detected_at for copy in copies),
        status=copies[-1].status,
        components=copies[-1].components,
        payload_sha256s=tuple(dict.fromkeys(copy.payload_sha256 for copy in copies))[:HASHES],
        incident_id=incident_id,
    )


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
