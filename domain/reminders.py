"""When somebody is reminded of a deadline that is still owed: the ladder as data, and which of its rungs are reached.

The law says without undue delay, so the first rung of a report comes while there is still time to write it. The internal limit
is the municipality's own (S4: 4 hours): at half of it a reminder, at the limit the matter goes to the Ledelsesbeslutningstager.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.deadline_rules import DeadlineKind

MISSED = "missed"
"""The last rung of a limit in law. In the log it is a `DeadlineMissed`; all others are a `DeadlineApproached`."""
LIMIT = "limit"
"""The last rung of the internal limit: nothing in law is missed, but somebody further up must know."""
HALF = "half"

_RESOLUTION = timedelta(microseconds=1)


class Rung(NamedTuple):
    """One reminder. `key` is stored in the log and never gets another meaning."""

    key: str
    left: timedelta | None
    """How long before the limit; None: halfway there."""


class Reached(NamedTuple):
    """A rung of one deadline and the instant from which on it is reached, UTC."""

    at: datetime
    rung: str


def _hours(hours: int) -> Rung:
    return Rung(f"{hours}h-left", timedelta(hours=hours))


def _days(days: int) -> Rung:
    return Rung(f"{days}d-left", timedelta(days=days))


_NOTICE = (_hours(24), _hours(4))
_REPORT = (_days(7), _days(1))
_TARGET = (_hours(4),)

LADDER: Mapping[DeadlineKind, tuple[Rung, ...]] = {
    DeadlineKind.INTERNAL_ASSESSMENT: (Rung(HALF, None), Rung(LIMIT, timedelta(0))),
    DeadlineKind.EARLY_WARNING: (_hours(12), _hours(4), _hours(1)),
    DeadlineKind.INCIDENT_NOTIFICATION: _NOTICE,
    DeadlineKind.GDPR_NOTIFICATION: _NOTICE,
    DeadlineKind.INTERIM_REPORT: _NOTICE,
    DeadlineKind.FINAL_REPORT: _REPORT,
    DeadlineKind.STATUS_REPORT: _REPORT,
    DeadlineKind.FINAL_REPORT_AFTER_STATUS: _REPORT,
    DeadlineKind.RECIPIENTS: _TARGET,
    DeadlineKind.DATA_SUBJECTS: _TARGET,
    DeadlineKind.SECOND_APPROVAL: _TARGET,
    # The CSIRT owes it, and we remind nobody.
    DeadlineKind.CSIRT_REPLY: (),
}


def rungs(kind: str, triggered_at: datetime, due_at: datetime, *, limit_in_law: bool) -> tuple[Reached, ...]:
    """The rungs of one deadline, earliest first. One that lies at or before the clock's start has nothing to tell: left out.

    The internal limit itself is told all the same: counted from the detection it may be over as the incident is registered.
    """
    ladder = LADDER[DeadlineKind(kind)]
    found = [Reached(due_at - ((due_at - triggered_at) / 2 if left is None else left), key) for key, left in ladder]
    if limit_in_law:
        # At the limit itself nothing is missed yet.
        found.append(Reached(due_at + _RESOLUTION, MISSED))
    return tuple(sorted(rung for rung in found if rung.at > triggered_at or rung.rung == LIMIT))


def reached(ladder: Sequence[Reached], now: datetime) -> tuple[Reached, ...]:
    """What is to be said at `now`: of the rungs reached the latest only, and the miss beside it; empty before the first."""
    passed = [rung for rung in ladder if rung.at <= now]
    missed = [rung for rung in passed if rung.rung == MISSED]
    return (*[rung for rung in passed if rung.rung != MISSED][-1:], *missed)
