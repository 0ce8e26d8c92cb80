"""The question guide's answers and recommendations as people say them, each in the words of the version that was used."""

from collections.abc import Mapping, Sequence

from adapters.words.wording import Language
from domain.guide.guide import GUIDES, guide_on
from domain.guide.outcomes import OUTCOMES, Outcome
from domain.guide.question import UNKNOWN, AnswerKind, Question
from domain.incident.events import Assessed

Questions = Mapping[str, Question]


def questions_of(assessed: Assessed) -> Questions:
    """Those of its guide; of the one in force then, where it names none."""
    named = GUIDES.get(assessed.guide_version or "")
    return (named or guide_on(assessed.meta.occurred_at.date())).by_key


def asked(key: str, questions: Questions, language: Language) -> str:
    """The question; its key where no guide of ours asks it."""
    question = questions.get(key)
    if question is None:
        return key
    return question.english if language == "en" else question.danish


def answered(key: str, answer: str, questions: Questions, language: Language) -> str:
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


def answers_in_words(version: str | None, answers: Mapping[str, str], language: Language) -> list[str]:
    """`1. Er fortrolighed, integritet ... ramt? Ja`, in the order of the guide; what the guide does not know stays a key."""
    questions = _known(version)
    told = {key: f"{_numbered(key, questions, language)} {answered(key, answers[key], questions, language)}" for key in answers}
    known = [told[key] for key in questions if key in answers]
    return known + [f"{key}: {answer}" for key, answer in answers.items() if key not in questions]


def questions_in_words(version: str | None, keys: Sequence[str], language: Language) -> list[str]:
    """`1. Er fortrolighed, integritet ... ramt?`, in the order given; what the guide does not know stays a key."""
    questions = _known(version)
    return [_numbered(key, questions, language) for key in keys]


def _known(version: str | None) -> Questions:
    guide = GUIDES.get(version or "")
    return guide.by_key if guide else {}


def _numbered(key: str, questions: Questions, language: Language) -> str:
    number = f"{questions[key].number}. " if key in questions else ""
    return number + asked(key, questions, language)
