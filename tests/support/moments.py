"""An incident's history for tests: events in their places, one position and one minute after the other."""

from datetime import timedelta

from domain.events import DomainEvent, Recorded
from domain.incident.evolve import evolve
from domain.incident.state import Incident
from handlers.readings import Moment
from tests.support.incidents import INCIDENT, REPORTED_AT


def moments(*events: DomainEvent) -> list[Moment]:
    """What a replay gives of these events, taken as they are."""
    found, before = list[Moment](), None
    for number, event in enumerate(events, start=1):
        recorded_at = REPORTED_AT + timedelta(minutes=number)
        recorded = Recorded(number, int(recorded_at.timestamp() * 1_000_000), INCIDENT, number, event.TOPIC, event)
        after: Incident = evolve(before, event, aggregate_id=INCIDENT)  # type: ignore[arg-type]  # an incident's events
        found.append(Moment(recorded, before, after))
        before = after
    return found
