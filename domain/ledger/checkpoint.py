"""The checkpoint of c2sp.org/tlog-checkpoint: what a log says of its tree, as the text of a signed note."""

from typing import NamedTuple

from domain.ledger.encoding import MalformedError, decode, encode, number
from domain.merkle import HASH_BYTES


class Checkpoint(NamedTuple):
    r"""A tree of `size` leaves has this `root`: `log.kommune.dk/haendelser\n70000\nq1bj...=\n`.

    `origin` names the log, and its signing keys.
    """

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a note's text. Extension lines, of which Sporlog writes none, are passed over. Raises `MalformedError`."""
    origin, *rest = text.split("\n")
    if len(rest) < 3 or rest.pop() != "":  # noqa: PLR2004 - two lines, and nothing after the last line feed
        msg = "a checkpoint has three lines or more, and the last one ends in a line feed"
        raise MalformedError(msg)
    if not origin:
        msg = "line 1 of the checkpoint, its origin, is empty"
        raise MalformedError(msg)
    size, root = number(rest[0], "line 2 of the checkpoint, its size,"), decode(rest[1], "line 3 of the checkpoint, its root,")
    if len(root) != HASH_BYTES:
        msg = f"line 3 of the checkpoint, its root, has {len(root)} bytes instead of {HASH_BYTES}"
        raise MalformedError(msg)
    if "" in rest[2:]:
        msg = f"line {4 + rest[2:].index('')} of the checkpoint, an extension, is empty"
        raise MalformedError(msg)
    return Checkpoint(origin, size, root)
