"""Evidence in a folder: `evidence/<incident>/<first two of the SHA-256>/<the rest>`, each file sealed, each incident's apart.

A disk is enough: the page, the API and the command line are on the machine that has the data directory. What comes in is
written in `evidence/.incoming` and renamed once it is on disk, so that a name always is a whole content.
"""

import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from adapters.evidence.sealed_file import SALT_BYTES, KeyOf, Sealer, unseal
from domain.errors import UnavailableError
from handlers.evidence_store import EvidenceErasedError, EvidenceMissingError, Held, Received

INCOMING = ".incoming"
DEAD_AFTER_S = 3600
"""No upload is without a byte for so long: what was not written to since is of a process that died."""


class Keys(NamedTuple):
    """The incidents' data keys. `ensure` is durable on return; `key_for` derives a place's own, None once it is destroyed."""

    ensure: Callable[[UUID], None]
    key_for: Callable[[UUID, str], bytes | None]


class IncomingFile:
    """See `handlers.evidence_store.Incoming`."""

    def __init__(self, root: Path, incident: UUID, key_of: KeyOf) -> None:
        self._root, self._incident, self._key_of = root, incident, key_of
        self._path = root / INCOMING / secrets.token_hex(16)
        self._received: Received | None = None
        with storing():
            _make(root / INCOMING)
            self._file = os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
            self._sealer = Sealer(self._file, key_of, secrets.token_bytes(SALT_BYTES))

    def write(self, data: bytes) -> None:
        """Seal and write."""
        with storing():
            self._sealer.write(data)

    def finish(self) -> Received:
        """On disk on return: only the name is missing."""
        with storing():
            self._received = self._sealer.finish()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        return self._received

    def read(self) -> Iterator[bytes]:
        """What was received, opened again from the disk: what is scanned is what is kept."""
        return unseal(self._path.open("rb"), self._key_of, self._finished().sha256)

    def keep(self) -> None:
        """The rename is on disk on return. Content that lies there already is replaced by itself, whole again if it was not."""
        path = _path(self._root, self._incident, self._finished().sha256)
        with storing():
            _make(path.parent)
            self._path.replace(path)
            sync(path.parent)

    def discard(self) -> None:
        """After `keep` there is nothing to remove."""
        # What a full disk leaves in the buffer is written at the latest by closing, which then fails too: it is thrown away.
        with suppress(OSError):
            self._file.close()
        self._path.unlink(missing_ok=True)

    def _finished(self) -> Received:
        if self._received is None:
            raise RuntimeError("finish() comes first")
        return self._received


class EvidenceFolder:
    """See `handlers.evidence_store.EvidenceStore`."""

    def __init__(self, root: Path, keys: Keys) -> None:
        self._root, self._keys = root, keys

    def receive(self, incident: UUID) -> IncomingFile:
        """Begin a file under a key of its own."""
        self._keys.ensure(incident)
        key_of = self._key_of(incident)
        # Asked before a file is begun: a refusal leaves none behind.
        key_of(b"")
        return IncomingFile(self._root, incident, key_of)

    def read(self, incident: UUID, sha256: str) -> Iterator[bytes]:
        """Open it, the last piece first."""
        key_of = self._key_of(incident)
        key_of(b"")
        try:
            file = _path(self._root, incident, sha256).open("rb")
        except FileNotFoundError as error:
            msg = f"the evidence {sha256} is not in {self._root / incident.hex}: restore it from a backup"
            raise EvidenceMissingError(msg) from error
        return unseal(file, key_of, sha256)

    def delete(self, incident: UUID, sha256: str) -> bool:
        """Unlink, and put that on disk."""
        path = _path(self._root, incident, sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync(path.parent)
        return True

    def delete_all(self, incident: UUID) -> int:
        """The incident's own folder goes."""
        folder = self._root / incident.hex
        count = sum(1 for _ in folder.glob("*/*"))
        if folder.exists():
            shutil.rmtree(folder)
            sync(self._root)
        return count

    def held(self) -> Iterator[Held]:
        """By the files' names alone."""
        for path in self._root.glob("*/*/*"):
            incident, first, rest = path.parts[-3:]
            yield Held(UUID(hex=incident), first + rest)

    def clear_litter(self) -> int:
        """By when it was last written to."""
        count, dead = 0, time.time() - DEAD_AFTER_S
        for path in (self._root / INCOMING).glob("*"):
            with suppress(FileNotFoundError):  # its upload ended meanwhile
                if path.stat().st_mtime < dead:
                    path.unlink()
                    count += 1
        return count

    def _key_of(self, incident: UUID) -> KeyOf:
        def key_of(salt: bytes) -> bytes:
            key = self._keys.key_for(incident, f"evidence/{salt.hex()}")
            if key is None:
                raise EvidenceErasedError(f"the key of incident {incident} was destroyed: its evidence is erased")
            return key

        return key_of


@contextmanager
def storing() -> Iterator[None]:
    """What the disk refuses is told as what it is: nothing was kept, and the same may be taken later."""
    try:
        yield
    except OSError as error:
        msg = f"the evidence cannot be stored: {error.strerror or error}; nothing was kept, make room and send it again"
        raise UnavailableError(msg) from error


def sync(folder: Path) -> None:
    """Put the folder's entries on disk; Windows opens no folders, and writes entries through by itself."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _path(root: Path, incident: UUID, sha256: str) -> Path:
    return root / incident.hex / sha256[:2] / sha256[2:]


def _make(folder: Path) -> None:
    """With everything above it that is missing, each entry on disk: a synced file in an unsynced folder is lost with it."""
    if folder.is_dir():
        return
    _make(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    sync(folder.parent)
