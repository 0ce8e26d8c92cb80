"""The live store held against the ledger and everything that was signed, in one pass."""

from collections.abc import Sequence
from typing import NamedTuple

from adapters.event_store.application import EventStore
from adapters.event_store.audit.beside import BesideCheck
from adapters.event_store.audit.naming import name_event
from adapters.event_store.audit.scan import Scan, Scanned
from adapters.event_store.audit.tree import LeafDiffersError, TreeCheck, is_signed
from domain.ledger.tiles import WIDTH, ReadTile
from handlers.audit import Progress
from handlers.audit_findings import Difference, DifferenceFoundError, Kind, Original, Statement, differs, no_copy


class LedgerView(NamedTuple):
    """The ledger as it is: how many leaves, and its tiles."""

    size: int
    tile: ReadTile


def verify_store(
    store: EventStore,
    ledger: LedgerView,
    signed: Sequence[Statement],
    *,
    after: int = 0,
    progress: Progress = lambda _position: None,
    original: Original = no_copy,
) -> int:
    """The position up to which every event is as it was entered and signed.

    `after` skips what stands before, down to a full tile: the ledger is believed there, as far as it fits what was signed
    later; the tables beside the events are then left out. Raises `DifferenceFoundError` with the first difference.
    """
    begin = after // WIDTH * WIDTH
    scan, position = Scan(store.database, begin), begin
    beside = BesideCheck(store) if not begin else None
    tree = TreeCheck(ledger.tile, ledger.size, signed, begin)
    try:
        for batch in scan.batches():
            tree.add(batch.leaves)
            if beside is not None:
                beside.add(batch.rows)
            position = _end(batch)
            progress(position)
    except LeafDiffersError as found:
        raise _of_event(store, ledger, signed, found, original) from None
    except DifferenceFoundError as found:
        seen = found.difference
        if seen.where != "events" or seen.position is None or seen.position > ledger.size:
            raise
        raise DifferenceFoundError(name_event(store.database, ledger.tile, seen.position, seen, original)) from None
    tree.end()
    if beside is not None:
        beside.compare()
    return position


def _end(batch: Scanned) -> int:
    return batch.first + len(batch.rows) - 1


def _of_event(
    store: EventStore, ledger: LedgerView, signed: Sequence[Statement], found: LeafDiffersError, original: Original
) -> DifferenceFoundError:
    """Store and ledger disagree on an event: what was signed says which of the two was changed."""
    later = [one.checkpoint for one in signed if one.checkpoint.size >= found.position]
    for checkpoint in sorted(later, key=lambda one: one.size)[:1]:
        if not is_signed(ledger.tile, found.expected, found.position, checkpoint) and is_signed(
            ledger.tile, found.actual, found.position, checkpoint
        ):
            number = (found.position - 1) // WIDTH
            return differs(
                Kind.CHANGED,
                "tiles",
                f"0/{number}",
                position=found.position,
                column="hashes",
                expected=found.actual.hex(),
                actual=found.expected.hex(),
            )
    difference: Difference = name_event(store.database, ledger.tile, found.position, None, original)
    return DifferenceFoundError(difference)
