"""Keeps the ledger at the head of the log: every event a leaf, in order, exactly once, and never one that differs.

What becomes a leaf are the bytes that the store has: so it works while NATS is down, and a ledger made anew is the same. What
EVENTS brings is compared with them, and with the leaf of an event that was brought before: the two copies of the log went
different ways, and neither is believed alone. The last leaf is compared with the store again before anything is put behind it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from domain.errors import SporlogError
from domain.events import StoredRow
from domain.ledger.entry import leaf_of
from domain.ledger.tiles import WIDTH, TilePlace, grow, hashes_of
from handlers.event_log import EventLog, MissingEventsError
from handlers.ledger_tables import Difference, Differs, LedgerTables, LedgerTransaction

BATCH = 1000
"""Leaves a transaction, as many as a delivery brings."""
TOLD = {
    Differs.DELIVERED: "the stream EVENTS brought other bytes of event {position} than the store or the ledger has",
    Differs.STORED: "the store has other bytes of event {position} than when it was entered in the ledger",
    Differs.MISSING: "the store lacks event {position}, which is in the ledger",
    Differs.SIGNED: "a checkpoint that was signed names another tree of {position} events",
}


class LedgerDiffersError(SporlogError):
    """The log and the ledger disagree: nothing more is entered or signed until a person has looked."""

    code = "ledger-differs"

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        super().__init__(
            f"{TOLD[difference.differs].format(position=difference.position)}: nothing more is entered in the ledger."
            " Compare with a backup before anything else is changed"
        )


class _FoundError(Exception):
    """Rolls a transaction back."""

    def __init__(self, position: int, differs: Differs, leaf: bytes = b"") -> None:
        super().__init__(position, differs)
        self.position, self.differs, self.leaf = position, differs, leaf


class LedgerKeeper:
    """`apply` and `catch_up` may be called from several threads and processes at once: the size is read under the lock."""

    def __init__(self, tables: LedgerTables, log: EventLog, clock: Callable[[], datetime]) -> None:
        self._tables, self._log, self._clock = tables, log, clock

    def apply(self, delivered: Iterable[StoredRow]) -> int:
        """Take what the bus delivered: any order, repeats and gaps included. What is missing in between the store alone tells.

        On return everything up to the highest position delivered is in the ledger, durable, and all that was delivered is the
        same there; returns the size. Raises `LedgerDiffersError`, `MissingEventsError`, `UnavailableError`.
        """
        rows = list(delivered)
        brought = {row.position: row for row in reversed(rows)}
        entered = set[int]()
        size = self._enter(max(brought, default=0), brought, entered)
        self._compare([row for row in rows if row.position not in entered or row is not brought[row.position]])
        return size

    def catch_up(self) -> int:
        """Enter everything that the store has, and compare its end also when nothing is new. Returns and raises as `apply`."""
        head, size = self._log.head(), self._tables.size()
        if head <= size:
            self._advance(size, {}, set())
        return self._enter(head, {}, set())

    def _enter(self, last: int, brought: Mapping[int, StoredRow], entered: set[int]) -> int:
        size = self._tables.size()
        while size < last:
            before, size = size, self._advance(last, brought, entered)
            if size == before:
                msg = f"the ledger needs event {size + 1}, the store does not have it: try again"
                raise MissingEventsError(msg)
        return size

    def _advance(self, upto: int, brought: Mapping[int, StoredRow], entered: set[int]) -> int:
        """One transaction; afterwards the size. Adds to `entered` what was brought and is the same in the store."""
        try:
            with self._tables.write() as transaction:
                if found := self._tables.open_differences():
                    raise LedgerDiffersError(found[0])
                size = transaction.size()
                rows = self._following(transaction, size, max(upto, size))
                same = [row for row in rows if row.position in brought]
                for row in same:
                    if brought[row.position] != row:
                        self._check(brought[row.position])
                if rows:
                    transaction.save(grow(size, [leaf_of(row) for row in rows], transaction.tile), size + len(rows))
        except _FoundError as found:
            raise self._noted(found) from None
        entered.update(row.position for row in same)
        return size + len(rows)

    def _following(self, transaction: LedgerTransaction, size: int, upto: int) -> Sequence[StoredRow]:
        """What the store has behind the last leaf, which must still be what it was."""
        rows = self._log.rows(max(size - 1, 0), BATCH + 1, upto=upto)
        if size:
            last = transaction.tile(TilePlace(0, (size - 1) // WIDTH))
            if not rows or rows[0].position != size:
                raise _FoundError(size, Differs.MISSING)
            if (leaf := leaf_of(rows[0])) != hashes_of(last)[(size - 1) % WIDTH]:
                raise _FoundError(size, Differs.STORED, leaf)
            rows = rows[1:]
        for position, row in enumerate(rows, start=size + 1):
            if row.position != position:
                msg = f"the ledger needs event {position}, the store does not have it: try again"
                raise MissingEventsError(msg)
        return rows

    def _compare(self, rows: Iterable[StoredRow]) -> None:
        """What was brought must come to the leaf that is there."""
        tiles = dict[int, list[bytes]]()
        for row in rows:
            number, place = divmod(row.position - 1, WIDTH)
            if number not in tiles:
                tiles[number] = hashes_of(self._tables.tile(TilePlace(0, number)))
            # Positions begin at 1: what names an earlier one was never written by a relay.
            if row.position < 1 or leaf_of(row) != tiles[number][place]:
                try:
                    self._check(row)
                except _FoundError as found:
                    raise self._noted(found) from None

    def _check(self, row: StoredRow) -> None:
        if not self._tables.is_settled(row.position, leaf := leaf_of(row)):
            raise _FoundError(row.position, Differs.DELIVERED, leaf)

    def _noted(self, found: _FoundError) -> LedgerDiffersError:
        # A crash before this is durable loses nothing: the same bytes differ at the next look.
        difference = Difference(found.position, found.differs, found.leaf, self._clock())
        self._tables.note(difference)
        return LedgerDiffersError(difference)
