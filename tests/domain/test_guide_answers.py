from datetime import UTC, datetime

import pytest

from domain.guide.checking import UnknownQuestionError, UnreadableAnswerError, check_answers
from domain.guide.question import time_answer
from domain.time import NoZoneError, parse_time
from tests.support.guide import GUIDE, HARMLESS


def test_answers_and_explanations_that_the_guide_asks_for_are_read() -> None:
    check_answers(GUIDE, HARMLESS, {"q2.chronology": "Først faldt vagtplanen ud.", "q1.critical_service": "Hjemmeplejen"})


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("q1.safety", "unknown"),
        ("q1.safety", "yes_possible"),
        ("q1.cia", "availability.confidentiality"),
        ("q1.cia", "none"),
        ("q2.data_types", "health.children"),
        ("q2.users_citizens", "0"),
        ("q2.users_citizens", "unknown"),
        ("q1.time_detected", "20261120T1420Z"),
        ("q1.time_detected", "unknown"),
    ],
)
def test_an_answer_in_the_question_s_own_form_is_read(question: str, answer: str) -> None:
    check_answers(GUIDE, {question: answer})


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("q1.safety", "maybe", "one of yes, yes_happened, yes_possible, no, unknown"),
        ("q1.safety", "yes.no", "one of yes"),
        ("q1.cia", "none.availability", "none or unknown, or any of availability, authenticity"),
        ("q1.cia", "confidentiality.availability", "in this order, joined by '.'"),
        ("q1.cia", "availability.availability", "in this order"),
        ("q1.cia", "", "none or unknown"),
        ("q2.users_citizens", "-1", "a whole number in digits"),
        ("q2.users_citizens", "007", "without leading zeros"),
        ("q2.users_citizens", "٣", "a whole number"),
        ("q2.users_citizens", "1" * 16, "a whole number"),
        ("q2.start", "20260231T0000Z", "a time in UTC as 20261120T1420Z"),
        ("q2.start", "2026112T1420Z", "a time in UTC"),
        ("q2.chronology", "words", "given as an explanation"),
    ],
)
def test_an_unreadable_answer_is_named_with_the_possible_ones(question: str, answer: str, told: str) -> None:
    with pytest.raises(UnreadableAnswerError) as refusal:
        check_answers(GUIDE, {**HARMLESS, question: answer})

    assert str(refusal.value).startswith(f"{question} cannot be answered {answer!r}")
    assert told in str(refusal.value)


def test_a_question_that_the_guide_does_not_ask_is_named_whether_answered_or_explained() -> None:
    for answers, explanations in (({"q9.x": "yes"}, {}), ({}, {"q9.x": "Ord"})):
        with pytest.raises(UnknownQuestionError, match=r"2026-11 asks no question 'q9\.x'"):
            check_answers(GUIDE, answers, explanations)


def test_options_are_joined_in_the_question_s_order_and_strangers_are_left_out() -> None:
    assert GUIDE.by_key["q2.data_types"].joined(["children", "health", "x"]) == "health.children"


def test_a_time_is_answered_in_utc_to_the_minute_and_needs_a_zone() -> None:
    assert time_answer(parse_time("2026-11-20 15:20:59")) == "20261120T1420Z"
    with pytest.raises(NoZoneError):
        time_answer(datetime(2026, 11, 20, 15, 20, tzinfo=UTC).replace(tzinfo=None))
