import re
from collections import Counter
from datetime import date

import pytest

from domain.guide.guide import GUIDES, Guide, UnknownGuideError, guide_named, guide_on
from domain.guide.outcomes import NEXT_STEPS, OUTCOMES, NextStep, Outcome
from domain.guide.question import CRITERIA, STANDING_ALONE, AnswerKind, Criterion, Part, Question
from domain.guide.reading import YES
from domain.guide.screens import SIX_CRITERIA, THREE_PART_SCREEN, Screen
from domain.guide.weighing import Measure, Weighing
from tests.support.guide import GUIDE

WORD = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$")
QUESTIONS = [question for guide in GUIDES.values() for question in guide.questions]
SAME_IN_BOTH = {"total", "seen"}


def key_of(value: Question | Screen) -> str:
    return value.key


@pytest.mark.parametrize("guide", GUIDES.values(), ids=list(GUIDES))
def test_a_guide_and_its_keys_are_words_and_no_key_is_used_twice(guide: Guide) -> None:
    assert WORD.match(guide.version)
    assert [key for key, count in Counter(question.key for question in guide.questions).items() if count > 1] == []
    assert [question.key for question in guide.questions if not WORD.match(question.key)] == []


def test_the_quick_part_has_its_thirteen_numbers_and_the_full_part_its_twenty_eight() -> None:
    numbers = {part: list(dict.fromkeys(question.group for question in GUIDE.part(part))) for part in Part}

    assert numbers[Part.QUICK] == [f"q1.{n}" for n in range(1, 14)]
    assert numbers[Part.FULL] == [f"q2.{n}" for n in range(1, 29)]
    assert numbers[Part.IR] == [f"ir.{n}" for n in range(1, 8)]


def test_the_quick_part_asks_ten_questions_and_offers_the_rest() -> None:
    assert len({question.group for question in GUIDE.part(Part.QUICK) if not question.optional}) == 10


@pytest.mark.parametrize("question", QUESTIONS, ids=key_of)
def test_each_question_has_danish_and_english_text_that_differ_and_a_criterion(question: Question) -> None:
    assert question.danish.strip()
    assert question.english.strip()
    assert question.danish != question.english
    assert question.criteria


@pytest.mark.parametrize("question", QUESTIONS, ids=key_of)
def test_options_are_single_words_with_two_labels_and_fit_together_in_one_stored_word(question: Question) -> None:
    keys = [option.key for option in question.options]

    assert bool(keys) is (question.kind in {AnswerKind.CHOICE, AnswerKind.SEVERAL})
    assert len(set(keys)) == len(keys)
    assert [key for key in keys if not WORD.match(key) or "." in key] == []
    assert all(option.danish and option.english for option in question.options)
    assert question.kind is not AnswerKind.SEVERAL or WORD.match(question.joined(set(keys) - STANDING_ALONE))


def test_the_labels_of_an_option_differ_but_where_both_languages_say_the_same() -> None:
    options = {option for question in QUESTIONS for option in question.options}

    assert {option.key for option in options if option.danish == option.english} <= SAME_IN_BOTH


@pytest.mark.parametrize("question", QUESTIONS, ids=key_of)
def test_do_not_know_is_an_answer_to_every_question_of_yes_and_no(question: Question) -> None:
    keys = {option.key for option in question.options}

    assert "no" not in keys or "unknown" in keys


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question.follows], ids=key_of)
def test_what_elaborates_a_question_comes_after_it_under_the_same_number(question: Question) -> None:
    leading = GUIDE.by_key[str(question.follows)]

    assert leading.group == question.group
    assert GUIDE.questions.index(leading) < GUIDE.questions.index(question)


def test_every_weighing_asks_for_questions_and_options_that_there_are() -> None:
    conditions = [
        condition
        for row in GUIDE.weighings
        for condition in (row.hard_with if isinstance(row, Measure) else (*row.conditions, row.unless))
    ]
    asked = [(GUIDE.by_key[key], options) for condition in conditions for key, options in condition.items()]
    measured = {key for row in GUIDE.weighings if isinstance(row, Measure) for key in row.questions}

    for question, options in asked:
        offered = {option.key for option in question.options}
        assert options & offered if options is YES else options <= offered, question.key
    assert set(GUIDE.by_key) >= GUIDE.must_know
    assert all(GUIDE.by_key[key].kind is AnswerKind.NUMBER for key in measured)


@pytest.mark.parametrize("row", GUIDE.weighings, ids=lambda row: row.english)
def test_every_weighing_says_why_in_both_languages(row: Weighing | Measure) -> None:
    assert row.danish
    assert row.english
    assert row.danish != row.english


def test_outcomes_next_steps_and_criteria_are_labelled_in_both_languages() -> None:
    assert (set(OUTCOMES), set(NEXT_STEPS), set(CRITERIA)) == (set(Outcome), set(NextStep), set(Criterion))
    assert all(words.danish != words.english for words in (*OUTCOMES.values(), *NEXT_STEPS.values()))
    assert all(words.danish != words.english for words in CRITERIA.values())


def test_no_outcome_calls_itself_a_decision() -> None:
    texts = " ".join(text for words in OUTCOMES.values() for text in words).lower()

    assert not re.search(r"afgør|beslut|decid|decision", texts)


@pytest.mark.parametrize("screen", SIX_CRITERIA + THREE_PART_SCREEN, ids=key_of)
def test_the_municipalities_own_criteria_point_to_questions_that_there_are(screen: Screen) -> None:
    assert set(screen.questions) <= set(GUIDE.by_key)
    assert screen.danish != screen.english


def test_a_guide_is_chosen_by_its_date_and_paper_from_before_the_first_is_judged_by_the_first() -> None:
    assert [guide_on(date(*day)).version for day in ((2025, 7, 1), (2026, 11, 1), (2030, 1, 1))] == ["2026-11"] * 3


def test_a_guide_is_found_by_its_stored_version_and_an_unknown_one_is_named() -> None:
    assert guide_named("2026-11") is GUIDES["2026-11"]
    with pytest.raises(UnknownGuideError, match="'1999-01': use one of 2026-11"):
        guide_named("1999-01")
