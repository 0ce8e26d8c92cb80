"""The question guide as a form: what it asks in the reader's language, and what the answers of a sent form are."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from adapters.web.forms import Option
from adapters.web.rendering import local_input
from adapters.web.texts import text
from adapters.words.error_texts import error_words
from adapters.words.wording import Language
from domain.errors import SporlogError
from domain.guide.guide import Guide
from domain.guide.question import UNKNOWN, AnswerKind, Part, Question, time_answer
from domain.guide.thresholds import Thresholds
from domain.time import AmbiguousTimeError, NonexistentTimeError, parse_time, rfc3339_local, show_da, show_en

WORDS = ".words"
"""Ends the name of the input for free words about a question."""
TIME = "%Y%m%dT%H%MZ"
Sent = Mapping[str, Sequence[str]]
"""Name of an input to all that was sent under it, nothing empty."""


class GuideField(NamedTuple):
    """One question, and what it is answered so far: `chosen` options, what was `typed`, and free `words` beside them."""

    key: str
    number: str
    label: str
    kind: AnswerKind
    options: tuple[Option, ...]
    elaborates: bool
    optional: bool
    chosen: Collection[str] = ()
    typed: str = ""
    words: str = ""
    error: str | None = None


class Section(NamedTuple):
    """A part of the guide."""

    part: Part
    fields: tuple[GuideField, ...]

    @property
    def answered(self) -> int:
        """How many of its questions have an answer or words."""
        return sum(bool(field.chosen or field.typed or field.words) for field in self.fields)

    @property
    def wrong(self) -> bool:
        """Whether an answer in it cannot be read."""
        return any(field.error for field in self.fields)


class Mistake(NamedTuple):
    """Why an answer cannot be read; for a time that came twice or never, the readings to choose from."""

    sentence: str
    readings: tuple[Option, ...] = ()


class Answered(NamedTuple):
    """What a form answers, by question key, and which of its answers cannot be read."""

    answers: Mapping[str, str]
    explanations: Mapping[str, str]
    mistakes: Mapping[str, Mistake]


def parts_asked(thresholds: Thresholds) -> tuple[Part, ...]:
    """The optional regulation is asked only where the policy weighs by it."""
    return tuple(part for part in Part if part is not Part.IR or thresholds.ir_2024_2690)


def sections(
    guide: Guide, asked: Sequence[Part], sent: Sent, language: Language, mistakes: Mapping[str, Mistake]
) -> tuple[Section, ...]:
    """The parts that are asked, filled in with what was sent."""
    return tuple(
        Section(part, tuple(_field(question, sent, language, mistakes.get(question.key)) for question in guide.part(part)))
        for part in asked
    )


def as_sent(guide: Guide, answers: Mapping[str, str], explanations: Mapping[str, str]) -> Sent:
    """Recorded answers as a form would send them; what this guide does not ask, or not so, is left out."""
    sent: dict[str, Sequence[str]] = {}
    for key, question in guide.by_key.items():
        answer, words = answers.get(key, ""), explanations.get(key)
        if question.accepts(answer):
            sent[key] = _as_typed(question, answer)
        if words:
            sent[key if question.confidential else key + WORDS] = [words]
    return sent


def read_answers(guide: Guide, asked: Sequence[Part], sent: Sent, language: Language) -> Answered:
    """Whatever can be read is read: one wrong answer does not lose the others."""
    answers, explanations, mistakes = dict[str, str](), dict[str, str](), dict[str, Mistake]()
    for question in (one for part in asked for one in guide.part(part)):
        given = sent.get(question.key, ())
        words = given if question.confidential else sent.get(question.key + WORDS, ())
        if words:
            explanations[question.key] = words[-1]
        if not given or question.confidential:
            continue
        answer = _answer(question, given, language)
        if isinstance(answer, Mistake):
            mistakes[question.key] = answer
        else:
            answers[question.key] = answer
    return Answered(answers, explanations, mistakes)


def _field(question: Question, sent: Sent, language: Language, mistake: Mistake | None) -> GuideField:
    options = tuple(Option(one.key, one.english if language == "en" else one.danish) for one in question.options)
    given = sent.get(question.key, ())
    listed = {option.value for option in options} | {UNKNOWN}
    words = "" if question.confidential else next(iter(sent.get(question.key + WORDS, ())), "")
    return GuideField(
        key=question.key,
        number=question.number,
        label=question.english if language == "en" else question.danish,
        kind=question.kind,
        options=mistake.readings if mistake and mistake.readings else options,
        elaborates=question.follows is not None,
        optional=question.optional,
        chosen=frozenset(given) & listed if not question.confidential else (),
        typed=next((one for one in given if question.confidential or one not in listed), ""),
        words=words,
        error=mistake.sentence if mistake else None,
    )


def _as_typed(question: Question, answer: str) -> Sequence[str]:
    if question.kind is AnswerKind.SEVERAL:
        return answer.split(".")
    if question.kind is AnswerKind.TIME and answer != UNKNOWN:
        return [local_input(datetime.strptime(answer, TIME).replace(tzinfo=UTC))]
    return [answer]


def _answer(question: Question, given: Sequence[str], language: Language) -> str | Mistake:
    typed = next((one for one in given if one != UNKNOWN), UNKNOWN)
    if question.kind is AnswerKind.SEVERAL:
        answer, wrong = question.joined(given), "guide.stands-alone"
    elif question.kind is AnswerKind.NUMBER:
        # 1.200 and 1 200 are how people write a thousand and two hundred.
        digits = typed.replace(".", "").replace(" ", "").replace("\u00a0", "")
        answer, wrong = (str(int(digits)) if digits.isascii() and digits.isdigit() else typed), "guide.no-number"
    elif question.kind is AnswerKind.TIME and typed != UNKNOWN:
        return _time(typed, language)
    else:
        answer, wrong = typed, "field.unreadable"
    return answer if question.accepts(answer) else Mistake(text(language, wrong))


def _time(typed: str, language: Language) -> str | Mistake:
    try:
        return time_answer(parse_time(typed))
    except SporlogError as error:
        return Mistake(error_words(error.code, error.status).to(language), tuple(_readings(error, language)))


def _readings(error: SporlogError, language: Language) -> Iterator[Option]:
    if isinstance(error, AmbiguousTimeError | NonexistentTimeError):
        for instant in error.readings:
            yield Option(rfc3339_local(instant), show_en(instant) if language == "en" else show_da(instant))
