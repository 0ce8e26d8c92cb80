"""Landscapes of any size, as municipalities have them: one service at the top, much below, some of it in circles."""

from random import Random

from domain.catalogue.classes import ServiceClass
from domain.catalogue.events import object_id
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Bond, Tie, Weight

SERVICE = "Madudbringning til hjemmeboende"
_NAMES = {
    Kind.SERVICE: SERVICE,
    Kind.PROCESS: "Dosispakning og udlevering af medicin",
    Kind.SYSTEM: "Omsorgsjournal",
    Kind.INTEGRATION: "Integration til Fælles Medicinkort",
    Kind.COMPONENT: "srv-omsorg",
    Kind.SUPPLIER: "Leverandør af velfærdsteknologi A/S",
    Kind.CONTRACT: "Kontrakt om drift",
    Kind.MAILBOX: "Vagttelefon it-drift",
    Kind.PLAN: "Nødplan for hjemmepleje",
}
_SHARES = {Kind.PROCESS: 20, Kind.SYSTEM: 5, Kind.INTEGRATION: 10, Kind.COMPONENT: 2.5, Kind.SUPPLIER: 10} | {
    Kind.CONTRACT: 20,
    Kind.MAILBOX: 20,
}
"""One of so many objects is of that kind."""
_ADMINISTRATIONS = ("Sundhed og Omsorg", "Børn og Unge", "Teknik og Miljø", "Beskæftigelse og Borgerservice")
TOP = object_id(Kind.SERVICE, SERVICE)


_SOME_LEAD = (
    (Kind.SYSTEM, Tie.DEPENDS_ON, Kind.COMPONENT),
    (Kind.SYSTEM, Tie.DEPENDS_ON, Kind.SYSTEM),  # back up, too: circles
    (Kind.SYSTEM, Tie.SUPPLIED_BY, Kind.SUPPLIER),
    (Kind.SYSTEM, Tie.UNDER_CONTRACT, Kind.CONTRACT),
    (Kind.INTEGRATION, Tie.DEPENDS_ON, Kind.COMPONENT),
    (Kind.CONTRACT, Tie.SUPPLIED_BY, Kind.SUPPLIER),
    (Kind.SUPPLIER, Tie.REACHED_AT, Kind.MAILBOX),
)
"""Each of the first kind is tied so to one of the last."""
_ALL_ARE_LED_TO = (
    (Kind.SERVICE, Tie.DEPENDS_ON, Kind.PROCESS),
    (Kind.PROCESS, Tie.DEPENDS_ON, Kind.SYSTEM),
    (Kind.SYSTEM, Tie.DEPENDS_ON, Kind.INTEGRATION),
    (Kind.SYSTEM, Tie.DEPENDS_ON, Kind.COMPONENT),
    (Kind.SYSTEM, Tie.UNDER_CONTRACT, Kind.CONTRACT),
    (Kind.SYSTEM, Tie.SUPPLIED_BY, Kind.SUPPLIER),
    (Kind.SYSTEM, Tie.REACHED_AT, Kind.MAILBOX),
)
"""Each of the last kind has one of the first that is tied to it so."""


def grown(size: int, seed: int = 1) -> Landscape:
    """About so many objects, all of which the service stands on in the end; the same every time."""
    random = Random(seed)
    counts = {Kind.SERVICE: 1, Kind.PLAN: 1} | {kind: max(1, int(size / share)) for kind, share in _SHARES.items()}
    nodes = {kind: [_node(kind, n, random) for n in range(count)] for kind, count in counts.items()}
    pairs = [(one, tie, random.choice(nodes[to])) for of, tie, to in _SOME_LEAD for one in nodes[of]]
    pairs += [(random.choice(nodes[of]), tie, one) for of, tie, to in _ALL_ARE_LED_TO for one in nodes[to]]
    pairs.append((nodes[Kind.PLAN][0], Tie.COVERS, nodes[Kind.SERVICE][0]))
    weights = random.choices(list(Weight), [6, 3, 1], k=len(pairs))
    groups = random.choices((None, "par"), [4, 1], k=len(pairs))
    bonds = [
        (source.id, Bond(tie, to.id, weight=weight, group=group if tie is Tie.DEPENDS_ON else None))
        for (source, tie, to), weight, group in zip(pairs, weights, groups, strict=True)
        if source is not to
    ]
    return Landscape([one for some in nodes.values() for one in some], bonds)


def _node(kind: Kind, number: int, random: Random) -> Node:
    name = _NAMES[kind] if kind in {Kind.SERVICE, Kind.PLAN} else f"{_NAMES[kind]} {number + 1}"
    return Node(
        object_id(kind, name),
        kind,
        name,
        administration=random.choice(_ADMINISTRATIONS) if kind in {Kind.SERVICE, Kind.SYSTEM} else None,
        service_class=ServiceClass.SOCIETY_CRITICAL if kind is Kind.SERVICE else None,
    )
