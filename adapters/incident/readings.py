"""A replay's steps as JSON objects, and where the two readings of a history differ: what the log said, and what was so."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from adapters.incident.json import Sees, duties_after, event_object, everything, state_object
from domain.deadlines import Deadline, as_json
from domain.time import rfc3339_utc
from handlers.desk import Desk
from handlers.readings import LATER, Moment, happened_at

NO_CHANGE = frozenset({"id", "version"})
CLOCK = "clock:"
"""Before the kind of a clock that runs, where it stands beside the fields of an incident."""


class Order(StrEnum):
    """In which order a history is read."""

    RECORDED = "recorded"
    OCCURRED = "occurred"


class Divergence(NamedTuple):
    """From `since` until before `until` (UTC; None: still) the two readings give a field two values.

    The value is None where that reading has nothing of it. Of an incident that one reading does not know at all yet only the
    status is told.
    """

    field: str
    since: datetime
    until: datetime | None
    recorded: Any
    occurred: Any


def step_object(moments: Sequence[Moment], sees: Sees = everything) -> dict[str, Any]:
    """The last of these moments: the event, what it changed, the clocks it moved, and the state after it."""
    last = moments[-1]
    before = {} if last.before is None else state_object(last.before)
    after = state_object(last.after)
    known, running = _running(moments[:-1]), _running(moments)
    return {
        **event_object(last.recorded, sees),
        "changes": {n: [before.get(n), after[n]] for n in after if n not in NO_CHANGE and before.get(n) != after[n]},
        "clocks_started": [as_json(clock) for kind, clock in running.items() if clock != known.get(kind)],
        "clocks_stopped": [as_json(clock) for kind, clock in known.items() if kind not in running],
        "state": after,
    }


def divergences(recorded: Sequence[Moment], occurred: Sequence[Moment]) -> list[Divergence]:
    """Where the readings differ for longer than `LATER`, by when that begins; empty when all was entered as it happened.

    `recorded` is the history in the log's order, `occurred` the same events as they happened.
    """
    report = recorded[0].recorded
    entered = [one.recorded.recorded_at for one in recorded]
    happened = [happened_at(one.recorded, report) for one in occurred]
    said, held = _facts_of(recorded), _facts_of(occurred)
    found, running = list[Divergence](), dict[str, Divergence]()
    for instant in sorted({*entered, *happened}):
        left, right = said(bisect_right(entered, instant)), held(bisect_right(happened, instant))
        names = left.keys() | right.keys() if left and right else {"status"}
        pairs = {name: (left.get(name), right.get(name)) for name in names}
        for name, one in list(running.items()):
            if pairs.get(name) != (one.recorded, one.occurred):
                found.append(running.pop(name)._replace(until=instant))
        for name, (log, world) in pairs.items():
            if log != world and name not in running:
                running[name] = Divergence(name, instant, None, log, world)
    told = [one for one in found if one.until is not None and one.until - one.since > LATER]
    return sorted([*told, *running.values()], key=lambda one: (one.since, one.field))


def divergences_of(desk: Desk, reference: str) -> list[Divergence]:
    """Where the readings of an incident differ. Raises `NotFoundError`."""
    return divergences(desk.replay(reference), desk.replay_as_it_happened(reference))


def divergence_object(one: Divergence) -> dict[str, Any]:
    """As API and command line give it."""
    until = None if one.until is None else rfc3339_utc(one.until)
    return {**one._asdict(), "since": rfc3339_utc(one.since), "until": until}


def _facts_of(moments: Sequence[Moment]) -> Callable[[int], Mapping[str, Any]]:
    """What is known after so many moments: fields by name, running clocks by kind with their limits; empty before the first."""

    @cache
    def facts(count: int) -> Mapping[str, Any]:
        if not count:
            return {}
        state = {name: value for name, value in state_object(moments[count - 1].after).items() if name not in NO_CHANGE}
        clocks = _running(moments[:count])
        return state | {f"{CLOCK}{kind}": rfc3339_utc(clock.due_at) for kind, clock in clocks.items()}

    return facts


def _running(moments: Sequence[Moment]) -> dict[str, Deadline]:
    return {duty.deadline.kind: duty.deadline for duty in duties_after(moments) if duty.discharged_at is None}
