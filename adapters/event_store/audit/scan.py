"""The events table read through in bulk: what must hold of the rows among themselves, and the leaf of each.

Rows stay tuples as the driver gives them, checked and hashed in one pass: an object for each would cost more than the hashing.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from adapters.event_store.database import Database
from handlers.audit_findings import EVENT_COLUMNS, DifferenceFoundError, Kind, differs

BATCH = 512
"""Rows a read: two tiles. More of them leave the processor's cache, and are read slower."""
_SELECT = f"SELECT {', '.join(EVENT_COLUMNS)} FROM events WHERE position > ? ORDER BY position LIMIT ?"  # noqa: S608 - constants
EventRow = tuple[Any, ...]
"""As EVENT_COLUMNS, and of whatever type is really stored."""


class Scanned(NamedTuple):
    """A batch of rows that follow one another, and their leaf hashes."""

    rows: Sequence[EventRow]
    leaves: Sequence[bytes]

    @property
    def first(self) -> int:
        """The position of the first row."""
        return int(self.rows[0][0])


class Scan:
    """One pass over the events. Memory grows with the number of streams, not of events."""

    def __init__(self, database: Database, after: int = 0) -> None:
        """Begin behind the event `after`. Versions of streams that began before are taken as they come."""
        self._database, self._begun = database, after
        self._position, self._recorded_at = after, 0
        self._streams: dict[str, tuple[str, int]] = {}
        """By id as stored: the id as the entry writes it, and the version of its last event."""

    def batches(self) -> Iterator[Scanned]:
        """To the end. Raises `DifferenceFoundError` for what no Sporlog writes, after all that stands before it."""
        while rows := self._database.read(_SELECT, (self._position, BATCH)):
            leaves = list[bytes]()
            try:
                self._check(rows, leaves)
            except DifferenceFoundError:
                if leaves:
                    yield Scanned(rows[: len(leaves)], leaves)
                raise
            yield Scanned(rows, leaves)

    def _check(self, rows: Sequence[EventRow], leaves: list[bytes]) -> None:
        position, recorded_at, streams = self._position, self._recorded_at, self._streams
        try:
            for row in rows:
                at, stream, version, topic, state = row[1:]
                position += 1
                known = streams.get(stream)
                if known is None:
                    known = _written(stream), version - 1 if self._begun else 0
                if row[0] != position or at < recorded_at or version != known[1] + 1:
                    raise _order(row, position, recorded_at, known[1])
                recorded_at, streams[stream] = at, (known[0], version)
                leaves.append(
                    sha256(
                        f"\0sporlog/event/v1\n{position}\n{known[0]}\n{version}\n{topic}\n{at}\n"
                        f"{sha256(state).hexdigest()}\n".encode()
                    ).digest()
                )
        except (TypeError, ValueError) as error:
            raise _type(rows[len(leaves)]) from error
        self._position, self._recorded_at = position, recorded_at


def leaf_of_row(row: EventRow) -> bytes:
    """The leaf of one row. Raises `TypeError` or `ValueError` for what cannot be an event."""
    position, at, stream, version, topic, state = row
    text = f"\0sporlog/event/v1\n{position}\n{_written(stream)}\n{version}\n{topic}\n{at}\n{sha256(state).hexdigest()}\n"
    return sha256(text.encode()).digest()


def _written(stream: str) -> str:
    """The id as the entry writes it: with dashes. Raises `ValueError`."""
    if len(stream) != 32 or stream.strip("0123456789abcdef"):  # noqa: PLR2004 - a UUID's hex digits
        msg = f"{stream!r} is no stream's id"
        raise ValueError(msg)
    return f"{stream[:8]}-{stream[8:12]}-{stream[12:16]}-{stream[16:20]}-{stream[20:]}"


def _order(row: EventRow, position: int, recorded_at: int, version: int) -> DifferenceFoundError:
    if row[0] != position:
        return differs(Kind.MISSING, "events", position, position=position, actual=f"position {row[0]}")
    if row[3] != version + 1:
        return differs(
            Kind.CHANGED,
            "events",
            position,
            position=position,
            column="originator_version",
            expected=version + 1,
            actual=row[3],
        )
    expected = f">= {recorded_at}"
    return differs(Kind.TIME, "events", position, position=position, column="recorded_at_us", expected=expected, actual=row[1])


def _type(row: EventRow) -> DifferenceFoundError:
    whole = (int, int, str, int, str, bytes)
    wrong = [(name, value) for name, value, kind in zip(EVENT_COLUMNS, row, whole, strict=True) if not isinstance(value, kind)]
    name, value = wrong[0] if wrong else ("originator_id", row[2])
    position = row[0] if isinstance(row[0], int) else None
    return differs(Kind.CHANGED, "events", row[0], position=position, column=name, actual=repr(value)[:100])
