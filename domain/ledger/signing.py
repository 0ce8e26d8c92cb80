"""Which key signs a tree of which size: each key has its range of sizes, and what it signs outside that is refused."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from domain.errors import RefusedError
from domain.ledger.checkpoint import Checkpoint, parse_checkpoint
from domain.ledger.key import parse_vkey
from domain.ledger.note import Note, UnverifiedNoteError, Verifier, parse_note, verified_by


class RetiredKeyError(RefusedError):
    """The signature is right, but its key was not the one for a tree of this size."""

    code = "retired-key"


class KeyRange(NamedTuple):
    """`vkey` signs the trees of `first` to `last` leaves; None: it is the one in force."""

    vkey: str
    first: int
    last: int | None

    def covers(self, size: int) -> bool:
        """Whether it is the key for a tree of this size."""
        return self.first <= size and (self.last is None or size <= self.last)


VerifierOf = Callable[[str], Verifier]
"""Makes a verifier of a verifier key."""


def key_ranges(first: str, adopted: Sequence[tuple[int, str]]) -> tuple[KeyRange, ...]:
    """From the log's first key, and the positions at which others were adopted: a tree that holds that event is theirs."""
    starts = [(0, first), *adopted]
    ends = [position - 1 for position, _ in adopted]
    return tuple(KeyRange(vkey, start, end) for (start, vkey), end in zip(starts, [*ends, None], strict=True))


def checkpoint_of(text: str, keys: Sequence[KeyRange], verifier_of: VerifierOf) -> Checkpoint:
    """The checkpoint that a signed note holds, signed by the key that is for its size.

    Raises `MalformedError`, `UnverifiedNoteError`, `RetiredKeyError`.
    """
    note: Note = parse_note(text.encode())
    checkpoint = parse_checkpoint(note.text)
    signed = {key.vkey for key in verified_by(note, [verifier_of(each.vkey) for each in keys])}
    mine = next((each for each in keys if each.covers(checkpoint.size)), None)
    if mine is None or mine.vkey not in signed:
        other = next(each for each in keys if each.vkey in signed)
        upto = "on" if other.last is None else f"to {other.last}"
        msg = (
            f"the tree of {checkpoint.size} events is signed with {other.vkey}, which signs those from {other.first} {upto}:"
            " somebody used a key that is not for it"
        )
        raise RetiredKeyError(msg)
    if checkpoint.origin != (name := parse_vkey(mine.vkey).name):
        msg = f"the checkpoint is of the log {checkpoint.origin}, its key of {name}"
        raise UnverifiedNoteError(msg)
    return checkpoint
