"""The one intake function: a batch of signals becomes events, whichever way they came in.

Its promises, all kept inside one unit of work: the same (source, source event id) is one signal and every repeat is counted; a
redelivered message is not a repeat; every severe signal is in an incident, unless rules or a person say otherwise by name;
nothing is half stored.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple, TypeVar
from uuid import UUID

from domain.events import Meta
from domain.incident.events import Reported, SignalAttached
from domain.incident.steps import decide
from domain.signals import MAX_PER_EVENT, Disposition, Signal, SignalsReceived, SignalsRepeated, SignalStatus, stream_of
from handlers.intake_contents import by_content
from handlers.intake_episodes import in_episodes
from handlers.intake_placing import Batch, Placed, place
from handlers.intake_records import attached, latest, received, remember, repeated
from handlers.unit_of_work import Body, IntakePlace, KnownSignal, NewSignal, SignalKey, UnitOfWork

T = TypeVar("T")
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
    """One message of the INTAKE stream: its place, the signals in it (none when it was dead-lettered), its body for several."""

    place: IntakePlace
    signals: Sequence[Signal]
    body: Body | None = None


def take_in_messages(uow: UnitOfWork, stream: str, messages: Sequence[Message], context: IntakeContext) -> list[Taken]:
    """Take a batch of INTAKE messages. Those that an earlier delivery stored already are left out.

    `stream` names this incarnation of the stream (its creation time), for sequences start again with a new one.
    """
    done = uow.intake_done(stream, [message.place for message in messages])
    # A message may also come twice within one batch, when its acknowledgement is overdue.
    fresh = {message.place: message for message in messages if message.place not in done}
    signals = [signal for message in fresh.values() for signal in message.signals]
    taken = take_in(uow, signals, context, [message.body for message in fresh.values() if message.body])
    for first, last in _runs(fresh):
        uow.mark_intake_done(stream, first, last)
    return taken


def take_in(uow: UnitOfWork, signals: Sequence[Signal], context: IntakeContext, bodies: Sequence[Body] = ()) -> list[Taken]:
    """Take a batch of signals; the result is in the order of `signals`, and the same however a stream is cut into batches.

    `bodies` are the whole bodies that the signals name.
    """
    if not signals:
        return []
    uow.store_bodies(bodies)
    signals = by_content(uow, in_episodes(uow, signals))
    copies: dict[SignalKey, list[Signal]] = {}
    for signal in signals:
        copies.setdefault((signal.source, signal.source_event_id), []).append(signal)
    known = uow.known_signals(list(copies))
    batch = place(uow, signals, known, context.entity, context.new_ids)
    repeats = {key: group[1:] if key in batch.new else group for key, group in copies.items()}
    causes = _store_new(uow, batch, copies, context)
    causes |= _store_repeats(uow, {key: group for key, group in repeats.items() if group}, batch, context)
    uow.assign_signals({key: (placed.disposition, placed.incident_id) for key, placed in batch.risen.items()})
    _store_incidents(uow, batch.in_order, causes, context)
    return list(_fates(signals, batch))


def _store_new(
    uow: UnitOfWork, batch: Batch, copies: Mapping[SignalKey, Sequence[Signal]], context: IntakeContext
) -> dict[SignalKey, str]:
    """The events in which each new signal is recorded, as causes of what follows."""
    causes: dict[SignalKey, str] = {}
    remembered: list[NewSignal] = []
    for source, group in groupby(sorted(batch.new.values(), key=lambda p: p.signal.source), key=lambda p: p.signal.source):
        stream = stream_of(source)
        for part in _chunks(list(group)):
            version = uow.version(stream)
            event = SignalsReceived(
                meta=_meta(uow, context, source),
                source=source,
                signals=tuple(map(received, part)),
                rules=batch.rules,
            )
            uow.append(stream, [event], expected=version)
            cause = f"{stream}/{version + 1}"
            for placed in part:
                key = (source, placed.signal.source_event_id)
                causes[key] = cause
                remembered.append(remember(placed, copies[key], version + 1))
    uow.remember_signals(remembered)
    return causes


def _store_incidents(
    uow: UnitOfWork, placed: Sequence[Placed], causes: Mapping[SignalKey, str], context: IntakeContext
) -> None:
    opened = [each for each in placed if each.opening is not None]
    uow.ensure_keys([each.incident_id for each in opened if each.incident_id])
    for each in opened:
        _open_incident(uow, each, context, causes)
    _attach(uow, placed, context, causes)


def _open_incident(uow: UnitOfWork, placed: Placed, context: IntakeContext, causes: Mapping[SignalKey, str]) -> None:
    signal, incident, opening = placed.signal, placed.incident_id, placed.opening
    assert incident is not None, "an opened place always has one"  # noqa: S101
    assert opening is not None, "asked for opened places only"  # noqa: S101
    # A tool's clock that is ahead of ours cannot have seen what has not happened.
    detected = min(signal.detected_at, uow.recorded_at)
    meta = _meta_of(uow, context, signal, causes)
    reported = Reported(
        meta=meta.model_copy(update={"occurred_at": detected}),
        reference=opening.reference,
        entity=opening.entity,
        severity=opening.severity,
        detected_at=detected,
        components=tuple(dict.fromkeys((*opening.groups, *signal.components))),
        told_by=uow.intake_setup().source(signal.source).channel,
        title=signal.title[:LINE],
        description=signal.description[:TEXT] or None,
    )
    authority = uow.organisation().authority(opening.entity, None)
    uow.append(incident, decide(None, reported, now=uow.recorded_at, authority=authority), expected=0)
    uow.set_open_components(incident, reported.components)


def _attach(uow: UnitOfWork, placed: Sequence[Placed], context: IntakeContext, causes: Mapping[SignalKey, str]) -> None:
    """One event per incident and batch, however many signals joined it."""
    joining: dict[UUID, list[Signal]] = {}
    for each in placed:
        if each.incident_id is not None:
            joining.setdefault(each.incident_id, []).append(each.signal)
    for incident, signals in joining.items():
        for part in _chunks(signals):
            event = SignalAttached(meta=_meta_of(uow, context, part[0], causes), signals=tuple(map(attached, part)))
            uow.append(incident, [event], expected=uow.version(incident))


def _store_repeats(
    uow: UnitOfWork,
    again: Mapping[SignalKey, Sequence[Signal]],
    batch: Batch,
    context: IntakeContext,
) -> dict[SignalKey, str]:
    """The events in which each repeat is counted, as causes of what follows for those that have risen."""
    causes: dict[SignalKey, str] = {}
    if not again:
        return causes
    uow.count_repeats({key: _told(copies, batch.known[key]) for key, copies in again.items() if key in batch.known})
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


def _told(copies: Sequence[Signal], known: KnownSignal) -> tuple[int, SignalStatus, datetime | None]:
    """How often it came, and the status that holds now: an older word that arrives late does not undo a newer one."""
    last = latest(copies)
    if known.told_at is not None and last.told_at is not None and last.told_at < known.told_at:
        return len(copies), known.status, known.told_at
    return len(copies), last.status, last.told_at


def _fates(signals: Sequence[Signal], batch: Batch) -> Iterator[Taken]:
    so_far: dict[SignalKey, int] = {}
    for signal in signals:
        key = (signal.source, signal.source_event_id)
        placed, known = batch.place(key), batch.known.get(key)
        so_far[key] = times = so_far.get(key, known.times if known else 0) + 1
        yield Taken(
            *key,
            batch.new[key].disposition if times == 1 else None,
            times,
            placed.incident_id if placed else batch.incident(key),
            placed.opening.reference if placed and placed.opening else None,
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
    for each in sorted(places):
        if run and each.sequence != run[-1].sequence + 1:
            yield _ends(run)
            run = []
        run.append(each)
    if run:
        yield _ends(run)


def _ends(run: Sequence[IntakePlace]) -> tuple[int, IntakePlace]:
    return run[0].sequence, IntakePlace(run[-1].sequence, max(each.stored_at for each in run))
