"""Taking over what a source says: from chosen differences to the events that record them, and back again."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from domain.catalogue import events as e
from domain.catalogue.importing import Difference
from domain.catalogue.imports import Sort, TargetMissingError
from domain.catalogue.kinds import FACTS, OutsideId
from domain.catalogue.mapping import TEXTS
from domain.catalogue.state import CatalogueObject, replay
from domain.catalogue.ties import Bond
from domain.events import DomainEvent, Meta

PLAIN = frozenset({Sort.NEW, Sort.LINKED, Sort.RENAMED, Sort.CHANGED, Sort.TIED, Sort.UNTIED})
"""What is taken over unless somebody chooses otherwise; all else is chosen one by one, or by a rule."""


class Proposed(NamedTuple):
    """An event of one object. `expected` is the version that was compared; None: an earlier one of these checks it."""

    object_id: UUID
    event: e.ObjectEvent
    expected: int | None = None


class Because(NamedTuple):
    """Who takes over, and why."""

    meta: Meta
    reason: str

    def told(self) -> dict[str, Any]:
        """As every change of the catalogue bears it."""
        return {"meta": self.meta, "reason": self.reason}


def chosen_by_rule(
    differences: Iterable[Difference], *, source_wins: Collection[str] = (), also: Collection[Sort] = ()
) -> list[Difference]:
    """Those that are taken over without looking at each: the plain ones, those in these fields, those of these sorts."""
    wanted = PLAIN | set(also)
    return [one for one in differences if one.sort in wanted or (one.sort is Sort.CONFLICT and one.field in source_wins)]


def proposals(
    source: str, taken: Sequence[Difference], current: Callable[[UUID], CatalogueObject | None], because: Because
) -> list[Proposed]:
    """The events, in an order in which each finds what it needs: what is new first, what goes out of use last.

    Raises `TargetMissingError` for a tie to what is new itself and was not taken.
    """
    begun = set[UUID]()

    def proposed(one: Difference, event: e.ObjectEvent) -> Proposed:
        expected = None if one.object_id in begun else one.version
        begun.add(one.object_id)
        return Proposed(one.object_id, event, expected)

    made = [proposed(one, _registered(source, one, because)) for one in taken if one.sort is Sort.NEW]
    made += [proposed(one, e.Reinstated(**because.told())) for one in taken if one.sort is Sort.RETURNED]
    made += [proposed(group[0], _described(source, group, current, because)) for group in _by_object(taken)]
    new = {one.object_id for one in taken if one.sort is Sort.NEW}
    for one in taken:
        if isinstance(one.source, Bond):
            if one.source.to not in new and current(one.source.to) is None:
                msg = f"{one.name!r} is tied to what is new itself: take that over too, or first"
                raise TargetMissingError(msg)
            made.append(proposed(one, e.Tied(**one.source._asdict(), **because.told())))
        elif isinstance(one.here, Bond):
            made.append(proposed(one, e.Untied(tie=one.here.tie, to=one.here.to, **because.told())))
    made += [proposed(one, e.Retired(**because.told())) for one in taken if one.sort is Sort.MISSING]
    return made


def _registered(source: str, one: Difference, because: Because) -> e.Registered:
    assert one.wanted is not None, "a new object bears what is told of it"  # noqa: S101 - a defect in comparing
    told = dict(one.wanted.told)
    texts = {name: told.pop(name, None) for name in TEXTS}
    outside = () if one.wanted.key is None else (OutsideId(register_name=source, id=one.wanted.key),)
    facts = FACTS.validate_python({"kind": one.kind, **told, "outside": outside})
    return e.Registered(facts=facts, **texts, **because.told())


def _by_object(taken: Sequence[Difference]) -> Iterator[list[Difference]]:
    groups = dict[UUID, list[Difference]]()
    for one in taken:
        if one.field and not isinstance(one.source, Bond) and not isinstance(one.here, Bond):
            groups.setdefault(one.object_id, []).append(one)
    yield from groups.values()


def _described(
    source: str, group: Sequence[Difference], current: Callable[[UUID], CatalogueObject | None], because: Because
) -> e.Described:
    known = current(group[0].object_id)
    assert known is not None, "what differs in a field is in the catalogue"  # noqa: S101 - a defect in comparing
    told: dict[str, Any] = {**known.facts.model_dump(), **{name: getattr(known, name) for name in TEXTS}}
    for one in group:
        linked = OutsideId(register_name=source, id=str(one.source)) if one.sort is Sort.LINKED else None
        told[one.field] = (*known.facts.outside, linked) if linked else one.source
    texts = {name: told.pop(name) for name in TEXTS}
    return e.Described(facts=FACTS.validate_python(told), **texts, **because.told())


class Undoing(NamedTuple):
    """What taking an import back comes to."""

    events: tuple[Proposed, ...]
    undone: tuple[CatalogueObject, ...]
    left: tuple[CatalogueObject, ...]
    """Changed since: they stay as they are."""


def undo(touched: Mapping[UUID, Sequence[int]], history: Callable[[UUID], Sequence[DomainEvent]], because: Because) -> Undoing:
    """Take back what an import did to objects that nobody changed since.

    `touched` has the versions of the import's events by object; `history` is each object's stream, oldest first.
    """
    events, undone, left = list[Proposed](), list[CatalogueObject](), list[CatalogueObject]()
    for identity, versions in touched.items():
        stream = history(identity)
        now, before = replay(identity, stream), replay(identity, stream[: min(versions) - 1])
        assert now is not None, "the import's own events are in the stream"  # noqa: S101 - a defect in the store
        if now.version != max(versions) or len(versions) != max(versions) - min(versions) + 1:
            left.append(now)
            continue
        undone.append(now)
        events += _back(now, before, because)
    # Ties go before what they lead to: all objects are there until the end.
    events.sort(key=lambda one: isinstance(one.event, e.Retired))
    return Undoing(tuple(events), tuple(undone), tuple(left))


def _back(now: CatalogueObject, before: CatalogueObject | None, because: Because) -> Iterator[Proposed]:
    told, wanted = because.told(), before.bonds if before else {}
    if before and now.retired and not before.retired:
        yield Proposed(now.id, e.Reinstated(**told))
    if before and (before.facts, before.description, before.contact) != (now.facts, now.description, now.contact):
        described = e.Described(facts=before.facts, description=before.description, contact=before.contact, **told)
        yield Proposed(now.id, described)
    for (tie, to), bond in now.bonds.items():
        if (tie, to) not in wanted:
            yield Proposed(now.id, e.Untied(tie=tie, to=to, **told))
        elif wanted[tie, to] != bond:
            yield Proposed(now.id, e.Tied(**wanted[tie, to]._asdict(), **told))
    for place in wanted.keys() - now.bonds.keys():
        yield Proposed(now.id, e.Tied(**wanted[place]._asdict(), **told))
    if not now.retired and (before is None or before.retired):
        yield Proposed(now.id, e.Retired(**told))
