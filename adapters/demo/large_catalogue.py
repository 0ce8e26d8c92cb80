"""The large demo's catalogue, besides the story's own: the same at every start, and as tangled as real ones are."""

import re
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import NamedTuple

from adapters.demo.chapters import cast
from adapters.demo.landscape import Classes, Drawn, Line
from adapters.demo.large_services import SERVICES, SHARED
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Need, Tie, Weight

SEED = 4340
SYSTEMS, COMPONENTS = 241, 1486
"""With the story's nine and fourteen 250 and 1 500."""
SUPPLIERS, INTEGRATIONS = 36, 120
WITH_PERSONAL_DATA = 0.7
PURPOSES = ("journal", "planlægning", "selvbetjening", "arkiv", "afregning", "statistik", "meldinger")
SORTS = (("srv", "server"), ("db", "database"), ("lager", "storage"), ("app", "server"), ("kø", "queue"), ("lb", "network"))
INVENTED = (
    "Åløkke",
    "Bregne",
    "Cirrus",
    "Dalgas",
    "Elmelund",
    "Fyrre",
    "Gøgeurt",
    "Havtorn",
    "Isfugl",
    "Kløver",
    "Lyng",
    "Mosekær",
)
TRADES = ("Data A/S", "Drift ApS", "Systemer A/S")


class Spot(NamedTuple):
    """Where something may happen: a component, the system on it, and the service that needs the system."""

    service: str
    administration: str
    system: str
    component: str


def large_landscape() -> Drawn:
    """All of it: objects first, then ties."""
    return _drawing().drawn


def spots() -> tuple[Spot, ...]:
    """Every place of it, in the order of the services."""
    return _drawing().spots


def large_classes() -> Classes:
    """The classes of its services."""
    told = {
        ServiceClass.SOCIETY_CRITICAL: "Borgere kommer til skade, eller forsyningen svigter, hvis den er væk i et døgn.",
        ServiceClass.CRITICAL: "Loven eller andre ydelser tåler ikke, at den er væk i flere dage.",
        ServiceClass.IMPORTANT: "Den mærkes, men kan udføres på papir i en uge.",
        ServiceClass.ORDINARY: "Den kan vente.",
    }
    return {one.name: (one.service_class, told[one.service_class]) for one in SERVICES}


class _Drawing:
    def __init__(self) -> None:
        self._chance = Random(SEED)  # noqa: S311 - no secret: the same catalogue at every start is the point
        self._objects: list[tuple[Kind, str, dict[str, object]]] = []
        self._lines: list[Line] = []
        self._systems: list[str] = []
        self.spots: tuple[Spot, ...] = ()
        self._suppliers = self._draw_suppliers()
        shared = [self._draw_system(name, cast.FINANCE_ADMINISTRATION, 6) for name in SHARED]
        self._draw_services(shared)
        self._draw_integrations()
        self.drawn = Drawn(tuple(self._objects), tuple(self._lines))

    def _draw_suppliers(self) -> list[str]:
        names = [f"{first} {trade}" for first in INVENTED for trade in TRADES][:SUPPLIERS]
        for number, name in enumerate(names):
            contract = f"Aftale med {name}"
            contact = f"Opdigtet: 00 01 {number:02} 00"
            self._objects += [
                (Kind.SUPPLIER, name, {"processor": number % 2 == 0, "contact": contact}),
                (Kind.CONTRACT, contract, {"number": f"K-S-{number:03}", "respond_minutes": 60, "restore_minutes": 480}),
            ]
            self._lines.append(Line((Kind.CONTRACT, contract), Tie.SUPPLIED_BY, (Kind.SUPPLIER, name)))
        return names

    def _draw_services(self, shared: list[tuple[str, list[str]]]) -> None:
        left, parts = SYSTEMS - len(SHARED), COMPONENTS - 6 * len(SHARED)
        for number, one in enumerate(SERVICES):
            facts = {"administration": one.administration, "restoration_order": 7 + number, "owner": one.owner}
            self._objects.append(
                (Kind.SERVICE, one.name, facts | {"tolerable_downtime_minutes": one.minutes, "criteria": one.criteria})
            )
            own = left // (len(SERVICES) - number)
            left -= own
            for place in range(own):
                share = parts // (left + own - place)
                parts -= share
                system, components = self._draw_system(f"{one.short} {PURPOSES[place]}", one.administration, share)
                weight = Weight.STOPS if place == 0 else self._chance.choice(tuple(Weight))
                self._needs((Kind.SERVICE, one.name), (Kind.SYSTEM, system), Need.WORK, weight)
                self.spots += tuple(Spot(one.name, one.administration, system, component) for component in components)
            for system, _ in self._chance.sample(shared, 2):
                self._needs((Kind.SERVICE, one.name), (Kind.SYSTEM, system), Need.SIGN_IN, Weight.DEGRADES)

    def _draw_system(self, name: str, administration: str, parts: int) -> tuple[str, list[str]]:
        facts = {"administration": administration, "hosting": self._chance.choice(("own", "supplier", "cloud", "shared"))}
        self._objects.append((Kind.SYSTEM, name, facts | {"personal_data": self._chance.random() < WITH_PERSONAL_DATA}))
        self._systems.append(name)
        supplier = self._chance.choice(self._suppliers)
        self._lines.append(
            Line((Kind.SYSTEM, name), Tie.SUPPLIED_BY, (Kind.SUPPLIER, supplier), weight=self._chance.choice(tuple(Weight)[1:]))
        )
        self._lines.append(Line((Kind.SYSTEM, name), Tie.UNDER_CONTRACT, (Kind.CONTRACT, f"Aftale med {supplier}")))
        return name, list(self._draw_components(name, parts))

    def _draw_components(self, system: str, parts: int) -> Iterator[str]:
        slug = re.sub(r"[^a-zæøå0-9]+", "-", system.lower())
        for number in range(parts):
            prefix, sort = SORTS[number % len(SORTS)]
            component = f"{prefix}-{slug}-{number // len(SORTS) + 1:02}"
            self._objects.append((Kind.COMPONENT, component, {"sort": sort}))
            # A server and its application server are each other's spare.
            group = "spare" if prefix in {"srv", "app"} and parts > SORTS.index(("app", "server")) else None
            need = Need.DATA if sort in {"database", "storage"} else Need.HOSTING
            self._needs((Kind.SYSTEM, system), (Kind.COMPONENT, component), need, Weight.STOPS, group)
            yield component

    def _draw_integrations(self) -> None:
        for _ in range(INTEGRATIONS):
            giver, taker = self._chance.sample(self._systems, 2)
            name = f"{giver} → {taker}"
            if any(kind is Kind.INTEGRATION and known == name for kind, known, _ in self._objects):
                continue
            self._objects.append((Kind.INTEGRATION, name, {}))
            self._needs((Kind.SYSTEM, taker), (Kind.INTEGRATION, name), Need.INTEGRATION, Weight.BOTHERS)
            self._needs((Kind.INTEGRATION, name), (Kind.SYSTEM, giver), Need.DATA, Weight.STOPS)

    def _needs(
        self, one: tuple[Kind, str], other: tuple[Kind, str], need: Need, weight: Weight, group: str | None = None
    ) -> None:
        self._lines.append(Line(one, Tie.DEPENDS_ON, other, need, weight, group))


@cache
def _drawing() -> _Drawing:
    return _Drawing()
