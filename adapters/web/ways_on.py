"""What can be done on an incident now: what presses, whose forms stand first, and every other step in its phase."""

from collections.abc import Mapping
from typing import NamedTuple

from adapters.erasure.words import goes_and_stays
from adapters.web.forms import Option
from adapters.web.numbers import erasable_texts, offered
from adapters.web.pressing import Pressing, pressing
from adapters.web.standing import Standing
from adapters.web.step_groups import StepGroup, StepLine, step_groups, step_line
from domain.incident.transitions import BY_STEP
from handlers.erasures import waiting_of

NOW = "significant-now"
"""Its form stands in the part on top, so that it is one click away."""


class WaysOn(NamedTuple):
    """`offered`: step to what can be chosen for its fields on this incident."""

    pressing: Pressing
    first: tuple[StepLine, ...]
    groups: tuple[StepGroup, ...]
    offered: Mapping[str, Mapping[str, tuple[Option, ...]]]
    warnings: Mapping[str, tuple[tuple[str, ...], ...]]
    """Step that cannot be undone, to what it would do for each proposal that waits for it."""

    @property
    def everywhere(self) -> frozenset[str]:
        """Every step that the page has a form of."""
        return frozenset(self.steps) | ({NOW} if self.pressing.significant_now else set())

    @property
    def steps(self) -> tuple[str, ...]:
        """Those whose forms stand in the list of steps."""
        return tuple(line.step for lines in (self.first, *(group.steps for group in self.groups)) for line in lines)


def ways_on(standing: Standing) -> WaysOn:
    """What can be done as the incident stands."""
    incident, language = standing.incident, standing.language
    now = pressing(standing)
    apart = {*now.recommended, *((NOW,) if now.significant_now else ())}
    return WaysOn(
        pressing=now,
        first=tuple(step_line(BY_STEP[step], language) for step in now.recommended),
        groups=step_groups(incident.status, standing.policy, language, apart),
        offered={step: offered(step, incident, standing.told, language) for step in BY_STEP} | _of_texts(standing),
        warnings=_warnings(standing),
    )


def _of_texts(standing: Standing) -> dict[str, Mapping[str, tuple[Option, ...]]]:
    return {"propose-redaction": erasable_texts(standing.moments, standing.told, standing.language)}


def _warnings(standing: Standing) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    waiting = list(waiting_of([moment.recorded for moment in standing.moments]))
    steps = {"redact": "redaction", "dispose": "disposal"}
    return {
        step: tuple(tuple(goes_and_stays(one, standing.language)) for one in waiting if one.proposal.kind == kind)
        for step, kind in steps.items()
    }
