"""Who read which incident: DATA/access.db, or tables beside the store in PostgreSQL; in no backup that Sporlog takes.

A reading names a set of incidents, and each set is kept once: a list of two hundred that is looked at all day costs one row a
look.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from threading import Lock
from uuid import UUID

from adapters.event_store.database import Cursor, Database
from adapters.event_store.schema import migrate
from domain.time import utc
from handlers.access_log import Reading

_STATEMENTS_1 = """
CREATE TABLE access_sets (id {serial}, sha256 {blob} NOT NULL UNIQUE);
CREATE TABLE access_incidents (incident_id TEXT, set_id {int}, PRIMARY KEY (incident_id, set_id));
CREATE INDEX access_incidents_set ON access_incidents (set_id);
CREATE TABLE access_readings (
    id {serial}, at_us {int} NOT NULL, who TEXT NOT NULL, proved {int} NOT NULL, os_user TEXT, way TEXT NOT NULL,
    place TEXT NOT NULL, correlation_id TEXT NOT NULL, set_id {int} NOT NULL);
CREATE INDEX access_readings_set ON access_readings (set_id, at_us);
CREATE INDEX access_readings_at ON access_readings (at_us);
CREATE INDEX access_readings_who ON access_readings (who, at_us)
"""
STEPS: tuple[tuple[str, ...], ...] = (tuple(_STATEMENTS_1.split(";")),)
_COLUMNS = "at_us, who, proved, os_user, way, place, correlation_id, set_id"


class AccessTable:
    """See `handlers.access_log.AccessLog`. Writers take the schema's lock: a table's would wake whoever follows the events."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Whoever waited for a write may be gone while its thread still writes: the connection must not close under it.
        self._writing = Lock()
        migrate(database, STEPS, versions="access_version", what="the log of readings")

    def record(self, readings: Sequence[Reading]) -> None:
        """Write them down, in one transaction."""
        with self._writing, self._database.write() as cursor:
            sets = {incidents: _set_id(cursor, incidents) for incidents in {one.incidents for one in readings}}
            cursor.executemany(
                f"INSERT INTO access_readings ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own names
                [
                    (_us(r.at), r.who, int(r.proved), r.os_user, r.way, r.where, r.correlation_id, sets[r.incidents])
                    for r in readings
                ],
            )

    def readings(
        self, *, incident: UUID | None = None, who: str | None = None, since: datetime | None = None, limit: int = 1000
    ) -> list[Reading]:
        """The newest first."""
        wanted: list[tuple[str, object]] = [("at_us >= ?", _us(since) if since else 0)]
        if who is not None:
            wanted.append(("who = ?", who))
        if incident is not None:
            wanted.append(("set_id IN (SELECT set_id FROM access_incidents WHERE incident_id = ?)", incident.hex))
        where, values = " AND ".join(sql for sql, _ in wanted), [value for _, value in wanted]
        found = self._database.read(
            f"SELECT {_COLUMNS} FROM access_readings WHERE {where} ORDER BY at_us DESC, id DESC LIMIT ?",  # noqa: S608 - the same
            [*values, limit],
        )
        sets = {row[-1]: self._incidents(row[-1]) if incident is None else frozenset({incident}) for row in found}
        return [
            Reading(_time(at), who_, bool(proved), os_user, way, place, correlation_id, sets[set_id])
            for at, who_, proved, os_user, way, place, correlation_id, set_id in found
        ]

    def forget(self, before: datetime) -> int:
        """Delete for good what is older, and tell how much that was."""
        with self._writing:
            return self._forget(before)

    def _forget(self, before: datetime) -> int:
        with self._database.write() as cursor:
            cursor.execute("SELECT count(*) FROM access_readings WHERE at_us < ?", (_us(before),))
            ((count,),) = cursor.fetchall()
            cursor.execute("DELETE FROM access_readings WHERE at_us < ?", (_us(before),))
            kept = "SELECT set_id FROM access_readings"
            cursor.execute(f"DELETE FROM access_incidents WHERE set_id NOT IN ({kept})")  # noqa: S608 - our own text
            cursor.execute(f"DELETE FROM access_sets WHERE id NOT IN ({kept})")  # noqa: S608 - the same
        # Committed. Dying here, or a reader in the way, leaves the bytes in the WAL: so also where nothing was to be forgotten.
        self._database.scrub("access_readings", "access_incidents", "access_sets")
        return int(count)

    def close(self) -> None:
        """Close the database, when what is being written is written."""
        with self._writing:
            self._database.close()

    def _incidents(self, set_id: int) -> frozenset[UUID]:
        rows = self._database.read("SELECT incident_id FROM access_incidents WHERE set_id = ?", (set_id,))
        return frozenset(UUID(hex=incident) for (incident,) in rows)


def _set_id(cursor: Cursor, incidents: frozenset[UUID]) -> int:
    ids = sorted(incident.hex for incident in incidents)
    key = sha256("".join(ids).encode()).digest()
    cursor.execute("SELECT id FROM access_sets WHERE sha256 = ?", (key,))
    found = cursor.fetchall()
    if not found:
        cursor.execute("INSERT INTO access_sets (sha256) VALUES (?) RETURNING id", (key,))
        found = cursor.fetchall()
        cursor.executemany(
            "INSERT INTO access_incidents (incident_id, set_id) VALUES (?, ?)", [(one, found[0][0]) for one in ids]
        )
    return int(found[0][0])


def _us(instant: datetime) -> int:
    return round(utc(instant).timestamp() * 1_000_000)


def _time(us: int) -> datetime:
    return datetime.fromtimestamp(us / 1_000_000, UTC)
