"""The tables of the event store and their version. Steps go forward only; stored events are never rewritten."""

from adapters.event_store.database import Database
from domain.errors import SporlogError

# `position` is the INTEGER PRIMARY KEY and assigned as max + 1 under the write lock: SQLite may renumber an implicit rowid,
# and a PostgreSQL sequence leaves gaps after a rollback.
_STATEMENTS_1 = """
CREATE TABLE events (
    position {int} PRIMARY KEY, originator_id TEXT NOT NULL, originator_version {int} NOT NULL, topic TEXT NOT NULL,
    recorded_at_us {int} NOT NULL, state {blob} NOT NULL, UNIQUE (originator_id, originator_version));
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE refs (entity TEXT, year {int}, n {int}, incident_id TEXT NOT NULL UNIQUE, PRIMARY KEY (entity, year, n));
CREATE TABLE payloads (
    id {serial}, sha256 {blob} NOT NULL UNIQUE, kid TEXT NOT NULL, nonce {blob} NOT NULL, ct {blob} NOT NULL,
    refs {int} NOT NULL);
CREATE TABLE signals (
    source TEXT, source_event_id TEXT, incident_id TEXT, count {int} NOT NULL, payload {blob} NOT NULL,
    PRIMARY KEY (source, source_event_id));
CREATE TABLE open_components (
    component TEXT, incident_id TEXT, since {int} NOT NULL, PRIMARY KEY (component, incident_id));
CREATE INDEX open_components_incident ON open_components (incident_id);
CREATE TABLE intake_done (
    stream TEXT, first {int}, last {int}, stored_at {int}, PRIMARY KEY (stream, first, stored_at))
"""
STEPS: tuple[tuple[str, ...], ...] = (tuple(_STATEMENTS_1.split(";")),)


class NewerSchemaError(SporlogError):
    """The store was written by a newer Sporlog."""

    code = "newer-schema"


def migrate(database: Database) -> None:
    """Bring the store to this version's schema, each step in one transaction; a newer one is refused, nothing changed."""
    serial = "INTEGER PRIMARY KEY" if database.integer == "INTEGER" else "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    if not database.has_table("schema_version"):
        with database.write() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS schema_version (one INTEGER PRIMARY KEY, version INTEGER NOT NULL)")
    rows = database.read("SELECT version FROM schema_version")
    version = int(rows[0][0]) if rows else 0
    if version > len(STEPS):
        msg = f"the store has schema version {version}, this Sporlog knows {len(STEPS)}: use the newer Sporlog that wrote it"
        raise NewerSchemaError(msg)
    for number, step in enumerate(STEPS[version:], start=version + 1):
        with database.write("schema_version") as cursor:
            # Two processes may start at once: the second finds the step done under the lock.
            cursor.execute("SELECT version FROM schema_version")
            done = cursor.fetchall()
            if done and int(done[0][0]) >= number:
                continue
            for statement in step:
                cursor.execute(statement.format(int=database.integer, blob=database.blob, serial=serial))
            cursor.execute(
                "INSERT INTO schema_version (one, version) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET version = ?",
                (number, number),
            )
