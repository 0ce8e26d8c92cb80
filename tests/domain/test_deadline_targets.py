"""What is owed without an hour in law, what falls due when somebody says so, and what another owes us."""

from datetime import timedelta

import pytest

from domain.deadlines import ClockFacts, Deadline, Duty, deadlines, duties, limit_of
from domain.time import NoZoneError, parse_time

START = parse_time("2026-11-20 15:20")
SET = parse_time("2026-11-20 18:00")
HOUR = timedelta(hours=1)


def only(facts: ClockFacts) -> Deadline:
    (deadline,) = deadlines(facts)
    return deadline


def duty(kind: str, facts: ClockFacts, **sent_after_hours: int) -> Duty:
    (found,) = (d for d in duties(facts, {k: START + h * HOUR for k, h in sent_after_hours.items()}) if d.deadline.kind == kind)
    return found


@pytest.mark.parametrize(
    ("facts", "kind", "hours"),
    [
        (ClockFacts(effect_at=START), "recipients", 24),
        (ClockFacts(high_risk_at=START), "data_subjects", 72),
        (ClockFacts(warned_at=START), "csirt_reply", 24),
        (ClockFacts(approval_owed_at=START), "second_approval", 24),
    ],
)
def test_each_fact_starts_its_own_clock(facts: ClockFacts, kind: str, hours: int) -> None:
    found = only(facts)

    assert (found.kind, found.triggered_at, found.due_at) == (kind, START, START + hours * HOUR)


@pytest.mark.parametrize("kind", ["internal_assessment", "recipients", "data_subjects", "second_approval", "interim_report"])
def test_a_time_that_was_set_takes_the_place_of_the_term(kind: str) -> None:
    facts = ClockFacts(
        registered_at=START,
        effect_at=START,
        high_risk_at=START,
        interim_requested_at=START,
        approval_owed_at=START,
        set_due={kind: SET},
    )
    before = {d.kind.value: d.due_at for d in deadlines(facts._replace(set_due={}))}

    assert {d.kind.value: d.due_at for d in deadlines(facts)} == {**before, kind: SET}


def test_a_time_that_was_set_moves_no_limit_of_the_law_nor_anothers_duty() -> None:
    facts = ClockFacts(aware_at=START, notified_at=START, handled_at=START, breach_aware_at=START, warned_at=START)
    moved = facts._replace(set_due=dict.fromkeys([d.kind for d in deadlines(facts)], SET))

    assert deadlines(moved) == deadlines(facts)


def test_a_time_that_was_set_starts_no_clock() -> None:
    assert deadlines(ClockFacts(set_due={"recipients": SET, "interim_report": SET, "unheard_of": SET})) == ()


def test_a_time_set_before_the_trigger_falls_due_at_the_trigger() -> None:
    assert only(ClockFacts(registered_at=START, set_due={"internal_assessment": START - HOUR})).due_at == START


def test_a_time_that_was_set_is_cut_to_the_second_like_every_limit() -> None:
    assert only(ClockFacts(effect_at=START, set_due={"recipients": SET.replace(microsecond=999_999)})).due_at == SET


def test_a_time_that_was_set_without_zone_is_refused() -> None:
    with pytest.raises(NoZoneError):
        deadlines(ClockFacts(effect_at=START, set_due={"recipients": SET.replace(tzinfo=None)}))


def test_the_intermediate_report_falls_due_only_once_the_csirts_date_is_known() -> None:
    asked = ClockFacts(interim_requested_at=START)

    assert deadlines(asked) == ()
    assert only(asked._replace(set_due={"interim_report": SET})).due_at == SET


@pytest.mark.parametrize(
    ("facts", "statutory"),
    [
        (ClockFacts(effect_at=START), True),
        (ClockFacts(high_risk_at=START), True),
        (ClockFacts(interim_requested_at=START, set_due={"interim_report": SET}), True),
        (ClockFacts(approval_owed_at=START), False),
        (ClockFacts(registered_at=START), False),
    ],
)
def test_a_duty_in_law_may_have_a_limit_that_is_not_the_laws(facts: ClockFacts, *, statutory: bool) -> None:
    found = only(facts)

    assert (found.statutory, found.limit_in_law, found.outer_at) == (statutory, False, None)


