"""Where the relay keeps its mark: a file of its own, so that it never waits for the event store's write lock."""

from adapters.event_store.database import Database
from handlers.ports import RelayMark


class RelayStateTable:
    """See `handlers.ports.RelayState`. An old mark costs reading, never an event: the stream itself says what it holds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.write() as cursor:
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS relay_mark (one INTEGER PRIMARY KEY, stream_created TEXT NOT NULL,"
                f" last_seq {database.integer} NOT NULL, position {database.integer} NOT NULL)"
            )

    def load(self) -> RelayMark | None:
        """The mark that was saved last, or None."""
        rows = self._database.read("SELECT stream_created, last_seq, position FROM relay_mark")
        return RelayMark(str(rows[0][0]), int(rows[0][1]), int(rows[0][2])) if rows else None

    def save(self, mark: RelayMark) -> None:
        """Replace the mark."""
        with self._database.write() as cursor:
            cursor.execute(
                "INSERT INTO relay_mark (one, stream_created, last_seq, position) VALUES (1, ?, ?, ?)"
                " ON CONFLICT (one) DO UPDATE SET stream_created = excluded.stream_created,"
                " last_seq = excluded.last_seq, position = excluded.position",
                mark,
            )
