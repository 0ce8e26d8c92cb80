"""What goes into an emergency pack: services and systems in the order of restoration, people, plans, open incidents.

Everything is read from the log and its read models, so that a pack is made while bus, page and sign-in are away.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.catalogue.classes import CRITICAL_CLASSES, ServiceClass
from domain.catalogue.kinds import ContractFacts, Kind, PlanFacts
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Tie
from domain.deadlines import Duty
from domain.events import Sealed
from domain.incident.events import Nis2Category
from domain.incident.state import Status
from domain.organisation.events import Contact
from domain.organisation.state import Organisation
from domain.roles import Role
from domain.signals import Severity
from handlers.desk import Desk
from projections import catalogue, register
from projections.incident_rows import duties_of, state_of
from projections.rows import Row

OPEN_SHOWN = 200
"""Open incidents, those that owe something first: more is no list that anybody works from on paper."""
LAST_ORDER = 1_000_000
Reader = Callable[[], AbstractContextManager[Connection]]


class Reached(NamedTuple):
    """A role, mailbox or duty telephone, and how it is reached; None: nobody wrote it down."""

    who: str
    contact: str | None


class Contract(NamedTuple):
    """A supplier's contract. Times in minutes, as agreed."""

    name: str
    number: str | None
    respond_minutes: int | None
    restore_minutes: int | None
    contact: str | None


class Supplier(NamedTuple):
    """Who is called when it does not come back."""

    name: str
    contact: str | None
    contracts: tuple[Contract, ...]


class Plan(NamedTuple):
    """An emergency plan, and where its file lies in the evidence store."""

    id: UUID
    name: str
    facts: PlanFacts
    covers: tuple[str, ...]


class System(NamedTuple):
    """What is restored: `order` counts from 1 over all of them, what others stand on first."""

    id: UUID
    kind: Kind
    name: str
    order: int
    services: tuple[str, ...]
    stands_on: tuple[str, ...]
    reached: tuple[Reached, ...]
    suppliers: tuple[Supplier, ...]


class Service(NamedTuple):
    """A critical service."""

    id: UUID
    name: str
    service_class: ServiceClass | None
    order: int | None
    tolerable_minutes: int | None
    administration: str | None
    description: str | None
    reached: tuple[Reached, ...]
    plans: tuple[str, ...]
    systems: tuple[str, ...]


class Placed(NamedTuple):
    """A role with whoever holds it and stands in."""

    entity: str
    administration: str | None
    role: Role
    holder: Reached
    deputies: tuple[Reached, ...]


class OpenIncident(NamedTuple):
    """An incident that is not over, with its clocks."""

    id: UUID
    reference: str
    title: str | None
    status: Status
    severity: Severity
    category: Nis2Category | None
    services: tuple[str, ...]
    duties: tuple[Duty, ...]
    exercise: bool


class Contents(NamedTuple):
    """A pack before it is set in type. Every event up to `position` is in it; `as_of` is when it was read, UTC."""

    entity: str
    position: int
    as_of: datetime
    demo: bool
    services: tuple[Service, ...]
    systems: tuple[System, ...]
    plans: tuple[Plan, ...]
    placed: tuple[Placed, ...]
    mailboxes: tuple[Reached, ...]
    contacts: tuple[tuple[Contact, str], ...]
    incidents: tuple[OpenIncident, ...]
    open_total: int


