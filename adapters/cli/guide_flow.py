"""The question guide one question after the other: which comes next, and what somebody means by what they type.

Nothing here reads or prints: `guide_talk` does.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from adapters.cli.language import ENGLISH, say
from domain.errors import InvalidInputError
from domain.guide.checking import check_answers
from domain.guide.guide import Guide
from domain.guide.question import NO, NONE, STANDING_ALONE, UNKNOWN, AnswerKind, Criterion, Option, Part, Question, time_answer
from domain.guide.thresholds import Thresholds
from domain.time import parse_time

NOT_KNOWN = frozenset({"", "v", "ved ikke", "unknown", "do not know"})
PARTS = {
    Part.QUICK: ("Del 1", "Part 1"),
    Part.FULL: ("Del 2", "Part 2"),
    Part.IR: ("IR 2024/2690 (vejledende)", "IR 2024/2690 (guidance only)"),
}
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+")


class UnreadableReplyError(InvalidInputError):
    """What was typed is no answer to the question."""

    code: ClassVar[str] = "unreadable-reply"


class Reply(NamedTuple):
    """What was meant: one of the question's answers, words beside it, or neither when a text was left out."""

    answer: str | None
    explanation: str | None = None


class Flow(NamedTuple):
    """How far somebody has come. What was answered beforehand is not asked."""

    guide: Guide
    questions: tuple[Question, ...]
    answers: Mapping[str, str]
    explanations: Mapping[str, str]
    earlier: Mapping[str, Reply] = {}
    """What the last assessment answered: nothing typed means the same again."""
    passed: tuple[str, ...] = ()
    """The questions that were asked and replied to, in that order: the way back."""

    @property
    def current(self) -> Question | None:
        """What to ask now; None when everything is asked. What elaborates a no is not asked."""
        known = {*self.answers, *self.explanations, *self.passed}
        return next(
            (q for q in self.questions if q.key not in known and self.answers.get(q.follows or "") not in {NO, NONE}), None
        )

    def replied(self, told: str) -> "Flow":
        """After a reply to the current question. Raises `UnreadableReplyError`."""
        question = self.current
        if question is None:
            return self
        same_again = self.earlier.get(question.key) if not told.strip() else None
        answer, explanation = same_again or read_reply(question, told.strip())
        return self._replace(
            answers={**self.answers, question.key: answer} if answer else self.answers,
            explanations={**self.explanations, question.key: explanation} if explanation else self.explanations,
            passed=(*self.passed, question.key),
        )

    def back(self) -> "Flow":
        """Before the last reply, which is forgotten; unchanged where there is none."""
        last = self.passed[-1:]
        return self._replace(
            answers={key: answer for key, answer in self.answers.items() if key not in last},
            explanations={key: words for key, words in self.explanations.items() if key not in last},
            passed=self.passed[:-1],
        )


def begin(
    guide: Guide,
    answers: Mapping[str, str],
    explanations: Mapping[str, str],
    thresholds: Thresholds,
    earlier: Mapping[str, Reply],
    *,
    full: bool,
) -> Flow:
    """Part 1, or all that the municipality's policy asks. Raises what `check_answers` raises."""
    check_answers(guide, answers, explanations)
    parts = {Part.QUICK, Part.FULL, Part.IR} if full else {Part.QUICK}
    asked = (q for q in guide.questions if q.part in parts and (thresholds.ir_2024_2690 or Criterion.IR not in q.criteria))
    return Flow(guide, tuple(asked), answers, explanations, earlier)


def read_reply(question: Question, told: str) -> Reply:
    """Options by number, key or first letters; Danish numbers and times; nothing is *ved ikke* where that is an answer.

    Words after a colon explain a choice. Raises `UnreadableReplyError`, and what `parse_time` raises.
    """
    match question.kind:
        case AnswerKind.TEXT:
            return Reply(None, told or None)
        case AnswerKind.CHOICE | AnswerKind.SEVERAL:
            chosen, _, words = told.partition(":")
            return Reply(_options(question, chosen.strip()), words.strip() or None)
        case _ if told.lower() in NOT_KNOWN:
            return Reply(UNKNOWN)
        case AnswerKind.TIME:
            return Reply(time_answer(parse_time(told)))
        case AnswerKind.NUMBER:
            return Reply(_number(question, told))


def _number(question: Question, told: str) -> str:
    number = str(int(told.replace(".", ""))) if _NUMBER.fullmatch(told) else ""
    if not question.accepts(number):
        raise UnreadableReplyError(say("skriv et helt tal, som 1200 eller 1.200", "write a whole number, as 1200"))
    return number


def _options(question: Question, told: str) -> str:
    if not told:
        if question.accepts(UNKNOWN):
            return UNKNOWN
        raise UnreadableReplyError(
            say(f"vælg et svar, 1-{len(question.options)}", f"choose an answer, 1-{len(question.options)}")
        )
    if question.kind is AnswerKind.CHOICE:
        return _option(question.options, told).key
    chosen = [_option(question.options, one) for one in _parts(told)]
    alone = next((one for one in chosen if one.key in STANDING_ALONE), None)
    if alone is not None and len(chosen) > 1:
        raise UnreadableReplyError(
            say(f"{option_name(alone)!r} kan ikke gå sammen med andet", f"{option_name(alone)!r} goes with nothing else")
        )
    return question.joined(one.key for one in chosen)


def _parts(told: str) -> Iterator[str]:
    # Labels have spaces in them, numbers do not.
    parts = told.split() if told.replace(" ", "").isdigit() else told.split(",")
    return (part.strip() for part in parts if part.strip())


def _option(options: Sequence[Option], told: str) -> Option:
    if told.isdigit() and 1 <= int(told) <= len(options):
        return options[int(told) - 1]
    exact = next((one for one in options if one.key == told), None)
    if exact is not None:
        return exact
    found = [one for one in options if option_name(one).lower().startswith(told.lower())]
    # "j" is a plain Ja, also where "Ja, det er sket" is another option.
    plain = [one for one in found if all(option_name(other).startswith(option_name(one)) for other in found)]
    if plain:
        return plain[0]
    if found:
        names = ", ".join(map(option_name, found))
        raise UnreadableReplyError(say(f"{told!r} kan være: {names}", f"{told!r} can be: {names}"))
    numbers = f"1-{len(options)}"
    raise UnreadableReplyError(
        say(
            f"{told!r} er ikke et af svarene: brug {numbers} eller de første bogstaver", f"{told!r} is no answer: use {numbers}"
        )
    )


def option_name(option: Option) -> str:
    """What an option is called."""
    return say(option.danish, option.english)


def answer_name(question: Question, answer: str) -> str:
    """A stored answer as people say it; numbers and times stay as they are."""
    names = {option.key: option_name(option) for option in question.options}
    return ", ".join(names.get(key, key) for key in answer.split("."))


def part_name(part: Part) -> str:
    """What a part of the guide is called."""
    return say(*PARTS[part])


def question_text(question: Question) -> str:
    """What is asked."""
    return question.english if ENGLISH else question.danish
