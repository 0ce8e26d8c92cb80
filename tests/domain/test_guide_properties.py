"""What holds for all answers, sensible or not."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.guide.outcomes import Outcome
from domain.guide.recommend import recommend
from domain.guide.thresholds import Thresholds
from domain.guide.weighing import Weight
from domain.incident.events import Nis2Category
from tests.support.guide import AGGRAVATING, GUIDE, HARD, HARMLESS, PART_ONE_ANSWERS, answer_sets

ANSWERS = answer_sets() | PART_ONE_ANSWERS | answer_sets().map(lambda some: HARMLESS | some)
RANK = list(Nis2Category)
NUMBERS = st.none() | st.integers(0, 10_000)
THRESHOLDS = st.builds(
    Thresholds,
    critical_service_down_minutes=NUMBERS,
    citizens_affected=NUMBERS,
    vulnerable_citizens_affected=NUMBERS,
    staff_unable_to_work=NUMBERS,
    records_exposed=NUMBERS,
    cost_dkk=NUMBERS,
    administrations_hit=NUMBERS,
    ir_2024_2690=st.booleans(),
)
INCIDENT = {"q1.event_kind": "incident", "q1.cia": "integrity"}


@given(ANSWERS, THRESHOLDS)
def test_every_readable_set_of_answers_has_a_recommendation_whose_reasons_name_answered_questions(
    answers: dict[str, str], thresholds: Thresholds
) -> None:
    found = recommend(GUIDE, answers, thresholds)

    for reason in found.reasons:
        assert reason.questions
        assert set(reason.questions) <= set(answers)
        assert reason.paragraph in reason.danish
        assert reason.paragraph in reason.english
        assert reason.danish != reason.english
    assert set(found.unknown) <= set(GUIDE.by_key)
    assert recommend(GUIDE, answers, thresholds) == found


@given(ANSWERS.flatmap(lambda answers: st.tuples(st.just(answers), st.permutations(list(answers.items())))), THRESHOLDS)
def test_the_order_of_the_answers_does_not_matter(
    told: tuple[dict[str, str], list[tuple[str, str]]], thresholds: Thresholds
) -> None:
    answers, in_another_order = told

    assert recommend(GUIDE, dict(in_another_order), thresholds) == recommend(GUIDE, answers, thresholds)


@given(ANSWERS, THRESHOLDS, st.sampled_from(HARD))
def test_one_hard_answer_recommends_significant_whatever_else_is_answered(
    answers: dict[str, str], thresholds: Thresholds, hard: Mapping[str, str]
) -> None:
    found = recommend(GUIDE, answers | INCIDENT | dict(hard), thresholds)

    assert (found.outcome, found.category) == (Outcome.SIGNIFICANT_RECOMMENDED, Nis2Category.HIGH)


@given(ANSWERS, st.sampled_from(HARD), st.sampled_from([{"q1.event_kind": "planned_work"}, {"q1.event_kind": "none"}]))
def test_planned_work_or_none_with_a_hard_answer_asks_for_more_information(
    answers: dict[str, str], hard: Mapping[str, str], kind: Mapping[str, str]
) -> None:
    assert recommend(GUIDE, answers | dict(hard) | dict(kind)).outcome is Outcome.MORE_INFORMATION_NEEDED


@given(ANSWERS, THRESHOLDS, st.sampled_from(AGGRAVATING))
def test_adding_an_aggravating_answer_never_lowers_the_category(
    answers: dict[str, str], thresholds: Thresholds, aggravating: Mapping[str, str]
) -> None:
    # Where nothing was answered before, the doubt itself may have weighed: that is not what is added to here.
    known = {key: HARMLESS[key] for key in GUIDE.must_know & set(aggravating)}
    before = {key: answer for key, answer in answers.items() if key not in aggravating} | known
    categories = [recommend(GUIDE, some, thresholds).category for some in (before, before | dict(aggravating))]

    assert RANK.index(categories[0]) <= RANK.index(categories[1])


@pytest.mark.parametrize("key", sorted(GUIDE.must_know))
@given(answers=ANSWERS, thresholds=THRESHOLDS)
def test_what_must_be_known_and_is_not_never_gives_low_for_an_incident(
    key: str, answers: dict[str, str], thresholds: Thresholds
) -> None:
    found = recommend(GUIDE, answers | INCIDENT | {key: "unknown"}, thresholds)

    assert found.category is not Nis2Category.LOW
    assert key in found.unknown


@given(ANSWERS, THRESHOLDS)
def test_low_is_only_said_of_what_is_not_significant_or_no_incident_and_high_only_of_what_is(
    answers: dict[str, str], thresholds: Thresholds
) -> None:
    found = recommend(GUIDE, answers, thresholds)

    assert (found.category is Nis2Category.HIGH) is (found.outcome is Outcome.SIGNIFICANT_RECOMMENDED)
    assert (found.category is Nis2Category.LOW) is (found.outcome in {Outcome.NOT_SIGNIFICANT, Outcome.NOT_AN_INCIDENT})


@given(ANSWERS, THRESHOLDS)
def test_a_good_workaround_takes_back_no_hard_reason_but_its_own_absence(
    answers: dict[str, str], thresholds: Thresholds
) -> None:
    def hard(some: dict[str, str]) -> list[str]:
        return [reason.danish for reason in recommend(GUIDE, some, thresholds).reasons if reason.weight is Weight.HARD]

    without = {key: answer for key, answer in answers.items() if key != "q2.workaround"}

    assert hard(without) == hard(without | {"q2.workaround": "good"})
