"""What the guide recommends stands in the log beside what a person decided, with the reason where the two differ."""

from typing import Any

import pytest

from domain.guide.checking import UnknownQuestionError, UnreadableAnswerError
from domain.guide.guide import GUIDES, UnknownGuideError
from domain.guide.thresholds import Thresholds
from domain.incident import events as e
from domain.incident.errors import ReasonMissingError
from domain.policy import Authority, Policy
from tests.spec import given
from tests.support.guide import HARMLESS
from tests.support.incidents import assessed, at, aware, reported

VERSION = next(iter(GUIDES))
HEALTH = {**HARMLESS, "q1.safety": "yes"}


def answered(answers: dict[str, str], *, significant: bool = True, **more: Any) -> e.Assessed:  # noqa: ANN401 - as the fields
    return assessed(2, significant=significant, answers=answers, **more)


def test_the_recommendation_and_the_questions_that_weighed_are_recorded_with_the_guide_in_force() -> None:
    recorded, awareness = given(reported()).when(answered(HEALTH), now=at(3)).decided()
    assert isinstance(recorded, e.Assessed)
    assert (recorded.guide_version, recorded.recommendation, recorded.departs) == (VERSION, "significant_recommended", False)
    assert "q1.safety" in recorded.because
    assert awareness == aware(2)


def test_whoever_departs_from_the_recommendation_writes_why() -> None:
    calm = answered(HEALTH, significant=False, reason=None)
    given(reported()).when(calm, now=at(3)).then_refused(ReasonMissingError, r"departs from the recommendation \(signif")
    told = calm.model_copy(update={"reason": "Alle fik deres medicin i tide"})
    (recorded,) = given(reported()).when(told, now=at(3)).decided()
    assert isinstance(recorded, e.Assessed)
    assert recorded.departs


def test_who_follows_the_recommendation_need_not_repeat_it() -> None:
    (recorded,) = given(reported()).when(answered(HARMLESS, significant=False, reason=None), now=at(3)).decided()
    assert isinstance(recorded, e.Assessed)
    assert (recorded.recommendation, recorded.departs, recorded.reason) == ("not_significant", False, None)


def test_a_judgement_of_not_significant_without_answers_needs_words() -> None:
    bare = assessed(2, significant=False, reason=None)
    given(reported()).when(bare).then_refused(ReasonMissingError, "has no answers")


def test_the_municipality_s_own_thresholds_weigh() -> None:
    answers = {**HARMLESS, "q2.users_citizens": "40"}
    under = Authority(Policy(thresholds=Thresholds(citizens_affected=25)))
    recorded, *_ = given(reported()).when(answered(answers), under=under, now=at(3)).decided()
    assert isinstance(recorded, e.Assessed)
    assert recorded.recommendation == "significant_recommended"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"answers": {"q1.safety": "maybe"}}, UnreadableAnswerError),
        ({"answers": {"q9.weather": "rain"}}, UnknownQuestionError),
        ({"answers": HARMLESS, "explanations": {"q9.weather": "Det regnede"}}, UnknownQuestionError),
        ({"answers": HARMLESS, "guide_version": "1999-01"}, UnknownGuideError),
    ],
)
def test_answers_that_the_guide_does_not_know_are_refused_by_name(more: dict[str, Any], error: type[Exception]) -> None:
    given(reported()).when(assessed(2, **more), now=at(3)).then_refused(error)
