"""What the management report asks of the reporting tables. Rows have the columns of the tables; exercises are left out.

`administration` None asks for all.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from projections.reporting_tables import ACTS, ALL_TOGETHER, ATTEMPTS, INCIDENTS, MONTHLY, TREATMENTS
from projections.rows import Row, read_all

TOLD = ("down", "degraded", "restored")
CASE = (
    *("reference", "severity", "kind", "administration", "services", "components", "significant", "recorded_at"),
    *(
        "occurred_at",
        "detected_at",
        "assessed_at",
        "aware_at",
        "warned_at",
        "notified_at",
        "effect_at",
        "told_at",
        "handled_at",
    ),
    *("closed_at", "close_reason", "cause", "cause_key", "third_party", "incident_class", "suppliers", "position"),
)
"""The columns of an incident that figures are made of."""
ENDS = ("id", "handled_at", "closed_at")


def registered(connection: Connection, start: datetime, end: datetime, administration: str | None) -> list[tuple[Any, ...]]:
    """Incidents registered from `start` until before `end`, in order of reference: values in the order of `CASE`."""
    columns, at = (INCIDENTS.c[name] for name in CASE), INCIDENTS.c.recorded_at
    query = select(*columns).where(at >= start, at < end, _real(administration)).order_by(at, INCIDENTS.c.reference)
    return [tuple(row) for row in connection.execute(query)]


def clocked(connection: Connection, administration: str | None) -> list[Row]:
    """Incidents of any time in which a clock of the law's ran: every column."""
    query = select(INCIDENTS).where(INCIDENTS.c.clocked.is_(True), _real(administration))
    return read_all(connection, query.order_by(INCIDENTS.c.recorded_at, INCIDENTS.c.reference))


def caused(connection: Connection, start: datetime, end: datetime, administration: str | None) -> list[Row]:
    """Incidents detected in between whose cause is known."""
    names = ("id", "reference", "detected_at", "cause", "cause_key", "incident_class", "services", "components", "position")
    query = select(*(INCIDENTS.c[name] for name in names)).where(INCIDENTS.c.cause.is_not(None), _real(administration))
    query = query.where(INCIDENTS.c.detected_at >= start, INCIDENTS.c.detected_at < end)
    return read_all(connection, query.order_by(INCIDENTS.c.detected_at, INCIDENTS.c.reference))


def acts(connection: Connection, start: datetime, end: datetime, administration: str | None) -> list[Row]:
    """What was done in between, and every follow-up that is open, of the incidents asked for."""
    open_follow_up = and_(ACTS.c.act == "follow_up", ACTS.c.done_at.is_(None))
    mine = or_(and_(ACTS.c.at >= start, ACTS.c.at < end, ACTS.c.act.not_in(TOLD)), open_follow_up)
    return _acts(connection, mine, administration)


def told_of_services(connection: Connection, end: datetime, administration: str | None) -> list[Row]:
    """Everything that was told of services going down and working again before `end`, however long ago."""
    return _acts(connection, and_(ACTS.c.act.in_(TOLD), ACTS.c.at < end), administration)


def _acts(connection: Connection, chosen: ColumnElement[bool], administration: str | None) -> list[Row]:
    incident = (INCIDENTS.c[name] for name in ("reference", "services", "components", "handled_at", "closed_at"))
    query = select(*ACTS.c, *incident).join_from(ACTS, INCIDENTS, INCIDENTS.c.id == ACTS.c.incident_id)
    return read_all(connection, query.where(chosen, _real(administration)).order_by(ACTS.c.position, ACTS.c.number))


def merged(connection: Connection) -> list[Row]:
    """Incidents that another one goes on for: `id` and `merged_into`."""
    return read_all(connection, select(INCIDENTS.c.id, INCIDENTS.c.merged_into).where(INCIDENTS.c.merged_into.is_not(None)))


def gone_on(connection: Connection) -> list[Row]:
    """Incidents that go on for others: `id`, and when they were handled and closed."""
    others = select(INCIDENTS.c.merged_into).where(INCIDENTS.c.merged_into.is_not(None))
    return read_all(connection, select(*(INCIDENTS.c[name] for name in ENDS)).where(INCIDENTS.c.id.in_(others)))


def silences(connection: Connection, start: datetime, end: datetime) -> list[Row]:
    """Sources that were noted as silent in between."""
    query = select(ACTS).where(ACTS.c.act == "silent", ACTS.c.at >= start, ACTS.c.at < end)
    return read_all(connection, query.order_by(ACTS.c.position))


def attempts(connection: Connection, first: str, last: str) -> list[Row]:
    """Alerts on the days `first` to `last` (`2026-11-20`) by component, with the last event; `ALL_TOGETHER`: each once."""
    total = (func.sum(ATTEMPTS.c.signals).label("signals"), func.max(ATTEMPTS.c.position).label("position"))
    query = select(ATTEMPTS.c.component, *total).where(ATTEMPTS.c.day >= first, ATTEMPTS.c.day <= last)
    found = read_all(connection, query.group_by(ATTEMPTS.c.component).order_by(ATTEMPTS.c.component))
    # PostgreSQL sums integers to decimals.
    return [{**row, "signals": int(row["signals"])} for row in found]


def attempts_by_day(connection: Connection, first: str, last: str) -> list[Row]:
    """The same, a row per day and component."""
    query = select(ATTEMPTS).where(ATTEMPTS.c.day >= first, ATTEMPTS.c.day <= last)
    return read_all(connection, query.order_by(ATTEMPTS.c.day, ATTEMPTS.c.component))


def months(connection: Connection, first: str, last: str, *, service: str = ALL_TOGETHER) -> list[Row]:
    """The sums of the months `first` to `last` (`2026-11`), a row per month and severity, of one service or all together."""
    query = select(MONTHLY).where(MONTHLY.c.month >= first, MONTHLY.c.month <= last, MONTHLY.c.service == service)
    return read_all(connection, query.order_by(MONTHLY.c.month, MONTHLY.c.severity))


def treatments(connection: Connection) -> list[Row]:
    """Every report that the executive board treated, in the order in which that was recorded: columns of `TREATMENTS`."""
    return read_all(connection, select(TREATMENTS).order_by(TREATMENTS.c.number))


def administrations(connection: Connection) -> Sequence[str]:
    """Every administration that an incident was registered under."""
    named = INCIDENTS.c.administration
    query = select(named).distinct().where(named.is_not(None), INCIDENTS.c.exercise.is_(False))
    return [str(row[0]) for row in connection.execute(query.order_by(named))]


def _real(administration: str | None) -> ColumnElement[bool]:
    """No exercise, and of this administration where one is asked for."""
    theirs = true() if administration is None else INCIDENTS.c.administration == administration
    return and_(INCIDENTS.c.exercise.is_(False), theirs)
