"""Answers for tests of the guide."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from hypothesis import strategies as st

from domain.guide.guide import guide_on
from domain.guide.question import STANDING_ALONE, UNKNOWN, AnswerKind, Part, Question
from domain.guide.reading import YES

GUIDE: Final = guide_on(date(2026, 11, 20))

HARMLESS: Final = {
    "q1.event_kind": "incident",
    "q1.cia": "availability",
    "q1.critical_service": "no",
    "q1.disruption_now": "none",
    "q1.disruption_worst": "none",
    "q1.safety": "no",
    "q1.data": "no",
    "q1.malicious": "no",
    "q1.spread": "none",
    "q1.economy": "no",
    "q1.others": "no",
}
"""Part 1 of an incident that nothing speaks against handling internally."""

HARD: Final = (
    *({"q1.safety": yes} for yes in ("yes", "yes_happened", "yes_possible")),
    {"q1.others": "yes_possible"},
    {"q1.data": "yes", "q1.data_damage": "yes_possible"},
    {"q1.critical_service": "yes_possible", "q1.disruption_worst": "serious"},
    {"q1.critical_service": "yes", "q1.disruption_now": "total"},
    {"q1.critical_service": "yes", "q1.malicious": "yes_inside"},
    {"q1.critical_service": "yes", "q2.workaround": "none"},
    {"q2.services": "society_critical", "q2.degree": "down"},
    {"q2.damage_done": "considerable"},
    {"q2.damage_possible": "considerable_realistic"},
)
"""Each is enough alone."""

AGGRAVATING: Final = (
    {"q1.critical_service": "yes_possible"},
    {"q1.disruption_now": "noticeable"},
    {"q1.disruption_worst": "serious"},
    {"q1.data": "yes"},
    {"q1.malicious": "yes_inside"},
    {"q1.spread": "administrations"},
    {"q1.spread": "municipalities"},
    {"q1.spread": "countries"},
    {"q1.economy": "yes"},
    {"q2.services": "society_critical"},
    {"q2.duration_expected": "90"},
    {"q2.degree": "reduced"},
    {"q2.users_citizens": "12"},
    {"q2.users_vulnerable": "1"},
    {"q2.users_staff": "40"},
    {"q2.area": "whole"},
    {"q2.administrations": "2"},
    {"q2.other_entities": "yes_possible"},
    {"q2.data_types": "health.children"},
    {"q2.data_amount": "500"},
    {"q2.cost_recovery": "250000"},
    {"q2.vulnerability": "yes_spreading"},
    {"q2.recurrence": "yes"},
)
"""Each aggravates once and is not enough alone, with no thresholds set."""

WEIGHTLESS: Final = (
    {"q1.malicious": "yes"},
    {"q1.malicious": "unknown"},
    {"q1.spread": "suppliers"},
    {"q1.supplier": "supplier"},
    {"q2.users_staff": "0"},
    {"q2.administrations": "1"},
    {"q2.workaround": "good"},
    {"q2.damage_done": "limited"},
    {"q2.data_types": "ordinary"},
    {"q2.cross_border": "yes"},
)
"""These move nothing."""


def answers_of(question: Question) -> st.SearchStrategy[str]:
    """Every answer that a question can have."""
    keys = [option.key for option in question.options]
    match question.kind:
        case AnswerKind.CHOICE:
            return st.sampled_from(keys)
        case AnswerKind.SEVERAL:
            together = [key for key in keys if key not in STANDING_ALONE]
            return st.sampled_from(sorted(STANDING_ALONE)) | st.sets(st.sampled_from(together), min_size=1).map(question.joined)
        case AnswerKind.NUMBER:
            return st.just(UNKNOWN) | st.integers(0, 10**15 - 1).map(str)
        case AnswerKind.TIME:
            return st.just(UNKNOWN) | st.just("20261120T1420Z")
        case AnswerKind.TEXT:
            return st.nothing()


def answer_sets(questions: Iterable[Question] = GUIDE.questions) -> st.SearchStrategy[dict[str, str]]:
    """Any readable answers to any of the questions, whether they make sense together or not."""
    asked = {question.key: answers_of(question) for question in questions if not question.confidential}
    return st.fixed_dictionaries({}, optional=asked)


PART_ONE_ANSWERS: Final = answer_sets(GUIDE.part(Part.QUICK))
IR_YES: Final = [question.key for question in GUIDE.part(Part.IR) if YES & {option.key for option in question.options}]
