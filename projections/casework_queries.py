"""The questions that are asked of the casework. A row has the incident's columns (reference, title, ...) beside its own.

A period is `start <= t < end`, either side open where it is None. Exercises are left out unless they are asked for.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, or_, select, true

from domain.incident.events import CloseReason
from domain.organisation.access import Scope
from domain.recurrence import Cause, recurrences
from projections.casework_tables import BREACHES, CASES, CAUSES, CONSIDERED, JUDGEMENTS, NOTICES, RECORDS, REVIEWS, TODOS
from projections.rows import Row, read_all
from projections.scoping import within

VOLUNTARY = ("voluntary_notification", "voluntary_declined")
"""Notices under § 14: exempt from access to documents, so no other list shows them."""
NOTHING_TO_LEARN = (CloseReason.DUPLICATE, CloseReason.NOT_AN_INCIDENT, CloseReason.PLANNED_WORK)
"""Ends after which nobody asks for a review: it was no incident, or another one is reviewed."""
_INSTRUCTIVE = or_(CASES.c.close_reason.is_(None), CASES.c.close_reason.not_in(NOTHING_TO_LEARN))
_CASE = tuple(
    CASES.c[name]
    for name in (
        *("id", "reference", "entity", "administration", "exercise", "demo", "status", "severity", "detected_at", "handled_at"),
        *("closed_at", "close_reason", "title_sealed", "title_version", "title_field"),
    )
)


class Span(NamedTuple):
    """What is asked for. `start` and `end` are aware."""

    start: datetime | None = None
    end: datetime | None = None
    exercises: bool = False
    scope: Scope = None

    def holds(self, instant: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether it happened, and in the period."""
        bounds = [instant >= self.start] if self.start else []
        bounds += [instant < self.end] if self.end else []
        return and_(instant.is_not(None), *bounds)

    @property
    def cases(self) -> ColumnElement[bool]:
        """Whether the incident is asked for."""
        real = true() if self.exercises else CASES.c.exercise.is_(False)
        return and_(real, within(self.scope, CASES.c.entity, CASES.c.id))


def judgements(connection: Connection, span: Span) -> list[Row]:
    """Every judgement in the period, the oldest first, with who approved it and who did so afterwards."""
    return read_all(connection, _judged().where(span.cases, span.holds(JUDGEMENTS.c.occurred_at)).order_by(*_told(JUDGEMENTS)))


def judged_not_significant(connection: Connection, span: Span) -> list[Row]:
    """Every incident that stands as not significant and was judged so in the period: columns as of `judgements`."""
    current = and_(CASES.c.significant.is_(False), JUDGEMENTS.c.number == CASES.c.judged_number)
    query = _judged().where(span.cases, current, span.holds(JUDGEMENTS.c.occurred_at))
    return read_all(connection, query.order_by(*_told(JUDGEMENTS)))


def breach_register(connection: Connection, span: Span) -> list[Row]:
    """Every personal data breach by its last registration, and every notice of one that nobody registered.

    The period is that of awareness; of a breach that is not registered, that of the notice.
    """
    since = func.coalesce(BREACHES.c.aware_at, CASES.c.authority_told_at, CASES.c.subjects_told_at)
    known = and_(BREACHES.c.incident_id == CASES.c.id, BREACHES.c.number == CASES.c.breach_number)
    query = select(*_CASE, CASES.c.authority_told_at, CASES.c.subjects_told_at, *BREACHES.columns)
    query = query.join_from(CASES, BREACHES, known, isouter=True).where(span.cases, span.holds(since))
    return read_all(connection, query.order_by(since, CASES.c.reference))


def open_todos(connection: Connection, span: Span) -> list[Row]:
    """What was planned in the period and is not done: by owner, what is due first comes first."""
    query = _with_case(TODOS).where(span.cases, TODOS.c.done_at.is_(None), span.holds(TODOS.c.occurred_at))
    nobody, whenever = TODOS.c.owner.is_(None), TODOS.c.due_at.is_(None)
    order = (nobody, TODOS.c.owner, whenever, TODOS.c.due_at, CASES.c.reference, TODOS.c.number)
    return read_all(connection, query.order_by(*order))


def is_overdue(row: Row, now: datetime) -> bool:
    """Not done at `now` and past the limit; at the limit itself it is not."""
    return row["done_at"] is None and row["due_at"] is not None and now > row["due_at"]


