"""Which episode a signal means, for tools that do not tell: see `domain.signals.Signal.episode`."""

from collections.abc import Sequence

from domain.signals import Signal, SignalStatus
from handlers.unit_of_work import Episode, KnownSignal, SignalKey, UnitOfWork


def in_episodes(uow: UnitOfWork, signals: Sequence[Signal]) -> Sequence[Signal]:
    """The signals under the ids that hold: one after the other, each seeing what the earlier ones began and ended."""
    episodic = [signal for signal in signals if signal.episode]
    if not episodic:
        return signals
    latest = dict(uow.latest_episodes({(signal.source, signal.episode) for signal in episodic}))
    known = dict(uow.known_signals([(signal.source, signal.source_event_id) for signal in episodic]))
    changed: dict[SignalKey, Episode] = {}
    placed: list[Signal] = []
    for signal in signals:
        if not signal.episode:
            placed.append(signal)
            continue
        key = (signal.source, signal.episode)
        before = latest.get(key)
        event_id = _id(signal, before, known)
        placed.append(signal._replace(source_event_id=event_id))
        # A late copy of an earlier episode says nothing of the latest one.
        if before is None or event_id == before.source_event_id or (signal.source, event_id) not in known:
            latest[key] = changed[key] = Episode(event_id, signal.status is not SignalStatus.RESOLVED)
    uow.set_episodes(changed)
    return placed


def _id(signal: Signal, latest: Episode | None, known: dict[SignalKey, KnownSignal]) -> str:
    resolved = signal.status is SignalStatus.RESOLVED
    if signal.source_event_id == signal.episode:
        # The tool numbers no episodes: whatever comes while one is open means that one, and an end means the last one.
        if latest is not None and (latest.is_open or resolved):
            return latest.source_event_id
        return f"{signal.episode}@{signal.detected_at.isoformat()}"
    if resolved and latest is not None and (signal.source, signal.source_event_id) not in known:
        return latest.source_event_id
    return signal.source_event_id
