"""What a backup holds, looked at event by event: nothing is believed that was not read."""

import hashlib
import sqlite3
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from pydantic import BaseModel, ConfigDict

from adapters.backup.evidence import examine_evidence
from adapters.event_store.application import EventStore
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.keyring import Keyring, load_master_key
from adapters.event_store.schema import STEPS
from domain.errors import SporlogError
from domain.events import StoredRow
from domain.ledger.entry import entry

READ = 2000
EVENTS, KEYRING, MASTER_KEY = "events.db", "keyring.db", "master.key"
KEYRING_FILES = (KEYRING, MASTER_KEY, "checkpoint.key", "checkpoint.key.next")
"""What a keyring's directory may hold; the last two only once the ledger is signed, and while its key is changed."""


class BackupError(SporlogError):
    """A backup is incomplete, damaged, or does not go with its keyring. Nothing was restored from it."""

    code: ClassVar[str] = "backup"


class Contents(BaseModel):
    """What is in a store. `digest` is SHA-256 over the entries of all events, in order, in the form of the ledger's leaf."""

    model_config = ConfigDict(frozen=True)

    schema_version: int
    head: int
    last_recorded_at: datetime | None = None
    digest: str
    tables: dict[str, int]
    """Rows by table."""
    sealed: int
    """Events with confidential fields; the key of each is in the keyring and opens it."""
    erased: int
    """Of these, events whose key was destroyed on purpose."""
    evidence: int = 0
    """Files of evidence that the log names, each read through."""
    evidence_lost: tuple[str, ...] = ()
    """`<incident>/<SHA-256>` of those that were missing or changed already when the backup was taken."""


def examine(events: Path, keyring_folder: Path, evidence: Path) -> Contents:
    """Read everything: the file's integrity, dense positions and versions, every sealed text and payload with its key.

    Of the evidence what is lost is named, and no fault: a file that is gone must not keep the log from being backed up.

    Both are opened as a store would be (WAL): examine a copy, never the only one. Raises `BackupError` naming the first fault.
    """
    _check_file(events)
    _check_file(keyring_folder / KEYRING)
    with ExitStack() as open_files:
        key = load_master_key(keyring_folder / MASTER_KEY, create=False)
        keyring_database = SQLiteDatabase(keyring_folder / KEYRING)
        database = SQLiteDatabase(events)
        store = EventStore(database, Keyring(keyring_database, key), {})
        open_files.callback(store.close)
        _check_versions(database)
        sealed, erased, digest, last = _read_events(store, _kids(keyring_database))
        _check_payloads(store, _kids(keyring_database))
        whole, lost = examine_evidence(store, evidence)
        return Contents(
            schema_version=len(STEPS),
            head=store.head(),
            last_recorded_at=last,
            digest=digest,
            tables={name: database.read(f'SELECT count(*) FROM "{name}"')[0][0] for name in tables_of(database)},  # noqa: S608
            sealed=sealed,
            erased=erased,
            evidence=whole,
            evidence_lost=lost,
        )


def tables_of(database: SQLiteDatabase) -> list[str]:
    """The store's tables, by name."""
    rows = database.read("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    return [str(row[0]) for row in rows]


def settle(path: Path) -> None:
    """Leave a SQLite file as one file, without its WAL beside it; durable on return."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA journal_mode=DELETE")


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise BackupError(f"{path} is missing: a backup is its directory and its keyring directory, both whole")
    try:
        with closing(sqlite3.connect(path)) as connection:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        said = str(error)
    if said != "ok":
        raise BackupError(f"{path} is damaged: {said}. Use another backup")


def _check_versions(database: SQLiteDatabase) -> None:
    rows = database.read(
        "SELECT originator_id, count(*), max(originator_version) FROM events GROUP BY 1"
        " HAVING count(*) <> max(originator_version) OR min(originator_version) <> 1 LIMIT 1"
    )
    if rows:
        raise BackupError(f"stream {rows[0][0]} has {rows[0][1]} events up to version {rows[0][2]}: some are missing")


def _kids(keyring: SQLiteDatabase) -> dict[str, bool]:
    """Key ids; True for those that still open."""
    return {kid: bool(there) for kid, there in keyring.read("SELECT kid, wrapped IS NOT NULL FROM data_keys")}


def _read_events(store: EventStore, kids: dict[str, bool]) -> tuple[int, int, str, datetime | None]:
    digest, position, last_us, sealed, erased = hashlib.sha256(), 0, 0, 0, 0
    while rows := store.rows(position, READ):
        for row in rows:
            if row.position != position + 1:
                raise BackupError(f"event {position + 1} is missing: the next one there is {row.position}")
            if row.recorded_at_us < last_us:
                raise BackupError(f"event {row.position} was recorded before the one in front of it")
            position, last_us = row.position, row.recorded_at_us
            digest.update(entry(row))
            kid = _check_event(store, row, kids)
            sealed += kid is not None
            erased += kid is not None and not kids[kid]
    last = datetime.fromtimestamp(last_us / 1_000_000, UTC) if position else None
    return sealed, erased, digest.hexdigest(), last


def _check_event(store: EventStore, row: StoredRow, kids: dict[str, bool]) -> str | None:
    """The id of the key that opened it; None when nothing in it is sealed."""
    where = f"event {row.position} ({row.topic})"
    try:
        sealed = store.mapper.record(row).event.sealed
        if sealed is not None and sealed.kid in kids:
            # The tag proves that key and text belong together.
            store.unseal(row.aggregate_id, row.version, sealed)
    except SporlogError as error:
        raise BackupError(f"{where}: {error}") from error
    except (ValueError, KeyError) as error:
        raise BackupError(f"{where} cannot be read: {error!r}. A newer Sporlog may have written it") from error
    if sealed is not None and sealed.kid not in kids:
        raise BackupError(f"{where}: its key {sealed.kid} is not in the keyring: it belongs to another or an older backup")
    return None if sealed is None else sealed.kid


def _check_payloads(store: EventStore, kids: dict[str, bool]) -> None:
    after = 0
    while rows := store.database.read("SELECT id, sha256, kid FROM payloads WHERE id > ? ORDER BY id LIMIT ?", (after, READ)):
        for number, sha256, kid in rows:
            after = number
            if kid not in kids:
                raise BackupError(f"payload {bytes(sha256).hex()}: its key {kid} is not in the keyring")
            try:
                store.payload(bytes(sha256).hex())
            except (InvalidTag, ValueError) as error:
                raise BackupError(f"payload {bytes(sha256).hex()} does not open with its key {kid}") from error
