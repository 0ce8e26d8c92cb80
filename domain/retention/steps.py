"""Deciding: from the periods that hold and what somebody wants recorded to the events that are, or a named refusal."""

from datetime import date, datetime
from typing import assert_never

from domain.incident.errors import ReasonMissingError
from domain.retention import events as e
from domain.retention.errors import EffectiveInThePastError, NotDueError
from domain.retention.periods import after
from domain.retention.state import Retention
from domain.time import local


def decide(retention: Retention, proposed: e.RetentionEvent, *, now: datetime) -> list[e.RetentionEvent]:
    """The events of a change; none when it is on record already. Raises the named refusals, and changes nothing then."""
    today = local(now).date()
    match proposed:
        case e.PeriodsSet():
            return _periods(retention, proposed, today)
        case e.PayloadsErased():
            if (proposed.month, proposed.what) in retention.erased:
                return []
            due = month_due(proposed.month, getattr(retention.on(today).periods, proposed.what))
            _check_due(f"{proposed.what} of {proposed.month}", due, today)
            return [proposed]
        case e.DeadLettersErased():
            _check_due("dead letters", after(proposed.before, retention.on(today).periods.dead_letters), today)
            return [proposed]
        case _:
            assert_never(proposed)


def month_due(month: str, period: str) -> date:
    """The first day on which a month's payloads have passed their period, which runs from the month's end."""
    year, number = map(int, month.split("-"))
    return after(after(date(year, number, 1), "1 months"), period)


def _periods(retention: Retention, proposed: e.PeriodsSet, today: date) -> list[e.RetentionEvent]:
    last = retention.versions[-1]
    if (last.periods, last.effective_from) == (proposed.periods, proposed.effective_from):
        return []
    if last.periods == proposed.periods and not retention.after(today):
        return []
    if not proposed.reason:
        msg = "reason: say why the periods change; the municipality must be able to say why at supervision"
        raise ReasonMissingError(msg)
    if proposed.effective_from < today:
        msg = f"effective_from: {proposed.effective_from} is over: let them hold from {today} or later"
        raise EffectiveInThePastError(msg)
    return [proposed.model_copy(update={"number": last.number + 1})]


def _check_due(what: str, due: date, today: date) -> None:
    if due > today:
        msg = f"{what}: the period has not passed before {due}"
        raise NotDueError(msg)
