"""What an incident hits, and what would be hit if an object failed: the catalogue, the register and the alerts together."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.catalogue.carrying import EFFECTS
from domain.catalogue.classes import Effect
from domain.catalogue.impact import Hit, ServiceHit, recommended_severity, roll_up, services_among, stands_on, unknown_names
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node, lookup_keys
from domain.incident.state import Incident
from domain.organisation.access import Scope
from domain.signals import Severity
from projections import register, signals
from projections.rows import Row


class IncidentImpact(NamedTuple):
    """What an incident hits, as the catalogue has it: what was only told to be degraded counts so, all else as stopped.

    Nothing but a person's correction changes the severity that stands.
    """

    landscape: Landscape
    services: tuple[ServiceHit, ...]
    unknown: tuple[str, ...]
    """Names of the incident that nothing in the catalogue bears."""
    stands: Severity
    named: bool
    """Whether the incident names anything at all."""

    @property
    def recommended(self) -> Severity | None:
        """The severity that the classes of the services give; None when no service is hit."""
        return recommended_severity(self.services)

    @property
    def differs(self) -> bool:
        """Whether the classes give another severity than the one that stands."""
        return self.recommended not in {None, self.stands}

    @property
    def empty(self) -> bool:
        """Nobody has filled in the catalogue, so nothing can be said."""
        return not self.landscape.nodes


def impact_of(seen: Landscape, incident: Incident) -> IncidentImpact:
    """Of the services and components that the incident names, and of those that were told to work badly since."""
    told = incident.work.degraded
    names = tuple(dict.fromkeys((*incident.services, *incident.components, *told)))
    mild = {one for name, degree in told.items() if degree == "degraded" for one in seen.named(name)}
    hits = _worst(
        roll_up(seen, (one for name in names for one in seen.named(name) if one not in mild)),
        roll_up(seen, sorted(mild), Effect.DEGRADED),
    )
    return IncidentImpact(seen, tuple(services_among(seen, hits)), unknown_names(seen, names), incident.severity, bool(names))


def _worst(one: Mapping[UUID, Hit], other: Mapping[UUID, Hit]) -> Mapping[UUID, Hit]:
    order = EFFECTS.index
    return {**one, **{id_: hit for id_, hit in other.items() if id_ not in one or order(hit.effect) < order(one[id_].effect)}}


class WhatIf(NamedTuple):
    """If an object failed: what is hit above it, and what has hit it and what it stands on until now."""

    landscape: Landscape
    node: Node
    services: tuple[ServiceHit, ...]
    others: tuple[Node, ...]
    """All else that is hit, by kind and name."""
    stands_on: tuple[Node, ...]
    incidents: register.Touching
    """That ever named it or anything that it stands on; exercises among them say so."""
    alerts: tuple[Row, ...]
    """Of the components among these, the most first: component, signals, first_at, last_at."""


def what_if(
    seen: Landscape, one: UUID, kept_register: Connection, kept_signals: Connection, *, limit: int, scope: Scope = None
) -> WhatIf:
    """Of an object that is in the landscape. At most `limit` incidents, the newest; all are counted."""
    hits, below = roll_up(seen, [one]), stands_on(seen, one) | {one}
    keys = [lookup_keys(name)[0] for each in below for name in (seen.nodes[each].name, *seen.nodes[each].aliases)]

    def is_meant(name: str) -> bool:
        return not below.isdisjoint(seen.named(name))

    told = filter(is_meant, register.names_touched(kept_register, keys))
    return WhatIf(
        landscape=seen,
        node=seen.nodes[one],
        services=tuple(each for each in services_among(seen, hits) if each.node.id != one),
        others=_nodes(seen, (each for each in hits if each != one), services=False),
        stands_on=_nodes(seen, below - {one}, services=True),
        incidents=register.touching(kept_register, told, limit=limit, scope=scope),
        alerts=tuple(row for row in signals.targets(kept_signals, keys) if is_meant(row["component"])),
    )


def _nodes(seen: Landscape, ids: Iterable[UUID], *, services: bool) -> tuple[Node, ...]:
    order = list(Kind)
    found = [seen.nodes[one] for one in ids if services or seen.nodes[one].kind is not Kind.SERVICE]
    return tuple(sorted(found, key=lambda node: (order.index(node.kind), node.name.casefold(), node.id)))
