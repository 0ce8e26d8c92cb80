"""The live store held against the ledger and everything that was signed, in one pass."""

from collections.abc import Sequence
from typing import NamedTuple

from adapters.event_store.application import EventStore
from adapters.event_store.audit.beside import BesideCheck
from adapters.event_store.audit.naming import name_event
from adapters.event_store.audit.scan import Scan
from adapters.event_store.audit.tree import LeafDiffersError, TreeCheck, is_signed
from domain.errors import UnavailableError
from domain.ledger.tiles import WIDTH, ReadTile
from handlers.audit import Progress
from handlers.audit_findings import Difference, DifferenceFoundError, Kind, Original, Statement, differs, no_copy

TRIES = 50
"""So often the tables beside the events are compared while others write."""


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
    later; the tables beside the events are then left out. Others may write meanwhile. Raises `DifferenceFoundError` with the
    first difference, and `UnavailableError`.
    """
    return _Verification(store, ledger, signed, begin=after // WIDTH * WIDTH, progress=progress, original=original).run()


class _Verification:
    def __init__(
        self,
        store: EventStore,
        ledger: LedgerView,
        signed: Sequence[Statement],
        *,
        begin: int,
        progress: Progress,
        original: Original,
    ) -> None:
        self._store, self._ledger, self._signed, self._progress, self._original = store, ledger, signed, progress, original
        self._scan, self._position = Scan(store.database, begin), begin
        self._tree = TreeCheck(ledger.tile, ledger.size, signed, begin)
        self._beside = BesideCheck(store) if not begin else None

    def run(self) -> int:
        self._read_on()
        self._tree.end()
        if self._beside is not None:
            self._compare(self._beside)
        return self._position

    def _read_on(self) -> None:
        try:
            for batch in self._scan.batches():
                self._tree.add(batch.leaves)
                if self._beside is not None:
                    self._beside.add(batch.rows)
                self._position = batch.first + len(batch.rows) - 1
                self._progress(self._position)
        except LeafDiffersError as found:
            raise _of_event(self._store, self._ledger, self._signed, found, self._original) from None
        except DifferenceFoundError as found:
            seen = found.difference
            if seen.where != "events" or seen.position is None or seen.position > self._ledger.size:
                raise
            named = name_event(self._store.database, self._ledger.tile, seen.position, seen, self._original)
            raise DifferenceFoundError(named) from None

    def _compare(self, beside: BesideCheck) -> None:
        seen: Difference | None = None
        for _ in range(TRIES):
            try:
                beside.compare()
            except DifferenceFoundError as found:
                # Others go on writing: what the tables were ahead by is in the events that are read next. What was changed
                # stays as it is.
                if found.difference == seen or self._store.head() == self._position:
                    raise
                seen = found.difference
            else:
                return
            self._read_on()
        msg = "the log is written faster than its tables can be compared with it: try again when less comes in"
        raise UnavailableError(msg)


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
