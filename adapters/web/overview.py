"""The overview: what must be done next, what is open, what was closed."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from adapters.audit.ledger_words import told
from adapters.connecting.source_list import source_objects
from adapters.emergency_lists.words import outcome_words
from adapters.incident.json import title_of
from adapters.web.clocks import Clock, clock
from adapters.web.parts import BEHIND, WebParts
from adapters.words.wording import Language
from domain.incident.events import CloseReason, Nis2Category
from domain.incident.state import Status
from domain.intake.state import IntakeSetup
from domain.pack import PackProblem
from domain.signals import Severity
from handlers.ledger_tables import Signed
from projections import register, signals
from projections.incident_rows import duties_of, state_of
from projections.rows import Row
from projections.table_set import TableSet

OPEN_SHOWN = 50
CLOSED_SHOWN = 20
NEXT_SHOWN = 4
PATIENCE_US = 5_000_000
REGISTER = TableSet(register.Register())


class Line(NamedTuple):
    """An incident in a list."""

    id: UUID
    reference: str
    title: str | None
    status: Status
    severity: Severity
    category: Nis2Category | None
    signal_count: int
    recorded_at: datetime
    closed_at: datetime | None
    close_reason: CloseReason | None
    clocks: tuple[Clock, ...]
    assessed: bool
    exercise: bool
    held_at: datetime | None
    """Since when nothing of it may be erased."""


class DutyLine(NamedTuple):
    """A duty and whose it is."""

    clock: Clock
    incident: Line


class Behind(NamedTuple):
    """The read model shows the log up to `shown`, the log is at `head`."""

    shown: int
    head: int


class Overview(NamedTuple):
    """Everything on the front page that lives."""

    behind: Behind | None
    backlog: int
    """Messages of tools that wait on the bus; 0 when they are few, and for whoever may not see all."""
    next: tuple[DutyLine, ...]
    open: tuple[Line, ...]
    open_total: int
    closed: tuple[Line, ...]
    closed_total: int
    waiting: int
    """Signals that wait for a person."""
    silent: tuple[str, ...]
    """Sources that were expected to speak and have not."""
    lists: tuple[str, ...]
    """Emergency lists that nobody may rely on, with what is wrong."""
    elsewhere: str | None
    """Why nothing may be written in this house."""
    pack: PackProblem | None
    """What is wrong with the emergency packs; None too for whoever may not see all."""
    differs: tuple[str, ...]
    """Where log and ledger were found to differ, a sentence each."""
    signed: Signed | None
    """The ledger's newest checkpoint."""

    @property
    def empty(self) -> bool:
        """Whether there is no incident at all that may be seen."""
        return self.open_total + self.closed_total == 0


def read_overview(parts: WebParts, language: Language, *, past: bool = False) -> Overview:
    """Reads the register; call it beside the event loop. Raises `UnavailableError`.

    In the `past` nothing is said of how the process and its sources do: that is so now, whatever the log stood at.
    """
    scope = parts.desk.scope
    with parts.register() as connection:
        open_rows = register.incidents(connection, open_only=True, limit=OPEN_SHOWN, scope=scope)
        closed_rows = register.incidents(connection, status=Status.CLOSED, limit=CLOSED_SHOWN, scope=scope)
        counts = register.counts(connection, scope)
        shown = REGISTER.progress(connection)
    with parts.signals() as connection:
        # What belongs to no incident yet belongs to no entity either: who may not read all of them is told of none.
        waiting = signals.waiting_count(connection) if scope is None else 0
        heard = signals.sources(connection) if scope is None else {}
    now = parts.clock()
    setup = parts.desk.history.intake_setup() if scope is None and not past else IntakeSetup()
    silent = tuple(one["source"] for one in source_objects(setup, heard, now) if one["silent_since"])
    lists = parts.desk.history.emergency_lists().alarming(now) if scope is None and not past else ()
    lines = tuple(_line(parts, row, now, language) for row in open_rows)
    owed = [DutyLine(one, line) for line in lines for one in line.clocks if one.owed and not one.awaited]
    closed_total = counts[Status.CLOSED.value]
    return Overview(
        behind=None if past else _behind(parts, shown.position if shown else 0, now),
        backlog=backlog if scope is None and not past and (backlog := parts.backlog()) >= BEHIND else 0,
        next=tuple(sorted(owed, key=lambda duty: duty.clock.rank)[:NEXT_SHOWN]),
        open=lines,
        open_total=sum(counts.values()) - closed_total,
        closed=tuple(_line(parts, row, now, language) for row in closed_rows),
        closed_total=closed_total,
        waiting=waiting,
        silent=silent,
        lists=tuple(f"{one.name} ({outcome_words(one, now, language)})" for one in lists),
        elsewhere=None if past else parts.read_only(),
        pack=parts.packs.state(now).problem if parts.packs and scope is None and not past else None,
        differs=() if past else tuple(told(each).to(language) for each in parts.ledger.tables.open_differences()),
        signed=None if past else parts.ledger.latest(),
    )


def _behind(parts: WebParts, shown: int, now: datetime) -> Behind | None:
    """None while the next event that is missing is too young for a person to miss it."""
    missing = parts.desk.history.rows(shown, 1)
    if not missing or now.timestamp() * 1_000_000 - missing[0].recorded_at_us < PATIENCE_US:
        return None
    return Behind(shown, parts.desk.history.head())


def _line(parts: WebParts, row: Row, now: datetime, language: Language) -> Line:
    duties = duties_of(state_of(row), row["recorded_at"], row["assessed_at"])
    return Line(
        id=row["id"],
        reference=row["reference"],
        title=title_of(row, parts.desk.history.unseal),
        status=row["status"],
        severity=row["severity"],
        category=row["nis2_category"],
        signal_count=row["signal_count"],
        recorded_at=row["recorded_at"],
        closed_at=row["closed_at"],
        close_reason=row["close_reason"],
        clocks=tuple(clock(duty, now, language) for duty in duties),
        assessed=row["assessed_at"] is not None,
        exercise=row["exercise"],
        held_at=row["held_at"],
    )
