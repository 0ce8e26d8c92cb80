"""The decision rule row by row, then what the thresholds, the workaround and the optional set change."""

from collections.abc import Mapping

import pytest

from domain.guide.guide import guide_on
from domain.guide.outcomes import NextStep, Outcome
from domain.guide.question import Part
from domain.guide.recommend import NONE_SET, Recommendation, recommend
from domain.guide.thresholds import Thresholds
from domain.guide.weighing import Weight
from domain.incident.events import Nis2Category, YesNoUnknown
from tests.support.guide import AGGRAVATING, GUIDE, HARD, HARMLESS, IR_YES, WEIGHTLESS

LOW, MEDIUM, HIGH = Nis2Category
IR = Thresholds(ir_2024_2690=True)


def of(*answers: Mapping[str, str], thresholds: Thresholds = NONE_SET) -> Recommendation:
    merged = dict(HARMLESS)
    for some in answers:
        merged |= some
    return recommend(GUIDE, merged, thresholds)


def weights(recommendation: Recommendation) -> list[Weight]:
    return [reason.weight for reason in recommendation.reasons]


ROWS: list[tuple[str, dict[str, str], Outcome, Nis2Category]] = [
    ("nothing weighs", {}, Outcome.NOT_SIGNIFICANT, LOW),
    ("none of these", {"q1.event_kind": "none"}, Outcome.NOT_AN_INCIDENT, LOW),
    ("planned work", {"q1.event_kind": "planned_work"}, Outcome.NOT_AN_INCIDENT, LOW),
    ("nothing at risk", {"q1.cia": "none"}, Outcome.NOT_AN_INCIDENT, LOW),
    ("nothing at risk in a near miss", {"q1.event_kind": "near_miss", "q1.cia": "none"}, Outcome.NOT_AN_INCIDENT, LOW),
    ("planned but hard", {"q1.event_kind": "planned_work", "q1.safety": "yes"}, Outcome.MORE_INFORMATION_NEEDED, MEDIUM),
    ("none but hard", {"q1.event_kind": "none", "q1.others": "yes"}, Outcome.MORE_INFORMATION_NEEDED, MEDIUM),
    ("nothing at risk but hard", {"q1.cia": "none", "q1.safety": "yes"}, Outcome.MORE_INFORMATION_NEEDED, MEDIUM),
    ("near miss", {"q1.event_kind": "near_miss"}, Outcome.VOLUNTARY_POSSIBLE, MEDIUM),
    ("threat", {"q1.event_kind": "threat"}, Outcome.VOLUNTARY_POSSIBLE, MEDIUM),
    ("hard near miss", {"q1.event_kind": "near_miss", "q1.safety": "yes"}, Outcome.VOLUNTARY_POSSIBLE, MEDIUM),
    ("hard", {"q1.safety": "yes_possible"}, Outcome.SIGNIFICANT_RECOMMENDED, HIGH),
    ("hard and unknown", {"q1.safety": "yes", "q1.others": "unknown"}, Outcome.SIGNIFICANT_RECOMMENDED, HIGH),
    ("two aggravate", {"q1.data": "yes", "q1.economy": "yes"}, Outcome.MORE_INFORMATION_NEEDED, MEDIUM),
    (
        "critical service and one more",
        {"q1.critical_service": "yes", "q1.disruption_now": "noticeable"},
        Outcome.MORE_INFORMATION_NEEDED,
        MEDIUM,
    ),
    ("critical service alone", {"q1.critical_service": "yes"}, Outcome.VOLUNTARY_POSSIBLE, MEDIUM),
    ("one aggravates", {"q1.spread": "countries"}, Outcome.VOLUNTARY_POSSIBLE, MEDIUM),
]


