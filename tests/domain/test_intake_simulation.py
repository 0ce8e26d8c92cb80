"""The simulation itself: windows that slide, what a person has, and twins as they were."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.intake.rules import Rule, Rules
from domain.intake.simulation import Outcome, Simulation
from domain.intake.state import IntakeSetup
from domain.signals import Disposition, ReceivedSignal, Severity, SignalKind, SignalStatus
from tests.support.incidents import at

LATE = at(10_000)


def received(minute: int = 0, **fields: object) -> ReceivedSignal:
    told = {
        "source_event_id": f"{minute}",
        "severity": Severity.HIGH,
        "status": SignalStatus.FIRING,
        "detected_at": at(0) + timedelta(minutes=minute),
        "components": ("db-1",),
        "signal_category": "intrusion",
        "payload_sha256": "a" * 64,
        "disposition": Disposition.COUNTED,
    }
    return ReceivedSignal.model_validate(told | fields)


def simulation(*rules: Rule) -> Simulation:
    return Simulation(IntakeSetup(rules=Rules(rules=rules)))


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(1, 12), st.integers(1, 8))
def test_a_window_counts_what_lies_in_it_in_whatever_order_it_comes(told: list[int], minutes: int, count: int) -> None:
    work = simulation(Rule(name="mange", count=count, minutes=minutes, then="count"))
    for number, minute in enumerate(told, start=1):
        inside = sum(minute - minutes < earlier <= minute for earlier in told[:number])
        expected = "mange" if inside >= count else "none"
        assert work.take("wazuh", received(minute), LATE).rule == expected


@pytest.mark.parametrize("kind", [SignalKind.REPORT, SignalKind.UNREAD])
def test_what_is_for_a_person_is_asked_of_no_rule(kind: SignalKind) -> None:
    work = simulation(Rule(name="alt", then="open"))
    assert work.take("email", received(kind=kind), LATE) == Outcome("person", Disposition.TO_PERSON)


def test_a_twin_stays_where_it_went() -> None:
    work = simulation(Rule(name="alt", then="count"))
    twin = received(rule="twin", disposition=Disposition.ATTACHED)
    assert work.take("sentinel", twin, LATE) == Outcome("twin", Disposition.ATTACHED)


def test_a_clock_ahead_of_the_log_s_counts_as_the_log_s() -> None:
    work = simulation(Rule(name="alt", then="open"))
    dispositions = [work.take("wazuh", received(minute), at(0)).disposition for minute in (0, 100_000)]
    assert dispositions == [Disposition.OPENED, Disposition.ATTACHED]
