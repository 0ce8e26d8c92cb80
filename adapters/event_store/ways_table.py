"""What each way in remembers: DATA/ways.db, or a table beside the store in PostgreSQL.

All of it may be lost. A cursor that is lost or old costs repeats, which the store counts by their keys and does not take twice;
therefore SQLite need not wait for the disk here.
"""

from datetime import UTC, datetime

from adapters.event_store.database import Database
from adapters.event_store.schema import migrate
from domain.time import utc
from handlers.ways_in import WayState

_STATEMENTS_1 = """
CREATE TABLE ways (
    name TEXT PRIMARY KEY, source TEXT NOT NULL, last_message_at_us {int}, worked_at_us {int}, last_error TEXT,
    error_at_us {int}, cursor TEXT NOT NULL DEFAULT '', dropped {int} NOT NULL DEFAULT 0)
"""
_STATEMENTS_2 = "ALTER TABLE ways ADD COLUMN kernel_dropped {int} NOT NULL DEFAULT 0"
STEPS: tuple[tuple[str, ...], ...] = (tuple(_STATEMENTS_1.split(";")), (_STATEMENTS_2,))
_LOCK = "ways"


class WaysTable:
    """See `handlers.ways_in.WaysMemory`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        migrate(database, STEPS, versions="ways_version", what="the table of the ways in")

    def states(self) -> dict[str, WayState]:
        """All that ever were configured, by name."""
        rows = self._database.read(
            "SELECT name, source, last_message_at_us, worked_at_us, last_error, error_at_us, cursor, dropped, kernel_dropped"
            " FROM ways"
        )
        return {
            name: WayState(name, source, _time(message), _time(worked), error, _time(error_at), *rest)
            for name, source, message, worked, error, error_at, *rest in rows
        }

    def begin(self, name: str, source: str) -> str:
        """Make it known, and tell where it goes on."""
        with self._database.write(_LOCK) as cursor:
            cursor.execute(
                "INSERT INTO ways (name, source) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET source = excluded.source",
                (name, source),
            )
        return self.states()[name].cursor

    def worked(self, name: str, now: datetime, *, message: bool, cursor: str | None = None) -> None:
        """All went well, with a message or without one."""
        with self._database.write(_LOCK) as transaction:
            transaction.execute(
                "UPDATE ways SET worked_at_us = ?, last_message_at_us = COALESCE(?, last_message_at_us),"
                " cursor = COALESCE(?, cursor) WHERE name = ?",
                (_us(now), _us(now) if message else None, cursor, name),
            )

    def failed(self, name: str, now: datetime, error: str) -> None:
        """It did not go well, and why."""
        with self._database.write(_LOCK) as cursor:
            cursor.execute("UPDATE ways SET last_error = ?, error_at_us = ? WHERE name = ?", (error, _us(now), name))

    def dropped(self, name: str, count: int, *, by_kernel: bool = False) -> None:
        """So many messages more were lost, here or before they got here."""
        with self._database.write(_LOCK) as cursor:
            cursor.execute(
                "UPDATE ways SET dropped = dropped + ?, kernel_dropped = kernel_dropped + ? WHERE name = ?",
                (0 if by_kernel else count, count if by_kernel else 0, name),
            )

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _us(instant: datetime) -> int:
    return round(utc(instant).timestamp() * 1_000_000)


def _time(us: int | None) -> datetime | None:
    return None if us is None else datetime.fromtimestamp(us / 1_000_000, UTC)
