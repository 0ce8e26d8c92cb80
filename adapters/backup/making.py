"""Backups: a consistent copy of the store while others write, and its keyring in a directory apart.

    BACKUP/events.db        every table of the store, a SQLite file also when the store is PostgreSQL: it restores to either
    BACKUP/evidence/        the files of evidence, sealed
    BACKUP/manifest.json    written last; without it the backup is not whole
    KEYRING/keyring.db, KEYRING/master.key, KEYRING/checkpoint.key, KEYRING/manifest.json

Whoever holds one of the two directories alone can read nothing confidential. Keep them in different places.
"""

import hashlib
import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict

from adapters.backup.check import EVENTS, KEYRING, KEYRING_FILES, BackupError, Contents, examine, settle, tables_of
from adapters.backup.evidence import copy_evidence
from adapters.event_store.database import Database, SQLiteDatabase
from adapters.event_store.schema import migrate
from adapters.main import EVIDENCE
from domain.errors import ConflictError

MANIFEST = "manifest.json"
CHUNK = 5000


class NotEmptyError(ConflictError):
    """There is something already where a backup or a restore should go: nothing was written."""

    code = "not-empty"


class FileSeal(BaseModel):
    """A file as it was written."""

    model_config = ConfigDict(frozen=True)

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What belongs to one half of a backup. The two halves have the same `backup`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["sporlog/backup/v1"] = "sporlog/backup/v1"
    backup: UUID
    part: Literal["events", "keyring"]
    created_at: AwareDatetime
    files: dict[str, FileSeal]
    contents: Contents | None = None
    """Of the events; None for the keyring, and where nothing was read through."""
    read_through: bool = True
    """Whether it was when it was taken; else it is where it is restored, and nowhere before."""


def take_backup(
    database: Database,
    *,
    url: str | None,
    keyring: Path,
    evidence: Path,
    to: Path,
    keyring_to: Path,
    now: datetime,
    only_evidence_of: Collection[UUID] | None = None,
    read_through: bool = True,
) -> Manifest:
    """Copy the store as of one moment, then its keyring and its evidence, and read both copies through before they count.

    `only_evidence_of` leaves out all other evidence, and without `read_through` the copies are read where they are restored:
    both for the emergency pack, which must be made in seconds and fit on a stick.

    `url` is PostgreSQL's, None for SQLite. Writers go on meanwhile. Everything is on disk when it returns. Raises
    `NotEmptyError`, `BackupError`, `UnavailableError`; what is left behind after an error has no manifest and is no backup.
    """
    for folder in (to, keyring_to):
        make_empty(folder)
    if isinstance(database, SQLiteDatabase):
        database.backup_to(to / EVENTS)
    else:
        _copy_from_postgres(str(url), to / EVENTS)
    # The keyring second: a key is durable before the first event that it seals, so each copied event finds its key here.
    source = SQLiteDatabase(keyring / KEYRING)
    try:
        source.backup_to(keyring_to / KEYRING)
    finally:
        source.close()
    kept = [name for name in KEYRING_FILES if (keyring / name).exists()]
    for name in kept:
        if name != KEYRING:
            shutil.copyfile(keyring / name, keyring_to / name)
    for file in (to / EVENTS, *(keyring_to / name for name in kept)):
        file.chmod(0o600)
    files = copy_evidence(evidence, to, only_evidence_of)
    contents = examine(to / EVENTS, keyring_to, to / EVIDENCE) if read_through else None
    settle(to / EVENTS)
    settle(keyring_to / KEYRING)
    backup = uuid4()
    _write(keyring_to, Manifest(backup=backup, part="keyring", created_at=now, files=_seals(keyring_to, *kept)))
    manifest = Manifest(
        backup=backup,
        part="events",
        created_at=now,
        files=_seals(to, EVENTS, *files),
        contents=contents,
        read_through=read_through,
    )
    # Last of all: from here on it is a backup.
    _write(to, manifest)
    return manifest


def read_manifest(folder: Path, part: Literal["events", "keyring"]) -> Manifest:
    """The manifest of one half, its files unchanged since. Raises `BackupError`."""
    path = folder / MANIFEST
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BackupError(f"{path} cannot be read: {error}. Without it this is no whole backup") from error
    if manifest.part != part:
        raise BackupError(f"{folder} holds the {manifest.part} of a backup, not the {part}: the two were swapped")
    for name, seal in manifest.files.items():
        check_seal(folder / name, seal)
    return manifest


def check_seal(path: Path, seal: FileSeal) -> None:
    """Raises `BackupError` when the file is not as it was written."""
    if not path.is_file() or _seal(path) != seal:
        raise BackupError(f"{path} is missing or was changed after the backup: use another backup")


def make_empty(folder: Path) -> None:
    """Make the directory, or take an empty one; only its owner may enter. Raises `NotEmptyError`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise NotEmptyError(f"{folder} is not empty: name an empty or a new directory")


def sync(folder: Path) -> None:
    """Put the directory's entries on disk, where the system can."""
    with suppress(OSError):  # Windows opens no directories; it writes entries through by itself
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def columns_of(database: SQLiteDatabase, table: str) -> list[str]:
    """A table's columns, without the number that each database gives its rows by itself."""
    return [str(row[1]) for row in database.read(f'PRAGMA table_info("{table}")') if row[1] != "id"]


def _copy_from_postgres(url: str, path: Path) -> None:
    import psycopg  # noqa: PLC0415 - only who uses PostgreSQL pays for it
    from psycopg import sql  # noqa: PLC0415 - the same

    copy = SQLiteDatabase(path)
    migrate(copy)
    with psycopg.connect(url) as source:
        source.isolation_level, source.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        for table in tables_of(copy):
            columns = columns_of(copy, table)
            marks, names = ",".join("?" * len(columns)), ",".join(columns)
            query = sql.SQL("SELECT {} FROM {}").format(sql.SQL(",").join(map(sql.Identifier, columns)), sql.Identifier(table))
            # A cursor on the server: a log of millions is never in memory, and all tables are as of one snapshot.
            with source.cursor(name=f"backup_{table}") as cursor, copy.write() as target:
                target.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own names
                cursor.execute(query)
                while rows := cursor.fetchmany(CHUNK):
                    target.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608 - the same
    copy.close()


def _seals(folder: Path, *names: str) -> dict[str, FileSeal]:
    return {name: _seal(folder / name) for name in names}


def _seal(path: Path) -> FileSeal:
    with path.open("rb") as file:
        return FileSeal(bytes=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest())


def _write(folder: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        with (folder / name).open("rb+") as file:
            os.fsync(file.fileno())
    fresh = folder / f"{MANIFEST}.new"
    _write_durably(fresh, manifest.model_dump_json(indent=2, exclude_none=True).encode() + b"\n")
    fresh.replace(folder / MANIFEST)
    sync(folder)


def _write_durably(path: Path, text: bytes) -> None:
    with path.open("wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
