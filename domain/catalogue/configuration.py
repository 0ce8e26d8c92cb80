"""The whole catalogue at once, as a file tells it, and what must happen for it to be so.

What the file leaves out is not taken out of use unless that is asked for; what it tells of an object is all there is of it, but
for a plan's file and the ties to what is out of use, of which no file tells.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, NamedTuple
from uuid import UUID

from pydantic import BeforeValidator, Field

from domain.catalogue import events as e
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Facts, Kind, PlanFacts
from domain.catalogue.state import CatalogueObject
from domain.catalogue.steps import POSSIBLE
from domain.catalogue.ties import Bond, Need, Tie, Weight
from domain.errors import InvalidInputError
from domain.events import Frozen, Meta
from domain.incident.events import Name, Text, Word

Known = Mapping[UUID, CatalogueObject]
Told = Mapping[str, Any]
"""Meta and reason of every event."""


def _named(value: object) -> object:
    return {"to": value} if isinstance(value, str) else value


class WantedTie(Frozen):
    """A tie to an object by its name, an alias or its id; `kind` where objects of several kinds are called that."""

    to: Name
    kind: Kind | None = None
    need: Need = Need.OTHER
    weight: Weight = Weight.STOPS
    group: Word | None = None


class WantedObject(Frozen):
    """An object and all that belongs to it. `id` is of one that is in the catalogue: so it can be given another name."""

    id: UUID | None = None
    facts: Facts
    description: Text | None = None
    contact: Text | None = None
    ties: dict[Tie, tuple[Annotated[WantedTie, BeforeValidator(_named)], ...]] = Field(default_factory=dict)
    service_class: ServiceClass | None = None
    """Proposed where it differs from the one that holds: it takes four eyes. None says nothing."""
    class_reason: Text | None = None


class Configuration(Frozen):
    """What the catalogue shall be. `reason` goes with each change."""

    reason: Text | None = None
    objects: tuple[WantedObject, ...] = ()


class UnclearCatalogueError(InvalidInputError):
    """Names in the file mean nothing, or several things; the message names each."""

    code: ClassVar[str] = "unclear-catalogue"


class Proposals(NamedTuple):
    """What would have to happen, each object's first change at its version now (0: it is new); and what the file leaves out."""

    events: tuple[tuple[UUID, e.ObjectEvent], ...]
    versions: Mapping[UUID, int]
    missing: tuple[CatalogueObject, ...]


def proposals(known: Known, wanted: Configuration, meta: Meta, *, retire_missing: bool = False) -> Proposals:
    """Only what differs, new objects first, then what is known of them, ties and classes. Raises `UnclearCatalogueError`."""
    ids, unclear = _ids(known, wanted.objects)
    pairs = list(zip(ids, wanted.objects, strict=True))
    names = _Names(known, pairs)
    bonds = [tuple(names.bonds(one)) for one in wanted.objects]
    if unclear := [*unclear, *names.unclear]:
        raise UnclearCatalogueError("; ".join(unclear))
    told: Told = {"meta": meta, "reason": wanted.reason}
    events: list[tuple[UUID, e.ObjectEvent]] = []
    for part in (_registered, _described):
        events += [(one, event) for one, each in pairs for event in part(known.get(one), each, told)]
    for (one, _), own in zip(pairs, bonds, strict=True):
        events += [(one, event) for event in _tied(known, known.get(one), own, told)]
    events += [(one, event) for one, each in pairs for event in _classed(known.get(one), each, told)]
    there = set(ids)
    missing = tuple(one for one in known.values() if one.id not in there and not one.retired)
    if retire_missing:
        events += [(one.id, e.Retired(**told)) for one in missing]
    versions = {one: known[one].version if one in known else 0 for one, _ in events}
    return Proposals(tuple(events), versions, missing)


