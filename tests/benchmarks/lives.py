"""Logs to read from: incidents as long as wanted, written with the store's own encoding, sealed text included."""

from collections.abc import Iterator
from uuid import UUID

from adapters.event_store.application import EventStore
from domain.events import DomainEvent
from domain.incident import events as e
from domain.signals import Severity
from handlers.unit_of_work import UnitOfWork
from tests.support import incidents as tell
from tests.support.logs import Told, attached, incident_id, record

AT_ONCE = 100
"""Incidents that run at the same time: their events alternate in the log."""
STATE_STEPS = 10
"""Steps of a life that move its state; two thirds of the rest are notes and measures, one third attaches signals."""


def a_long_life(reference: str, length: int) -> Iterator[DomainEvent]:
    """An incident from its report to its end, with notes, measures and signals in between."""
    steps: list[DomainEvent] = [
        tell.reported(0, reference=reference, severity=Severity.HIGH, services=("svc-esdh",)),
        tell.assessed(1),
        tell.aware(1),
        tell.early_warning(5),
        tell.approved(6),
        tell.notified(20),
        e.Corrected(meta=tell.meta(21), field="severity", clear_new="critical", reason="Flere tjenester er ramt"),
        tell.mitigated(30),
        tell.status_report(700),
        tell.closed(e.CloseReason.RESOLVED, 720),
    ]
    between = max(1, -(-(length - 1) // STATE_STEPS))
    for number in range(length):
        which, rest = divmod(number, between)
        if rest == 0 and which < STATE_STEPS:
            yield steps[which]
        elif number % 3 == 0:
            yield attached(2)
        elif number % 3 == 1:
            yield e.NoteAdded(meta=tell.meta(which), text="Leverandøren er ringet op og melder tilbage inden for en time.")
        else:
            yield e.MeasureTaken(meta=tell.meta(which), measure="Serveren er taget af nettet, sikkerhedskopien er sikret.")


def write(store: EventStore, incidents: int, length: int) -> None:
    """So many incidents, taken up through the store's own numbering, so that each is found by its reference."""
    for first in range(0, incidents, AT_ONCE):
        group = [incident_id(n) for n in range(first, min(first + AT_ONCE, incidents))]
        lives = [(one, a_long_life(reference, length)) for one, reference in zip(group, references(store, group), strict=True)]
        told: list[Told] = [(one, next(life)) for _ in range(length) for one, life in lives]
        record(store, told)


def references(store: EventStore, group: list[UUID]) -> list[str]:
    """The next ones of the store's own, given to these incidents."""

    def work(unit: UnitOfWork) -> list[str]:
        return [unit.take_reference(store.entity, one) for one in group]

    (outcome,) = store.commit([work])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
