"""The write transaction: everything that must be decided and stored together, under the store's one write lock.

Positions, recorded_at and versions are given here and nowhere else. Many units of work share one transaction (and one fsync);
one that fails is undone to its savepoint and the others are kept.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from adapters.event_store.database import Cursor, Database
from domain.errors import ConflictError, UnavailableError
from domain.events import StoredRow

T = TypeVar("T")
MAX_VARIABLES = 500


class VersionConflictError(ConflictError):
    """Optimistic concurrency: the stream moved on."""

    def __init__(self, stream: UUID, expected: int, actual: int) -> None:
        super().__init__(f"stream {stream} is at version {actual}, expected {expected}: read it again and decide again")
        self.stream, self.expected, self.actual = stream, expected, actual


class WriteTransaction:
    """What a unit of work may do. Not thread-safe; alive only inside `begin`."""

    def __init__(self, cursor: Cursor, now_us: int, faults: tuple[type[Exception], ...]) -> None:
        self.cursor = cursor
        self._faults: tuple[type[Exception], ...] = (UnavailableError, *faults)
        ((last_position, last_us),) = self.rows("SELECT coalesce(max(position), 0), 0 FROM events")
        if last_position:
            ((last_us,),) = self.rows("SELECT recorded_at_us FROM events WHERE position = ?", (last_position,))
        self.position = int(last_position)
        # A clock set back must not make the log run backwards.
        self.recorded_at_us = max(now_us, int(last_us))
        self._versions: dict[UUID, int] = {}
        self.appended: list[StoredRow] = []

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Read under the lock, including what this transaction has written itself."""
        self.cursor.execute(sql, params)
        return self.cursor.fetchall()

    def prefetch_versions(self, streams: Iterable[Any]) -> None:
        """Learn the current versions of many streams in few queries."""
        unknown = [stream for stream in streams if stream not in self._versions]
        self._versions.update(dict.fromkeys(unknown, 0))
        for start in range(0, len(unknown), MAX_VARIABLES):
            part = [stream.hex for stream in unknown[start : start + MAX_VARIABLES]]
            # One look into the index a stream: grouping would read every version there is, 8 ms in a stream of 100 000.
            sql = (
                f"WITH wanted(id) AS (VALUES {','.join(['(?)'] * len(part))})"  # noqa: S608 - placeholders only
                " SELECT id, (SELECT max(originator_version) FROM events WHERE originator_id = id) FROM wanted"
            )
            self._versions.update((UUID(hex=stream), int(version or 0)) for stream, version in self.rows(sql, part))

    def version(self, stream: UUID) -> int:
        """The stream's current version; 0 when it does not exist."""
        if stream not in self._versions:
            self.prefetch_versions([stream])
        return self._versions[stream]

    def append(self, stream: UUID, topic: str, state: bytes, *, expected: int) -> StoredRow:
        """Give an event its place. Raises `VersionConflictError`; durable when the transaction has committed."""
        actual = self.version(stream)
        if actual != expected:
            raise VersionConflictError(stream, expected, actual)
        row = StoredRow(self.position + 1, self.recorded_at_us, stream, actual + 1, topic, state)
        self.position, self._versions[stream] = row.position, row.version
        self.appended.append(row)
        return row

    def append_stored(self, group: Sequence[StoredEvent]) -> list[int]:
        """Append one of the library's groups; the positions given."""
        return [
            self.append(UUID(str(e.originator_id)), e.topic, e.state, expected=e.originator_version - 1).position for e in group
        ]

    def attempt(self, work: Callable[[], T]) -> T | Exception:
        """Run one unit of work; on its refusal, conflict or defect undo just that unit and return the error.

        A fault of the database itself is raised: then nobody's work can be kept.
        """
        mark, position, versions = len(self.appended), self.position, dict(self._versions)
        self.cursor.execute("SAVEPOINT unit")
        try:
            result: T | Exception = work()
        except self._faults:
            raise
        except Exception as error:  # noqa: BLE001 - handed to the one who submitted this unit
            self.cursor.execute("ROLLBACK TO SAVEPOINT unit")
            del self.appended[mark:]
            self.position, self._versions = position, versions
            result = error
        self.cursor.execute("RELEASE SAVEPOINT unit")
        return result

    def flush(self) -> None:
        """Write the appended rows, all in one statement."""
        if self.appended:
            self.cursor.executemany(
                "INSERT INTO events (position, recorded_at_us, originator_id, originator_version, topic, state)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [(p, at, stream.hex, version, topic, state) for p, at, stream, version, topic, state in self.appended],
            )


@contextmanager
def begin(database: Database, now_us: Callable[[], int]) -> Iterator[WriteTransaction]:
    """Open the write transaction. On return everything in it is durable; on an exception none of it exists."""
    with database.write("events") as cursor:
        transaction = WriteTransaction(cursor, now_us(), database.faults)
        yield transaction
        transaction.flush()
