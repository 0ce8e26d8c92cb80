"""Which event is meant, and how it differs, when its leaf is not the ledger's: a hash alone says only that it does.

What is likely is tried, and what comes to the ledger's hash was so. Run once, at the first difference.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import orjson

from adapters.event_store.audit.scan import EventRow, leaf_of_row
from adapters.event_store.database import Database
from domain.events import EVENT_TYPES, UPCASTERS, StoredRow
from domain.ledger.tiles import WIDTH, ReadTile, TilePlace, hashes_of
from handlers.audit_findings import EVENT_COLUMNS, Difference, Kind, Original, no_copy

READ = 512
_SELECT = f"SELECT {', '.join(EVENT_COLUMNS)} FROM events"  # noqa: S608 - constants


def name_event(
    database: Database, tile: ReadTile, position: int, fallback: Difference | None = None, original: Original = no_copy
) -> Difference:
    """The first event that differs. `fallback` is what was seen of it already."""
    wanted = _leaf(tile, position)
    row = next(iter(database.read(f"{_SELECT} WHERE position = ?", (position,))), None)
    if wanted is None:
        assert fallback is not None, "an event behind the ledger's end differs in what was seen of it"  # noqa: S101
        return fallback
    stands_at = _standing_at(database, position, wanted)
    if stands_at is not None:
        if _pushed_back(database, tile, position, stands_at):
            many = stands_at - position
            return _event(Kind.INSERTED, position, actual=f"{many} events" if many > 1 else None)
        return _event(Kind.MOVED, position, expected="its own place", actual=f"position {stands_at}")
    if row is None:
        return _event(Kind.MISSING, position)
    missing = _pulled_forward(tile, row)
    if missing:
        return _event(Kind.MISSING, position, actual=f"{missing} events missing" if missing > 1 else None)
    found = _changed(database, row, wanted, original(position))
    return found or fallback or _event(Kind.CHANGED, position, expected=wanted.hex(), actual=_hashed(row))


def _event(kind: Kind, position: int, **more: Any) -> Difference:  # noqa: ANN401 - the difference's own fields
    return Difference(kind, "events", str(position), position, **more)


def _leaf(tile: ReadTile, position: int) -> bytes | None:
    number, place = divmod(position - 1, WIDTH)
    hashes = hashes_of(tile(TilePlace(0, number)))
    return hashes[place] if place < len(hashes) else None


def _hashed(row: EventRow, position: int | None = None) -> str | None:
    """The leaf that it comes to, at another place if asked; None where it can come to none."""
    try:
        return leaf_of_row(row if position is None else (position, *row[1:])).hex()
    except (TypeError, ValueError):
        return None


def _standing_at(database: Database, position: int, wanted: bytes) -> int | None:
    """Where the event that belongs here stands now."""
    after = -(2**62)
    while rows := database.read(f"{_SELECT} WHERE position > ? ORDER BY position LIMIT ?", (after, READ)):
        after = rows[-1][0]
        for row in rows:
            if row[0] != position and _hashed(row, position) == wanted.hex():
                return int(row[0])
    return None


def _pushed_back(database: Database, tile: ReadTile, position: int, stands_at: int) -> bool:
    """Whether what follows is pushed back just as far: then something was put in between."""
    if stands_at < position:
        return False
    next_leaf = _leaf(tile, position + 1)
    following = database.read(f"{_SELECT} WHERE position = ?", (stands_at + 1,))
    if next_leaf is None or not following:
        return next_leaf is None and not following
    return _hashed(following[0], position + 1) == next_leaf.hex()


def _pulled_forward(tile: ReadTile, row: EventRow) -> int:
    """How many events are missing in front of this row, which was given the place of the first of them."""
    position = int(row[0])
    for many in range(1, READ):
        leaf = _leaf(tile, position + many)
        if leaf is None:
            return 0
        if _hashed(row, position + many) == leaf.hex():
            return many
    return 0


def _changed(database: Database, row: EventRow, wanted: bytes, original: StoredRow | None) -> Difference | None:
    position = int(row[0])
    if original is not None:
        other = (*original[:2], original.aggregate_id.hex, *original[3:])
        if _hashed(other) == wanted.hex():
            columns = [name for name, was, now in zip(EVENT_COLUMNS, other, row, strict=True) if was != now]
            was, now = (dict(zip(EVENT_COLUMNS, one, strict=True)) for one in (other, row))
            return _event(
                Kind.CHANGED,
                position,
                column=", ".join(columns),
                expected=_shown(was[columns[0]]),
                actual=_shown(now[columns[0]]),
            )
    for place, value in _candidates(database, row):
        tried = (*row[:place], value, *row[place + 1 :])
        if _hashed(tried) == wanted.hex():
            return _event(
                Kind.CHANGED, position, column=EVENT_COLUMNS[place], expected=_shown(value), actual=_shown(row[place])
            )
    return None


def _candidates(database: Database, row: EventRow) -> Iterator[tuple[int, object]]:
    """What each column, by its place, may have been."""
    position, _, stream, _, _, state = row
    for topic in (*EVENT_TYPES, *UPCASTERS):
        yield 4, topic
    ((before,),) = database.read("SELECT count(*) FROM events WHERE originator_id = ? AND position < ?", (stream, position))
    yield 3, before + 1
    for (at,) in database.read("SELECT recorded_at_us FROM events WHERE position IN (?, ?)", (position - 1, position + 1)):
        yield 1, at
    yield from ((1, at) for at in _told(state))
    for (other,) in database.read("SELECT DISTINCT originator_id FROM events"):
        yield 2, other


def _told(state: bytes) -> Sequence[int]:
    """An alert's event occurs when it is recorded."""
    try:
        occurred = datetime.fromisoformat(orjson.loads(state)["meta"]["occurred_at"])
    except (ValueError, TypeError, KeyError):
        return ()
    return (round(occurred.timestamp() * 1_000_000),)


def _shown(value: object) -> str:
    return value.decode(errors="replace")[:300] if isinstance(value, bytes) else str(value)[:300]
