"""What a question of the guide is, and how its answer is written: as one word, clear in the log and readable for ever."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from domain.time import utc

UNKNOWN = "unknown"
"""*Ved ikke*: an answer like any other."""
NO = "no"
NONE = "none"
STANDING_ALONE = frozenset({NONE, UNKNOWN})
"""Options of a question with several answers that go with no other."""

_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")
_TIME = "%Y%m%dT%H%MZ"


class Part(StrEnum):
    """The parts of the guide (KL): the quick look, and the full assessment after it. The value begins each key of the part."""

    QUICK = "q1"
    FULL = "q2"
    IR = "ir"
    """Optional: Implementing Regulation (EU) 2024/2690, guidance only."""


class AnswerKind(StrEnum):
    """How an answer is written.

    choice: one option. several: options in the question's order, joined by `.`. number: decimal digits. time: UTC as
    `20261120T1420Z`. text: free words, which are confidential and never among the answers.
    """

    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    TIME = "time"
    TEXT = "text"


class Criterion(StrEnum):
    """What in the law a question serves."""

    INCIDENT = "incident"
    OPERATION = "operation"
    ECONOMY = "economy"
    OTHERS = "others"
    NOTICE = "notice"
    RECIPIENTS = "recipients"
    VOLUNTARY = "voluntary"
    GDPR = "gdpr"
    IR = "ir_2024_2690"


class CriterionText(NamedTuple):
    """What a criterion is called, and where it stands."""

    danish: str
    english: str
    paragraph: str


CRITERIA = {
    Criterion.INCIDENT: CriterionText("Er det en hændelse?", "Is it an incident?", "NIS 2-loven § 3, nr. 12"),
    Criterion.OPERATION: CriterionText("Driftsforstyrrelse", "Operational disruption", "NIS 2-loven § 12, stk. 2, nr. 1"),
    Criterion.ECONOMY: CriterionText("Økonomisk tab", "Economic loss", "NIS 2-loven § 12, stk. 2, nr. 1"),
    Criterion.OTHERS: CriterionText("Skade på andre", "Damage to others", "NIS 2-loven § 12, stk. 2, nr. 2"),
    Criterion.NOTICE: CriterionText("Underretningens indhold", "Content of the notice", "NIS 2-loven § 13, stk. 1"),
    Criterion.RECIPIENTS: CriterionText("Modtagerne af tjenesterne", "Recipients of the services", "NIS 2-loven § 15"),
    Criterion.VOLUNTARY: CriterionText("Frivillig underretning", "Voluntary notification", "NIS 2-loven § 14"),
    Criterion.GDPR: CriterionText("Persondatasikkerhed", "Personal data breach", "GDPR art. 33-34"),
    Criterion.IR: CriterionText(
        "IR 2024/2690 (vejledende)", "IR 2024/2690 (guidance only)", "Forordning (EU) 2024/2690, art. 3 (vejledende)"
    ),
}


class Option(NamedTuple):
    """One possible answer."""

    key: str
    danish: str
    english: str


class Question(NamedTuple):
    """One question. `key` is stored and never gets another meaning: another question is another key."""

    key: str
    number: str
    """As shown, such as 6 or 6b: what shares its digits within a part is one question, and aggravates once."""
    kind: AnswerKind
    criteria: tuple[Criterion, ...]
    danish: str
    english: str
    options: tuple[Option, ...] = ()
    follows: str | None = None
    """The question that this one elaborates. Where that one is answered no or none, this one weighs nothing."""
    optional: bool = False

    @property
    def part(self) -> Part:
        """The part of the guide that it belongs to."""
        return Part(self.key.partition(".")[0])

    @property
    def group(self) -> str:
        """The same for 6, 6a and 6b of a part."""
        return f"{self.part}.{self.number.rstrip('abcd')}"

    @property
    def confidential(self) -> bool:
        """Answered in words of a person, which belong to the explanations and not to the answers."""
        return self.kind is AnswerKind.TEXT

    @property
    def possible(self) -> str:
        """The possible answers, in words for an error message."""
        keys = [option.key for option in self.options]
        match self.kind:
            case AnswerKind.CHOICE:
                return f"one of {', '.join(keys)}"
            case AnswerKind.SEVERAL:
                alone = [key for key in keys if key in STANDING_ALONE]
                together = [key for key in keys if key not in STANDING_ALONE]
                return f"{' or '.join(alone)}, or any of {', '.join(together)} in this order, joined by '.'"
            case AnswerKind.NUMBER:
                return f"a whole number in digits without leading zeros, or {UNKNOWN}"
            case AnswerKind.TIME:
                return f"a time in UTC as 20261120T1420Z, or {UNKNOWN}"
            case AnswerKind.TEXT:
                return "words, given as an explanation and not as an answer"

    def accepts(self, answer: str) -> bool:
        """Whether the answer can be read."""
        match self.kind:
            case AnswerKind.CHOICE:
                return answer in {option.key for option in self.options}
            case AnswerKind.SEVERAL:
                chosen = answer.split(".")
                alone = len(chosen) == 1 or STANDING_ALONE.isdisjoint(chosen)
                return bool(answer) and alone and answer == self.joined(chosen)
            case AnswerKind.NUMBER:
                return answer == UNKNOWN or _NUMBER.fullmatch(answer) is not None
            case AnswerKind.TIME:
                return answer == UNKNOWN or _is_time(answer)
            case AnswerKind.TEXT:
                return False

    def joined(self, chosen: Iterable[str]) -> str:
        """The answer that these options make together, whatever their order; what is no option is left out."""
        wanted = set(chosen)
        return ".".join(option.key for option in self.options if option.key in wanted)


def time_answer(instant: datetime) -> str:
    """An instant in any zone as an answer: UTC, cut to the minute. Raises `NoZoneError`."""
    return utc(instant).strftime(_TIME)


def _is_time(answer: str) -> bool:
    try:
        instant = datetime.strptime(answer, _TIME).replace(tzinfo=UTC)
    except ValueError:
        return False
    return time_answer(instant) == answer