def read_contents(desk: Desk, *, register_tables: Reader, catalogue_tables: Reader, now: datetime) -> Contents:
    """Read it all. The read models must be caught up. Raises `UnavailableError`."""
    with catalogue_tables() as connection:
        landscape = catalogue.landscape(connection)
        rows = {row["id"]: row for row in catalogue.objects(connection)}
    with register_tables() as connection:
        position = desk.history.head()
        open_rows = register.incidents(connection, open_only=True, limit=OPEN_SHOWN, scope=desk.scope)
        counts = register.counts(connection, desk.scope)
    seen = _Seen(desk, landscape, rows)
    organisation = desk.organisation()
    services = _critical(landscape)
    return Contents(
        entity=desk.entity,
        position=position,
        as_of=now,
        demo=desk.demo,
        services=tuple(seen.service(node) for node in services),
        systems=tuple(seen.systems(services)),
        plans=tuple(seen.plan(node) for node in landscape.of_kind(Kind.PLAN)),
        placed=tuple(seen.placed(organisation)),
        mailboxes=tuple(seen.reached(node) for node in landscape.of_kind(Kind.MAILBOX)),
        contacts=tuple((contact, organisation.contacts[contact]) for contact in Contact if contact in organisation.contacts),
        incidents=tuple(_incident(desk, row) for row in open_rows),
        open_total=sum(counts.values()) - counts[Status.CLOSED.value],
    )


def _critical(landscape: Landscape) -> list[Node]:
    """The critical services in the order in which they are restored; all services, while none is classed as critical."""
    every = landscape.of_kind(Kind.SERVICE)
    classes = list(ServiceClass)
    found = [node for node in every if node.service_class in CRITICAL_CLASSES] or every

    def rank(node: Node) -> tuple[int, int, str]:
        worst = len(classes) if node.service_class is None else classes.index(node.service_class)
        return node.restoration_order or LAST_ORDER, worst, node.name.casefold()

    return sorted(found, key=rank)


def _incident(desk: Desk, row: Row) -> OpenIncident:
    sealed = row["title_sealed"] and Sealed.model_validate_json(row["title_sealed"])
    opened = desk.history.unseal(row["id"], row["title_version"], sealed) if sealed else None
    return OpenIncident(
        id=row["id"],
        reference=row["reference"],
        title=(opened or {}).get(row["title_field"]),
        status=row["status"],
        severity=row["severity"],
        category=row["nis2_category"],
        services=tuple(row["services"]),
        duties=tuple(d for d in duties_of(state_of(row), row["recorded_at"], row["assessed_at"]) if not d.deadline.forecast),
        exercise=row["exercise"],
    )


