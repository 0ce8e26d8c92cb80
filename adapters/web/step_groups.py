"""The steps that an incident can take, in the phases that the policy shows them in."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from adapters.web.rendering import step_label
from adapters.web.texts import text
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.incident.phases import PHASES, Phase
from domain.incident.state import Status
from domain.incident.transitions import TRANSITIONS, Nature, Transition
from domain.policy import Policy


class StepLine(NamedTuple):
    """A step with whose track it belongs to and where the law, or the duty behind it, stands."""

    step: str
    name: str
    track: str
    paragraph: str


class StepGroup(NamedTuple):
    """A phase and what can be recorded in it."""

    key: str
    heading: str
    purpose: str
    steps: tuple[StepLine, ...]


def step_line(one: Transition, language: Language) -> StepLine:
    """The step in one language."""
    return StepLine(one.step, step_label(one.step, language), value_label("track", one.track, language), one.paragraph)


def step_groups(status: Status, policy: Policy, language: Language, shown: Collection[str]) -> tuple[StepGroup, ...]:
    """Without those that are `shown` elsewhere. Steps of phases that the policy leaves out come last: facts always can."""
    possible = [one for one in TRANSITIONS if is_possible(one, status) and one.step not in shown]
    return tuple(group for group in _groups(possible, policy, language) if group.steps)


def is_possible(one: Transition, status: Status) -> bool:
    """Facts always are; acts bind to the incident's status; there is nothing to report twice, and drafts have pages."""
    if one.step in {"report", "draft-submission", "approve-submission"} or one.nature is Nature.SYSTEM:
        return False
    return one.nature is Nature.FACT or status in one.allowed_from


def _groups(possible: Collection[Transition], policy: Policy, language: Language) -> Iterator[StepGroup]:
    phases = [Phase(key) for key in policy.phases]
    for phase in phases:
        told = PHASES[phase]
        heading, purpose = (told.english, told.purpose_en) if language == "en" else (told.danish, told.purpose_da)
        yield StepGroup(phase, heading, purpose, tuple(step_line(one, language) for one in possible if one.phase is phase))
    rest = tuple(step_line(one, language) for one in possible if one.phase not in phases)
    yield StepGroup("rest", text(language, "incident.other-steps"), text(language, "incident.other-steps-text"), rest)
