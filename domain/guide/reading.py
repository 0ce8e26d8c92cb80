"""Answers as the rules read them."""

from collections.abc import Mapping
from typing import NamedTuple

from domain.guide.question import NO, NONE, UNKNOWN, Question

AnyOf = Mapping[str, frozenset[str]]
"""Question to options. It is met by one of the questions being answered with one of its options."""

YES = frozenset({"yes", "yes_happened", "yes_possible", "yes_inside", "yes_spreading"})


class Reading(NamedTuple):
    """What was answered. Whatever elaborates a question that was answered no or none is as good as not answered."""

    questions: Mapping[str, Question]
    answers: Mapping[str, str]

    def given(self, key: str) -> str | None:
        """The answer; None where there is none."""
        follows = self.questions[key].follows if key in self.questions else None
        if follows is not None and self.answers.get(follows) in {NO, NONE}:
            return None
        return self.answers.get(key)

    def chosen(self, key: str) -> frozenset[str]:
        """The options of the answer; empty where there is none."""
        answer = self.given(key)
        return frozenset() if answer is None else frozenset(answer.split("."))

    def number(self, key: str) -> int | None:
        """The number of a numeric question; None where it is not known."""
        answer = self.given(key)
        return None if answer is None or answer == UNKNOWN else int(answer)

    def met(self, condition: AnyOf) -> tuple[str, ...]:
        """The questions by which it is met; empty where it is not."""
        return tuple(key for key, options in condition.items() if not options.isdisjoint(self.chosen(key)))
