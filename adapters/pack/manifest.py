"""What a pack holds, signed: manifest.json names each file with its SHA-256, manifest.sig is a note over the manifest's own.

    manifest.sig:   log.kommune.dk emergency pack
                    9f86d081884c7d65...            SHA-256 of manifest.json, hex

                    — log.kommune.dk Az3grl...     Ed25519, the key that signs the ledger's checkpoints

The text has two lines, a checkpoint's has three: neither signature can be taken for the other.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, NonNegativeInt

from adapters.transparency.ed25519 import Ed25519Verifier
from domain.errors import InvalidInputError, SporlogError
from domain.ledger.key import parse_vkey
from domain.ledger.note import Note, parse_note, verified_by
from handlers.checkpoints import Signer

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
CHUNK = 1 << 20


class PackDamagedError(SporlogError):
    """A file of the pack is missing, changed or not of it, or the manifest was not signed by that key. Use another pack."""

    code: ClassVar[str] = "pack-damaged"


class NoPackError(InvalidInputError):
    """There is no whole pack there."""

    code: ClassVar[str] = "no-pack"


class FileSeal(BaseModel):
    """A file as it was written."""

    model_config = ConfigDict(frozen=True)

    bytes: NonNegativeInt
    sha256: str


class Manifest(BaseModel):
    """Times are UTC. Every event up to `position` is told of in the papers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["sporlog/pack/v1"] = "sporlog/pack/v1"
    name: str
    entity: str
    made_at: AwareDatetime
    position: NonNegativeInt
    vkey: str
    """The public key of the signature. Who received it in another way knows that the pack is the log's."""
    checkpoint: str | None
    """The ledger's newest signed note; None: it could not be signed, `lacking` says so."""
    encrypted: bool
    recipients: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    """What should be in it and is not, in Danish."""
    files: dict[str, FileSeal]

    @property
    def bytes(self) -> int:
        """Of all files."""
        return sum(seal.bytes for seal in self.files.values())

    @property
    def with_backup(self) -> bool:
        """Whether another machine can go on from it."""
        return BACKUP in self.files


BACKUP, PAPERS = "backup.tar.age", "papirer.tar.age"


def seal(path: Path) -> FileSeal:
    """Of a file on disk."""
    with path.open("rb") as file:
        return FileSeal(bytes=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest())


def signed(manifest: Manifest, signer: Signer) -> tuple[bytes, bytes, str]:
    """Manifest, signature and the manifest's SHA-256: the same manifest gives the same bytes."""
    body = manifest.model_dump_json(indent=2).encode() + b"\n"
    digest = hashlib.sha256(body).hexdigest()
    text = f"{signer.key.name} emergency pack\n{digest}\n"
    return body, str(Note(text, (signer.sign(text),))).encode(), digest


def digest_of(folder: Path) -> str:
    """SHA-256 (hex) of the pack's manifest: what it is called in the log."""
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest as it says, nothing checked. Raises `NoPackError`."""
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise NoPackError(f"{folder} is no whole pack: {MANIFEST} cannot be read ({type(error).__name__})") from error


def verify(folder: Path, vkey: str | None = None) -> Manifest:
    """Read every file and hold it against the signed manifest. Raises `NoPackError`, `PackDamagedError`, `MalformedError`.

    With `vkey` it must be that key's: without it the pack is known to be consistent, and not whose it is.
    """
    manifest = read_manifest(folder)
    if vkey is not None and vkey != manifest.vkey:
        raise PackDamagedError(f"{folder} is signed by {manifest.vkey}, not by {vkey}: it is another log's, or forged")
    _check_signature(folder, manifest)
    there = {path.relative_to(folder).as_posix() for path in _files(folder)} - {MANIFEST, SIGNATURE}
    for name in sorted(there - manifest.files.keys()):
        raise PackDamagedError(f"{folder / name} is not in the manifest: somebody put it there")
    for name, told in manifest.files.items():
        if name not in there or seal(folder / name) != told:
            raise PackDamagedError(f"{folder / name} is missing or was changed: use another pack")
    return manifest


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if not path.is_dir())


def _check_signature(folder: Path, manifest: Manifest) -> None:
    try:
        note = parse_note((folder / SIGNATURE).read_bytes())
        verified_by(note, [Ed25519Verifier.of(manifest.vkey)])
    except (OSError, SporlogError) as error:
        raise PackDamagedError(f"{folder / SIGNATURE} does not sign this pack: {error}") from error
    if note.text != f"{parse_vkey(manifest.vkey).name} emergency pack\n{digest_of(folder)}\n":
        raise PackDamagedError(f"{folder / MANIFEST} was changed after it was signed: use another pack")
