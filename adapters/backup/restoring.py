"""Restoring: a backup is copied aside, read through there, and only then put in place. It serves whole or not at all."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from adapters.backup.check import EVENTS, KEYRING, KEYRING_FILES, BackupError, Contents, examine, settle, tables_of
from adapters.backup.evidence import copy_all
from adapters.backup.making import NotEmptyError, check_seal, columns_of, make_empty, read_manifest, sync
from adapters.erasure.erasing_again import Again, erase_again
from adapters.erasure.register import NAME as REGISTER
from adapters.erasure.register import Erasure
from adapters.event_store.database import SQLiteDatabase
from adapters.main import EVIDENCE

STAGED = ".restoring"
NOT_EMPTY = "the PostgreSQL database holds events already: restore into a new database, then change over"


def check_backup(backup: Path, keyring: Path, work: Path) -> Contents:
    """Copy both halves into the empty directory `work` and read them through there. Raises `BackupError`.

    The backup itself is only read: it may lie on a medium that cannot be written. Its evidence is read where it lies.
    """
    events, keys = read_manifest(backup, "events"), read_manifest(keyring, "keyring")
    if events.backup != keys.backup:
        raise BackupError(f"{backup} and {keyring} are of two different backups: find the keyring that was written with it")
    (work / "keyring").mkdir(mode=0o700)
    shutil.copyfile(backup / EVENTS, work / EVENTS)
    for name in [name for name in KEYRING_FILES if name in keys.files]:
        shutil.copyfile(keyring / name, work / "keyring" / name)
        (work / "keyring" / name).chmod(0o600)
    (work / EVENTS).chmod(0o600)
    found = examine(work / EVENTS, work / "keyring", backup / EVIDENCE)
    settle(work / EVENTS)
    settle(work / "keyring" / KEYRING)
    if events.read_through:
        _compare(found, events.contents)
    return found


def restore(
    backup: Path, keyring: Path, *, data: Path, keyring_to: Path, url: str | None, erasures: Sequence[Erasure] = ()
) -> tuple[Contents, Again]:
    """Put a verified backup in place as the store of `data` (SQLite, or PostgreSQL at `url`) and its keyring.

    What `erasures` name is erased from it again before anything is put in place.

    Everything is on disk when it returns; the read models are made from it at the next start. Raises `BackupError`,
    `NotEmptyError`: then nothing was put in place.
    """
    for folder in (data, keyring_to):
        if folder.exists() and any(folder.iterdir()):
            raise NotEmptyError(f"{folder} is not empty: restore into a new directory, then change over")
    staged = data.with_name(data.name + STAGED)
    make_empty(staged)
    try:
        found = check_backup(backup, keyring, staged)
        again = erase_again(staged / EVENTS, staged / "keyring", erasures, staged / REGISTER)
        settle(staged / EVENTS)
        settle(staged / "keyring" / KEYRING)
        if url is not None:
            _refuse_events_in(url)
        gone = tuple(f"{EVIDENCE}/{incident.hex}/" for incident in again.disposed)
        files = read_manifest(backup, "events").files
        seals = {name: seal for name, seal in files.items() if name != EVENTS and not name.startswith(gone)}
        copy_all(seals, backup, staged)
        for name, seal in seals.items():
            check_seal(staged / name, seal)
        _put_in_place(staged, data, keyring_to)
        if url is not None:
            _copy_to_postgres(data / EVENTS, url)
            (data / EVENTS).unlink()
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return found, again


def _compare(found: Contents, told: Contents | None) -> None:
    if told is None:
        raise BackupError("the manifest does not say what is in the backup")
    for name in ("head", "digest", "sealed", "evidence", "evidence_lost"):
        if getattr(found, name) != getattr(told, name):
            raise BackupError(f"{name} is {getattr(found, name)}, the manifest says {getattr(told, name)}: use another backup")
    for table, count in told.tables.items():
        if found.tables.get(table) != count:
            raise BackupError(
                f"table {table} has {found.tables.get(table)} rows, the manifest says {count}: use another backup"
            )


def _put_in_place(staged: Path, data: Path, keyring_to: Path) -> None:
    # The keyring before any event: dying in between leaves keys without events, never events without their keys.
    if keyring_to != data / "keyring":
        keyring_to.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in [name for name in KEYRING_FILES if (staged / "keyring" / name).exists()]:
            shutil.move(staged / "keyring" / name, keyring_to / name)
        (staged / "keyring").rmdir()
        sync(keyring_to)
    if data.exists():
        data.rmdir()
    staged.replace(data)
    sync(data.parent)


def _refuse_events_in(url: str) -> None:
    from adapters.event_store.postgres import PostgresDatabase  # noqa: PLC0415 - only who uses PostgreSQL pays for it
    from adapters.event_store.schema import migrate  # noqa: PLC0415 - the same

    database = PostgresDatabase(url)
    try:
        migrate(database)
        if database.read("SELECT 1 FROM events LIMIT 1"):
            raise NotEmptyError(NOT_EMPTY)
    finally:
        database.close()


def _copy_to_postgres(events: Path, url: str) -> None:
    import psycopg  # noqa: PLC0415 - only who uses PostgreSQL pays for it
    from psycopg import sql  # noqa: PLC0415 - the same

    source = SQLiteDatabase(events)
    with psycopg.connect(url) as target, target.cursor() as cursor:
        cursor.execute("LOCK TABLE events IN EXCLUSIVE MODE")
        if cursor.execute("SELECT 1 FROM events LIMIT 1").fetchone() is not None:
            raise NotEmptyError(NOT_EMPTY)
        for table in tables_of(source):
            columns = columns_of(source, table)
            names = sql.SQL(",").join(map(sql.Identifier, columns))
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as copy:
                for row in _rows(source, table, columns):
                    copy.write_row(row)
        # Committed on leaving: all tables or none.
    source.close()


def _rows(source: SQLiteDatabase, table: str, columns: Sequence[str]) -> Any:  # noqa: ANN401 - rows of any table
    after, names = 0, ",".join(columns)
    while rows := source.read(f'SELECT rowid, {names} FROM "{table}" WHERE rowid > ? ORDER BY rowid LIMIT 5000', (after,)):  # noqa: S608
        for number, *row in rows:
            after = number
            yield row
