"""The crisis laptop: a clean machine goes on with the log from a pack's backup, or nothing is written there at all."""

import asyncio
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from socket import gethostname
from typing import NamedTuple

from adapters import main
from adapters.backup.making import NotEmptyError
from adapters.backup.restoring import restore
from adapters.erasure.register import NAME as ERASURES
from adapters.erasure.register import read as read_erasures
from adapters.pack.manifest import BACKUP, Manifest, NoPackError, PackDamagedError, verify
from adapters.pack.sealing import Prompt, identity_of, open_archive
from adapters.primary.notice import ON_DRIVE, written
from adapters.settings import Settings
from domain.ledger.checkpoint import Checkpoint
from domain.primary import Elsewhere
from handlers import primary
from handlers.checkpoints import Checkpoints
from handlers.requests import Origin

OPENED = ".opening"
"""Beside the data directory: the backup in clear, until it is in place."""
Told = Callable[[str], None]


class Continued(NamedTuple):
    """The log goes on here. `head` is the last event that came over, `declared` where it says so."""

    manifest: Manifest
    head: int
    declared: int
    notice: Path | None
    """What tells the other house, on the pack's drive; None: the drive cannot be written, so carry `DATA/continued.txt`."""


def continue_from(
    pack: Path, key: Path, ask: Prompt, *, settings: Settings, log_key: str | None, reason: str, origin: Origin, tell: Told
) -> Continued:
    """Verify the pack, open its backup, put it in place, and declare this machine the primary house.

    Until the last of it nothing counts: killed or failed, the data directory is empty or not there, and the same command begins
    again. Raises `PackDamagedError`, `NoPackError`, `WrongKeyError`, `NotEmptyError`, `BackupError`, `OSError`.
    """
    tell("pack")
    manifest = verify(pack, log_key)
    if BACKUP not in manifest.files:
        raise NoPackError(f"{pack} has no backup: it was made without a recipient (SPORLOG_PACK_RECIPIENTS)")
    for folder in (settings.data, settings.keyring):
        if folder.exists() and any(folder.iterdir()):
            raise NotEmptyError(f"{folder} is not empty: name a new data directory, a log is never written over another")
    identity = identity_of(key, ask)
    opened = settings.data.with_name(settings.data.name + OPENED)
    shutil.rmtree(opened, ignore_errors=True)
    settings.data.parent.mkdir(parents=True, exist_ok=True)
    opened.mkdir(mode=0o700)
    try:
        tell("backup")
        open_archive(pack / BACKUP, identity, opened)
        restore(
            opened / "store",
            opened / "keyring",
            data=settings.data,
            keyring_to=settings.keyring,
            url=settings.database,
            erasures=read_erasures(pack.parent / ERASURES),
        )
    finally:
        # In clear only as long as it takes; killed before, the next attempt removes it.
        shutil.rmtree(opened, ignore_errors=True)
    tell("log")
    try:
        return _declare(pack, manifest, settings, reason, origin)
    except BaseException:
        # Not declared is not continued: the directory is as empty as it was found.
        for folder in (settings.keyring, settings.data):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _declare(pack: Path, manifest: Manifest, settings: Settings, reason: str, origin: Origin) -> Continued:
    with main.open_office(settings) as office, closing(main.open_ledger(settings)) as tables:
        store, checkpoints = office.store, main.make_checkpoints(settings, office.store, tables)
        _check_ledger(checkpoints, manifest)
        head, house = store.head(), store.house
        log_sha256 = store.log_sha256()
        if house is None or log_sha256 is None:
            raise NoPackError(f"the backup of {pack} holds no event: there is nothing to continue, begin a new log")
        label = gethostname() or "kriselaptop"
        proposed = primary.declared(house.id, label, head, reason, origin)
        declared = asyncio.run(office.desk.committer.submit(partial(primary.record, proposed=proposed)))
        # From here on the log itself names this house, durably. What follows only tells others, and may be told by hand.
        elsewhere = Elsewhere(
            log=log_sha256, house=house.id, label=label, from_position=head, declared_at=proposed.meta.occurred_at
        )
        notice = written(elsewhere, checkpoints.signing_keys.signer(checkpoints.begin()[-1].vkey))
        (settings.data / ON_DRIVE).write_bytes(notice)
        with main.open_projectors(settings, store) as projectors:
            for projector in projectors.values():
                projector.catch_up()
    return Continued(manifest, head, declared, _tell_drive(pack, notice))


def _check_ledger(checkpoints: Checkpoints, manifest: Manifest) -> None:
    """The log that came over holds the tree that the pack's checkpoint signs, and its key is the one that signed the pack."""
    checkpoints.keeper.catch_up()
    signer = checkpoints.signing_keys.signer(checkpoints.begin()[-1].vkey)
    if signer.key.vkey != manifest.vkey:
        raise PackDamagedError("the backup's own key is not the one that signed the pack: it belongs to another log")
    if manifest.checkpoint is None:
        return
    said: Checkpoint = checkpoints.checkpoint_of(manifest.checkpoint)
    if said.size > checkpoints.ledger.size() or checkpoints.ledger.root_at(said.size) != said.root:
        raise PackDamagedError(f"the log in the backup is not the one whose {said.size} events the pack's checkpoint signs")


def _tell_drive(pack: Path, notice: bytes) -> Path | None:
    path = pack.parent / ON_DRIVE
    try:
        path.write_bytes(notice)
    except OSError:
        return None
    return path
