"""The catalogue of a large municipality, for what is measured over it."""

from functools import partial

from adapters.event_store.application import EventStore
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie
from handlers.catalogue import Change, change_all
from tests.support.catalogues import bond, classed, new

SERVICES, SYSTEMS = 60, 250


def furnish(store: EventStore) -> None:
    """`Ydelse 0` and on, each on six of the systems `Fagsystem 0` and on, which stand on a component `srv-0` and on each."""
    changes = list[Change]()
    for n in range(SYSTEMS):
        changes += [new(Kind.SYSTEM, f"Fagsystem {n}"), new(Kind.COMPONENT, f"srv-{n}")]
        changes.append(bond((Kind.SYSTEM, f"Fagsystem {n}"), Tie.DEPENDS_ON, (Kind.COMPONENT, f"srv-{n}")))
    for n in range(SERVICES):
        name = f"Ydelse {n}"
        changes.append(new(Kind.SERVICE, name, restoration_order=n + 1, tolerable_downtime_minutes=60))
        own = (f"Fagsystem {m % SYSTEMS}" for m in range(n * 5, n * 5 + 6))
        changes += (bond((Kind.SERVICE, name), Tie.DEPENDS_ON, (Kind.SYSTEM, system)) for system in own)
        changes += classed(name, ServiceClass.SOCIETY_CRITICAL if n % 4 == 0 else ServiceClass.CRITICAL, 8)
    (outcome,) = store.commit([partial(change_all, proposed=changes)])
    if isinstance(outcome, Exception):
        raise outcome
