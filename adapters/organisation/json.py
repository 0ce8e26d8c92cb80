"""The organisation as JSON values: what is on record, what it lacks, and what a change led to."""

from collections.abc import Sequence
from typing import Any

from adapters.organisation.texts import CHANGES, subject_of_change
from domain.events import cloudevents_type
from domain.organisation.configuration import configuration_of
from domain.organisation.events import ORGANISATION
from domain.organisation.state import Organisation
from domain.organisation.warnings import StandingWarning
from handlers.organisation import Changed


def organisation_object(organisation: Organisation) -> dict[str, Any]:
    """All of it with its version: changed and sent back as it is, it is what is wanted."""
    shown = configuration_of(organisation).model_copy(update={"version": organisation.version})
    return shown.model_dump(mode="json", exclude_none=True)


def warning_objects(warnings: Sequence[StandingWarning]) -> list[dict[str, str]]:
    """Key and both sentences."""
    return [warning._asdict() for warning in warnings]


def changed_object(changed: Changed) -> dict[str, Any]:
    """The version that the next change refers to, and the events in their order; none when all was so already."""
    version, count = changed.organisation.version, len(changed.events)
    events = [
        {
            "id": f"{ORGANISATION}/{version - count + number}",
            "position": changed.position - count + number,
            "type": cloudevents_type(event.TOPIC),
            "danish": f"{CHANGES[type(event)].danish}: {subject_of_change(event).danish}",
            "english": f"{CHANGES[type(event)].english}: {subject_of_change(event).english}",
        }
        for number, event in enumerate(changed.events, start=1)
    ]
    return {"version": version, "position": changed.position, "events": events}
