"""Taking signals in, on a real store, and what the log then says of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar
from uuid import UUID, uuid4

from adapters.event_store.application import EventStore
from domain.events import DomainEvent, Recorded
from domain.signals import Signal, SignalsReceived, SignalsRepeated
from handlers.intake import IntakeContext, Message, Taken, take_in, take_in_messages
from handlers.unit_of_work import IntakePlace, KnownSignal, SignalKey, UnitOfWork

T = TypeVar("T")
E = TypeVar("E", bound=DomainEvent)
STREAM = "2026-11-20T14:00:00Z"


def new_ids() -> Iterator[UUID]:
    while True:
        yield uuid4()


def context(**more: Any) -> IntakeContext:  # noqa: ANN401 - as the fields of IntakeContext
    return IntakeContext(**{"entity": "laerkeborg", "correlation_id": "c-1", "new_ids": new_ids()} | more)


def do(store: EventStore, work: Callable[[UnitOfWork], T]) -> T:
    (outcome,) = store.commit([work])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def take(store: EventStore, *signals: Signal, **more: Any) -> list[Taken]:  # noqa: ANN401 - as above
    return do(store, lambda uow: take_in(uow, signals, context(**more)))


def deliver(store: EventStore, *messages: Message, stream: str = STREAM) -> list[Taken]:
    return do(store, lambda uow: take_in_messages(uow, stream, messages, context()))


def message(sequence: int, *signals: Signal, stored_at: int | None = None) -> Message:
    """A message that was stored a second after the one before it, unless told when."""
    return Message(IntakePlace(sequence, sequence * 1_000_000_000 if stored_at is None else stored_at), signals)


def log(store: EventStore, kind: type[E]) -> list[E]:
    return [recorded.event for recorded in whole_log(store) if isinstance(recorded.event, kind)]


def whole_log(store: EventStore) -> list[Recorded]:
    return store.read(0, 1_000_000, opened=True)


def known(store: EventStore, *keys: SignalKey) -> list[KnownSignal]:
    found = do(store, lambda uow: uow.known_signals(keys))
    return [found[key] for key in keys]


def told(store: EventStore) -> Counter[SignalKey]:
    """How often each signal has come, as the log alone tells it."""
    counts: Counter[SignalKey] = Counter()
    for received in log(store, SignalsReceived):
        counts.update((received.source, signal.source_event_id) for signal in received.signals)
    for repeated in log(store, SignalsRepeated):
        counts.update({(repeated.source, repeat.source_event_id): repeat.count for repeat in repeated.repeats})
    return counts


def fates(taken: Sequence[Taken]) -> list[tuple[str | None, int]]:
    return [(one.disposition and str(one.disposition), one.times) for one in taken]
