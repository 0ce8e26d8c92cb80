"""The question guide's answers and recommendations as people say them, each in the words of the version that was used."""

from collections.abc import Mapping, Sequence

from adapters.wording import Language
from domain.guide.guide import GUIDES
from domain.guide.outcomes import OUTCOMES, Outcome
from domain.guide.question import Question


def answers_in_words(version: str | None, answers: Mapping[str, str], language: Language) -> list[str]:
    """`1. Er fortrolighed, integritet ... ramt? Ja`, in the order of the guide; what the guide does not know stays a key."""
    guide = GUIDES.get(version or "")
    questions = guide.by_key if guide else {}
    known = [_told(question, answers[key], language) for key, question in questions.items() if key in answers]
    return known + [f"{key}: {answer}" for key, answer in answers.items() if key not in questions]


def questions_in_words(version: str | None, keys: Sequence[str], language: Language) -> list[str]:
    """`1. Er fortrolighed, integritet ... ramt?`, in the order given; what the guide does not know stays a key."""
    guide = GUIDES.get(version or "")
    questions = guide.by_key if guide else {}
    return [_asked(questions[key], language) if key in questions else key for key in keys]


def _told(question: Question, answer: str, language: Language) -> str:
    names = {option.key: option.english if language == "en" else option.danish for option in question.options}
    said = ", ".join(names.get(one, one) for one in answer.split("."))
    return f"{_asked(question, language)} {said}"


def _asked(question: Question, language: Language) -> str:
    return f"{question.number}. {question.english if language == 'en' else question.danish}"


def outcome_in_words(outcome: str, language: Language) -> str:
    """What the guide recommended; a word that it no longer uses is itself."""
    if outcome not in {known.value for known in Outcome}:
        return outcome
    words = OUTCOMES[Outcome(outcome)]
    return words.english if language == "en" else words.danish
