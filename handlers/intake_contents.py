"""Tells apart what comes under one id with different content: a mail's Message-ID is its sender's to choose.

Else a sender could reuse the Message-ID of a mail that is known, and dismissed perhaps, and nobody would see the new one.
"""

from collections.abc import Sequence

from domain.signals import Signal
from handlers.unit_of_work import SignalKey, UnitOfWork

REUSED = "id-reused"


def by_content(uow: UnitOfWork, signals: Sequence[Signal]) -> Sequence[Signal]:
    """The signals under the ids that hold: the first content keeps the id as told, each other one is `<id>~<its hash>`."""
    named = {_name(signal): (signal.source, signal.source_event_id) for signal in signals if signal.content}
    if not named:
        return signals
    places, first = dict(uow.twins(named)), uow.known_signals(list(dict.fromkeys(named.values())))
    begun, fresh = set(first), dict[str, SignalKey]()
    placed: list[Signal] = []
    for signal in signals:
        if not signal.content:
            placed.append(signal)
            continue
        name, key = _name(signal), (signal.source, signal.source_event_id)
        if name not in places:
            # Of one from before contents were noted the bytes decide.
            same = key in first and first[key].payload_sha256 == signal.payload_sha256
            own = key if key not in begun or same else (signal.source, f"{signal.source_event_id}~{signal.content[:32]}")
            places[name] = fresh[name] = own
            begun.add(key)
        placed.append(_under(signal, places[name][1]))
    uow.set_twins(fresh)
    return placed


def _under(signal: Signal, event_id: str) -> Signal:
    if event_id == signal.source_event_id:
        return signal
    return signal._replace(source_event_id=event_id, flags=(*signal.flags, REUSED))


def _name(signal: Signal) -> str:
    return f"content:{signal.source}/{signal.source_event_id}/{signal.content}"
