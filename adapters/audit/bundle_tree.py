"""The checkpoint that a bundle is proven by: the newest one if it covers what is wanted, else a new one."""

from adapters.bundle.contents import SignedTree
from domain.ledger.tiles import node_reader
from handlers.checkpoints import Checkpoints
from handlers.exporting import NothingToExportError


def signed_tree(checkpoints: Checkpoints, *, covering: int) -> SignedTree:
    """A signed tree of `covering` events or more. While nothing is signed the same one is given again, to the byte.

    Raises `NothingToExportError` for an empty log, and what `Checkpoints.make` raises.
    """
    signed = checkpoints.latest()
    if signed is None or signed.size < covering:
        made = checkpoints.make()
        signed = made.signed if made else None
    if signed is None:
        raise NothingToExportError("the log is empty: there is nothing to export yet")
    checkpoint, keys = checkpoints.checkpoint_of(signed.note), checkpoints.keys()
    return SignedTree(
        note=signed.note.encode(),
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root,
        vkeys=tuple(each.vkey for each in keys),
        node_of=node_reader(checkpoints.tables.tile),
    )
