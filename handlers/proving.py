"""Proof files: that one event is in the tree of the newest checkpoint."""

from domain.errors import NotFoundError
from domain.ledger.entry import entry
from domain.ledger.note import parse_note
from domain.ledger.proof import TlogProof
from handlers.checkpoints import Checkpoints
from handlers.ledger_tables import Signed


class NotSignedYetError(NotFoundError):
    """No checkpoint holds it yet: the next one will."""

    code = "not-signed-yet"


def prove(checkpoints: Checkpoints, position: int) -> TlogProof:
    """The proof of the event at this position, its entry included; checked before it is handed out.

    Raises `NotSignedYetError`, and `InvalidProofError` when the store no longer has what the tree holds.
    """
    signed = newest(checkpoints)
    if not 1 <= position <= signed.size:
        msg = f"event {position} is not among the {signed.size} of the newest checkpoint: make one, or ask again in a minute"
        raise NotSignedYetError(msg)
    (row,) = checkpoints.history.rows(position - 1, 1, upto=position)
    hashes = checkpoints.ledger.inclusion(position, signed.size)
    proof = TlogProof(position - 1, tuple(hashes), parse_note(signed.note.encode()), entry(row))
    proof.check_entry(entry(row))
    return proof


def newest(checkpoints: Checkpoints) -> Signed:
    """The newest checkpoint. Raises `NotSignedYetError`."""
    signed = checkpoints.latest()
    if signed is None:
        msg = "nothing is signed yet: `sporlog audit checkpoint` does it, and Sporlog does it by itself while it runs"
        raise NotSignedYetError(msg)
    return signed
