"""What would these rules have made of what came in? Signals go in as the log recorded them, in its order; nothing is stored.

Rules, windows and groups are those of intake. Two things differ: nobody closes an incident here, so one ends when its last
signal is a day old; and a repeat is not looked at again, as the log keeps only how often it came.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.intake.rules import PERSON, TO_A_PERSON, TWIN, Counted, Likenesses, lines, verdict
from domain.intake.state import IntakeSetup
from domain.signals import Disposition, ReceivedSignal, Signal

OPEN_FOR = timedelta(hours=24)
"""How long after its last signal a simulated incident stays open."""


class Outcome(NamedTuple):
    """What becomes of a signal, by which rule."""

    rule: str
    disposition: Disposition


class Tally:
    """Outcomes, counted. `components` counts the incidents that were opened on each."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.components: Counter[str] = Counter()

    def add(self, outcome: Outcome, signal: ReceivedSignal) -> None:
        """Count one signal."""
        self.outcomes[outcome] += 1
        if outcome.disposition is Disposition.OPENED:
            self.components.update(signal.components)

    @property
    def incidents(self) -> int:
        """How many were opened."""
        return sum(number for (_, disposition), number in self.outcomes.items() if disposition is Disposition.OPENED)


class Simulation:
    """Rules at work in memory. All else in `setup` may be replaced between signals, as it changed between them in the log."""

    def __init__(self, setup: IntakeSetup) -> None:
        self.setup = setup
        self._likenesses = Likenesses(setup.rules)
        self._windows: dict[Counted, _Window] = {}
        self._open: dict[str, _Open] = {}

    def take(self, source: str, received: ReceivedSignal, recorded_at: datetime) -> Outcome:
        """Decide the next signal."""
        if received.kind in TO_A_PERSON:
            return Outcome(PERSON, Disposition.TO_PERSON)
        signal = _signal(source, received)
        in_maintenance = bool(self.setup.maintenances) and self.setup.in_maintenance(signal)
        rules = self._likenesses.asked(signal, in_maintenance=in_maintenance)
        # A tool's clock that is ahead of ours cannot have seen what has not happened.
        at = min(received.detected_at, recorded_at)
        totals = {line: self._window(line, minutes).add(at) for line, minutes in lines(rules, signal)}
        if received.rule == TWIN:
            # By which names two sources tell of the same is not in the log, only that they did.
            return Outcome(TWIN, received.disposition)
        found = verdict(rules, signal, totals)
        if found.then == "suppress":
            return Outcome(found.rule, Disposition.SUPPRESSED)
        if found.then != "count" and (incident := self._find(found.groups, at)) is not None:
            incident.last = max(incident.last, at)
            return Outcome(found.rule, Disposition.ATTACHED)
        if found.then != "open":
            return Outcome(found.rule, Disposition.COUNTED)
        self._begin(found.groups, received.components, at)
        return Outcome(found.rule, Disposition.OPENED)

    def _window(self, line: Counted, minutes: int) -> "_Window":
        if (found := self._windows.get(line)) is None:
            found = self._windows[line] = _Window(minutes)
        return found

    def _find(self, groups: tuple[str, ...], at: datetime) -> "_Open | None":
        known = (self._open.get(group) for group in groups)
        return next((each for each in known if each is not None and at - each.last <= OPEN_FOR), None)

    def _begin(self, groups: tuple[str, ...], components: tuple[str, ...], at: datetime) -> None:
        incident = _Open(at)
        self._open.update(dict.fromkeys(groups, incident))
        for name in components:
            # It is open on all that its signal named; of several incidents there the one that was open first is met.
            if self._find((name,), at) is None:
                self._open[name] = incident


class _Open:
    """An open incident, by when its last signal was."""

    __slots__ = ("last",)

    def __init__(self, last: datetime) -> None:
        self.last = last


class _Window:
    """One line of counting: how many there were in the minutes that end with the latest signal.

    The total slides with the signals, so that a day's window costs no more than one of ten minutes.
    """

    __slots__ = ("_at", "_counts", "_minutes", "_total")

    def __init__(self, minutes: int) -> None:
        self._minutes, self._at, self._total = minutes, 0, 0
        self._counts: dict[int, int] = {}

    def add(self, at: datetime) -> int:
        minute = int(at.timestamp()) // 60
        self._counts[minute] = self._counts.get(minute, 0) + 1
        if minute == self._at:
            self._total += 1
        elif 0 < minute - self._at < self._minutes:
            self._total += self._sum(self._at, minute) - self._sum(self._at - self._minutes, minute - self._minutes)
        else:
            self._total = self._sum(minute - self._minutes, minute)
        self._at = minute
        return self._total

    def _sum(self, after: int, upto: int) -> int:
        return sum(self._counts.get(minute, 0) for minute in range(after + 1, upto + 1))


def _signal(source: str, received: ReceivedSignal) -> Signal:
    """As the rules see it; its text is nothing to them."""
    return Signal(
        source=source,
        source_event_id=received.source_event_id,
        title="",
        description="",
        severity=received.severity,
        status=received.status,
        detected_at=received.detected_at,
        components=received.components,
        signal_category=received.signal_category,
        references=(),
        payload_sha256=received.payload_sha256,
        raw=b"",
        kind=received.kind,
        services=received.services,
    )