def _ids(known: Known, wanted: Sequence[WantedObject]) -> tuple[list[UUID], list[str]]:
    """Each object's id: as told, of the one that has its name now, or the new one's; and what is wrong with them."""
    by_name: dict[tuple[Kind, str], list[UUID]] = {}
    for one in known.values():
        by_name.setdefault((one.kind, _key(one.facts.name)), []).append(one.id)
    ids, unclear = list[UUID](), list[str]()
    for each in wanted:
        found = [each.id] if each.id else by_name.get((each.facts.kind, _key(each.facts.name)), [])
        ids.append(found[0] if found else e.object_id(each.facts.kind, each.facts.name))
        if each.id and each.id not in known:
            unclear.append(f"{_told(each)}: there is no object with the id {each.id}, leave it out for a new one")
        if len(found) > 1:
            unclear.append(f"{_told(each)}: {len(found)} objects have that name, write the id of the one that is meant")
    times = Counter(ids)
    twice = dict.fromkeys(_told(each) for each, one in zip(wanted, ids, strict=True) if times[one] > 1)
    return ids, [*unclear, *(f"{one}: is there twice, keep one of them" for one in twice)]


class _Names:
    """What is called what: the file's objects and those that it leaves out; what is out of use only where nothing else is."""

    def __init__(self, known: Known, pairs: Sequence[tuple[UUID, WantedObject]]) -> None:
        self.unclear: list[str] = []
        self._found: dict[str, dict[UUID, Kind]] = {}
        told = {one: wanted.facts for one, wanted in pairs}
        rest = [one for one in known.values() if one.id not in told]
        self._call(told | {one.id: one.facts for one in rest if not one.retired})
        used = set(self._found)
        self._call({one.id: one.facts for one in rest if one.retired and _key(one.facts.name) not in used})

    def _call(self, facts: Mapping[UUID, Facts]) -> None:
        for one, each in facts.items():
            for name in (each.name, *each.aliases, str(one)):
                self._found.setdefault(_key(name), {})[one] = each.kind

    def bonds(self, one: WantedObject) -> Iterator[Bond]:
        for tie, others in one.ties.items():
            for other in others:
                found = self._target(tie, other)
                if len(found) == 1:
                    yield Bond(tie, found[0], other.need, other.weight, other.group)
                else:
                    several = f"{len(found)} objects are called that, write the kind beside it" if found else "nothing is"
                    self.unclear.append(f"{_told(one)}: {tie} {other.to!r}: {several}")

    def _target(self, tie: Tie, other: WantedTie) -> list[UUID]:
        kinds = {other.kind} if other.kind else POSSIBLE[tie][1]
        return [one for one, kind in self._found.get(_key(other.to), {}).items() if kind in kinds]


def _registered(known: CatalogueObject | None, wanted: WantedObject, told: Told) -> Iterator[e.ObjectEvent]:
    if known is None:
        yield e.Registered(facts=wanted.facts, description=wanted.description, contact=wanted.contact, **told)


def _described(known: CatalogueObject | None, wanted: WantedObject, told: Told) -> Iterator[e.ObjectEvent]:
    if known is None:
        return
    if known.retired:
        yield e.Reinstated(**told)
    facts = wanted.facts
    if isinstance(facts, PlanFacts) and isinstance(known.facts, PlanFacts):
        facts = facts.model_copy(update={name: getattr(known.facts, name) for name in PlanFacts.OF_THE_FILE})
    if (facts, wanted.description, wanted.contact) != (known.facts, known.description, known.contact):
        yield e.Described(facts=facts, description=wanted.description, contact=wanted.contact, **told)


def _tied(known: Known, one: CatalogueObject | None, bonds: Sequence[Bond], told: Told) -> Iterator[e.ObjectEvent]:
    stand = one.bonds if one else {}
    wanted = {(bond.tie, bond.to): bond for bond in bonds}
    for place in stand:
        if place not in wanted and not known[place[1]].retired:
            yield e.Untied(tie=place[0], to=place[1], **told)
    for place, bond in wanted.items():
        if stand.get(place) != bond:
            yield e.Tied(**bond._asdict(), **told)


def _classed(known: CatalogueObject | None, wanted: WantedObject, told: Told) -> Iterator[e.ObjectEvent]:
    stand = {known.service_class, known.proposal and known.proposal.service_class} if known else set()
    if wanted.service_class is not None and wanted.service_class not in stand:
        reason = wanted.class_reason or told["reason"]
        yield e.ClassProposed(meta=told["meta"], reason=reason, service_class=wanted.service_class)


def _told(one: WantedObject) -> str:
    return f"{one.facts.kind} {one.facts.name!r}"


def _key(name: str) -> str:
    return name.strip().casefold()
