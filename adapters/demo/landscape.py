"""From what a chapter says of the catalogue to the changes that are recorded of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from domain.catalogue import events as e
from domain.catalogue.classes import ServiceClass
from domain.catalogue.events import object_id
from domain.catalogue.kinds import FACTS, Kind
from domain.catalogue.ties import Need, Tie, Weight
from domain.events import Meta
from handlers.catalogue import Change

Waiting = Callable[[UUID], int]
"""The number under which an object's class waits."""
Make = Callable[[Meta, Waiting], Iterator[Change]]
"""The changes of a step, by whoever takes it."""
Classes = Mapping[str, tuple[ServiceClass, str]]
"""Service to its class, and why."""


class Line(NamedTuple):
    """A tie from one object to another, each by kind and name."""

    one: tuple[Kind, str]
    tie: Tie
    other: tuple[Kind, str]
    need: Need = Need.OTHER
    weight: Weight = Weight.STOPS
    group: str | None = None


class Drawn(NamedTuple):
    """Objects by kind and name with their facts, and the ties between them. `contact` is told beside the facts."""

    objects: Sequence[tuple[Kind, str, Mapping[str, object]]]
    lines: Sequence[Line]


def draw(drawn: Drawn) -> Make:
    """All objects are registered, then tied."""

    def make(meta: Meta, _waiting: Waiting) -> Iterator[Change]:
        for kind, name, told in drawn.objects:
            facts = {field: value for field, value in told.items() if field != "contact"}
            event = e.Registered(
                meta=meta,
                facts=FACTS.validate_python({"kind": kind, "name": name, **facts}),
                contact=told.get("contact"),  # type: ignore[arg-type]  # words, as the chapter writes them
                reason="Kortlægningen",
            )
            yield Change(object_id(kind, name), event)
        for line in drawn.lines:
            bond = e.Tied(
                meta=meta, tie=line.tie, to=object_id(*line.other), need=line.need, weight=line.weight, group=line.group
            )
            yield Change(object_id(*line.one), bond)

    return make


def propose(classes: Classes) -> Make:
    """Somebody proposes the services' classes."""

    def make(meta: Meta, _waiting: Waiting) -> Iterator[Change]:
        for name, (service_class, why) in classes.items():
            event = e.ClassProposed(meta=meta, service_class=service_class, reason=why)
            yield Change(object_id(Kind.SERVICE, name), event)

    return make


def approve(classes: Classes) -> Make:
    """Somebody else approves them."""

    def make(meta: Meta, waiting: Waiting) -> Iterator[Change]:
        for name in classes:
            service = object_id(Kind.SERVICE, name)
            yield Change(service, e.ClassApproved(meta=meta, proposal_number=waiting(service)))

    return make
