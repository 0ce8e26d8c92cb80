"""What a source says, held against the catalogue: the differences between them, each for a person to take over or to keep.

Nothing is overwritten in silence. A field differs plainly when here it is as the source last told it; when it was changed here
as well, both are shown and a person chooses. What a person kept is shown again once the source says something else.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from domain.catalogue.events import CATALOGUE, object_id
from domain.catalogue.imports import Sort
from domain.catalogue.kinds import Facts, Kind
from domain.catalogue.mapping import TEXTS
from domain.catalogue.steps import POSSIBLE
from domain.catalogue.ties import Bond, Need, Tie, Weight


class WantedTie(NamedTuple):
    """A tie as the source tells it."""

    tie: Tie
    named: str
    """The other object's name, or its key in the source."""
    kind: Kind | None = None
    """Of the other object; None: `named` is its key."""
    need: Need = Need.OTHER
    weight: Weight = Weight.STOPS
    group: str | None = None


class Wanted(NamedTuple):
    """An object as the source tells it."""

    kind: Kind
    key: str | None
    """Its id there; None: it is known by its name alone."""
    told: Mapping[str, Any]
    """What the source tells of it: field to value, as the model of its facts has it; `name` is always among them."""
    ties: tuple[WantedTie, ...] = ()
    tells: frozenset[Tie] = frozenset()
    """Of these ties it tells all there are: one that it had told of and no longer does is gone."""
    place: str = ""
    """Where it stands: a row's number, or what the register calls it."""

    @property
    def name(self) -> str:
        """What it is called there."""
        return str(self.told["name"])


class Trouble(StrEnum):
    """Why something that a source tells is left out."""

    KEY_EMPTY = "key_empty"
    NAME_EMPTY = "name_empty"
    KIND_UNKNOWN = "kind_unknown"
    VALUE_WRONG = "value_wrong"
    KEY_TWICE = "key_twice"
    NAME_TWICE = "name_twice"
    OTHER_KIND = "other_kind"
    NO_TARGET = "no_target"
    NOT_TIED = "not_tied"


class Problem(NamedTuple):
    """What cannot be meant, and where. `told` is what the words for the trouble speak of, in their order."""

    place: str
    trouble: Trouble
    told: tuple[str, ...]


class Known(NamedTuple):
    """An object as the catalogue has it."""

    id: UUID
    version: int
    facts: Facts
    retired: bool = False
    texts: Mapping[str, str | None] = {}
    """`description` and `contact`."""
    bonds: Mapping[tuple[Tie, UUID], Bond] = {}

    def value(self, field: str) -> Any:  # noqa: ANN401 - facts are of all types
        """What stands in a field."""
        return self.texts.get(field) if field in TEXTS else getattr(self.facts, field)


class Seen(NamedTuple):
    """What was decided of an object and this source before."""

    taken: Mapping[str, Any] = {}
    """Field to what the source said when it was last taken over; of a tie its `Bond`, None once it was untied."""
    kept: Mapping[str, str] = {}
    """Field to the fingerprint of what the source said when what is here was kept."""


class Difference(NamedTuple):
    """One thing in which the source and the catalogue differ."""

    sort: Sort
    object_id: UUID
    kind: Kind
    name: str
    field: str = ""
    """A field, a tie (see `tie_field`), or empty: the object as a whole."""
    here: Any = None
    source: Any = None
    """What the source says: a field's value, a tie's `Bond`, or the object's key there."""
    place: str = ""
    version: int = 0
    """The object's version that was compared; 0: there is none here."""
    wanted: Wanted | None = None
    """Of a new object: all that the source tells of it."""

    @property
    def id(self) -> str:
        """Names it for as long as both sides stay as they are."""
        told = dict(self.wanted.told) if self.wanted else None
        return fingerprint([self.object_id, self.field, self.sort, self.here, self.source, told])[:16]

    @property
    def value_sha256(self) -> str:
        """What is noted when a person keeps what is here."""
        return fingerprint(self.source if self.field else [self.sort, self.source])


class Comparison(NamedTuple):
    """What a source's telling comes to."""

    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]
    same: int
    """How many objects are in the source and differ in nothing."""


