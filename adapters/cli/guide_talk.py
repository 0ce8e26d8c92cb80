"""An assessment as a conversation: the guide's questions, its recommendation, and the decision, which is a person's.

`Ask` and `Tell` are all that is known of a terminal.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from adapters.cli.guide_flow import (
    Flow,
    Reply,
    UnreadableReplyError,
    answer_name,
    option_name,
    part_name,
    question_text,
    read_reply,
)
from adapters.cli.language import say
from adapters.cli.words import word
from domain.errors import InvalidInputError
from domain.guide.options import NO_OPTION
from domain.guide.outcomes import NEXT_STEPS, OUTCOMES
from domain.guide.question import CRITERIA, AnswerKind, Option, Question
from domain.guide.recommend import Recommendation, recommend
from domain.incident.events import Nis2Category
from domain.policy import Policy

Ask = Callable[[str], str]
Tell = Callable[[str], None]
BACK, HELP = "<", "?"
YES_OR_NO = (Option("yes", "Ja", "Yes"), NO_OPTION)


class StoppedError(Exception):
    """Whoever was asked does not want it recorded."""


class Talk(NamedTuple):
    """A way to ask one line and a way to tell one, and the policy under which it is judged."""

    ask: Ask
    tell: Tell
    policy: Policy


def assess_in_words(flow: Flow, given: Mapping[str, Any], talk: Talk) -> dict[str, Any]:
    """Ask, recommend, have decided; the fields of the assessment. `given` was told beforehand and is not asked.

    Raises `StoppedError` when it is not to be recorded, and whatever `ask` raises.
    """
    talk.tell(say("Spørgeguiden", "The question guide") + f" {flow.guide.version}. " + _keys())
    while True:
        flow = _go_through(flow, talk)
        found = recommend(flow.guide, flow.answers, talk.policy.thresholds)
        _show(flow, found, talk.tell)
        decided = _decide(found, given, talk)
        if decided is not None:
            return {
                "answers": dict(flow.answers),
                "explanations": dict(flow.explanations) or None,
                "guide_version": flow.guide.version,
                **decided,
            }
        flow = flow.back()


def _keys() -> str:
    return say(
        "Svar med tal eller første bogstaver; ord efter kolon forklarer svaret. Enter: ved ikke, eller som sidst."
        " ?: hjælp. <: tilbage. Ctrl-C: stop, og intet registreres.",
        "Answer with a number or first letters; words after a colon explain it. Enter: do not know, or as last"
        " time. ?: help. <: back. Ctrl-C: stop, and nothing is recorded.",
    )


def _go_through(flow: Flow, talk: Talk) -> Flow:
    shown: Question | None = None
    while (question := flow.current) is not None:
        if question is not shown:
            talk.tell("\n" + _asked(flow, question))
            shown = question
        told = talk.ask("> ").strip()
        if told == HELP:
            talk.tell(_help(question, talk.policy))
        elif told == BACK:
            shown = None
            if not flow.passed:
                talk.tell(say("Det er det første spørgsmål.", "This is the first question."))
            flow = flow.back()
        else:
            try:
                flow = flow.replied(told)
            except InvalidInputError as error:
                talk.tell(str(error))
    return flow


def _asked(flow: Flow, question: Question) -> str:
    part = question.part
    total = len({other.group for other in flow.guide.part(part)})
    same = flow.earlier.get(question.key)
    last = f" ({say('sidst', 'last time')}: {_told(question, same)})" if same else ""
    head = f"{part_name(part)}, {question.number} {say('af', 'of')} {total}: {question_text(question)}{last}"
    return "\n".join([head, *(_numbered(question.options) or [f"  {_how(question)}"])])


def _told(question: Question, reply: Reply) -> str:
    answer = answer_name(question, reply.answer) if reply.answer else ""
    return ": ".join(filter(None, (answer, reply.explanation)))


def _numbered(options: Sequence[Option]) -> list[str]:
    return [f"  {number} {option_name(option)}" for number, option in enumerate(options, start=1)]


def _help(question: Question, policy: Policy) -> str:
    lines = [f"{say(text.danish, text.english)}: {text.paragraph}" for text in map(CRITERIA.__getitem__, question.criteria)]
    examples = [one for criterion in question.criteria for one in policy.examples.get(criterion.value, ())]  # type: ignore[call-overload]  # a criterion without examples has none
    if examples:
        lines.append(say("Kommunens egne eksempler: ", "The municipality's own examples: ") + "; ".join(examples))
    lines.append(_how(question))
    if question.optional:
        lines.append(say("Spørgsmålet er frivilligt.", "The question is optional."))
    return "\n".join(f"  {line}" for line in lines)


def _how(question: Question) -> str:
    match question.kind:
        case AnswerKind.CHOICE:
            return say("Vælg ét svar.", "Choose one answer.")
        case AnswerKind.SEVERAL:
            return say("Vælg et eller flere svar, som 1,3.", "Choose one or more answers, as 1,3.")
        case AnswerKind.NUMBER:
            return say("Skriv et helt tal. Enter: ved ikke.", "Write a whole number. Enter: do not know.")
        case AnswerKind.TIME:
            return say(
                "Skriv dansk tid, som 20-11-2026 15:20. Enter: ved ikke.",
                "Write Danish time, as 2026-11-20 15:20. Enter: do not know.",
            )
        case AnswerKind.TEXT:
            return say("Skriv med egne ord. Enter: spring over.", "Write in your own words. Enter: skip.")


def _show(flow: Flow, found: Recommendation, tell: Tell) -> None:
    category = say("kategori", "category")
    tell("\n" + f"{say(*OUTCOMES[found.outcome])} ({category}: {word(found.category, 'Level')})")
    tell(say(found.danish, found.english))
    _listed(tell, say("Begrundelse:", "Reasons:"), [say(reason.danish, reason.english) for reason in found.reasons])
    unknown = [question_text(flow.guide.by_key[key]) for key in found.unknown]
    _listed(tell, say("Mangler at blive oplyst:", "Still to be found out:"), unknown)
    _listed(tell, say("Det fører med sig:", "What follows:"), [say(*NEXT_STEPS[step]) for step in found.opens])
    tell(say("Sporlog anbefaler. Beslutningen er din.", "Sporlog recommends. The decision is yours."))


def _listed(tell: Tell, head: str, lines: Sequence[str]) -> None:
    for line in ([head] if lines else []) + [f"  - {line}" for line in lines]:
        tell(line)


def _decide(found: Recommendation, given: Mapping[str, Any], talk: Talk) -> dict[str, Any] | None:
    """The decision; None to go back to the questions."""
    told = _category(given, talk)
    if told is None:
        return None
    category = Nis2Category(told)
    reason, departs = given.get("reason"), category is not found.category
    while not reason:
        why = say("Begrundelse, fordi du afviger fra anbefalingen: ", "Reason, because you depart from the recommendation: ")
        reason = talk.ask(why if departs else say("Begrundelse (Enter: ingen): ", "Reason (Enter: none): ")).strip()
        if reason == BACK:
            return None
        if not departs:
            break
    significant = category is Nis2Category.HIGH
    judged = say("væsentlig", "significant") if significant else say("ikke væsentlig", "not significant")
    talk.tell(f"{say('Vurdering', 'Assessment')}: {judged}, {say('kategori', 'category')} {word(category, 'Level')}.")
    match _choice(say("Registrér vurderingen? (ja/nej) ", "Record the assessment? (yes/no) "), YES_OR_NO, talk):
        case None:
            return None
        case "no":
            raise StoppedError
        case _:
            return {"significant": significant, "nis2_category": category.value, "reason": reason or None}


def _category(given: Mapping[str, Any], talk: Talk) -> str | None:
    if "nis2_category" in given:
        return str(given["nis2_category"])
    significant = _choice(say("Er hændelsen væsentlig? (ja/nej) ", "Is the incident significant? (yes/no) "), YES_OR_NO, talk)
    if significant != "no":
        return Nis2Category.HIGH.value if significant else None
    options = (Option("low", "Lav", "Low"), Option("medium", "Mellem", "Medium"))
    return _choice(say("Kategori? (lav/mellem) ", "Category? (low/medium) "), options, talk)


def _choice(prompt: str, options: tuple[Option, ...], talk: Talk) -> str | None:
    """The option's key, asked until there is one; None to go back."""
    question = Question("decision", "", AnswerKind.CHOICE, (), prompt, prompt, options)
    while True:
        told = talk.ask(prompt).strip()
        if told == BACK:
            return None
        try:
            return read_reply(question, told).answer
        except UnreadableReplyError as error:
            talk.tell(str(error))
