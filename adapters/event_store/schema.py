"""The tables of the event store and their version. Steps go forward only; stored events are never rewritten."""

from collections.abc import Sequence

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
# Lines of counting by minute; the names that sources share for one finding; the latest episode of each check.
_STATEMENTS_2 = """
ALTER TABLE signals ADD COLUMN disposition TEXT NOT NULL DEFAULT 'counted';
ALTER TABLE signals ADD COLUMN status TEXT NOT NULL DEFAULT 'firing';
ALTER TABLE signals ADD COLUMN told_at_us {int};
ALTER TABLE signals ADD COLUMN version {int};
UPDATE signals SET disposition = 'attached' WHERE incident_id IS NOT NULL;
CREATE TABLE episodes (
    source TEXT, episode TEXT, source_event_id TEXT NOT NULL, is_open {int} NOT NULL, PRIMARY KEY (source, episode));
CREATE TABLE twins (name TEXT PRIMARY KEY, source TEXT NOT NULL, source_event_id TEXT NOT NULL);
CREATE TABLE windows (rule TEXT, grouped TEXT, minute {int}, n {int} NOT NULL, PRIMARY KEY (rule, grouped, minute));
CREATE INDEX windows_minute ON windows (minute)
"""
# What is to be made unreadable, noted with the event that says so, and when that was done.
_STATEMENTS_3 = """
CREATE TABLE erasures (position {int} PRIMARY KEY, done_at_us {int})
"""
STEPS: tuple[tuple[str, ...], ...] = tuple(
    tuple(statements.split(";")) for statements in (_STATEMENTS_1, _STATEMENTS_2, _STATEMENTS_3)
)


class NewerSchemaError(SporlogError):
    """A newer Sporlog wrote it."""

    code = "newer-schema"


def migrate(
    database: Database, steps: Sequence[Sequence[str]] = STEPS, *, versions: str = "schema_version", what: str = "the store"
) -> None:
    """Bring tables to this version's schema, each step in one transaction; a newer one is refused, nothing changed.

    `versions` is the table that remembers how far they have come: tables that share a database each have one of their own.
    """
    serial = "INTEGER PRIMARY KEY" if database.integer == "INTEGER" else "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    if not database.has_table(versions):
        with database.write() as cursor:
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {versions} (one INTEGER PRIMARY KEY, version INTEGER NOT NULL)")
    rows = database.read(f"SELECT version FROM {versions}")  # noqa: S608 - the name is ours
    version = int(rows[0][0]) if rows else 0
    if version > len(steps):
        msg = f"{what} has schema version {version}, this Sporlog knows {len(steps)}: use the newer Sporlog that wrote it"
        raise NewerSchemaError(msg)
    for number, step in enumerate(steps[version:], start=version + 1):
        with database.write(versions) as cursor:
            # Two processes may start at once: the second finds the step done under the lock.
            cursor.execute(f"SELECT version FROM {versions}")  # noqa: S608 - the name is ours
            done = cursor.fetchall()
            if done and int(done[0][0]) >= number:
                continue
            for statement in step:
                cursor.execute(statement.format(int=database.integer, blob=database.blob, serial=serial))
            cursor.execute(
                f"INSERT INTO {versions} (one, version) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET version = ?",  # noqa: S608
                (number, number),
            )
