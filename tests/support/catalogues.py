"""A small catalogue for tests: home care and its medicine, on a server with a spare, with a supplier and a plan."""

from typing import Any
from uuid import UUID

from domain.catalogue import events as e
from domain.catalogue.classes import ServiceClass
from domain.catalogue.events import object_id
from domain.catalogue.kinds import FACTS, Kind
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Bond, Need, Tie, Weight
from handlers.catalogue import Change
from tests.support.incidents import meta

CARE, SYSTEM, SERVER = "Hjemmepleje og medicin", "Omsorgsjournal", "srv-omsorg-01"
SUPPLIER, PLAN, MAILBOX = "Leverandør A/S", "Nødplan for hjemmepleje", "Vagttelefon"
WHY = "Kortlægningen i år"


def ident(kind: Kind, name: str) -> UUID:
    return object_id(kind, name)


def registered(kind: Kind, name: str, hours: float = 0, *, actor: str = "u-1", **facts: Any) -> e.Registered:  # noqa: ANN401 - as the fields of the event
    told = {field: facts.pop(field) for field in ("description", "contact", "reason") if field in facts}
    return e.Registered(
        meta=meta(hours, actor=actor), facts=FACTS.validate_python({"kind": kind, "name": name, **facts}), **told
    )


def described(kind: Kind, name: str, *, reason: str | None = WHY, **facts: Any) -> e.Described:  # noqa: ANN401 - as the fields of the event
    told = {field: facts.pop(field) for field in ("description", "contact") if field in facts}
    return e.Described(meta=meta(), facts=FACTS.validate_python({"kind": kind, "name": name, **facts}), reason=reason, **told)


def tied(tie: Tie, to: UUID, **more: Any) -> e.Tied:  # noqa: ANN401 - as the fields of the event
    return e.Tied(meta=meta(), tie=tie, to=to, **more)


def proposed(service_class: ServiceClass, *, actor: str = "u-1", reason: str | None = WHY) -> e.ClassProposed:
    return e.ClassProposed(meta=meta(actor=actor), service_class=service_class, reason=reason)


def approved(number: int, *, actor: str = "u-2") -> e.ClassApproved:
    return e.ClassApproved(meta=meta(actor=actor), proposal_number=number)


def new(kind: Kind, name: str, **facts: Any) -> Change:  # noqa: ANN401 - as the fields of the event
    return Change(ident(kind, name), registered(kind, name, **facts))


def bond(source: tuple[Kind, str], tie: Tie, target: tuple[Kind, str], **more: Any) -> Change:  # noqa: ANN401 - as the fields of the event
    return Change(ident(*source), tied(tie, ident(*target), **more))


def classed(name: str, service_class: ServiceClass, number: int) -> tuple[Change, Change]:
    service = ident(Kind.SERVICE, name)
    return Change(service, proposed(service_class)), Change(service, approved(number))


def small() -> list[Change]:
    """What a municipality would tell first."""
    care, system, server = (Kind.SERVICE, CARE), (Kind.SYSTEM, SYSTEM), (Kind.COMPONENT, SERVER)
    return [
        new(Kind.SERVICE, CARE, administration="Sundhed", restoration_order=1, tolerable_downtime_minutes=60),
        new(Kind.SYSTEM, SYSTEM, owner="it-drift", contact="Ring til vagten"),
        new(Kind.COMPONENT, SERVER, aliases=("omsorg-db",)),
        new(Kind.SUPPLIER, SUPPLIER, contact="support@leverandoer.example"),
        new(Kind.PLAN, PLAN),
        new(Kind.MAILBOX, MAILBOX, contact="00 00 00 00"),
        bond(care, Tie.DEPENDS_ON, system, need=Need.WORK, weight=Weight.STOPS),
        bond(system, Tie.DEPENDS_ON, server, need=Need.HOSTING, weight=Weight.STOPS),
        bond(system, Tie.SUPPLIED_BY, (Kind.SUPPLIER, SUPPLIER), weight=Weight.DEGRADES),
        bond((Kind.PLAN, PLAN), Tie.COVERS, care),
        bond(system, Tie.REACHED_AT, (Kind.MAILBOX, MAILBOX)),
        *classed(CARE, ServiceClass.SOCIETY_CRITICAL, 3),
    ]


def others() -> list[Change]:
    """Another service on another system, of the same supplier."""
    pay, system = (Kind.SERVICE, "Løn"), (Kind.SYSTEM, "Lønsystem")
    return [
        new(*pay),
        new(*system),
        bond(pay, Tie.DEPENDS_ON, system),
        bond(system, Tie.SUPPLIED_BY, (Kind.SUPPLIER, SUPPLIER)),
    ]


def landscape(*bonds: tuple[str, str, Weight] | tuple[str, str, Weight, str], **classes: ServiceClass) -> Landscape:
    """A landscape of names: those that begin with a capital are services, all others systems, named by their names."""
    names = dict.fromkeys(name for one in bonds for name in one[:2]) | dict.fromkeys(classes)
    kinds = {name: Kind.SERVICE if name[0].isupper() else Kind.SYSTEM for name in names}
    nodes = [Node(ident(kinds[name], name), kinds[name], name, service_class=classes.get(name)) for name in names]
    ties = [
        (ident(kinds[one[0]], one[0]), Bond(Tie.DEPENDS_ON, ident(kinds[one[1]], one[1]), weight=one[2], group=(*one, None)[3]))
        for one in bonds
    ]
    return Landscape(nodes, ties)
