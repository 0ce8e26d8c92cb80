"""Whether answers can be read. Nothing here judges them, and no question must be answered."""

from collections.abc import Mapping
from typing import ClassVar

from domain.errors import InvalidInputError
from domain.guide.guide import Guide

NO_EXPLANATIONS: Mapping[str, str] = {}


class UnknownQuestionError(InvalidInputError):
    """The guide asks no such question."""

    code: ClassVar[str] = "unknown-question"


class UnreadableAnswerError(InvalidInputError):
    """The answer is none that the question can have."""

    code: ClassVar[str] = "unreadable-answer"


def check_answers(guide: Guide, answers: Mapping[str, str], explanations: Mapping[str, str] = NO_EXPLANATIONS) -> None:
    """Raise `UnknownQuestionError` or `UnreadableAnswerError` for the first one that is wrong.

    Explanations are free words by question key. Any question may have one; text questions have nothing else.
    """
    questions = guide.by_key
    for key in (*answers, *explanations):
        if key not in questions:
            raise UnknownQuestionError(
                f"Guide {guide.version} asks no question {key!r}: use one of its keys, such as {next(iter(questions))}."
            )
    for key, answer in answers.items():
        if not questions[key].accepts(answer):
            raise UnreadableAnswerError(f"{key} cannot be answered {answer!r}: answer with {questions[key].possible}.")