def fingerprint(value: object) -> str:
    """SHA-256 (hex) of a value as JSON."""
    return sha256(json.dumps(value, default=str, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def tie_field(tie: Tie, to: UUID) -> str:
    """What a tie is called where fields are named."""
    return f"{tie}:{to}"


def compare(
    source: str,
    wanted: Sequence[Wanted],
    known: Iterable[Known],
    seen: Callable[[UUID], Seen],
    *,
    whole: bool,
    gone: Collection[str] = (),
) -> Comparison:
    """The differences, in the source's order. `whole`: the source told all it has; else only keys in `gone` are missing.

    `seen` is asked only of objects that differ.
    """
    return _Comparing(source, wanted, known, seen).run(whole=whole, gone=gone)


class _Comparing:
    def __init__(self, source: str, wanted: Sequence[Wanted], known: Iterable[Known], seen: Callable[[UUID], Seen]) -> None:
        self.source, self.seen = source, seen
        self.known = {one.id: one for one in known}
        self.by_key = {
            outside.id: one for one in self.known.values() for outside in one.facts.outside if outside.register_name == source
        }
        self.by_name: dict[tuple[Kind, str], list[Known]] = {}
        for one in self.known.values():
            self.by_name.setdefault(_named(one.facts.kind, one.facts.name), []).append(one)
        self.problems = list[Problem]()
        self.wanted = list(self._without_doubles(wanted))
        self.ids: dict[int, UUID] = {}
        self.keys: dict[str, tuple[UUID, Kind]] = {key: (one.id, one.facts.kind) for key, one in self.by_key.items()}
        self.names: dict[tuple[Kind, str], UUID] = {pair: found[0].id for pair, found in self.by_name.items()}

    def _without_doubles(self, wanted: Sequence[Wanted]) -> Iterator[Wanted]:
        keys, names = dict[str, Wanted](), dict[tuple[Kind, str], Wanted]()
        for one in wanted:
            name = _named(one.kind, one.name)
            if one.key is None and name in names:
                continue  # the same supplier on many rows
            if one.key is not None and one.key in keys:
                self._problem(one, Trouble.KEY_TWICE, one.key, keys[one.key].place)
                continue
            if name in names:
                self._problem(one, Trouble.NAME_TWICE, one.kind, one.name, names[name].place)
                continue
            if one.key is not None:
                keys[one.key] = one
            names[name] = one
            yield one

    def _problem(self, one: Wanted, trouble: Trouble, *told: str) -> None:
        self.problems.append(Problem(one.place, trouble, told))

    def run(self, *, whole: bool, gone: Collection[str]) -> Comparison:
        """Objects first, so that ties find what is new."""
        pairs = [(one, self._find(one)) for one in self.wanted]
        for one, found in pairs:
            identity = found.id if found else self._new_id(one)
            if one.key is not None:
                self.keys[one.key] = identity, found.facts.kind if found else one.kind
            self.names.setdefault(_named(one.kind, one.name), identity)
        differences, same = list[Difference](), 0
        for one, found in pairs:
            told = list(self._new(one) if found is None else self._differing(one, found))
            differences += told
            same += not told
        keys = {one.key for one in self.wanted}
        lost = self.by_key.keys() - keys if whole else self.by_key.keys() & set(gone) - keys
        for key in sorted(lost):
            lone = self.by_key[key]
            missing = Difference(Sort.MISSING, lone.id, lone.facts.kind, lone.facts.name, source=key, version=lone.version)
            if not lone.retired and not self._was_kept(missing):
                differences.append(missing)
        return Comparison(tuple(differences), tuple(self.problems), same)

    def _was_kept(self, difference: Difference) -> bool:
        return self.seen(difference.object_id).kept.get(difference.field) == difference.value_sha256

    def _find(self, one: Wanted) -> Known | None:
        if one.key is not None and (found := self.by_key.get(one.key)) is not None:
            return found
        named = [found for found in self.by_name.get(_named(one.kind, one.name), []) if self._is_free(found, one)]
        return named[0] if named else None

    def _is_free(self, found: Known, one: Wanted) -> bool:
        return one.key is None or all(outside.register_name != self.source for outside in found.facts.outside)

    def _new_id(self, one: Wanted) -> UUID:
        # An object that was renamed keeps the id of its first name: the next one of that name needs another.
        usual = object_id(one.kind, one.name)
        return uuid5(CATALOGUE, f"{one.kind.value}/{self.source}/{one.key}") if usual in self.known else usual

    def _new(self, one: Wanted) -> Iterator[Difference]:
        identity = self._new_id(one)
        key = one.name if one.key is None else one.key
        new = Difference(Sort.NEW, identity, one.kind, one.name, source=key, place=one.place, wanted=one)
        if self._was_kept(new):
            return
        yield new
        for field, bond in ((tie_field(tie, to), bond) for (tie, to), bond in self._resolved(one, identity).items()):
            yield Difference(Sort.TIED, identity, one.kind, one.name, field, None, bond, one.place)

    def _differing(self, one: Wanted, found: Known) -> Iterator[Difference]:
        kind, name = found.facts.kind, found.facts.name
        if one.kind is not kind:
            self._problem(one, Trouble.OTHER_KIND, name, kind, one.kind)
            return
        whole = Difference(Sort.RETURNED, found.id, kind, name, source=one.key, place=one.place, version=found.version)
        if found.retired:
            if one.key is not None and not self._was_kept(whole):
                yield whole
            return
        linked = whole._replace(sort=Sort.LINKED, field="outside")
        if one.key is not None and one.key not in self.by_key and not self._was_kept(linked):
            yield linked
        fields = [field for field, value in one.told.items() if value != found.value(field)]
        bonds = self._resolved(one, found.id)
        untold = [place for place in found.bonds if place[0] in one.tells and place not in bonds]
        if not fields and not untold and bonds.items() <= found.bonds.items():
            return
        seen = self.seen(found.id)
        differing = (*self._fields(one, found, seen, fields), *self._ties(one, found, seen, bonds, untold))
        yield from (each for each in differing if seen.kept.get(each.field) != each.value_sha256)

    def _fields(self, one: Wanted, found: Known, seen: Seen, fields: Sequence[str]) -> Iterator[Difference]:
        for field in fields:
            here, told = found.value(field), one.told[field]
            if one.key is None and field == "name":
                continue  # found by its name: only the letters' case differs
            plain = seen.taken[field] == here if field in seen.taken else _is_empty(here)
            sort = (Sort.RENAMED if field == "name" else Sort.CHANGED) if plain else Sort.CONFLICT
            yield Difference(sort, found.id, one.kind, found.facts.name, field, here, told, one.place, found.version)

    def _ties(
        self,
        one: Wanted,
        found: Known,
        seen: Seen,
        told: Mapping[tuple[Tie, UUID], Bond],
        untold: Sequence[tuple[Tie, UUID]],
    ) -> Iterator[Difference]:
        # A tie that the source never told of was made here, and is no business of the source's.
        gone = (place for place in untold if seen.taken.get(tie_field(*place)) is not None)
        for place in (*(place for place in told if found.bonds.get(place) != told[place]), *gone):
            field, here, wanted = tie_field(*place), found.bonds.get(place), told.get(place)
            sort = Sort.UNTIED if wanted is None else Sort.TIED
            if here != seen.taken.get(field):
                sort = Sort.CONFLICT
            yield Difference(sort, found.id, one.kind, found.facts.name, field, here, wanted, one.place, found.version)

    def _resolved(self, one: Wanted, identity: UUID) -> dict[tuple[Tie, UUID], Bond]:
        bonds = dict[tuple[Tie, UUID], Bond]()
        for tie in one.ties:
            found = self._target(tie)
            if found is None:
                self._problem(one, Trouble.NO_TARGET, tie.tie, tie.named)
                continue
            to, kind = found
            sources, targets = POSSIBLE[tie.tie]
            if to == identity or one.kind not in sources or kind not in targets:
                self._problem(one, Trouble.NOT_TIED, tie.tie, tie.named)
                continue
            bonds[tie.tie, to] = Bond(tie.tie, to, tie.need, tie.weight, tie.group)
        return bonds

    def _target(self, tie: WantedTie) -> tuple[UUID, Kind] | None:
        if tie.kind is None:
            return self.keys.get(tie.named)
        identity = self.names.get(_named(tie.kind, tie.named))
        return None if identity is None else (identity, tie.kind)


def _named(kind: Kind, name: str) -> tuple[Kind, str]:
    return kind, name.strip().casefold()


def _is_empty(value: object) -> bool:
    return value is None or value in ("", ()) or value is False
