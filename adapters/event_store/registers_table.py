"""What other registers told last: DATA/registers.db, or a table beside the store in PostgreSQL.

It may be lost: the next look reads the register from its beginning. Objects and cursor are one row, so that neither is ever
ahead of the other.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import TypeAdapter

from adapters.event_store.database import Database
from adapters.event_store.schema import migrate
from domain.time import utc
from handlers.registers import RegisterObject, RegisterState

_STATEMENTS_1 = """
CREATE TABLE registers (
    name TEXT PRIMARY KEY, cursor TEXT NOT NULL DEFAULT '', objects TEXT NOT NULL DEFAULT '[]', read_at_us {int},
    last_error TEXT, error_at_us {int})
"""
STEPS: tuple[tuple[str, ...], ...] = ((_STATEMENTS_1,),)
_LOCK = "registers"
_OBJECTS: TypeAdapter[tuple[RegisterObject, ...]] = TypeAdapter(tuple[RegisterObject, ...])


class RegistersTable:
    """See `handlers.registers.RegisterMemory`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        migrate(database, STEPS, versions="registers_version", what="the table of other registers")

    def state(self, name: str) -> RegisterState:
        """What is remembered; empty for one that was never read."""
        rows = self._database.read(
            "SELECT cursor, objects, read_at_us, last_error, error_at_us FROM registers WHERE name = ?", (name,)
        )
        for cursor, objects, read_at, error, error_at in rows:
            return RegisterState(name, cursor, _OBJECTS.validate_json(objects), _time(read_at), error, _time(error_at))
        return RegisterState(name)

    def read(self, name: str, cursor: str, objects: Sequence[RegisterObject], now: datetime) -> None:
        """The objects and the cursor in one write."""
        with self._database.write(_LOCK) as transaction:
            transaction.execute(
                "INSERT INTO registers (name, cursor, objects, read_at_us) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE"
                " SET cursor = excluded.cursor, objects = excluded.objects, read_at_us = excluded.read_at_us",
                (name, cursor, _OBJECTS.dump_json(tuple(objects)).decode(), _us(now)),
            )

    def failed(self, name: str, now: datetime, error: str) -> None:
        """A look failed; what was told before stays."""
        with self._database.write(_LOCK) as transaction:
            transaction.execute(
                "INSERT INTO registers (name, last_error, error_at_us) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE"
                " SET last_error = excluded.last_error, error_at_us = excluded.error_at_us",
                (name, error, _us(now)),
            )

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _us(instant: datetime) -> int:
    return round(utc(instant).timestamp() * 1_000_000)


def _time(us: int | None) -> datetime | None:
    return None if us is None else datetime.fromtimestamp(us / 1_000_000, UTC)
