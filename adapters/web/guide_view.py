"""What the page of the question guide shows of one incident: the last answers, the municipality's examples, what is advised."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from adapters.web.guide_form import Sent, as_sent, parts_asked
from adapters.web.parts import WebParts
from adapters.words.wording import Language
from domain.guide.guide import Guide, guide_on
from domain.guide.outcomes import NEXT_STEPS, OUTCOMES, NextStep, Outcome, Words
from domain.guide.question import CRITERIA, Criterion, Part
from domain.guide.recommend import Recommendation, recommend
from domain.incident import events as e
from domain.incident.state import Incident
from domain.policy import Policy
from domain.time import local
from handlers.readings import Moment


class Example(NamedTuple):
    """A criterion of § 12, stk. 2 with the municipality's own examples of it."""

    criterion: str
    paragraph: str
    examples: tuple[str, ...]


class Assessing(NamedTuple):
    """An incident about to be assessed under the guide and the policy in force."""

    incident: Incident
    guide: Guide
    policy: Policy
    asked: tuple[Part, ...]
    answered_before: Sent
    """The last assessment's answers, as the form sends them; empty at the first."""


class Reason(NamedTuple):
    """Why the answers weigh, and how much."""

    weight: str
    sentence: str


class Advice(NamedTuple):
    """A recommendation in one language. `unknown` is question key and question."""

    outcome: Outcome
    category: str
    heading: str
    sentence: str
    reasons: tuple[Reason, ...]
    unknown: tuple[tuple[str, str], ...]
    opens: tuple[str, ...]
    suspected_malicious: str
    cross_border: str


def read_assessing(parts: WebParts, reference: str) -> Assessing:
    """Reads the log; call it beside the event loop. Raises `NotFoundError`."""
    moments = parts.desk.replay(reference)
    incident, guide = moments[-1].after, guide_on(local(parts.clock()).date())
    policy = parts.desk.organisation().authority(incident.entity, incident.administration).policy
    asked = parts_asked(policy.thresholds)
    last = last_assessed(moments)
    before = as_sent(guide, last.answers, last.explanations or {}) if last else {}
    return Assessing(incident, guide, policy, asked, before)


def last_assessed(moments: Iterable[Moment]) -> e.Assessed | None:
    """The assessment that the next one starts from; None while nobody went through the guide."""
    found = (m.recorded.event for m in moments if isinstance(m.recorded.event, e.Assessed))
    return next((event for event in reversed([*found]) if event.answers or event.explanations), None)


def advise(about: Assessing, answers: Mapping[str, str], language: Language) -> Advice:
    """What the answers recommend, for people. Raises what `check_answers` raises."""
    found: Recommendation = recommend(about.guide, answers, about.policy.thresholds)
    english = language == "en"
    questions = about.guide.by_key
    return Advice(
        outcome=found.outcome,
        category=found.category.value,
        heading=_to(OUTCOMES[found.outcome], language),
        sentence=found.english if english else found.danish,
        reasons=tuple(Reason(one.weight.value, one.english if english else one.danish) for one in found.reasons),
        unknown=tuple((key, questions[key].english if english else questions[key].danish) for key in found.unknown),
        opens=tuple(opened(step, language) for step in found.opens),
        suspected_malicious=found.suspected_malicious.value,
        cross_border=found.cross_border.value,
    )


def opened(step: NextStep, language: Language) -> str:
    """What the answers open, as a sentence."""
    return _to(NEXT_STEPS[step], language)


def examples(policy: Policy, language: Language) -> tuple[Example, ...]:
    """The municipality's own, of the criteria that have some."""
    told = ((CRITERIA[Criterion(name)], found) for name, found in policy.examples.items() if found)
    return tuple(Example(one.english if language == "en" else one.danish, one.paragraph, found) for one, found in told)


def _to(words: Words, language: Language) -> str:
    return words.english if language == "en" else words.danish