@pytest.mark.parametrize(("answers", "outcome", "category"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_each_row_of_the_decision_rule(answers: dict[str, str], outcome: Outcome, category: Nis2Category) -> None:
    recommendation = of(answers)

    assert (recommendation.outcome, recommendation.category) == (outcome, category)


@pytest.mark.parametrize("key", sorted(GUIDE.must_know))
def test_what_must_be_known_and_is_not_asks_for_more_information(key: str) -> None:
    unanswered = {question: answer for question, answer in HARMLESS.items() if question != key}

    for recommendation in (of({key: "unknown"}), recommend(GUIDE, unanswered)):
        assert recommendation.outcome is Outcome.MORE_INFORMATION_NEEDED
        assert recommendation.unknown == (key,)


@pytest.mark.parametrize("hard", HARD, ids=str)
def test_one_hard_answer_is_enough(hard: Mapping[str, str]) -> None:
    assert of(hard).outcome is recommend(GUIDE, hard).outcome is Outcome.SIGNIFICANT_RECOMMENDED
    assert Weight.HARD in weights(of(hard))


@pytest.mark.parametrize("aggravating", AGGRAVATING, ids=str)
def test_one_aggravating_answer_is_not_enough(aggravating: Mapping[str, str]) -> None:
    assert of(aggravating).outcome is Outcome.VOLUNTARY_POSSIBLE
    assert weights(of(aggravating)) == [Weight.AGGRAVATING]


@pytest.mark.parametrize("weightless", WEIGHTLESS, ids=str)
def test_what_is_only_for_information_weighs_nothing(weightless: Mapping[str, str]) -> None:
    assert of(weightless).outcome is Outcome.NOT_SIGNIFICANT
    assert of(weightless).reasons == ()


def test_the_answers_under_one_number_aggravate_once() -> None:
    recommendation = of({"q2.users_citizens": "12", "q2.users_vulnerable": "3"})

    assert weights(recommendation) == [Weight.AGGRAVATING] * 2
    assert recommendation.outcome is Outcome.VOLUNTARY_POSSIBLE


def test_what_elaborates_a_no_weighs_nothing_and_what_elaborates_a_doubt_does() -> None:
    damage = {"q1.data_damage": "yes"}

    assert of({"q1.data": "no"}, damage).outcome is Outcome.NOT_SIGNIFICANT
    assert of({"q1.data": "unknown"}, damage).outcome is Outcome.SIGNIFICANT_RECOMMENDED


THRESHOLDS: list[tuple[str, dict[str, str], str]] = [
    ("citizens_affected", {"q2.users_citizens": "10"}, "9"),
    ("vulnerable_citizens_affected", {"q2.users_vulnerable": "10"}, "9"),
    ("staff_unable_to_work", {"q2.users_staff": "10"}, "9"),
    ("records_exposed", {"q2.data_amount": "10"}, "9"),
    ("administrations_hit", {"q2.administrations": "10"}, "9"),
    ("cost_dkk", {"q1.economy": "yes", "q1.economy_amount": "10"}, "9"),
    ("cost_dkk", {"q2.cost_operation": "10"}, "9"),
]


@pytest.mark.parametrize(("threshold", "reached", "below"), THRESHOLDS)
def test_at_the_municipality_s_own_threshold_one_is_enough_and_below_it_aggravates(
    threshold: str, reached: dict[str, str], below: str
) -> None:
    own = Thresholds.model_validate({threshold: 10})
    lower = {key: below if answer == "10" else answer for key, answer in reached.items()}

    assert of(reached, thresholds=own).outcome is Outcome.SIGNIFICANT_RECOMMENDED
    assert of(lower, thresholds=own).outcome is of(reached).outcome is Outcome.VOLUNTARY_POSSIBLE


def test_the_losses_are_added_before_they_meet_the_threshold() -> None:
    costs = {"q2.cost_operation": "400000", "q2.cost_recovery": "unknown", "q2.cost_claims": "600000"}
    reason = of(costs, thresholds=Thresholds(cost_dkk=1_000_000)).reasons[0]

    assert reason.weight is Weight.HARD
    assert reason.questions == ("q2.cost_operation", "q2.cost_claims")
    assert reason.danish == (
        "Det samlede tab i kroner (1.000.000) når kommunens egen tærskel på 1.000.000 (NIS 2-loven § 12, stk. 2, nr. 1)."
    )


def test_a_long_duration_is_enough_only_on_a_critical_service() -> None:
    own, long = Thresholds(critical_service_down_minutes=60), {"q2.duration_so_far": "10", "q2.duration_expected": "60"}

    assert of(long, thresholds=own).outcome is Outcome.VOLUNTARY_POSSIBLE
    assert of(long, {"q1.critical_service": "yes"}, thresholds=own).outcome is Outcome.SIGNIFICANT_RECOMMENDED


def test_a_good_workaround_outweighs_one_aggravating_answer_and_never_a_hard_one() -> None:
    good = {"q2.workaround": "good"}
    one, two = {"q1.economy": "yes"}, {"q1.economy": "yes", "q1.data": "yes"}

    assert of(one, good).outcome is Outcome.NOT_SIGNIFICANT
    assert of(two, good).outcome is Outcome.VOLUNTARY_POSSIBLE
    assert weights(of(two, good)) == [Weight.AGGRAVATING, Weight.AGGRAVATING, Weight.LOWERING]
    assert of({"q1.safety": "yes"}, one, good).outcome is Outcome.SIGNIFICANT_RECOMMENDED


@pytest.mark.parametrize("key", [key for key in IR_YES if key != "ir.maintenance"])
def test_the_implementing_regulation_weighs_only_when_turned_on_and_not_for_planned_maintenance(key: str) -> None:
    assert of({key: "yes"}).outcome is Outcome.NOT_SIGNIFICANT
    assert of({key: "yes"}, thresholds=IR).outcome is Outcome.SIGNIFICANT_RECOMMENDED
    assert of({key: "yes", "ir.maintenance": "yes"}, thresholds=IR).outcome is Outcome.NOT_SIGNIFICANT
    assert "vejledende" in of({key: "yes"}, thresholds=IR).reasons[0].danish


def test_planned_maintenance_under_the_regulation_does_not_touch_the_act_s_own_criteria() -> None:
    planned = {"ir.maintenance": "yes", "q1.safety": "yes"}

    assert of(planned, thresholds=IR).outcome is Outcome.SIGNIFICANT_RECOMMENDED


OPENED: list[tuple[dict[str, str], set[NextStep]]] = [
    ({}, set()),
    ({"q1.data": "yes"}, {NextStep.GDPR, NextStep.VOLUNTARY, NextStep.FULL_ASSESSMENT}),
    ({"q2.gdpr_risk": "unlikely"}, set()),
    ({"q2.gdpr_risk": "unknown"}, {NextStep.GDPR}),
    ({"q2.gdpr_risk": "high"}, {NextStep.GDPR, NextStep.DATA_SUBJECTS}),
    ({"q1.event_kind": "threat"}, {NextStep.THREAT_ADVICE, NextStep.VOLUNTARY, NextStep.FULL_ASSESSMENT}),
    ({"q1.safety": "unknown"}, {NextStep.ESCALATE, NextStep.VOLUNTARY, NextStep.FULL_ASSESSMENT}),
    ({"q1.safety": "yes"}, {NextStep.ESCALATE, NextStep.RECIPIENTS, NextStep.FULL_ASSESSMENT}),
    ({"q2.recipients": "yes"}, {NextStep.RECIPIENTS}),
    ({"q2.recurrence": "yes"}, {NextStep.RECURRENCE, NextStep.VOLUNTARY, NextStep.FULL_ASSESSMENT}),
]


@pytest.mark.parametrize(("answers", "opened"), OPENED, ids=[str(row[0]) for row in OPENED])
def test_what_the_answers_open(answers: dict[str, str], opened: set[NextStep]) -> None:
    assert set(of(answers).opens) == opened


def test_the_full_assessment_is_offered_until_all_is_answered_but_words_and_elaborations() -> None:
    asked = [q for q in GUIDE.by_key.values() if q.part is Part.FULL and not q.confidential and q.follows is None]
    full = {"q1.safety": "yes"} | {q.key: "unknown" for q in asked if q.accepts("unknown")}
    full |= {q.key: q.options[0].key for q in asked if q.key not in full}

    assert NextStep.FULL_ASSESSMENT not in of(full).opens
    for question in asked:
        assert NextStep.FULL_ASSESSMENT in of({key: full[key] for key in full if key != question.key}).opens


YES, NO, DOUBT = YesNoUnknown
MALICIOUS: list[tuple[dict[str, str], YesNoUnknown]] = [
    ({}, NO),
    ({"q1.malicious": "yes"}, YES),
    ({"q1.malicious": "yes_inside"}, YES),
    ({"q1.malicious": "unknown"}, DOUBT),
    ({"q1.malicious": "unknown", "q2.cause": "human-errors"}, NO),
    ({"q1.malicious": "unknown", "q2.cause": "third-party-failures"}, DOUBT),
    ({"q1.malicious": "no", "q2.cause": "malicious-actions"}, YES),
]
CROSS_BORDER: list[tuple[dict[str, str], YesNoUnknown]] = [
    ({}, NO),
    ({"q1.spread": "suppliers.countries"}, YES),
    ({"q1.spread": "suppliers"}, NO),
    ({"q1.spread": "unknown"}, DOUBT),
    ({"q2.cross_border": "yes_possible"}, YES),
    ({"q2.cross_border": "unknown"}, DOUBT),
    ({"q1.spread": "unknown", "q2.cross_border": "no"}, NO),
]


@pytest.mark.parametrize(("answers", "told"), MALICIOUS, ids=str)
def test_the_early_warning_is_told_of_a_suspicion(answers: dict[str, str], told: YesNoUnknown) -> None:
    assert of(answers).suspected_malicious is told


@pytest.mark.parametrize(("answers", "told"), CROSS_BORDER, ids=str)
def test_the_early_warning_is_told_of_other_countries(answers: dict[str, str], told: YesNoUnknown) -> None:
    assert of(answers).cross_border is told


def test_without_answers_everything_is_unknown() -> None:
    empty = recommend(guide_on(GUIDE.valid_from), {})

    assert (empty.outcome, empty.suspected_malicious, empty.cross_border) == (Outcome.MORE_INFORMATION_NEEDED, DOUBT, DOUBT)
    assert set(empty.unknown) == GUIDE.must_know


def test_a_contradiction_names_the_answer_that_says_no_incident() -> None:
    assert of({"q1.event_kind": "planned_work", "q1.safety": "yes"}).unknown == ("q1.event_kind",)
