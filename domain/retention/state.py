"""The periods as they stand, and how each event changes them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, assert_never, cast

from domain.events import DomainEvent
from domain.retention import events as e
from domain.retention.periods import Periods


class InForce(NamedTuple):
    """Periods with the day they hold from; None: from the beginning, those that Sporlog brings."""

    number: int
    effective_from: date | None
    periods: Periods


BROUGHT = InForce(0, None, Periods())


@dataclass(frozen=True, slots=True)
class Retention:
    """The state that `evolve` makes. `versions` are in the order in which they were decided."""

    version: int = 0
    versions: tuple[InForce, ...] = (BROUGHT,)
    erased: frozenset[tuple[str, e.What]] = frozenset()
    """Month and what of its payloads was let go."""
    keys: frozenset[str] = frozenset()
    """Keys that are to be destroyed, or are."""
    letters_upto: int = 0
    """Number of the last dead letter that was let go."""

    def on(self, day: date) -> InForce:
        """Those that hold on a day: the last that were decided of all that hold from then or before."""
        return next(one for one in reversed(self.versions) if one.effective_from is None or one.effective_from <= day)

    def after(self, day: date) -> tuple[InForce, ...]:
        """Those that are decided and do not hold yet."""
        return tuple(one for one in self.versions if one.effective_from is not None and one.effective_from > day)


def evolve(retention: Retention, event: e.RetentionEvent) -> Retention:
    """Apply one recorded event."""
    changed = replace(retention, version=retention.version + 1)
    match event:
        case e.PeriodsSet():
            new = InForce(event.number, event.effective_from, event.periods)
            return replace(changed, versions=(*retention.versions, new))
        case e.PayloadsErased():
            keys = retention.keys | ({event.key} if event.key else set())
            return replace(changed, erased=retention.erased | {(event.month, event.what)}, keys=keys)
        case e.DeadLettersErased():
            return replace(changed, letters_upto=event.upto)
        case _:
            assert_never(event)


def replay(events: Iterable[DomainEvent], retention: Retention | None = None) -> Retention:
    """Fold events on top of what is known."""
    folded = retention or Retention()
    for event in events:
        folded = evolve(folded, cast("e.RetentionEvent", event))
    return folded
