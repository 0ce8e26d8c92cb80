"""Turns what the log says of deadlines into messages for people: each once per channel, in the log's order, without gaps.

It follows the log with a position of its own, and reads from the store what the bus does not bring: a reminder that waits for
NATS would be late exactly when it is needed. A message has an id that follows from what it tells, so that looking at the same
events twice is harmless: the outbox keeps the first.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.deadline_rules import RULES
from domain.deadlines import deadlines
from domain.errors import SporlogError, UnavailableError
from domain.events import Recorded, StoredRow
from domain.incident.events import DeadlineApproached, DeadlineMissed
from domain.incident.evolve import replay
from domain.incident.state import Incident
from domain.organisation.state import Place
from domain.reminders import LIMIT, MISSED
from domain.roles import Role
from domain.time import rfc3339_utc
from handlers.history import History
from handlers.outbox import Outbox, Reminder
from projections.deadlines import rungs_of
from projections.rows import Row

TOPICS = frozenset({DeadlineApproached.TOPIC, DeadlineMissed.TOPIC})
SAVE_EVERY = 1000
"""Positions after which the place in the log is saved although there was nothing to tell: a lost place costs only reading."""
PAGE = 1000


class Left(NamedTuple):
    """An event that no message could be made of."""

    row: StoredRow
    reason: str


class Reminders:
    """The follower. `channels` are those that are configured; with none it only keeps its place.

    `owed` gives the open deadlines; it is asked when a channel is new, for what is overdue or within a rung then.
    """

    def __init__(
        self, history: History, outbox: Outbox, channels: Sequence[str], owed: Callable[[], Sequence[Row]], *, demo: bool
    ) -> None:
        self._history, self._outbox, self._channels, self._owed, self._demo = history, outbox, tuple(channels), owed, demo
        self._position = self._saved = self._aim = 0
        self._lock = threading.Lock()

    def start(self, now: datetime) -> list[Left]:
        """Take up the place in the log. A channel that is new begins at its head, and with what is owed and reached at `now`.

        A demo's new channel begins with nothing: what is owed there is part of a story.
        """
        left: list[Left] = []
        head, known = self._history.head(), self._outbox.position()
        before = self._outbox.channels()
        if known is None or known > head or not before:
            # Never started, without channels, or the store was restored from a backup: nothing before the head is news.
            self._position = head
        else:
            self._position = known
            left = self._follow(head, tuple(before & {*self._channels}))
        due, passed = self._at_start(now) if {*self._channels} - before else ([], [])
        self._outbox.begin(self._channels, self._position, due, passed)
        self._saved = self._aim = self._position
        return left

    def take(self, delivered: Sequence[StoredRow]) -> list[Left]:
        """What the bus delivered: any order, repeats and gaps included. On return the messages are in the outbox."""
        with self._lock:
            news = {row.position: row for row in delivered if row.position > self._position}
            rows = [news[position] for position in sorted(news)]
            if not rows:
                return []
            if rows[-1].position - self._position != len(rows):
                return self._follow(rows[-1].position, self._channels)
            return self._look(rows, self._channels)

    def catch_up(self) -> list[Left]:
        """What the store had at the call before this one and the bus has not brought since."""
        with self._lock:
            aim, self._aim = self._aim, self._history.head()
            return self._follow(aim, self._channels)

    def _follow(self, upto: int, channels: Sequence[str]) -> list[Left]:
        left: list[Left] = []
        while self._position < upto and (rows := self._history.rows(self._position, PAGE, upto=upto)):
            left += self._look(rows, channels)
        return left

    def _look(self, rows: Sequence[StoredRow], channels: Sequence[str]) -> list[Left]:
        reminders, left = list[Reminder](), list[Left]()
        for row in (row for row in rows if row.topic in TOPICS):
            try:
                reminders += self._of_event(row.position)
            except UnavailableError:
                raise
            except SporlogError as error:
                left.append(Left(row, str(error)))
        position = rows[-1].position
        if reminders or position - self._saved >= SAVE_EVERY:
            self._outbox.add(channels, reminders, position)
            self._saved = position
        self._position = position
        return left

    def _of_event(self, position: int) -> Iterator[Reminder]:
        (recorded,) = self._history.read(position - 1, 1)
        event = recorded.event
        if isinstance(event, DeadlineApproached | DeadlineMissed):
            rung = event.rung if isinstance(event, DeadlineApproached) else MISSED
            told = self._history.read_stream(recorded.aggregate_id, upto=position)
            yield self._tell(told, event.kind, rung, event.due_at, event.meta.occurred_at)

    def _at_start(self, now: datetime) -> tuple[list[Reminder], list[Reminder]]:
        """Of each open deadline the last rung reached, which is to be told, and those before it."""
        due, passed = list[Reminder](), list[Reminder]()
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
