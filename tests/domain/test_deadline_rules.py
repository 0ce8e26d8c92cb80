from datetime import date, timedelta
from string import Formatter

import pytest

from domain.deadline_rules import OUR_LIMITS_IN_LAW, RULE_BY_ID, RULES, DeadlineKind, Rule

EVERY_KIND_AND_SERVICE = [(kind, trust_service) for kind in DeadlineKind for trust_service in (False, True)]


def test_every_rule_has_an_id_of_its_own() -> None:
    assert len(RULES) == len(RULE_BY_ID)


@pytest.mark.parametrize(("kind", "trust_service"), EVERY_KIND_AND_SERVICE)
def test_from_its_first_day_each_kind_has_exactly_one_rule_without_gap_or_overlap(
    kind: DeadlineKind, *, trust_service: bool
) -> None:
    rules = sorted(
        (rule for rule in RULES if rule.kind is kind and rule.trust_service in {None, trust_service}),
        key=lambda rule: rule.valid_from,
    )

    assert [rule.valid_to for rule in rules] == [*(rule.valid_from for rule in rules[1:]), None]


@pytest.mark.parametrize("day", [date(2018, 5, 24), date(2018, 5, 25), date(2025, 6, 30), date(2025, 7, 1), date(2030, 1, 1)])
@pytest.mark.parametrize(("kind", "trust_service"), EVERY_KIND_AND_SERVICE)
def test_at_most_one_rule_of_a_kind_holds_on_a_day(day: date, kind: DeadlineKind, *, trust_service: bool) -> None:
    assert sum(rule.kind is kind and rule.holds(day, trust_service=trust_service) for rule in RULES) <= 1


def test_a_rule_with_an_end_no_longer_holds_on_that_day() -> None:
    ended = RULES[0]._replace(valid_from=date(2026, 1, 1), valid_to=date(2026, 2, 1))

    assert [ended.holds(date(2026, 1, 31) + timedelta(days=n), trust_service=False) for n in range(2)] == [True, False]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_explanation_names_its_start_and_its_end_in_both_languages(rule: Rule) -> None:
    for text in (rule.explanation, rule.explanation_en, *(rule.if_set or ())):
        assert {"start", "due"} == {field for _, field, _, _ in Formatter().parse(text) if field}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.statutory], ids=lambda rule: rule.id)
def test_a_statutory_limit_is_shown_as_the_outer_one(rule: Rule) -> None:
    assert "enest {due}" in rule.explanation
    assert rule.explanation.startswith("Hurtigst muligt, senest") or rule.kind is DeadlineKind.STATUS_REPORT


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.statutory and not rule.limit_in_law], ids=lambda rule: rule.id)
def test_a_duty_whose_limit_is_not_the_laws_says_so(rule: Rule) -> None:
    assert "sætter intet timetal" in rule.explanation or "Loven sætter selv ingen frist" in rule.explanation
    assert "sets no hour" in rule.explanation_en or "The law itself sets no limit" in rule.explanation_en


def test_nobody_may_set_what_an_act_limits_and_a_rule_without_a_term_lets_it_be_set() -> None:
    assert not any(rule.limit_in_law for rule in RULES if rule.may_be_set)
    assert all(rule.may_be_set for rule in RULES if rule.term is None)


def test_what_is_awaited_from_another_is_no_duty_of_ours() -> None:
    assert [rule.kind for rule in RULES if rule.awaited] == ["csirt_reply"]
    assert not any(rule.statutory for rule in RULES if rule.awaited)


def test_only_the_laws_own_limits_on_us_are_noted_when_missed() -> None:
    assert {RULE_BY_ID[rule].kind.value for rule in OUR_LIMITS_IN_LAW} == {
        "early_warning",
        "incident_notification",
        "gdpr_notification",
        "final_report",
        "status_report",
        "final_report_after_status",
    }
