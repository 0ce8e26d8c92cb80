"""The simulator: what was in force gives what was recorded, and other rules give what they would have given."""

from datetime import datetime, timedelta

import pytest

from adapters.event_store.application import EventStore
from domain.errors import InvalidInputError
from domain.incident.events import Reported
from domain.intake import events as e
from domain.intake.rules import Rule, Rules
from domain.intake.simulation import Outcome
from domain.signals import Disposition, Severity, Signal, SignalKind, SignalStatus
from handlers.intake_setup import change
from handlers.rule_simulation import Simulated, simulate
from tests.support.incidents import at, meta
from tests.support.intake import do, log, take
from tests.support.signals import signal

SEVERITIES = (Severity.MEDIUM, Severity.HIGH, Severity.LOW, Severity.CRITICAL, Severity.INFO)
ALL_OPEN = Rules(rules=(Rule(name="alt", then="open"),))


def stream(count: int) -> list[Signal]:
    """Some minutes of everything: a storm, many lesser ones, tickets, mails, intelligence, twins and planned work."""
    found = []
    for n in range(count):
        kind = (SignalKind.ALERT,) * 8 + (SignalKind.TICKET, SignalKind.REPORT, SignalKind.INTELLIGENCE)
        found.append(
            signal(
                str(n),
                *([f"db-{n % 7}", f"web-{n % 5}"] if n % 3 else [f"host-{n}"]),
                severity=SEVERITIES[n % 5],
                status=SignalStatus.RESOLVED if n % 6 == 5 else SignalStatus.FIRING,
                kind=kind[n % 11],
                detected_at=at(0) + timedelta(seconds=n / 2),
                signal_category="availability" if n % 4 == 0 else "security",
                same_as=(f"x:{n // 2}",) if n % 10 < 4 else (),
            )
        )
    return found


def fill(store: EventStore, signals: list[Signal], size: int = 50) -> None:
    for start in range(0, len(signals), size):
        take(store, *signals[start : start + size])


def now(store: EventStore) -> datetime:
    return do(store, lambda uow: uow.recorded_at)


def ran(store: EventStore, rules: Rules | None = None, days: int = 30) -> Simulated:
    return simulate(store, rules, days, now(store))


def test_with_the_rules_that_were_in_force_the_counts_are_those_recorded(store: EventStore) -> None:
    work = e.MaintenanceAnnounced(meta=meta(0), name="patch", begins_at=at(0), ends_at=at(0.05), components=("db-*",))
    do(store, lambda uow: change(uow, [work]))
    fill(store, stream(1_500))
    found = ran(store)
    assert found.would.outcomes == found.was.outcomes
    assert found.would.components == found.was.components
    assert found.signals == 1_500
    assert {rule for rule, _ in found.was.outcomes} == {
        *("intelligence", "maintenance", "security-ticket", "storm", "severe", "many", "rest", "twin", "person")
    }
    assert found.was.incidents == len(log(store, Reported))


def test_other_rules_give_what_they_would_have_given(store: EventStore) -> None:
    fill(store, [signal(str(n), "db-1", severity=Severity.LOW) for n in range(5)])
    found = ran(store, ALL_OPEN)
    assert found.would.outcomes == {Outcome("alt", Disposition.OPENED): 1, Outcome("alt", Disposition.ATTACHED): 4}
    assert found.was.outcomes == {Outcome("rest", Disposition.COUNTED): 5}
    assert (found.would.incidents, found.was.incidents, found.would.components) == (1, 0, {"db-1": 1})


def test_an_incident_ends_when_its_last_signal_is_a_day_old(store: EventStore) -> None:
    take(store, *(signal(str(hours), "db-1", detected_at=at(hours - 2_000)) for hours in (0, 24, 48, 73)))
    assert ran(store, ALL_OPEN).would.incidents == 2


def test_maintenance_counts_from_when_it_was_announced(store: EventStore) -> None:
    def down(number: str) -> Signal:
        return signal(number, "db-1", signal_category="availability", detected_at=at(1))

    work = e.MaintenanceAnnounced(meta=meta(0), name="patch", begins_at=at(0), ends_at=at(2), components=("db-1",))
    take(store, down("1"))
    do(store, lambda uow: change(uow, [work]))
    take(store, down("2"))
    found = ran(store)
    assert found.would.outcomes == found.was.outcomes
    assert found.would.outcomes[Outcome("maintenance", Disposition.SUPPRESSED)] == 1


def test_what_came_before_the_period_is_not_counted(store: EventStore) -> None:
    take(store, signal("1", "db-1"))
    later = now(store) + timedelta(days=1, hours=12)
    assert simulate(store, None, 1, later).signals == 0
    assert simulate(store, None, 2, later).signals == 1


@pytest.mark.parametrize("days", [0, 367])
def test_no_days_and_too_many_are_refused(store: EventStore, days: int) -> None:
    with pytest.raises(InvalidInputError, match="choose 1 to 366"):
        ran(store, days=days)


def test_the_progress_is_told(store: EventStore) -> None:
    take(store, signal("1", "db-1"))
    told: list[tuple[int, int]] = []
    simulate(store, None, 1, now(store), lambda position, aim: told.append((position, aim)))
    assert told == [(1, store.head())]
