"""Why a deadline falls when it does, in sentences: the rule's own, and a note for whatever would surprise a reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from domain.deadline_rules import RULE_BY_ID, Rule, Texts
from domain.time import local, show_da, show_en

if TYPE_CHECKING:
    from domain.deadlines import Deadline

SATURDAY = 5


class Language(NamedTuple):
    """The notes in one language, and how it shows a time."""

    show: Callable[[datetime], str]
    of: Callable[[Texts], str]
    as_if_aware: str
    forecast: str
    clock_change: str
    last_day: str
    weekend: str
    cautious: str


DANISH = Language(
    show=show_da,
    of=lambda texts: texts.danish,
    as_if_aware="Forsigtigt ur, som om kendskabet kom med den første observation.",
    forecast="Prognose, hvis hændelsesunderretningen først bliver sendt ved sin frist.",
    clock_change="Uret bliver stillet i mellemtiden; timerne er forløbet tid.",
    last_day="Måneden har ingen {day}., så det bliver dens sidste dag.",
    weekend="Fristen ligger i en weekend og bliver ikke rykket.",
    cautious="Regnet forsigtigt fra den første observation: {cautious}.",
)
ENGLISH = Language(
    show=show_en,
    of=lambda texts: texts.english,
    as_if_aware="Cautious clock, as if awareness had come with the first observation.",
    forecast="Forecast, if the incident notification is only sent at its limit.",
    clock_change="The clocks change in between; the hours are elapsed time.",
    last_day="The month has no day {day}, so it is its last day.",
    weekend="The limit falls in a weekend and is not moved.",
    cautious="Counted cautiously from the first observation: {cautious}.",
)


def explain(deadline: Deadline, language: Language) -> str:
    """The rule's sentences with the times filled in, and the notes that apply."""
    rule = RULE_BY_ID[deadline.rule]
    start, due = local(deadline.triggered_at), local(deadline.due_at)
    unit = None if deadline.is_set or rule.term is None else rule.term.unit
    notes = (
        (language.as_if_aware, deadline.trigger == "detected_at"),
        (language.forecast, deadline.forecast),
        (language.of(_texts(rule, is_set=deadline.is_set)), True),
        (language.clock_change, unit == "hours" and start.utcoffset() != due.utcoffset()),
        (language.last_day, unit == "months" and start.day != due.day),
        (language.weekend, rule.limit_in_law and due.weekday() >= SATURDAY),
        (language.cautious, deadline.cautious_at is not None),
    )
    return " ".join(note for note, applies in notes if applies).format(
        start=language.show(start),
        due=language.show(due),
        day=start.day,
        cautious=language.show(deadline.cautious_at or due),
    )


def _texts(rule: Rule, *, is_set: bool) -> Texts:
    return rule.if_set if is_set and rule.if_set else Texts(rule.explanation, rule.explanation_en)
