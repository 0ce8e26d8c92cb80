"""The versions of the question guide, as data with effective dates: old assessments keep the guide that they were made with."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, NamedTuple

from domain.errors import InvalidInputError
from domain.guide.ir_2024_2690 import IR_QUESTIONS, IR_WEIGHINGS
from domain.guide.part_one import PART_ONE
from domain.guide.part_two_causes import CAUSES
from domain.guide.part_two_effects import EFFECTS
from domain.guide.question import Part, Question
from domain.guide.weighing import Measure, Weighing
from domain.guide.weighings import WEIGHINGS


class UnknownGuideError(InvalidInputError):
    """No version of the guide has this name."""

    code: ClassVar[str] = "unknown-guide"


class Guide(NamedTuple):
    """One version: what is asked, and what weighs. `version` is stored with every assessment made by it."""

    version: str
    valid_from: date
    """First Danish date on which it is the one to use."""
    questions: tuple[Question, ...]
    weighings: tuple[Weighing | Measure, ...]
    must_know: frozenset[str]
    """While one of these is unknown or unanswered, an incident is never recommended as not significant."""

    @property
    def by_key(self) -> Mapping[str, Question]:
        """The questions by their keys, in the order in which they are asked."""
        return {question.key: question for question in self.questions}

    def part(self, part: Part) -> tuple[Question, ...]:
        """The questions of one part, in the order in which they are asked."""
        return tuple(question for question in self.questions if question.part is part)


_VERSIONS = (
    Guide(
        version="2026-11",
        valid_from=date(2026, 11, 1),
        questions=PART_ONE + EFFECTS + CAUSES + IR_QUESTIONS,
        weighings=WEIGHINGS + IR_WEIGHINGS,
        must_know=frozenset(
            {"q1.cia", "q1.critical_service", "q1.disruption_now", "q1.disruption_worst", "q1.safety", "q1.others"}
        ),
    ),
)
"""Oldest first."""

GUIDES: Mapping[str, Guide] = {guide.version: guide for guide in _VERSIONS}


def guide_on(day: date) -> Guide:
    """The guide in force on a Danish date; before the first one, the first, for what is entered late from paper."""
    return max(
        (guide for guide in _VERSIONS if guide.valid_from <= day), key=lambda guide: guide.valid_from, default=_VERSIONS[0]
    )


def guide_named(version: str) -> Guide:
    """The guide of a stored version. Raises `UnknownGuideError`."""
    try:
        return GUIDES[version]
    except KeyError:
        raise UnknownGuideError(
            f"There is no question guide {version!r}: use one of {', '.join(GUIDES)}, or name no guide for free answers."
        ) from None
