"""What an assessment answered and what weighed, in the words of the guide that it was made with."""

from collections.abc import Mapping

from adapters.wording import Language
from domain.guide.guide import GUIDES, guide_on
from domain.guide.outcomes import OUTCOMES, Outcome
from domain.guide.question import UNKNOWN, AnswerKind, Question
from domain.incident.events import Assessed


def questions_of(assessed: Assessed) -> Mapping[str, Question]:
    """Those of its guide; of the one in force then, where it names none."""
    named = GUIDES.get(assessed.guide_version or "")
    return (named or guide_on(assessed.meta.occurred_at.date())).by_key


def asked(key: str, questions: Mapping[str, Question], language: Language) -> str:
    """The question; its key where no guide of ours asks it."""
    question = questions.get(key)
    if question is None:
        return key
    return question.english if language == "en" else question.danish


def answered(key: str, answer: str, questions: Mapping[str, Question], language: Language) -> str:
    """The chosen options in words; numbers and times as they are stored."""
    question = questions.get(key)
    if question is None:
        return answer
    labels = {option.key: option.english if language == "en" else option.danish for option in question.options}
    labels.setdefault(UNKNOWN, "Do not know" if language == "en" else "Ved ikke")
    chosen = answer.split(".") if question.kind is AnswerKind.SEVERAL else [answer]
    return ", ".join(labels.get(one, one) for one in chosen)


def recommended(outcome: str, language: Language) -> str:
    """What the guide said; the key where it is none of ours."""
    if outcome not in set(Outcome):
        return outcome
    words = OUTCOMES[Outcome(outcome)]
    return words.english if language == "en" else words.danish
