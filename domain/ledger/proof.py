"""The proof file of c2sp.org/tlog-proof, `.tlog-proof`: that one entry is in the tree of a checkpoint."""

from typing import NamedTuple

from domain.ledger.checkpoint import parse_checkpoint
from domain.ledger.encoding import MalformedError, decode, encode, number
from domain.ledger.note import MAX_BYTES, Note, parse_note
from domain.merkle import HASH_BYTES, leaf_hash, verify_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 64
_MAX_FILE = 4 * MAX_BYTES


class TlogProof(NamedTuple):
    """`hashes` begin with the leaf's sibling; `extra` is the entry in Sporlog's files, so that they stand alone."""

    leaf_index: int
    hashes: tuple[bytes, ...]
    note: Note
    extra: bytes | None = None

    def __str__(self) -> str:
        extra = [] if self.extra is None else [f"extra {encode(self.extra)}"]
        lines = [HEADER, *extra, f"index {self.leaf_index}", *map(encode, self.hashes), "", str(self.note)]
        return "\n".join(lines)

    def check_entry(self, entry: bytes) -> None:
        """Raises `InvalidProofError` unless the entry is in the tree; who signed the tree, `verified_by` tells."""
        checkpoint = parse_checkpoint(self.note.text)
        verify_inclusion(leaf_hash(entry), self.leaf_index, checkpoint.size, self.hashes, checkpoint.root)


def parse_proof(data: bytes) -> TlogProof:
    """Read a proof file; nothing is verified. Raises `MalformedError`."""
    if len(data) > _MAX_FILE:
        msg = f"a proof of {len(data)} bytes is longer than {_MAX_FILE}"
        raise MalformedError(msg)
    head, blank, note = data.partition(b"\n\n")
    try:
        header, *lines = head.decode().split("\n")
    except UnicodeDecodeError as error:
        msg = f"byte {error.start} of the proof is not UTF-8"
        raise MalformedError(msg) from error
    if header != HEADER or not blank:
        msg = f"a proof begins with {HEADER!r} and holds a blank line before its checkpoint"
        raise MalformedError(msg)
    extra = decode(lines.pop(0)[6:], "the proof's extra data") if lines and lines[0].startswith("extra ") else None
    if not lines or not lines[0].startswith("index "):
        msg = "the proof does not say `index` and a number before its hashes"
        raise MalformedError(msg)
    index, hashes = number(lines[0][6:], "the proof's index"), lines[1:]
    if len(hashes) > MAX_HASHES:
        msg = f"the proof has {len(hashes)} hashes, more than a tree can need"
        raise MalformedError(msg)
    return TlogProof(index, tuple(_hash(line, place) for place, line in enumerate(hashes, start=1)), parse_note(note), extra)


def _hash(line: str, place: int) -> bytes:
    found = decode(line, f"hash {place} of the proof")
    if len(found) != HASH_BYTES:
        msg = f"hash {place} of the proof has {len(found)} bytes instead of {HASH_BYTES}"
        raise MalformedError(msg)
    return found
