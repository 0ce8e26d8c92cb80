"""Turns what the log says of deadlines, silent sources, emergency lists and packs into messages.

Each once per channel, in the log's order, no gaps.

It follows the log with a position of its own, and reads from the store what the bus does not bring: a reminder that waits for
NATS would be late exactly when it is needed. A message has an id that follows from what it tells, so that looking at the same
events twice is harmless: the outbox keeps the first.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

import structlog

from domain.deadline_rules import RULES
from domain.deadlines import deadlines
from domain.emergency_lists.events import ListChecked, began
from domain.errors import SporlogError, UnavailableError
from domain.events import Recorded, StoredRow
from domain.incident.events import DeadlineApproached, DeadlineMissed
from domain.incident.evolve import replay
from domain.incident.state import Incident
from domain.intake.events import SourceFellSilent
from domain.organisation.state import Place
from domain.pack import PackMissed
from domain.reminders import LIMIT, MISSED
from domain.roles import Role
from domain.time import rfc3339_utc
from handlers.history import History
from handlers.list_alarms import alarm_noted, alarm_of
from handlers.outbox import Message, Outbox, Reminder, Untold
from handlers.packs import lapse_of
from handlers.silences import silence_noted, silence_of
from projections.deadlines import rungs_of
from projections.rows import Row

log = structlog.get_logger(__name__)

TOPICS = frozenset(event.TOPIC for event in (DeadlineApproached, DeadlineMissed, SourceFellSilent, ListChecked, PackMissed))
SAVE_EVERY = 1000
"""Positions after which the place in the log is saved although there was nothing to tell: a lost place costs only reading."""
PAGE = 1000


class Reminders:
    """The follower. `channels` are those that are configured; with none it only keeps its place.

    `owed` gives the open deadlines, and `silent` since when each source is silent that is; they are asked when a channel is
    new, for what is overdue or within a rung then. An event that no message can be made of is passed by, logged, and kept in
    the outbox until it is buried.
    """

    def __init__(
        self,
        history: History,
        outbox: Outbox,
        channels: Sequence[str],
        owed: Callable[[], Sequence[Row]],
        silent: Callable[[], Mapping[str, datetime]],
        *,
        demo: bool,
    ) -> None:
        self._history, self._outbox, self._channels, self._demo = history, outbox, tuple(channels), demo
        self._owed, self._silent = owed, silent
        self._position = self._saved = self._aim = 0
        self._lock = threading.Lock()

    def start(self, now: datetime) -> None:
        """Take up the place in the log. A channel that is new begins at its head, and with what is owed and reached at `now`.

        A demo's new channel begins with nothing: what is owed there is part of a story.
        """
        head, known = self._history.head(), self._outbox.position()
        before = self._outbox.channels()
        if known is None or known > head or not before:
            # Never started, without channels, or the store was restored from a backup: nothing before the head is news.
            self._position = head
        else:
            self._position = known
            self._follow(head, tuple(before & {*self._channels}))
        due, passed = self._at_start(now) if {*self._channels} - before else ([], [])
        self._outbox.begin(self._channels, self._position, due, passed)
        self._saved = self._aim = self._position

    def take(self, delivered: Sequence[StoredRow]) -> None:
        """What the bus delivered: any order, repeats and gaps included. On return the messages are in the outbox."""
        with self._lock:
            news = {row.position: row for row in delivered if row.position > self._position}
            rows = [news[position] for position in sorted(news)]
            if rows and rows[-1].position - self._position == len(rows):
                self._look(rows, self._channels)
            elif rows:
                self._follow(rows[-1].position, self._channels)

    def catch_up(self) -> None:
        """What the store had at the call before this one and the bus has not brought since."""
        with self._lock:
            aim, self._aim = self._aim, self._history.head()
            self._follow(aim, self._channels)

    def left_out(self) -> list[tuple[StoredRow, str]]:
        """Events that no message could be made of and that are not buried yet, with the reason."""
        waiting = self._outbox.untold(waiting=True)
        return [(row, one.reason) for one in waiting for row in self._history.rows(one.position - 1, 1)]

    def buried(self, position: int) -> None:
        """That event is among the dead letters. Durable on return."""
        self._outbox.put_aside(position)

    def _follow(self, upto: int, channels: Sequence[str]) -> None:
        while self._position < upto and (rows := self._history.rows(self._position, PAGE, upto=upto)):
            self._look(rows, channels)

    def _look(self, rows: Sequence[StoredRow], channels: Sequence[str]) -> None:
        messages, untold = list[Message](), list[Untold]()
        for row in (row for row in rows if row.topic in TOPICS):
            try:
                messages += self._of_event(row.position)
            except UnavailableError:
                raise
            except (SporlogError, ValueError, LookupError, TypeError) as error:
                log.error("a message could not be made", position=row.position, reason=str(error))  # noqa: TRY400 - it is kept
                recorded_at = datetime.fromtimestamp(row.recorded_at_us / 1_000_000, UTC)
                untold.append(Untold(row.position, recorded_at, str(error)))
        position = rows[-1].position
        if messages or untold or position - self._saved >= SAVE_EVERY:
            self._outbox.add(channels, messages, position, untold)
            self._saved = position
        # Messages, what none could be made of, and the place are durable together: killed before, all is looked at again.
        self._position = position

    def _of_event(self, position: int) -> Iterator[Message]:
        (recorded,) = self._history.read(position - 1, 1)
        event = recorded.event
        if isinstance(event, SourceFellSilent):
            yield silence_noted(self._history, recorded, event, demo=self._demo)
        if isinstance(event, ListChecked) and event.problems and began(event) == event.meta.occurred_at:
            yield alarm_noted(self._history, recorded, event, demo=self._demo)
        if isinstance(event, PackMissed):
            yield lapse_of(event, demo=self._demo)
        if isinstance(event, DeadlineApproached | DeadlineMissed):
            rung = event.rung if isinstance(event, DeadlineApproached) else MISSED
            told = self._history.read_stream(recorded.aggregate_id, upto=position)
            yield self._tell(told, event.kind, rung, event.due_at, event.meta.occurred_at)

    def _at_start(self, now: datetime) -> tuple[list[Message], list[Message]]:
        """Of each open deadline the last rung reached, which is to be told, and those before it; each silence and bad list."""
        due, passed = list[Message](), list[Message]()
        setup = self._history.intake_setup()
        for name, since in self._silent().items():
            silence = silence_of(name, setup.source(name), since, now, demo=self._demo)
            (passed if self._demo else due).append(silence)
        for expected in self._history.emergency_lists().in_order_of_name():
            if expected.checked is not None and expected.checked.problems:
                alarm = alarm_of(expected.checked, expected.expected.system, now, demo=self._demo)
                (passed if self._demo else due).append(alarm)
        for row in self._owed():
            told: list[Recorded] = []
            for at_last, rung in _reached(row, now):
                told = told or self._history.read_stream(row["incident_id"])
                one = self._tell(told, row["kind"], rung, row["due_at"], now)
                (due if at_last and not self._demo else passed).append(one)
        return due, passed

    def _tell(self, told: Sequence[Recorded], kind: str, rung: str, due_at: datetime, noted_at: datetime) -> Reminder:
        first = told[0]
        incident = replay(first.aggregate_id, (recorded.event for recorded in told))
        assert incident is not None, "a stream has events"  # noqa: S101 - a broken log, not bad input
        facts = incident.clock_facts()._replace(registered_at=first.recorded_at)
        clock = next((d for d in deadlines(facts) if (d.kind, d.due_at) == (kind, due_at)), None)
        named = clock or next(rule for rule in RULES if rule.kind == kind)
        return Reminder(
            id=reminder_id(incident.id, kind, due_at, rung),
            incident_id=incident.id,
            reference=incident.reference,
            kind=kind,
            rung=rung,
            due_at=due_at,
            noted_at=noted_at,
            name=named.name,
            explanation=clock.explanation if clock else "",
            paragraph=named.paragraph,
            status=incident.status,
            nis2_category=incident.nis2_category,
            decision_makers=self._decision_makers(incident) if rung == LIMIT else (),
            demo=self._demo,
            exercise=incident.exercise,
        )

    def _decision_makers(self, incident: Incident) -> tuple[str, ...]:
        placings = self._history.organisation().placings
        places = (Place(incident.entity, where, Role.DECISION_MAKER) for where in (incident.administration, None))
        placing = next((placings[place] for place in places if place in placings), None)
        return (placing.holder, *placing.deputies) if placing else ()


def reminder_id(incident_id: UUID, kind: str, due_at: datetime, rung: str) -> str:
    """32 hex digits of SHA-256 over the four."""
    return hashlib.sha256(f"{incident_id}\n{kind}\n{rfc3339_utc(due_at)}\n{rung}".encode()).hexdigest()[:32]


def _reached(row: Row, now: datetime) -> Iterator[tuple[bool, str]]:
    """(is it the last one, rung), earliest first."""
    rungs = [rung for at, rung in rungs_of(row) if at <= now]
    return ((number == len(rungs), rung) for number, rung in enumerate(rungs, start=1))