def notices(connection: Connection, span: Span, *, voluntary: bool = False) -> list[Row]:
    """Every notice sent in the period, the oldest first; the voluntary ones, sent or declined, are asked for apart."""
    apart = NOTICES.c.kind.in_(VOLUNTARY)
    query = _with_case(NOTICES).where(span.cases, apart if voluntary else ~apart, span.holds(NOTICES.c.occurred_at))
    return read_all(connection, query.order_by(*_told(NOTICES)))


def unfiled(connection: Connection, span: Span) -> list[Row]:
    """Final documents of the period that lie in no records system yet (offentlighedsloven § 15), the oldest first."""
    query = _with_case(RECORDS).where(span.cases, RECORDS.c.filed_at.is_(None), span.holds(RECORDS.c.occurred_at))
    return read_all(connection, query.order_by(*_told(RECORDS)))


def learning(connection: Connection, span: Span) -> list[Row]:
    """Reviews that were held and lessons that were recorded in the period, the oldest first."""
    query = _with_case(REVIEWS).where(span.cases, span.holds(REVIEWS.c.occurred_at))
    return read_all(connection, query.order_by(*_told(REVIEWS)))


def ended(connection: Connection, span: Span) -> list[Row]:
    """Incidents that were handled or closed in the period, the oldest first, with what is known of their cause.

    `ended_at` is when it was closed, or handled where the close lies outside; `reviewed`: a post-incident review was held.
    """
    reviewed = CASES.c.id.in_(select(REVIEWS.c.incident_id).where(REVIEWS.c.kind == "post_incident"))
    handled, closed = span.holds(CASES.c.handled_at), span.holds(CASES.c.closed_at)
    ended_at = case((closed, CASES.c.closed_at), else_=CASES.c.handled_at).label("ended_at")
    known = (CAUSES.c.cause, CAUSES.c.cause_key, CAUSES.c.incident_class)
    query = select(*_CASE, *known, ended_at, reviewed.label("reviewed"))
    query = query.join_from(CASES, CAUSES, CAUSES.c.incident_id == CASES.c.id, isouter=True)
    query = query.where(span.cases, _INSTRUCTIVE, or_(handled, closed))
    return read_all(connection, query.order_by(ended_at, CASES.c.reference))


def recurring(connection: Connection, span: Span) -> list[list[Row]]:
    """Groups that a person has to consider, see `domain.recurrence`, the last of each detected in the period.

    Left out: what was no incident, and groups of which every member was judged significant by itself.
    """
    known = (CASES.c.significant, CASES.c.services, CASES.c.components)
    why = (CAUSES.c.cause, CAUSES.c.cause_key, CAUSES.c.third_party, CAUSES.c.incident_class)
    query = select(*_CASE, *known, *why).join_from(CAUSES, CASES, CASES.c.id == CAUSES.c.incident_id)
    rows = {row["id"]: row for row in read_all(connection, query.where(span.cases, _INSTRUCTIVE).order_by(CASES.c.reference))}
    looked_at = read_all(connection, select(CONSIDERED.c.incident_id, CONSIDERED.c.others))
    considered = [frozenset({row["incident_id"], *map(UUID, row["others"])}) for row in looked_at]
    groups = [[rows[one] for one in group] for group in recurrences([_cause(row) for row in rows.values()], considered)]
    return [group for group in groups if _lies_in(span, group) and not all(row["significant"] for row in group)]


def _cause(row: Row) -> Cause:
    hit = frozenset({*row["services"], *row["components"]})
    return Cause(row["id"], row["detected_at"], row["cause"], row["cause_key"], row["incident_class"], hit)


def _lies_in(span: Span, group: Sequence[Row]) -> bool:
    last = group[-1]["detected_at"]
    return (span.start is None or span.start <= last) and (span.end is None or last < span.end)


def _told(table: Table) -> tuple[Any, ...]:
    return table.c.occurred_at, CASES.c.reference, table.c.number


def _with_case(table: Table) -> Select[Any]:
    return select(*_CASE, *table.columns).join_from(table, CASES, CASES.c.id == table.c.incident_id)


def _judged() -> Select[Any]:
    second = (TODOS.c.done_by.label("second_by"), TODOS.c.done_at.label("second_at"), TODOS.c.due_at.label("second_due_at"))
    query = select(*_CASE, *JUDGEMENTS.columns, *second).join_from(JUDGEMENTS, CASES, CASES.c.id == JUDGEMENTS.c.incident_id)
    afterwards = and_(TODOS.c.incident_id == JUDGEMENTS.c.incident_id, TODOS.c.number == JUDGEMENTS.c.verdict_number)
    return query.join(TODOS, afterwards, isouter=True)
