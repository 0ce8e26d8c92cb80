"""What was done against an incident, in sentences: measures by how far they came, services that were hit, suppliers."""

from collections.abc import Sequence
from typing import NamedTuple

from domain.incident import events as e
from handlers.readings import Moment

_CONTINGENCY = {
    "contingency_plan": "Beredskabsplanen er sat i kraft",
    "fallback_operation": "Nøddrift er sat i gang",
    "crisis_staff": "Krisestaben er indkaldt",
}
_ENDED = {
    "contingency_plan": "Beredskabsplanen har været i kraft og er afsluttet",
    "fallback_operation": "Nøddrift har været i gang og er afsluttet",
    "crisis_staff": "Krisestaben har været indkaldt og er sendt hjem",
}


class Measures(NamedTuple):
    """Each in the order in which it began. What was given up is in none."""

    done: tuple[str, ...]
    ongoing: tuple[str, ...]
    planned: tuple[str, ...]

    @property
    def to_come(self) -> tuple[str, ...]:
        """What is not over: ongoing first."""
        return (*self.ongoing, *(f"{one} (planlagt)" for one in self.planned))


def measures_of(moments: Sequence[Moment]) -> Measures:
    """Everything that was done, is being done or is agreed. What was erased is not told."""
    found: dict[str, tuple[str | None, str]] = {}
    for moment in moments:
        event, number = moment.recorded.event, str(moment.recorded.version)
        match event:
            case e.MeasureTaken():
                found[number] = (event.measure, event.state)
            case e.MeasureUpdated():
                key = str(event.measure_number)
                if key in found:
                    found[key] = (found[key][0], event.state)
            case e.EmergencyActionTaken():
                found[number] = (event.action, "done")
            case e.ContingencyActivated():
                found[event.contingency] = (_CONTINGENCY[event.contingency], "ongoing")
            case e.ContingencyDeactivated():
                found[event.contingency] = (_ENDED[event.contingency], "done")
            case e.ServiceRestored():
                found[number] = (f"{event.service} er i drift igen", "done")
            case _:
                pass

    def at(state: str) -> tuple[str, ...]:
        return tuple(text for text, reached in found.values() if text and reached == state)

    return Measures(at("done"), at("ongoing"), at("planned"))


def services_of(moments: Sequence[Moment]) -> tuple[str, ...]:
    """The services that were told to work less well, or not at all."""
    return tuple(m.recorded.event.service for m in moments if isinstance(m.recorded.event, e.ServiceDegraded))


def suppliers_of(moments: Sequence[Moment]) -> tuple[str, ...]:
    """The suppliers that were called in or told something, each once."""
    events = (m.recorded.event for m in moments)
    return tuple(dict.fromkeys(one.supplier for one in events if isinstance(one, e.SupplierEngaged | e.SupplierReported)))
