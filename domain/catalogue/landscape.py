"""All objects of the catalogue together, as a graph: what is called what, what stands on what."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from domain.catalogue.carrying import Carrying
from domain.catalogue.classes import ServiceClass
from domain.catalogue.errors import AmbiguousObjectError, UnknownObjectError
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import CARRYING, Bond, Tie


class Node(NamedTuple):
    """An object, as far as the graph needs it."""

    id: UUID
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    administration: str | None = None
    owner: str | None = None
    service_class: ServiceClass | None = None
    restoration_order: int | None = None
    tolerable_downtime_minutes: int | None = None
    retired: bool = False


class Landscape:
    """Immutable once made. Objects out of use are in it, and carry nothing; a tie to what is not in it is left out."""

    def __init__(self, nodes: Iterable[Node], bonds: Iterable[tuple[UUID, Bond]]) -> None:
        self.nodes: Mapping[UUID, Node] = {node.id: node for node in nodes}
        out: dict[UUID, list[Bond]] = {}
        into: dict[UUID, list[tuple[UUID, Bond]]] = {}
        for source, bond in bonds:
            if source in self.nodes and bond.to in self.nodes:
                out.setdefault(source, []).append(bond)
                into.setdefault(bond.to, []).append((source, bond))
        self._out, self._into = out, into
        self._names: dict[str, list[UUID]] = {}
        for node in self.nodes.values():
            for name in dict.fromkeys(_key(one) for one in (node.name, *node.aliases)):
                self._names.setdefault(name, []).append(node.id)

    def bonds(self, one: UUID, *ties: Tie) -> Sequence[Bond]:
        """From the object to others, of these ties; of all, if none is named."""
        found = self._out.get(one, [])
        return [bond for bond in found if bond.tie in ties] if ties else found

    def bonds_to(self, one: UUID, *ties: Tie) -> Sequence[tuple[UUID, Bond]]:
        """From others to the object, with where each comes from."""
        found = self._into.get(one, [])
        return [pair for pair in found if pair[1].tie in ties] if ties else found

    def needs(self, one: UUID) -> Sequence[Bond]:
        """What the object stands on, as far as it is in use: a failure there may reach it."""
        return [bond for bond in self._out.get(one, []) if bond.tie in CARRYING and not self.nodes[bond.to].retired]

    def needed_by(self, one: UUID) -> Sequence[tuple[UUID, Bond]]:
        """What stands on the object, as far as it is in use."""
        into = self._into.get(one, [])
        return [(source, bond) for source, bond in into if bond.tie in CARRYING and not self.nodes[source].retired]

    @cached_property
    def carrying(self) -> Carrying:
        """`needs` and `needed_by` for walks over the whole landscape, made when the first one asks."""
        in_use = (node.id for node in self.nodes.values() if not node.retired)
        return Carrying(in_use, ((source, bond) for source, bonds in self._out.items() for bond in bonds))

    def of_kind(self, *kinds: Kind) -> list[Node]:
        """Those in use, by name."""
        found = [node for node in self.nodes.values() if node.kind in kinds and not node.retired]
        return sorted(found, key=lambda node: (node.name.casefold(), node.id))

    def named(self, name: str) -> tuple[UUID, ...]:
        """Which objects are called that, by name or alias, in any spelling of upper and lower case.

        A host's full DNS name finds its short one (`srv-omsorg-01.laerkeborg.dk` the object `srv-omsorg-01`) when nothing bears
        the full name. Empty: nothing does.
        """
        return tuple(next((self._names[key] for key in lookup_keys(name) if key in self._names), ()))

    def one_named(self, told: str, *kinds: Kind) -> UUID:
        """The one object with this id, name or alias, of these kinds; of all, if none is named. What is in use goes first.

        Raises `UnknownObjectError`, `AmbiguousObjectError`.
        """
        found = [self.nodes[one] for one in (_id_in(told, self.nodes) or self.named(told))]
        found = [node for node in found if not kinds or node.kind in kinds]
        found = [node for node in found if not node.retired] or found
        if not found:
            of = f" that is a {' or a '.join(kinds)}" if kinds else ""
            raise UnknownObjectError(f"the catalogue holds nothing named {told!r}{of}: look for it in the list")
        if len(found) > 1:
            several = ", ".join(f"{node.kind} {node.name!r} {node.id}" for node in found)
            raise AmbiguousObjectError(f"{told!r} may be {several}: use the id of the one you mean")
        return found[0].id


def _id_in(told: str, nodes: Mapping[UUID, Node]) -> tuple[UUID, ...]:
    try:
        one = UUID(told)
    except ValueError:
        return ()
    return (one,) if one in nodes else ()


def lookup_keys(name: str) -> tuple[str, ...]:
    """By what a name is looked up, the first that something bears: itself, then a host's short name."""
    key = _key(name)
    return (key, key.partition(".")[0]) if "." in key and " " not in key else (key,)


def _key(name: str) -> str:
    return name.strip().casefold()
