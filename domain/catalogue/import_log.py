"""What the catalogue's own stream tells of imports, and what an object's stream tells of a source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from domain.catalogue import events as e
from domain.catalogue.importing import Seen, tie_field
from domain.catalogue.imports import (
    AlreadyUndoneError,
    DifferencesKept,
    ImportRecorded,
    ImportUndone,
    NoImportError,
    NoMappingError,
    Sort,
    SourceMappingSaved,
)
from domain.catalogue.kinds import Facts
from domain.catalogue.mapping import TEXTS, SourceMapping, fields_of
from domain.events import Recorded


class ImportNote(NamedTuple):
    """An import as the log has it. Times are UTC."""

    number: int
    source: str
    position: int
    at: datetime
    by: str
    reason: str | None
    file_sha256: str | None
    counts: Mapping[Sort, int]
    events: int
    correlation_id: str
    undone_at: datetime | None = None


class Kept(NamedTuple):
    """What the source said when what is here was kept, and where in the log that stands."""

    value_sha256: str
    position: int


@dataclass(frozen=True)
class ImportLog:
    """All imports, and what is known of their sources."""

    imports: tuple[ImportNote, ...] = ()
    mappings: Mapping[str, SourceMapping] = field(default_factory=dict)
    kept: Mapping[tuple[str, UUID], Mapping[str, Kept]] = field(default_factory=dict)
    """By source and object: field to what was kept."""

    def mapping(self, source: str) -> SourceMapping:
        """The one that holds. Raises `NoMappingError`."""
        if source not in self.mappings:
            msg = f"no mapping is saved for the source {source!r}: give one with --mapping, or see catalogue mapping suggest"
            raise NoMappingError(msg)
        return self.mappings[source]

    def to_undo(self, number: int) -> ImportNote:
        """The import of that number. Raises `NoImportError`, `AlreadyUndoneError`."""
        found = next((one for one in self.imports if one.number == number), None)
        if found is None:
            raise NoImportError(f"there is no import {number}: see the list of imports")
        if found.undone_at is not None:
            raise AlreadyUndoneError(f"import {number} was undone before")
        return found

    def standing(self, source: str) -> frozenset[str]:
        """The correlation ids of the source's imports that were not undone."""
        return frozenset(one.correlation_id for one in self.imports if one.source == source and one.undone_at is None)


def read_imports(stream: Iterable[Recorded]) -> ImportLog:
    """Fold the catalogue's own stream."""
    imports, mappings = dict[int, ImportNote](), dict[str, SourceMapping]()
    kept: dict[tuple[str, UUID], dict[str, Kept]] = {}
    for one in stream:
        event = one.event
        if isinstance(event, ImportRecorded):
            imports[event.number] = _note(one, event)
        elif isinstance(event, ImportUndone):
            imports[event.import_number] = imports[event.import_number]._replace(undone_at=one.recorded_at)
        elif isinstance(event, SourceMappingSaved):
            mappings[event.source] = event.mapping
        elif isinstance(event, DifferencesKept):
            for difference in event.kept:
                fields = kept.setdefault((event.source, difference.object_id), {})
                fields[difference.field] = Kept(difference.value_sha256, one.position)
    return ImportLog(tuple(imports.values()), mappings, kept)


def _note(one: Recorded, event: ImportRecorded) -> ImportNote:
    meta = event.meta
    return ImportNote(
        number=event.number,
        source=event.source,
        position=one.position,
        at=one.recorded_at,
        by=meta.actor,
        reason=event.reason,
        file_sha256=event.file_sha256,
        counts=event.counts,
        events=event.events,
        correlation_id=meta.correlation_id,
    )


def seen_of(stream: Sequence[Recorded], imports: frozenset[str], kept: Mapping[str, Kept]) -> Seen:
    """What was decided of an object and a source, by the object's stream and the ids of the source's `imports`.

    Of an event of an import that replaced what was known, only the fields that it changed were taken over: in all others it
    repeats what stood here.
    """
    taken, at = dict[str, Any](), dict[str, int]()
    before: dict[str, Any] = {}
    for one in stream:
        event = one.event
        told = dict[str, Any]()
        if isinstance(event, e.Registered | e.Described):
            now = _values(event.facts, {name: getattr(event, name) for name in TEXTS})
            told = {name: value for name, value in now.items() if value != before.get(name)}
            before = now
        elif isinstance(event, e.Tied):
            told = {tie_field(event.tie, event.to): event.bond}
        elif isinstance(event, e.Untied):
            told = {tie_field(event.tie, event.to): None}
        if event.meta.correlation_id in imports:
            taken |= told
            at |= dict.fromkeys(told, one.position)
    return Seen(taken, {name: one.value_sha256 for name, one in kept.items() if one.position > at.get(name, 0)})


def _values(facts: Facts, texts: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: texts[name] if name in TEXTS else getattr(facts, name) for name in fields_of(facts.kind)}
