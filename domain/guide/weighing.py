"""How an answer can weigh: one is enough, it aggravates, or it lowers. The rows themselves are in weighings.py."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from domain.events import Frozen
from domain.guide.question import CRITERIA, Criterion
from domain.guide.reading import AnyOf, Reading
from domain.guide.thresholds import Thresholds


class Weight(StrEnum):
    """Hard: enough alone to recommend *væsentlig*. Lowering takes back one aggravating answer, never a hard one."""

    HARD = "hard"
    AGGRAVATING = "aggravating"
    LOWERING = "lowering"


class Reason(Frozen):
    """Why the answers weigh. The sentences end with the paragraph."""

    questions: tuple[str, ...]
    """The answered questions that together give it."""
    weight: Weight
    criterion: Criterion
    paragraph: str
    danish: str
    english: str


class Weighing(NamedTuple):
    """Weighs when every condition is met."""

    weight: Weight
    criterion: Criterion
    conditions: tuple[AnyOf, ...]
    danish: str
    english: str
    unless: Mapping[str, frozenset[str]] = {}

    def weigh(self, reading: Reading, _: Thresholds) -> Reason | None:
        """The reason that the answers give; None where they give none."""
        met = [reading.met(condition) for condition in self.conditions]
        if not all(met) or reading.met(self.unless):
            return None
        return _reason(tuple(key for keys in met for key in keys), self.weight, self.criterion, self.danish, self.english)


class Measure(NamedTuple):
    """Numbers: from `aggravates_from` on they aggravate, from the municipality's own threshold on one is enough."""

    questions: tuple[str, ...]
    criterion: Criterion
    threshold: Callable[[Thresholds], int | None]
    danish: str
    """What is measured, as the subject of a sentence."""
    english: str
    together: Callable[[Iterable[int]], int] = sum
    aggravates_from: int = 1
    hard_with: tuple[AnyOf, ...] = ()
    """What else must be met for the threshold to be enough."""

    def weigh(self, reading: Reading, thresholds: Thresholds) -> Reason | None:
        """The reason that the numbers give; None where they are not known or too small."""
        known = {key: number for key in self.questions if (number := reading.number(key))}
        if not known:
            return None
        total, threshold = self.together(known.values()), self.threshold(thresholds)
        met = [reading.met(condition) for condition in self.hard_with]
        da, en = f"{self.danish} ({_grouped(total, '.')})", f"{self.english} ({_grouped(total, ',')})"
        if threshold is not None and total >= threshold and all(met):
            return _reason(
                (*known, *(key for keys in met for key in keys)),
                Weight.HARD,
                self.criterion,
                f"{da} når kommunens egen tærskel på {_grouped(threshold, '.')}",
                f"{en} reaches the municipality's own threshold of {_grouped(threshold, ',')}",
            )
        if total < self.aggravates_from:
            return None
        return _reason(
            tuple(known), Weight.AGGRAVATING, self.criterion, f"{da} skærper vurderingen", f"{en} aggravates the incident"
        )


def _reason(questions: tuple[str, ...], weight: Weight, criterion: Criterion, danish: str, english: str) -> Reason:
    paragraph = CRITERIA[criterion].paragraph
    return Reason(
        questions=questions,
        weight=weight,
        criterion=criterion,
        paragraph=paragraph,
        danish=f"{danish} ({paragraph}).",
        english=f"{english} ({paragraph}).",
    )


def _grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)
