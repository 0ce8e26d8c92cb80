"""A pack is made: read, typeset, sealed, signed, on record, and only then under its name."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import structlog

from adapters.pack.drawing import Maps
from adapters.pack.manifest import BACKUP, MANIFEST, PAPERS, SIGNATURE, Manifest, seal, signed
from adapters.pack.papers import papers, read_plans
from adapters.pack.sealing import recipients_of, seal_files, seal_folders
from adapters.pack.shelf import Draft, Shelf
from domain.errors import SporlogError
from domain.pack import PackMade
from handlers import packs
from handlers.checkpoints import Checkpoints, Signer
from handlers.desk import Desk
from handlers.evidence_store import EvidenceStore
from handlers.pack_contents import Contents
from handlers.requests import Origin, StepRequest, meta_of

log = structlog.get_logger(__name__)

README = """NØDPAKKE. Fortroligt.

Papirerne er lukket med age. Åbn dem på en maskine med Sporlog:
    sporlog pack open {name} --key NØGLEFIL --to MAPPE
eller med age alene:  age -d -i NØGLEFIL papirer.tar.age | tar -x

EMERGENCY PACK. Confidential.

The papers are sealed with age. Open them on a machine with Sporlog (sporlog pack open), or with age alone as above.
"""
NO_BACKUP = (
    "Ingen backup i pakken: der er ingen modtager (SPORLOG_PACK_RECIPIENTS), så kriselaptoppen kan ikke fortsætte fra den."
)
NO_CHECKPOINT = "Regnskabet kunne ikke underskrives: {error}"


class Copies(NamedTuple):
    """Where a backup of the house is written before it is sealed, half each: on the disks that hold the same already."""

    store: Path
    keyring: Path
    take: Callable[[Path, Path, Contents], None]
    """Writes both halves into these new folders, with the plans' files and no other evidence."""


@dataclass(frozen=True)
class PackRoom:
    """What packs are made of. `read` catches the read models up first; `maps` draws what is drawn."""

    checkpoints: Checkpoints
    evidence: EvidenceStore
    read: Callable[[Desk, datetime], Contents]
    maps: Callable[[Contents], Maps]
    copies: Copies
    tell_erasures: Callable[[Path], None]
    """Brings the register of erasures in this folder up to date: who goes on from an older pack erases the same again."""


class Wanted(NamedTuple):
    """Who can open what is sealed in it, and whether its papers are."""

    recipients: Sequence[str] = ()
    encrypt: bool = False


class Made(NamedTuple):
    """A pack that is on record, at `recorded`, and has its name."""

    folder: Path
    manifest: Manifest
    recorded: int
    removed: tuple[str, ...]
    """Older packs that went."""


async def make_pack(room: PackRoom, desk: Desk, shelf: Shelf, wanted: Wanted, origin: Origin) -> Made:
    """Make a pack of what `desk` sees.

    Killed at any moment, or out of disk, it leaves the older packs as they are and at most a hidden draft, which the next one
    removes. Raises `PackBusyError`, `DriveMissingError`, `RecipientError`, `UnavailableError`, `OSError`.
    """
    recipients_of(wanted.recipients)
    with shelf.making(origin.now) as draft:
        manifest, digest = await asyncio.to_thread(_write, room, desk, draft, wanted, origin.now)
        made = PackMade(
            meta=meta_of(StepRequest(), origin),
            name=manifest.name,
            manifest_sha256=digest,
            position=manifest.position,
            files=len(manifest.files),
            bytes=manifest.bytes,
            encrypted=manifest.encrypted,
            with_backup=manifest.with_backup,
        )
        # The draft's bytes are durable, so what is recorded of them is true. Killed from here on, the record tells of a pack
        # that nobody has; never is there a pack without its record. Whether there is a fresh one, the drive alone says.
        recorded = await desk.committer.submit(partial(packs.record, proposed=made))
        await asyncio.to_thread(room.tell_erasures, shelf.folder)
        folder = await asyncio.to_thread(draft.publish)
        # Only now: a newer whole one is there.
        removed = await asyncio.to_thread(shelf.tidy, origin.now)
    log.info("emergency pack made", name=manifest.name, position=manifest.position, bytes=manifest.bytes, removed=removed)
    return Made(folder, manifest, recorded, tuple(removed))


def _write(room: PackRoom, desk: Desk, draft: Draft, wanted: Wanted, now: datetime) -> tuple[Manifest, str]:
    contents = room.read(desk, now)
    plans = read_plans(contents, room.evidence)
    lacking = [f"{held.plan.name}: {held.lacking.da}" for held, _ in plans if held.lacking is not None]
    signer, checkpoint = _signature(room.checkpoints, lacking)
    files = papers(contents, desk, plans, room.maps(contents))
    if wanted.encrypt:
        draft.add("LAES-MIG.txt", README.format(name=draft.name).encode())
        with draft.open(PAPERS) as file:
            seal_files(files, file, wanted.recipients)
    else:
        for name, content in files:
            draft.add(name, content)
    if wanted.recipients:
        _back_up(room.copies, contents, draft, wanted.recipients)
    else:
        lacking.append(NO_BACKUP)
    manifest = Manifest(
        name=draft.name,
        entity=contents.entity,
        made_at=now,
        position=contents.position,
        vkey=signer.key.vkey,
        checkpoint=checkpoint,
        encrypted=wanted.encrypt,
        recipients=tuple(wanted.recipients),
        lacking=tuple(lacking),
        files={name: seal(draft.path / name) for name in _names(draft.path)},
    )
    body, signature, digest = signed(manifest, signer)
    draft.add(MANIFEST, body)
    draft.add(SIGNATURE, signature)
    draft.sync()
    return manifest, digest


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _signature(checkpoints: Checkpoints, lacking: list[str]) -> tuple[Signer, str | None]:
    """The key in force, and the newest checkpoint. A ledger that differs is told of; it keeps no pack from being made."""
    try:
        made = checkpoints.make()
        note = made.signed.note if made else None
    except SporlogError as error:
        lacking.append(NO_CHECKPOINT.format(error=error))
        note = None
    return checkpoints.signing_keys.signer(checkpoints.begin()[-1].vkey), note


def _back_up(copies: Copies, contents: Contents, draft: Draft, recipients: Sequence[str]) -> None:
    # What a process left here that was killed is as confidential as the keyring beside it, and goes first.
    for folder in (copies.store, copies.keyring):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        copies.take(copies.store, copies.keyring, contents)
        with draft.open(BACKUP) as file:
            seal_folders((("store", copies.store), ("keyring", copies.keyring)), file, recipients)
    finally:
        for folder in (copies.store, copies.keyring):
            shutil.rmtree(folder, ignore_errors=True)
