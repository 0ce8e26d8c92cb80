"""An older backup does not bring back what was erased since: the erasures are recorded again, and done, before it serves.

What a register names is held against the backup's own log: a text is only erased where it is the very text that was meant.
"""

import hashlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from adapters.erasure import register as erasure_register
from adapters.erasure.register import Erasure
from adapters.event_store import unmaking
from adapters.event_store.application import EventStore
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.keyring import Keyring, load_master_key
from domain.errors import UnavailableError
from domain.events import Recorded
from domain.incident.erasing import erasable, rest_of
from domain.incident.events import Disposed, Redacted
from handlers.unit_of_work import UnitOfWork


class Again(NamedTuple):
    """How many erasures were done again; and which incidents are disposed of: their evidence is not restored."""

    erased: int
    disposed: tuple[UUID, ...]


def erase_again(events: Path, keyring: Path, erasures: Iterable[Erasure], register: Path) -> Again:
    """Erase in a store that nobody else has open; `register` gets every line, also those that it had no use for.

    Durable on return, and out of the files. Raises `UnavailableError` if a file is in somebody's hands.
    """
    told = list(erasures)
    ring = Keyring(SQLiteDatabase(keyring / "keyring.db"), load_master_key(keyring / "master.key", create=False))
    store = EventStore(SQLiteDatabase(events), ring, {})
    try:
        erased = sum(_record(store, one) for one in told)
        left = unmaking.pending(store)
        for row in left:
            unmaking.destroy(store, row)
        if not unmaking.scrub(store):
            msg = f"{events}: somebody else reads it, so what was erased cannot be taken out of it; restore to a new directory"
            raise UnavailableError(msg)
        for row in left:
            unmaking.mark_done(store, row)
        # What the backup's own log erased belongs to the register too.
        rows = unmaking.recorded(store)
        erasure_register.add(register, [*told, *map(erasure_register.erasure_of, rows)])
    finally:
        store.close()
    return Again(erased, tuple(row.aggregate_id for row in rows if row.topic == Disposed.TOPIC))


def _record(store: EventStore, erasure: Erasure) -> bool:
    """Whether the backup holds what was erased, as it was: then it is recorded that it is erased."""
    incident = UUID(erasure.id.partition("/")[0])
    told = store.read_stream(incident)
    if not told or any(isinstance(one.event, Disposed) for one in told):
        return False
    event = _disposed(erasure) if erasure.topic == Disposed.TOPIC else _redacted(store, erasure, told)
    if event is None:
        return False
    (outcome,) = store.commit([partial(_append, incident=incident, event=event)])
    if isinstance(outcome, Exception):
        raise outcome
    return True


def _append(uow: UnitOfWork, *, incident: UUID, event: Disposed | Redacted) -> None:
    # A fact by now: who decided it, when and on what ground stands in the line.
    uow.append(incident, [event], expected=uow.version(incident))
    if isinstance(event, Disposed):
        uow.set_open_components(incident, ())


def _disposed(erasure: Erasure) -> Disposed:
    return Disposed.model_validate(_again(erasure))


def _redacted(store: EventStore, erasure: Erasure, told: list[Recorded]) -> Redacted | None:
    event = Redacted.model_validate(_again(erasure))
    number, path = event.redacted_number or 0, event.path or ""
    if number > len(told) or path not in erasable(told[number - 1].event):
        return None
    (row,) = store.recorder.stream(told[0].aggregate_id, number - 1, limit=1)
    if hashlib.sha256(row.state).hexdigest() != event.redacted_sha256:
        return None
    return event.model_copy(update={"kept": rest_of(told[number - 1].event, path)})


def _again(erasure: Erasure) -> dict[str, Any]:
    meta = {**erasure.state["meta"], "channel": "system", "causation_id": erasure.id}
    return {**erasure.state, "meta": meta}


def keep_beside(store: EventStore, data: Path, backups: Path) -> None:
    """Bring the register beside the backups up to date with that of the data directory and with the log. On disk on return."""
    known = erasure_register.read(data / erasure_register.NAME)
    logged = map(erasure_register.erasure_of, unmaking.recorded(store))
    erasure_register.add(backups / erasure_register.NAME, [*known, *logged])
