"""Given what happened, when somebody proposes a step, then these events follow, or this refusal: domain tests as sentences."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from domain.incident.events import IncidentEvent
from domain.incident.evolve import replay
from domain.incident.steps import DEFAULT, decide
from domain.policy import Authority
from tests.support.incidents import INCIDENT, NOW


@dataclass(frozen=True)
class When:
    before: tuple[IncidentEvent, ...]
    proposed: IncidentEvent
    now: datetime
    authority: Authority

    def decided(self) -> tuple[IncidentEvent, ...]:
        return decide(replay(INCIDENT, self.before), self.proposed, now=self.now, authority=self.authority)

    def then(self, *events: IncidentEvent) -> None:
        assert self.decided() == events

    def then_refused(self, error: type[Exception], says: str | None = None) -> None:
        with pytest.raises(error, match=says) as refusal:
            self.decided()
        assert type(refusal.value) is error


@dataclass(frozen=True)
class Given:
    events: tuple[IncidentEvent, ...]

    def when(self, proposed: IncidentEvent, *, now: datetime = NOW, under: Authority = DEFAULT) -> When:
        return When(self.events, proposed, now, under)


def given(*events: IncidentEvent) -> Given:
    return Given(events)
