"""What the store remembers of signals, read outside a unit of work: what has been committed."""

from collections.abc import Iterator
from typing import Any

from adapters.event_store.database import Database
from adapters.event_store.recorder import COLUMNS, rows_of
from adapters.event_store.signal_memory import KNOWN, as_known
from domain.events import StoredRow
from domain.signals import Disposition, stream_of
from handlers.unit_of_work import KnownSignal, SignalKey


def read_known(database: Database, key: SignalKey) -> tuple[KnownSignal, StoredRow | None] | None:
    """One signal, and the event that records it; None where that is from before its place was noted."""
    source, event_id = key
    where = "source = ? AND source_event_id = ?"
    rows = database.read(f"SELECT version, {KNOWN} FROM signals WHERE {where}", (source, event_id))  # noqa: S608 - constants
    if not rows:
        return None
    version, *columns = rows[0]
    return as_known(columns), None if version is None else _event(database, source, int(version))


def waiting_keys(database: Database, prefix: str, source: str | None) -> Iterator[SignalKey]:
    """Those of one source, or of all, whose id begins with `prefix` and that wait for a person."""
    for name in _sources(database) if source is None else (source,):
        # A look along the primary key, source by source: signals are many, those that wait are few.
        for (event_id,) in database.read(
            "SELECT source_event_id FROM signals WHERE source = ? AND source_event_id >= ? AND source_event_id < ?"
            " AND disposition = ? ORDER BY source_event_id",
            (name, prefix, prefix + "\U0010ffff", Disposition.TO_PERSON.value),
        ):
            yield name, str(event_id)


def _sources(database: Database) -> Iterator[str]:
    # From each source to the next one: as many looks as there are sources, however many signals they sent.
    ((found,),) = database.read("SELECT min(source) FROM signals")
    while found is not None:
        yield str(found)
        ((found,),) = database.read("SELECT min(source) FROM signals WHERE source > ?", (found,))


def _event(database: Database, source: str, version: int) -> StoredRow | None:
    wanted: tuple[Any, ...] = (stream_of(source).hex, version)
    where = "originator_id = ? AND originator_version = ?"
    found = rows_of(database.read(f"SELECT {COLUMNS} FROM events WHERE {where}", wanted))  # noqa: S608 - constants
    return found[0] if found else None
