"""Deciding what becomes of each signal of a batch: the rules' verdicts, held against what is open.

Signals are decided one after the other, each seeing what the earlier ones opened and counted, so that the outcome is the same
however a stream is cut into batches.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.intake.rules import PERSON, TO_A_PERSON, TWIN, Counted, Likenesses, Rule, Verdict, lines, verdict
from domain.signals import Disposition, Severity, Signal
from handlers.intake_windows import Windows, minute_of
from handlers.unit_of_work import KnownSignal, SignalKey, UnitOfWork

SETTLED = frozenset({Disposition.DISMISSED, Disposition.TO_PERSON})
"""A person decided, or will: no rule is asked again."""


class Opening(NamedTuple):
    """The incident that a signal opens: where its like will be found again, how severe it is, and its new reference."""

    groups: tuple[str, ...]
    severity: Severity
    entity: str
    reference: str


class Placed(NamedTuple):
    """What became of a signal, by which rule, and under which name it met its incident."""

    signal: Signal
    disposition: Disposition
    rule: str
    incident_id: UUID | None = None
    group: str | None = None
    opening: Opening | None = None


class Met(NamedTuple):
    """What a signal meets: the rules that may decide, the lines on which it is counted, and the minute in which it counts."""

    rules: tuple[Rule, ...]
    lines: tuple[tuple[Counted, int], ...]
    minute: int


class Batch(NamedTuple):
    """What became of each signal: `new` ones, known ones, and those of either that have `risen` into an incident since."""

    known: Mapping[SignalKey, KnownSignal]
    new: dict[SignalKey, Placed]
    risen: dict[SignalKey, Placed]
    in_order: list[Placed]
    """Both, as they were decided: incidents stand in the log in the order of their references."""
    rules: int
    """The number of the rules that decided."""

    def place(self, key: SignalKey) -> Placed | None:
        """Where this batch put it, if it did."""
        return self.risen.get(key) or self.new.get(key)

    def incident(self, key: SignalKey) -> UUID | None:
        """The incident that it belongs to by now."""
        placed = self.place(key)
        return placed.incident_id if placed else self.known[key].incident_id

    def first_payload(self, key: SignalKey) -> str:
        """The hash of the payload that it came with first."""
        return self.new[key].signal.payload_sha256 if key in self.new else self.known[key].payload_sha256


def place(
    uow: UnitOfWork, signals: Sequence[Signal], known: Mapping[SignalKey, KnownSignal], entity: str, new_ids: Iterator[UUID]
) -> Batch:
    """Decide new signals, and known ones without an incident that would open one now.

    An alert that was resolved or harmless when it first came, and is severe and firing now, gets its incident now.
    """
    waiting = [s for s in signals if (was := known.get(_key(s))) is None or _may_rise(was)]
    rules = _Correlation(uow, waiting, entity, new_ids)
    batch = Batch(known, {}, {}, [], rules.number)
    for signal, met in zip(waiting, rules.met, strict=True):
        key = _key(signal)
        if key not in known and key not in batch.new:
            batch.new[key] = placed = rules.first(signal, met)
        elif key not in batch.risen and (key in known or batch.new[key].incident_id is None):
            risen = rules.again(signal, met)
            if risen is None:
                continue
            batch.risen[key] = placed = risen
        else:
            continue
        batch.in_order.append(placed)
    rules.store()
    return batch


def _key(signal: Signal) -> SignalKey:
    return signal.source, signal.source_event_id


def _may_rise(known: KnownSignal) -> bool:
    return known.incident_id is None and known.disposition not in SETTLED


class _Correlation:
    """One batch in the light of the rules, of what is open, of windows and of twins. What it needs is read in few queries."""

    def __init__(self, uow: UnitOfWork, waiting: Sequence[Signal], entity: str, new_ids: Iterator[UUID]) -> None:
        self._uow, self._entity, self._new_ids = uow, entity, new_ids
        self._setup = uow.intake_setup()
        self.met = self._meet(waiting, uow.recorded_at)
        names = {
            group for signal, met in zip(waiting, self.met, strict=True) for rule in met.rules for group in rule.groups(signal)
        }
        self._open = dict(uow.open_incidents(names))
        self._windows = Windows(uow, ((line, minutes, met.minute) for met in self.met for line, minutes in met.lines))
        self._twins = dict(uow.twins(shared)) if (shared := {name for s in waiting for name in s.same_as}) else {}
        told = uow.known_signals(list(self._twins.values())) if self._twins else {}
        self._incidents = {key: known.incident_id for key, known in told.items()}
        self._new_twins: dict[str, SignalKey] = {}

    @property
    def number(self) -> int:
        """Of the rules that decide."""
        return self._setup.rules.number

    def first(self, signal: Signal, met: Met) -> Placed:
        """Decide a signal that was never seen."""
        if signal.kind in TO_A_PERSON:
            return Placed(signal, Disposition.TO_PERSON, PERSON)
        totals = self._windows.add(met.lines, met.minute)
        placed = self._with_twin(signal) or self._settle(signal, verdict(met.rules, signal, totals))
        self._incidents[_key(signal)] = placed.incident_id
        for name in signal.same_as:
            if name not in self._twins:
                self._twins[name] = self._new_twins[name] = _key(signal)
        return placed

    def again(self, signal: Signal, met: Met) -> Placed | None:
        """Decide a repeat that belongs to no incident: None, unless it opens one now. It was counted in windows already."""
        if signal.kind in TO_A_PERSON:
            return None
        found = verdict(met.rules, signal, {})
        return (self._with_twin(signal) or self._settle(signal, found)) if found.then == "open" else None

    def store(self) -> None:
        """Keep what the batch counted, and which signals told first."""
        self._windows.store(self._uow)
        if self._new_twins:
            self._uow.set_twins(self._new_twins)

    def _meet(self, waiting: Sequence[Signal], now: datetime) -> list[Met]:
        setup, likenesses, found = self._setup, Likenesses(self._setup.rules), list[Met]()
        for signal in waiting:
            in_maintenance = bool(setup.maintenances) and setup.in_maintenance(signal)
            rules = likenesses.asked(signal, in_maintenance=in_maintenance)
            # A tool's clock that is ahead of ours cannot have seen what has not happened.
            found.append(Met(rules, tuple(lines(rules, signal)), minute_of(min(signal.detected_at, now))))
        return found

    def _with_twin(self, signal: Signal) -> Placed | None:
        for name in signal.same_as:
            twin = self._twins.get(name)
            if twin is not None and twin != _key(signal) and (incident := self._incidents.get(twin)) is not None:
                return Placed(signal, Disposition.ATTACHED, TWIN, incident, name)
        return None

    def _settle(self, signal: Signal, found: Verdict) -> Placed:
        if found.then == "suppress":
            return Placed(signal, Disposition.SUPPRESSED, found.rule)
        if found.then != "count":
            group = next((group for group in found.groups if group in self._open), None)
            if group is not None:
                return Placed(signal, Disposition.ATTACHED, found.rule, self._open[group], group)
        if found.then != "open":
            return Placed(signal, Disposition.COUNTED, found.rule)
        incident, entity = next(self._new_ids), self._setup.source(signal.source).entity or self._entity
        self._open.update(dict.fromkeys(found.groups, incident))
        for name in signal.components:
            # It is open on all that its signal named, within a batch as after it.
            self._open.setdefault(name, incident)
        opening = Opening(found.groups, found.opens_as, entity, self._uow.take_reference(entity, incident))
        return Placed(signal, Disposition.OPENED, found.rule, incident, found.groups[0], opening)
