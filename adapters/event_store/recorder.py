"""The recorder: eventsourcing's contract with explicit positions, one code for both databases.

The library's stock reads rely on SQLite's rowid and PostgreSQL's sequence; with our table they would silently return nothing,
so all of them are written here.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, NoReturn
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    StoredEvent,
)

from adapters.event_store.database import Database
from adapters.event_store.schema import migrate
from adapters.event_store.transaction import begin
from domain.events import StoredRow

COLUMNS = "position, recorded_at_us, originator_id, originator_version, topic, state"


class EventRecorder(ApplicationRecorder):
    """Reads by position, time, aggregate and topic. Writing is `WriteTransaction`'s; positions are dense from 1."""

    def __init__(self, database: Database, now_us: Callable[[], int]) -> None:
        self.database, self._now_us = database, now_us
        migrate(database)

    def rows(
        self, after: int = 0, limit: int = 1000, *, upto: int | None = None, topics: Sequence[str] = ()
    ) -> list[StoredRow]:
        """Rows with `after` < position <= `upto`, in order, at most `limit`."""
        sql, params = f"SELECT {COLUMNS} FROM events WHERE position > ?", [after]  # noqa: S608 - constants only
        arguments: list[Any] = list(params)
        if upto is not None:
            sql += " AND position <= ?"
            arguments.append(upto)
        if topics:
            sql += f" AND topic IN ({','.join('?' * len(topics))})"
            arguments += topics
        return rows_of(self.database.read(f"{sql} ORDER BY position LIMIT ?", (*arguments, limit)))

    def stream(
        self, aggregate_id: UUID, after: int = 0, *, upto: int | None = None, limit: int | None = None
    ) -> list[StoredRow]:
        """One aggregate's rows with version > `after` and position <= `upto`, in order, at most `limit`."""
        sql = f"SELECT {COLUMNS} FROM events WHERE originator_id = ? AND originator_version > ?"  # noqa: S608 - constants only
        params: tuple[Any, ...] = (aggregate_id.hex, after)
        if upto is not None:
            sql, params = f"{sql} AND position <= ?", (*params, upto)
        sql += " ORDER BY originator_version"
        if limit is not None:
            sql, params = f"{sql} LIMIT ?", (*params, limit)
        return rows_of(self.database.read(sql, params))

    def of_topic(self, aggregate_id: UUID, topic: str) -> list[StoredRow]:
        """One aggregate's rows of one topic, the latest first."""
        sql = f"SELECT {COLUMNS} FROM events WHERE originator_id = ? AND topic = ?"  # noqa: S608 - constants only
        return rows_of(self.database.read(f"{sql} ORDER BY originator_version DESC", (aggregate_id.hex, topic)))

    def erasures_pending(self) -> list[StoredRow]:
        """The erasures that are recorded and not yet done, in the order of the log."""
        waiting = "SELECT position FROM erasures WHERE done_at_us IS NULL"
        sql = f"SELECT {COLUMNS} FROM events WHERE position IN ({waiting}) ORDER BY position"  # noqa: S608 - constants only
        return rows_of(self.database.read(sql))

    def head(self) -> int:
        """The highest position; 0 for an empty log."""
        return int(self.database.read("SELECT coalesce(max(position), 0) FROM events")[0][0])

    def position_at(self, instant: datetime) -> int:
        """As of T: the last position with recorded_at <= T. recorded_at never decreases, so a binary search needs no index."""
        limit_us, low, high = round(instant.timestamp() * 1_000_000), 0, self.head()
        while low < high:
            middle = (low + high + 1) // 2
            recorded = self.database.read("SELECT recorded_at_us FROM events WHERE position = ?", (middle,))
            low, high = (middle, high) if int(recorded[0][0]) <= limit_us else (low, middle - 1)
        return low

    def recorded_at(self, position: int) -> datetime | None:
        """When the event at this position was recorded, UTC; None when there is none."""
        rows = self.database.read("SELECT recorded_at_us FROM events WHERE position = ?", (position,))
        return datetime.fromtimestamp(rows[0][0] / 1_000_000, UTC) if rows else None

    # What follows is the library's contract.

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: object) -> Sequence[int]:
        """Save one group; a version that is taken is the library's `IntegrityError`. Durable on return."""
        (outcome,) = self.insert_groups([stored_events])
        if isinstance(outcome, Exception):
            raise IntegrityError(str(outcome)) from outcome
        return outcome

    def insert_groups(self, groups: Sequence[Sequence[StoredEvent]]) -> list[Sequence[int] | Exception]:
        """Save many groups in one transaction. A conflicting group is left out and returned as an error that names stream,
        expected and actual version; all others are saved. Durable on return.
        """  # noqa: D205 - one statement in two sentences
        with begin(self.database, self._now_us) as transaction:
            transaction.prefetch_versions({event.originator_id for group in groups for event in group})
            outcomes = [transaction.attempt(partial(transaction.append_stored, group)) for group in groups]
        return list(outcomes)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """One aggregate's events, as the library's repository asks for them."""
        rows = [row for row in self.stream(UUID(str(originator_id)), after=gt or 0) if lte is None or row.version <= lte]
        chosen = (rows[::-1] if desc else rows)[:limit]
        return [StoredEvent(row.aggregate_id, row.version, row.topic, row.state) for row in chosen]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The library's view of the log; a notification's id is the position."""
        after = 0 if start is None else start - 1 if inclusive_of_start else start
        return [
            Notification(row.aggregate_id, row.version, row.topic, row.state, row.position)
            for row in self.rows(after, limit, upto=stop, topics=topics)
        ]

    def max_notification_id(self) -> int:
        """The head."""
        return self.head()

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> NoReturn:
        """Events are followed through the bus, not here."""
        msg = "subscribe through the EVENTS stream"
        raise NotImplementedError(msg)


def rows_of(found: list[tuple[Any, ...]]) -> list[StoredRow]:
    """Rows of the events table, read as COLUMNS, as they were stored."""
    return [
        StoredRow(position, at, _stream_id(stream), version, topic, bytes(state))
        for position, at, stream, version, topic, state in found
    ]


@lru_cache(maxsize=50_000)
def _stream_id(text: str) -> UUID:
    # Making a UUID costs as much as the rest of a row, and an incident's comes back with each of its events.
    return UUID(hex=text)
