"""How urgent a duty is, in words, colour and icon."""

from datetime import timedelta

import pytest

from adapters.web.clocks import Clock, clock, state_of
from domain.deadlines import ClockFacts, Duty, duties
from tests.adapters.web.support import START

FACTS = ClockFacts(registered_at=START, detected_at=START, aware_at=START)
INTERNAL, WARNING, NOTIFICATION = duties(FACTS, {})


def shown(duty: Duty, hours: float) -> Clock:
    return clock(duty, START + timedelta(hours=hours), "da")


@pytest.mark.parametrize(
    ("hours", "state", "icon", "countdown"),
    [
        (0, "running", "time", "om 24 t 0 min"),
        (17.9, "running", "time", "om 6 t 6 min"),
        (18, "soon", "warning", "om 6 t 0 min"),
        (23 + 1 / 3, "soon", "warning", "om 40 min"),
        (24, "soon", "warning", "om under 1 min"),
        (24.01, "overdue", "error", "under 1 min over fristen"),
        (48 + 5 / 6, "overdue", "error", "24 t 50 min over fristen"),
    ],
)
def test_a_limit_turns_amber_in_its_last_quarter_and_red_after_it(hours: float, state: str, icon: str, countdown: str) -> None:
    seen = shown(WARNING, hours)
    assert (seen.state, seen.icon, seen.countdown) == (state, icon, countdown)


def test_the_law_says_as_soon_as_possible_and_an_internal_target_does_not() -> None:
    assert shown(WARNING, 1).lead == "Hurtigst muligt, senest"
    assert shown(INTERNAL, 1).lead == "Internt mål, senest"
    assert clock(WARNING, START, "en").lead == "As soon as possible, at the latest"


def test_the_answer_of_the_csirt_is_awaited_and_stands_in_the_law() -> None:
    (answer,) = (d for d in duties(ClockFacts(warned_at=START), {}) if d.deadline.kind == "csirt_reply")
    seen = shown(answer, 1)
    assert (seen.awaited, seen.lead, seen.paragraph) == (True, "Svar ventes, senest", "NIS 2-loven § 13, stk. 3")


def test_what_was_done_late_is_not_shown_as_simply_done() -> None:
    assert state_of(WARNING._replace(discharged_at=START + timedelta(hours=25)), START) == "late"
    assert state_of(WARNING._replace(discharged_at=START + timedelta(hours=23)), START) == "met"


def test_every_owed_duty_names_the_step_that_meets_it() -> None:
    all_facts = FACTS._replace(notified_at=START, handled_at=START + timedelta(days=60))
    for duty in (*duties(FACTS, {}), *duties(all_facts, {})):
        assert clock(duty, START, "da").step is not None, duty.deadline.kind


def test_overdue_law_comes_first_then_urgent_law_then_our_own_targets() -> None:
    now = START + timedelta(hours=25)
    fresh = duties(ClockFacts(aware_at=now - timedelta(hours=23)), {})[0]
    ordered = sorted((clock(d, now, "da") for d in (NOTIFICATION, INTERNAL, fresh, WARNING)), key=lambda c: c.rank)
    assert [c.kind for c in ordered] == ["early_warning", "early_warning", "internal_assessment", "incident_notification"]
    assert [c.state for c in ordered] == ["overdue", "soon", "overdue", "running"]
