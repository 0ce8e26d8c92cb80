"""A pack leaves the house, or is opened: only one that is as it was signed."""

import asyncio
import shutil
from functools import partial
from pathlib import Path
from typing import NamedTuple

from adapters.pack.manifest import PAPERS, NoPackError, digest_of, verify
from adapters.pack.sealing import Prompt, identity_of, open_archive
from adapters.pack.shelf import Kept
from domain.errors import ConflictError
from handlers import packs
from handlers.desk import Desk
from handlers.requests import Origin


class NotANewFolderError(ConflictError):
    """Something is there already. Nothing was written."""

    code = "not-empty"


class Released(NamedTuple):
    """On record, at position `recorded`."""

    manifest_sha256: str
    recorded: int


async def release_pack(desk: Desk, kept: Kept, recipient: str | None, reason: str | None, origin: Origin) -> Released:
    """Record that somebody gets it. Raises `PackDamagedError`, `ReasonMissingError`, `UnavailableError`."""
    manifest = await asyncio.to_thread(verify, kept.folder)
    digest = digest_of(kept.folder)
    proposed = packs.released(manifest.name, digest, recipient, reason, origin)
    return Released(digest, await desk.committer.submit(partial(packs.record, proposed=proposed)))


def open_papers(folder: Path, key: Path, ask: Prompt, to: Path) -> None:
    """Unpack the papers of a sealed pack into a new folder; whole, or nothing is left there.

    Raises `PackDamagedError`, `NoPackError` when they are not sealed, `WrongKeyError`, `NotANewFolderError`, `OSError`.
    """
    manifest = verify(folder)
    if PAPERS not in manifest.files:
        raise NoPackError(f"the papers of {folder} are not sealed: read them where they lie")
    if to.exists():
        raise NotANewFolderError(f"{to} is there already: name a new folder")
    identity = identity_of(key, ask)
    to.mkdir(mode=0o700)
    try:
        open_archive(folder / PAPERS, identity, to)
    except BaseException:
        shutil.rmtree(to, ignore_errors=True)
        raise
