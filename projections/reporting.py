"""What management asks: how many incidents, how fast were they assessed and notified, where do the attempts hit?

Every figure can be traced: `incidents` holds the rows that `monthly` is the sum of. Exercises have a row and count nowhere.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, Table, select

from domain.deadline_rules import DeadlineKind
from domain.events import Recorded, StoredRow
from domain.incident import events as e
from domain.incident.state import Status
from domain.signals import SignalsReceived, SignalsRepeated
from domain.time import local
from projections import views
from projections.columns import Instant, Words, instant_of
from projections.incident_rows import JUDGEMENTS, REPORTED, TELLING, advance, begin, state_columns
from projections.projection import Bucket, Entry, kv_document, kv_key
from projections.rows import Row, Rows, TableRows, read_all

METADATA = MetaData()
INCIDENTS = Table(
    "incidents",
    METADATA,
    *state_columns(),
    Column("month", Words, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("assessed_at", Instant),
    Column("assess_seconds", BigInteger),
    Column("notify_seconds", BigInteger),
    Column("position", BigInteger, nullable=False),
    Index("incidents_month", "month"),
)
COUNTED = ("incidents", "significant", "handled", "closed", "assessed", "assess_seconds", "notified", "notify_seconds")
MONTHLY = Table(
    "monthly",
    METADATA,
    Column("month", Words, primary_key=True),
    Column("service", Words, primary_key=True),
    Column("severity", Words, primary_key=True),
    *(Column(name, BigInteger, nullable=False) for name in COUNTED),
    Column("position", BigInteger, nullable=False),
    Index("monthly_position", "position"),
)
ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("day", Words, primary_key=True),
    Column("component", Words, primary_key=True),
    Column("signals", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("attempts_position", "position"),
)
ALL_TOGETHER = ""
"""The service or component of a total: each incident and each signal is in it once, however many it hits."""

_SIGNALS = frozenset({SignalsReceived.TOPIC, SignalsRepeated.TOPIC})
_NOTIFIED = DeadlineKind.INCIDENT_NOTIFICATION.value


class Reporting:
    """The fold of the management report. Seconds are whole, between times as told, and negative if those were told so."""

    name = "reporting"
    revision = 4
    metadata = METADATA
    topics = TELLING | _SIGNALS
    places: frozenset[str] = frozenset()
    views = (views.REPORTING, views.ATTEMPTS)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """`2026-11.high` for the whole organisation, `2026-11.high.<service>`, and `attempts.2026-11-20`."""
        return (Bucket("reporting", _documents),)

    def prefetch(self, rows: Rows, batch: Sequence[StoredRow]) -> None:
        """The incidents; the rows of the current days and months stay cached."""
        rows[INCIDENTS].fetch({row.aggregate_id for row in batch if row.topic not in _SIGNALS})

    def fold(self, rows: Rows, entry: Entry) -> bool:
        """See `Projection.fold`."""
        recorded, incidents, monthly = cast("Recorded", entry), rows[INCIDENTS], rows[MONTHLY]
        if recorded.topic in _SIGNALS:
            _add_attempts(rows[ATTEMPTS], recorded)
        elif recorded.topic == REPORTED:
            row = incidents.add(_reported(recorded))
            if not row["exercise"]:
                _add(monthly, _counted(row), 1, recorded.position)
        elif (known := incidents.change(recorded.aggregate_id)) is not None:
            before = _counted(known)
            _step(known, recorded)
            # What is disposed of later was counted, and stays so: a figure that was reported once does not change for it.
            counts = not known["exercise"] and not isinstance(recorded.event, e.Disposed)
            if counts and before != (after := _counted(known)):
                _add(monthly, before, -1, recorded.position)
                _add(monthly, after, 1, recorded.position)
        else:
            return False
        return True

    def complete(self, rows: Rows) -> None:
        """Nothing is left over."""


def _reported(recorded: Recorded) -> Row:
    event = cast("e.Reported", recorded.event)
    return {
        **begin(recorded),
        "month": f"{local(instant_of(recorded.recorded_at_us)):%Y-%m}",
        "occurred_at": event.meta.occurred_at,
        "assessed_at": None,
        "assess_seconds": None,
        "notify_seconds": None,
        "position": recorded.position,
    }


def _step(row: Row, recorded: Recorded) -> None:
    advance(row, recorded)
    row["position"] = recorded.position
    if isinstance(recorded.event, JUDGEMENTS):
        row["assessed_at"] = row["assessed_at"] or recorded.event.meta.occurred_at
        row["assess_seconds"] = _seconds(row["occurred_at"], row["assessed_at"])
    row["notify_seconds"] = _seconds(row["aware_at"], row["sent"].get(_NOTIFIED))


def _seconds(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else (end - start) // timedelta(seconds=1)


def _counted(row: Row) -> tuple[Any, ...]:
    """What `monthly` knows of an incident: where it counts, then its figures in the order of COUNTED."""
    assess, notify = row["assess_seconds"], row["notify_seconds"]
    return (
        (row["month"], row["services"], row["severity"].value),
        1,
        int(row["significant"] is True),
        int(row["handled_at"] is not None),
        int(row["status"] is Status.CLOSED),
        int(assess is not None),
        assess or 0,
        int(notify is not None),
        notify or 0,
    )


def _add(monthly: TableRows, counted: tuple[Any, ...], sign: int, position: int) -> None:
    (month, services, severity), *figures = counted
    for service in dict.fromkeys((ALL_TOGETHER, *services)):
        key = (month, service, severity)
        row = monthly.change(key) or monthly.add(
            {"month": month, "service": service, "severity": severity} | dict.fromkeys(COUNTED, 0)
        )
        for name, figure in zip(COUNTED, figures, strict=True):
            row[name] += sign * figure
        row["position"] = position


def _add_attempts(attempts: TableRows, recorded: Recorded) -> None:
    if isinstance(recorded.event, SignalsReceived):
        told = [(signal.detected_at, signal.components, 1) for signal in recorded.event.signals]
    else:
        repeats = cast("SignalsRepeated", recorded.event).repeats
        told = [(repeat.last_at, repeat.components, repeat.count) for repeat in repeats]
    found: dict[tuple[str, str], int] = {}
    days: dict[datetime, str] = {}
    for at, components, count in told:
        hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        # Copenhagen's offset is whole hours, so an hour of UTC lies within one day: a batch looks its few hours up once.
        day = days.get(hour) or days.setdefault(hour, f"{local(hour):%Y-%m-%d}")
        for component in (ALL_TOGETHER, *dict.fromkeys(components)):
            found[day, component] = found.get((day, component), 0) + count
    attempts.fetch(found)
    for (day, component), count in found.items():
        row = attempts.change((day, component)) or attempts.add({"day": day, "component": component, "signals": 0})
        row["signals"] += count
        row["position"] = recorded.position


def _documents(connection: Connection, after: int) -> Iterator[tuple[str, bytes]]:
    for row in read_all(connection, select(MONTHLY).where(MONTHLY.c.position > after)):
        service = f".{kv_key(row['service'])}" if row["service"] else ""
        yield f"{row['month']}.{row['severity']}{service}", kv_document(row)
    totals = select(ATTEMPTS).where(ATTEMPTS.c.position > after, ATTEMPTS.c.component == ALL_TOGETHER)
    for row in read_all(connection, totals):
        yield f"attempts.{row['day']}", kv_document({name: row[name] for name in ("day", "signals", "position")})


def monthly_figures(connection: Connection, first: str, last: str, *, service: str = ALL_TOGETHER) -> list[Row]:
    """Figures of the months `first` to `last` (`2026-11`), a row per month and severity, of one service or all together."""
    query = select(MONTHLY).where(MONTHLY.c.month >= first, MONTHLY.c.month <= last, MONTHLY.c.service == service)
    return read_all(connection, query.order_by(MONTHLY.c.month, MONTHLY.c.severity))


def incidents_behind(connection: Connection, first: str, last: str) -> list[Row]:
    """The incidents that the figures of these months are made of, in order of reference: columns of `INCIDENTS`."""
    query = select(INCIDENTS).where(INCIDENTS.c.month >= first, INCIDENTS.c.month <= last, INCIDENTS.c.exercise.is_(False))
    return read_all(connection, query.order_by(INCIDENTS.c.reference))


def attempts_by_component(connection: Connection, first: str, last: str) -> list[Row]:
    """Signals on the days `first` to `last` (`2026-11-20`), a row per day and component; component empty: each signal once."""
    query = select(ATTEMPTS).where(ATTEMPTS.c.day >= first, ATTEMPTS.c.day <= last)
    return read_all(connection, query.order_by(ATTEMPTS.c.day, ATTEMPTS.c.component))