def test_a_target_that_falls_in_a_weekend_is_not_called_a_limit() -> None:
    assert "weekend" not in only(ClockFacts(effect_at=START)).explanation


def test_the_duty_to_tell_recipients_says_that_the_law_sets_no_hour() -> None:
    found = only(ClockFacts(effect_at=START))

    assert found.explanation == (
        "Hurtigst muligt, senest lør. 21. nov. 2026 kl. 15.20, som er kommunens eget mål: loven siger uden unødigt ophold og "
        "sætter intet timetal. Det stod klart fre. 20. nov. 2026 kl. 15.20, at hændelsen sandsynligvis påvirker tjenesterne "
        "negativt."
    )
    assert found.explanation_en.startswith("As soon as possible, at the latest Sat 21 Nov 2026 15:20, which is the municipal")


def test_an_internal_limit_that_the_municipality_set_does_not_speak_of_four_hours() -> None:
    found = only(ClockFacts(registered_at=START, set_due={"internal_assessment": SET}))

    assert found.is_set
    assert found.explanation.startswith("Internt mål: vurdér senest fre. 20. nov. 2026 kl. 18.00, som kommunen selv har sat.")
    assert "4 hours" not in found.explanation_en


def test_an_internal_limit_set_to_what_the_term_gives_reads_as_the_term() -> None:
    facts = ClockFacts(registered_at=START)

    assert only(facts._replace(set_due={"internal_assessment": START + 4 * HOUR})) == only(facts)


@pytest.mark.parametrize("kind", ["recipients", "data_subjects", "csirt_reply", "interim_report", "second_approval"])
def test_each_act_ends_its_own_duty(kind: str) -> None:
    facts = ClockFacts(
        effect_at=START,
        high_risk_at=START,
        warned_at=START,
        interim_requested_at=START,
        approval_owed_at=START,
        set_due={"interim_report": SET},
    )
    ended = {d.deadline.kind for d in duties(facts, {kind: START + HOUR}) if d.discharged_at is not None}

    assert ended == {kind}


def test_the_answer_of_the_csirt_is_awaited_and_never_ours_to_miss() -> None:
    waiting = duty("csirt_reply", ClockFacts(warned_at=START))

    assert (waiting.deadline.awaited, waiting.deadline.statutory, waiting.owed) == (True, False, False)
    assert waiting.overdue_at(START + 25 * HOUR)
    assert limit_of("csirt_reply", ClockFacts(warned_at=START)) is None


def test_what_is_ours_is_owed_until_it_is_done() -> None:
    assert duty("recipients", ClockFacts(effect_at=START)).owed
    assert not duty("recipients", ClockFacts(effect_at=START), recipients=30).owed


def test_an_early_warning_that_was_sent_is_not_owed_without_being_named_twice() -> None:
    warned = ClockFacts(aware_at=START, warned_at=START + HOUR)

    assert duty("early_warning", warned).discharged_at == START + HOUR
    assert duty("csirt_reply", warned).deadline.due_at == START + 25 * HOUR


@pytest.mark.parametrize("kind", ["recipients", "data_subjects", "second_approval"])
def test_an_act_is_measured_against_its_target(kind: str) -> None:
    facts = ClockFacts(effect_at=START, high_risk_at=START, approval_owed_at=START, set_due={kind: SET})
    found = limit_of(kind, facts)

    assert found is not None
    assert (found.due_at, found.limit_in_law) == (SET, False)


def test_the_duties_of_the_act_hold_from_its_first_day_by_the_awareness() -> None:
    facts = ClockFacts(aware_at=parse_time("2025-06-30 23:00"), effect_at=START, warned_at=START, approval_owed_at=START)

    assert [d.kind for d in deadlines(facts)] == ["second_approval"]


def test_the_data_subjects_are_owed_word_by_the_rules_of_the_day_the_breach_was_known() -> None:
    before = ClockFacts(breach_aware_at=parse_time("2018-05-24 12:00"), high_risk_at=START)

    assert deadlines(before) == ()
