"""Checkpoints, keys and proofs as JSON objects: one shape for the command line and the API."""

from typing import Any

from domain.ledger.checkpoint import parse_checkpoint
from domain.ledger.encoding import encode
from domain.ledger.note import parse_note
from domain.ledger.signing import KeyRange
from domain.time import rfc3339_utc
from handlers.ledger_tables import Signed


def checkpoint_object(signed: Signed, keys: tuple[KeyRange, ...]) -> dict[str, Any]:
    """A checkpoint with the keys that it can be verified with."""
    checkpoint = parse_checkpoint(parse_note(signed.note.encode()).text)
    return {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": encode(checkpoint.root),
        "signed_at": rfc3339_utc(signed.signed_at),
        "checkpoint": signed.note,
        "keys": [key._asdict() for key in keys],
    }


def consistency_object(size1: int, size2: int, proof: list[bytes], checkpoint: str) -> dict[str, Any]:
    """The proof that a smaller tree is the beginning of the one that the checkpoint signs."""
    return {"size1": size1, "size2": size2, "proof": [encode(each) for each in proof], "checkpoint": checkpoint}
