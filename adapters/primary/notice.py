"""A notice that a log goes on elsewhere, as a file that is carried: signed by the log's own key, so nobody else stops a house.

log.kommune.dk continued elsewhere
{"log":"9f86d0...","house":"...","label":"kriselaptop","from_position":1234,"declared_at":"2026-11-29T05:00:00Z"}

— log.kommune.dk Az3grl...     Ed25519, the key that signs the ledger's checkpoints
"""

from pathlib import Path
from typing import ClassVar

import structlog
from pydantic import ValidationError

from adapters.primary.house import House
from adapters.transparency.ed25519 import Ed25519Verifier
from adapters.transparency.key_files import KEY, KeyFiles
from domain.errors import InvalidInputError, SporlogError
from domain.ledger.note import Note, parse_note, verified_by
from domain.primary import Elsewhere
from handlers.checkpoints import Signer

log = structlog.get_logger(__name__)

ON_DRIVE = "continued.txt"
"""Its name beside the packs, where the house that made them looks."""


class NoticeError(InvalidInputError):
    """It is no notice, not of this log, or this log's key did not sign it. Nothing was changed."""

    code: ClassVar[str] = "primary-notice"


def written(elsewhere: Elsewhere, signer: Signer) -> bytes:
    """The file's bytes."""
    text = f"{signer.key.name} continued elsewhere\n{elsewhere.model_dump_json()}\n"
    return str(Note(text, (signer.sign(text),))).encode()


def read(data: bytes, vkey: str, log_sha256: str | None) -> Elsewhere:
    """What it says. Raises `NoticeError`."""
    try:
        note = parse_note(data)
        verified_by(note, [Ed25519Verifier.of(vkey)])
        elsewhere = Elsewhere.model_validate_json(note.text.split("\n")[1])
    except (SporlogError, ValidationError, IndexError) as error:
        raise NoticeError(f"it is no notice that this log's key signed: {error}") from error
    if elsewhere.log != log_sha256:
        raise NoticeError("it is about another log than this one")
    return elsewhere


def look(drive: Path, keyring: Path, house: House, log_sha256: str | None) -> None:
    """Hear what lies on the drive, if anything does; one that is not this log's is passed over and logged."""
    path = drive / ON_DRIVE
    if not path.exists() or not (keyring / KEY).exists():
        return
    try:
        house.hear(read(path.read_bytes(), KeyFiles(keyring, "-").first().key.vkey, log_sha256))
    except (OSError, SporlogError) as error:
        log.warning("a notice on the drive is not taken", path=str(path), reason=str(error))