class _Seen:
    """The catalogue while a pack is made of it: each sealed text is opened once."""

    def __init__(self, desk: Desk, landscape: Landscape, rows: Mapping[UUID, Row]) -> None:
        self._desk, self._landscape, self._rows = desk, landscape, rows
        self._texts: dict[UUID, Mapping[str, str | None]] = {}
        self._mailboxes = {
            name.casefold(): node for node in landscape.of_kind(Kind.MAILBOX) for name in (node.name, *node.aliases)
        }

    def service(self, node: Node) -> Service:
        plans = [source for source, _ in self._landscape.bonds_to(node.id, Tie.COVERS)]
        return Service(
            id=node.id,
            name=node.name,
            service_class=node.service_class,
            order=node.restoration_order,
            tolerable_minutes=node.tolerable_downtime_minutes,
            administration=node.administration,
            description=self._text(node.id).get("description"),
            reached=self._answering(node),
            plans=tuple(self._names(plan for plan in plans if not self._landscape.nodes[plan].retired)),
            systems=tuple(self._names(one for one in self._under(node.id) if self._kind(one) in _RESTORED)),
        )

    def systems(self, services: Sequence[Node]) -> Iterator[System]:
        serving: dict[UUID, list[str]] = {}
        for node in services:
            for one in self._under(node.id):
                if self._kind(one) in _RESTORED:
                    serving.setdefault(one, []).append(node.name)
        for order, (one, names) in enumerate(serving.items(), start=1):
            node = self._landscape.nodes[one]
            yield System(
                id=one,
                kind=node.kind,
                name=node.name,
                order=order,
                services=tuple(names),
                stands_on=tuple(
                    self._names(bond.to for bond in self._landscape.needs(one) if self._kind(bond.to) is not Kind.SUPPLIER)
                ),
                reached=self._answering(node),
                suppliers=tuple(self._suppliers(one)),
            )

    def plan(self, node: Node) -> Plan:
        facts = catalogue.facts_of(self._rows[node.id])
        assert isinstance(facts, PlanFacts)  # noqa: S101 - the kind and its facts go together
        covers = self._names(bond.to for bond in self._landscape.bonds(node.id, Tie.COVERS))
        return Plan(node.id, node.name, facts, tuple(covers))

    def placed(self, organisation: Organisation) -> Iterator[Placed]:
        roles = list(Role)
        order = sorted(
            organisation.placings.items(), key=lambda one: (one[0].entity, roles.index(one[0].role), one[0][1] or "")
        )
        for (entity, administration, role), placing in order:
            yield Placed(entity, administration, role, self._of(placing.holder), tuple(map(self._of, placing.deputies)))

    def reached(self, node: Node) -> Reached:
        return Reached(node.name, self._text(node.id).get("contact"))

    def _of(self, who: str) -> Reached:
        """Somebody by opaque id: the mailbox of that name tells how they are reached."""
        mailbox = self._mailboxes.get(who.casefold())
        return Reached(who, None) if mailbox is None else Reached(who, self._text(mailbox.id).get("contact"))

    def _answering(self, node: Node) -> tuple[Reached, ...]:
        found = dict[str, Reached]()
        own = self._text(node.id).get("contact")
        if own:
            found[node.owner or node.name] = Reached(node.owner or node.name, own)
        elif node.owner:
            found[node.owner] = self._of(node.owner)
        for bond in self._landscape.bonds(node.id, Tie.REACHED_AT):
            mailbox = self._landscape.nodes[bond.to]
            found.setdefault(mailbox.name, self.reached(mailbox))
        return tuple(found.values())

    def _suppliers(self, one: UUID) -> Iterator[Supplier]:
        contracts = [self._contract(bond.to) for bond in self._landscape.bonds(one, Tie.UNDER_CONTRACT)]
        for bond in self._landscape.bonds(one, Tie.SUPPLIED_BY):
            node = self._landscape.nodes[bond.to]
            reached = next(
                (self.reached(self._landscape.nodes[b.to]) for b in self._landscape.bonds(node.id, Tie.REACHED_AT)), None
            )
            contact = self._text(node.id).get("contact") or (reached and reached.contact)
            yield Supplier(node.name, contact, tuple(contracts))

    def _contract(self, one: UUID) -> Contract:
        facts = catalogue.facts_of(self._rows[one]) if one in self._rows else None
        if not isinstance(facts, ContractFacts):
            return Contract(self._landscape.nodes[one].name, None, None, None, None)
        contact = self._text(one).get("contact")
        return Contract(facts.name, facts.number, facts.respond_minutes, facts.restore_minutes, contact)

    def _under(self, service: UUID) -> list[UUID]:
        """Everything that carries the service, what others stand on before them. A cycle is gone through once."""
        found, begun = dict[UUID, None](), {service}
        waiting = [(service, iter(self._landscape.needs(service)))]
        while waiting:
            one, bonds = waiting[-1]
            bond = next(bonds, None)
            if bond is None:
                waiting.pop()
                found[one] = None
            elif bond.to not in begun:
                begun.add(bond.to)
                waiting.append((bond.to, iter(self._landscape.needs(bond.to))))
        return [one for one in found if one != service]

    def _kind(self, one: UUID) -> Kind:
        return self._landscape.nodes[one].kind

    def _names(self, ids: Iterable[UUID]) -> list[str]:
        return [self._landscape.nodes[one].name for one in ids]

    def _text(self, one: UUID) -> Mapping[str, str | None]:
        if one not in self._texts:
            row = self._rows.get(one)
            sealed = row and row["text_sealed"]
            opened = row and sealed and self._desk.history.unseal(one, row["text_version"], Sealed.model_validate_json(sealed))
            self._texts[one] = opened or {}
        return self._texts[one]


_RESTORED = frozenset({Kind.SYSTEM, Kind.INTEGRATION, Kind.COMPONENT})
"""What technicians bring back; processes and suppliers are told of beside it."""
