"""What people do with other registers and files: compare them with the catalogue, take over, keep, undo."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.catalogue import events as e
from domain.catalogue.import_log import ImportLog, read_imports, seen_of
from domain.catalogue.importing import Comparison, Difference, Known, Seen, Wanted, compare
from domain.catalogue.imports import (
    DifferenceGoneError,
    DifferencesKept,
    ImportRecorded,
    ImportUndone,
    KeptDifference,
    SourceMappingSaved,
)
from domain.catalogue.mapping import TEXTS, SourceMapping
from domain.catalogue.state import CatalogueObject, replay
from domain.catalogue.taking import Because, Undoing, proposals, undo
from domain.events import Sealed
from handlers.catalogue import Change, change_all
from handlers.history import History
from handlers.requests import Origin, StepRequest, meta_of
from handlers.unit_of_work import UnitOfWork
from projections.catalogue import facts_of, landscape, objects
from projections.rows import Row

KEPT_AT_ONCE = 500
"""Differences in one event: a message on the bus is a megabyte at most."""

Progress = Callable[[Sequence[Change]], Iterable[Change]]
"""Hands on the changes one by one, and may tell how far it is."""


class Told(NamedTuple):
    """What a source says."""

    source: str
    wanted: Sequence[Wanted]
    whole: bool = True
    """Whether that is all it has; else what it has no longer is in `gone`."""
    gone: Collection[str] = ()
    file_sha256: str | None = None


def because(origin: Origin, reason: str) -> Because:
    """Who takes over, and why."""
    return Because(meta_of(StepRequest(), origin), reason)


def imports_of(history: History) -> ImportLog:
    """The imports, the saved mappings, and what was kept."""
    return read_imports(history.read_stream(e.CATALOGUE))


def compare_source(history: History, connection: Connection, told: Told) -> Comparison:
    """The differences between a source and the catalogue, whose tables `connection` reads, caught up by the caller.

    An object's stream is read only where it differs: a source that agrees costs one look at the tables.
    """
    log = imports_of(history)
    standing = log.standing(told.source)

    def seen(one: UUID) -> Seen:
        kept = log.kept.get((told.source, one), {})
        return seen_of(history.read_stream(one) if standing else (), standing, kept)

    with_texts = any(text in one.told for one in told.wanted for text in TEXTS)
    known = _known(history, connection, with_texts=with_texts)
    return compare(told.source, told.wanted, known, seen, whole=told.whole, gone=told.gone)


def _known(history: History, connection: Connection, *, with_texts: bool) -> Iterable[Known]:
    seen = landscape(connection)
    for row in objects(connection, retired=True):
        bonds = {(bond.tie, bond.to): bond for bond in seen.bonds(row["id"])}
        texts = _texts(history, row) if with_texts else {}
        yield Known(row["id"], row["version"], facts_of(row), row["retired"], texts, bonds)


def _texts(history: History, row: Row) -> dict[str, str | None]:
    if row["text_sealed"] is None:
        return {}
    sealed = Sealed.model_validate_json(row["text_sealed"])
    told = history.unseal(row["id"], row["text_version"], sealed) or {}
    return {name: told.get(name) for name in TEXTS}


def pick(differences: Iterable[Difference], ids: Collection[str]) -> list[Difference]:
    """Those of these ids. Raises `DifferenceGoneError` naming the ones that are no difference any more."""
    found = [one for one in differences if one.id in ids]
    if missing := sorted(set(ids) - {one.id for one in found}):
        msg = f"{', '.join(missing)}: no difference any more, one side changed since: look at the differences again"
        raise DifferenceGoneError(msg)
    return found


class Taken(NamedTuple):
    """What a take-over led to. `number` is 0 when nothing was taken over; `position` the last event's."""

    number: int
    events: int
    position: int


def take_over(
    uow: UnitOfWork, told: Told, taken: Sequence[Difference], why: Because, progress: Progress = lambda changes: changes
) -> Taken:
    """Record the chosen differences and that they were: all in one transaction, so a kill leaves all of it or nothing.

    Raises the domain's refusals, and `ConflictError` when an object that was compared is no longer what it was.
    """
    uow.ensure_keys({one.object_id for one in taken} | {e.CATALOGUE}, "catalogue")

    def current(one: UUID) -> CatalogueObject | None:
        return replay(one, (recorded.event for recorded in uow.history(one)))

    changes = [Change(*one) for one in proposals(told.source, taken, current, why)]
    events = sum(len(changed.events) for changed in change_all(uow, progress(changes)))
    if not events:
        return Taken(0, 0, 0)
    number = 1 + len(read_imports(uow.history(e.CATALOGUE)).imports)
    recorded = ImportRecorded(
        meta=why.meta,
        reason=why.reason,
        number=number,
        source=told.source,
        file_sha256=told.file_sha256,
        counts=dict(Counter(one.sort for one in taken)),
        events=events,
    )
    return Taken(number, events, uow.append(e.CATALOGUE, [recorded], expected=uow.version(e.CATALOGUE)))


def keep(uow: UnitOfWork, source: str, kept: Sequence[Difference], why: Because) -> int:
    """Record that what is here stays. The last position; 0 for nothing."""
    noted = [KeptDifference(object_id=one.object_id, field=one.field, value_sha256=one.value_sha256) for one in kept]
    parts = [tuple(noted[start : start + KEPT_AT_ONCE]) for start in range(0, len(noted), KEPT_AT_ONCE)]
    events = [DifferencesKept(meta=why.meta, reason=why.reason, source=source, kept=part) for part in parts]
    return uow.append(e.CATALOGUE, events, expected=uow.version(e.CATALOGUE)) if events else 0


def save_mapping(uow: UnitOfWork, source: str, mapping: SourceMapping, why: Because) -> int:
    """This is how the source is read from now on. The position; 0 when it is read so already."""
    if read_imports(uow.history(e.CATALOGUE)).mappings.get(source) == mapping:
        return 0
    saved = SourceMappingSaved(meta=why.meta, reason=why.reason, source=source, mapping=mapping)
    return uow.append(e.CATALOGUE, [saved], expected=uow.version(e.CATALOGUE))


def undo_import(uow: UnitOfWork, history: History, number: int, why: Because) -> Undoing:
    """Take an import back, as far as nobody changed since what it led to; all of that or nothing.

    `history` reads where the import's events lie: they are stored for good, so it may be read beside the unit of work.
    """
    note = read_imports(uow.history(e.CATALOGUE)).to_undo(number)
    touched: dict[UUID, list[int]] = {}
    # Right before the import's own event: one unit of work is stored without a gap.
    for one in history.read(note.position - 1 - note.events, note.events, upto=note.position - 1):
        touched.setdefault(one.aggregate_id, []).append(one.version)
    undoing = undo(touched, lambda one: [recorded.event for recorded in uow.history(one)], why)
    change_all(uow, (Change(*one) for one in undoing.events))
    undone, left = len(undoing.undone), len(undoing.left)
    recorded = ImportUndone(meta=why.meta, reason=why.reason, import_number=number, undone=undone, left=left)
    uow.append(e.CATALOGUE, [recorded], expected=uow.version(e.CATALOGUE))
    return undoing
