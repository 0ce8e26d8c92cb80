"""The messages to be sent: DATA/messages.db, or tables beside the store in PostgreSQL. They cannot be made of the log again.

`next_at_us` is when a message may be taken in hand: at once when it is new, later when it failed or is in somebody's hands, and
NULL when it is sent or will never be.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from pydantic import TypeAdapter

from adapters.event_store.database import Cursor, Database
from adapters.event_store.schema import migrate
from domain.time import utc
from handlers.outbox import Claimed, Delivered, Message, Unsent, Untold

_STATEMENTS_1 = """
CREATE TABLE messages (
    channel TEXT, id TEXT, state TEXT NOT NULL, body TEXT NOT NULL, noted_at_us {int} NOT NULL, next_at_us {int},
    attempts {int} NOT NULL, error TEXT, sent_at_us {int}, PRIMARY KEY (channel, id));
CREATE INDEX messages_next ON messages (channel, next_at_us);
CREATE TABLE message_channels (name TEXT PRIMARY KEY);
CREATE TABLE message_position (one {int} PRIMARY KEY, position {int} NOT NULL)
"""
# From here on a message may be of a source's silence too, which an earlier Sporlog could not read. Those of deadlines that lie
# here are read as they are: their shape is the same.
_STATEMENTS_2 = """
CREATE TABLE messages_untold (
    position {int} PRIMARY KEY, recorded_at_us {int} NOT NULL, reason TEXT NOT NULL, put_aside {int} NOT NULL)
"""
# The third and the fourth change no table: from there on a message may be of an emergency list, and a management report, which
# an earlier Sporlog could not read.
STEPS: tuple[tuple[str, ...], ...] = (tuple(_STATEMENTS_1.split(";")), (_STATEMENTS_2,), (), ())
"""`state` is one of waiting, claimed, failed, sent, noted (sent, and on record), and passed: it was too late for it when the
channel was new, or the channel is gone."""
_LOCK = "messages"
_MESSAGE: TypeAdapter[Message] = TypeAdapter(Message)


class OutboxTables:
    """See `handlers.outbox.Outbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        migrate(database, STEPS, versions="messages_version", what="the table of messages")

    def position(self) -> int | None:
        """Up to which event the log was looked at."""
        rows = self._database.read("SELECT position FROM message_position")
        return int(rows[0][0]) if rows else None

    def channels(self) -> frozenset[str]:
        """The channels that messages are kept for."""
        return frozenset(str(row[0]) for row in self._database.read("SELECT name FROM message_channels"))

    def begin(self, channels: Sequence[str], position: int, due: Sequence[Message], passed: Sequence[Message]) -> None:
        """From now on these channels and no others."""
        with self._database.write(_LOCK) as cursor:
            cursor.execute("SELECT name FROM message_channels")
            before = {str(row[0]) for row in cursor.fetchall()}
            for name in sorted(before - {*channels}):
                cursor.execute("DELETE FROM message_channels WHERE name = ?", (name,))
                cursor.execute(
                    "UPDATE messages SET state = 'passed', next_at_us = NULL WHERE channel = ? AND next_at_us IS NOT NULL",
                    (name,),
                )
            # Two processes may start at once: the second finds its channels known.
            for name in sorted({*channels} - before):
                cursor.execute("INSERT INTO message_channels (name) VALUES (?)", (name,))
                _add(cursor, (name,), passed, waiting=False)
                _add(cursor, (name,), due)
                # What was not sent when the channel went is owed again now that it is back.
                cursor.executemany(
                    "UPDATE messages SET state = 'waiting', next_at_us = ? WHERE channel = ? AND id = ? AND state = 'passed'",
                    [(_us(message.noted_at), name, message.id) for message in due],
                )
            _save(cursor, position)

    def add(self, channels: Sequence[str], messages: Sequence[Message], position: int, untold: Sequence[Untold] = ()) -> None:
        """Messages to be sent, each once per channel, and events that none could be made of."""
        with self._database.write(_LOCK) as cursor:
            _add(cursor, channels, messages)
            cursor.executemany(
                "INSERT INTO messages_untold (position, recorded_at_us, reason, put_aside) VALUES (?, ?, ?, 0)"
                " ON CONFLICT DO NOTHING",
                [(one.position, _us(one.recorded_at), one.reason) for one in untold],
            )
            _save(cursor, position)

    def untold(self, *, waiting: bool) -> list[Untold]:
        """Events that no message could be made of, in the log's order."""
        rows = self._database.read(
            "SELECT position, recorded_at_us, reason FROM messages_untold WHERE put_aside = 0 OR ? = 0 ORDER BY position",
            (int(waiting),),
        )
        return [Untold(int(position), datetime.fromtimestamp(at / 1_000_000, UTC), reason) for position, at, reason in rows]

    def put_aside(self, position: int) -> None:
        """That event is where a person finds it."""
        with self._database.write(_LOCK) as cursor:
            cursor.execute("UPDATE messages_untold SET put_aside = 1 WHERE position = ?", (position,))

    def claim(self, channel: str, now: datetime, until: datetime) -> Claimed | None:
        """The message that has waited longest, in nobody else's hands until `until`."""
        find, params = (
            "SELECT id, body, attempts FROM messages WHERE channel = ? AND next_at_us <= ? ORDER BY next_at_us, id LIMIT 1",
            (channel, _us(now)),
        )
        if not self._database.read(find, params):
            return None
        with self._database.write(_LOCK) as cursor:
            # Asked again under the lock: another worker may have been quicker.
            cursor.execute(find, params)
            rows = cursor.fetchall()
            if not rows:
                return None
            identity, body, attempts = str(rows[0][0]), str(rows[0][1]), int(rows[0][2])
            cursor.execute(
                "UPDATE messages SET state = 'claimed', next_at_us = ?, attempts = attempts + 1 WHERE channel = ? AND id = ?",
                (_us(until), channel, identity),
            )
        return Claimed(channel, _MESSAGE.validate_json(body), attempts + 1, until)

    def sent(self, claimed: Claimed, now: datetime) -> None:
        """It went out."""
        with self._database.write(_LOCK) as cursor:
            cursor.execute(
                "UPDATE messages SET state = 'sent', next_at_us = NULL, error = NULL, sent_at_us = ?"
                " WHERE channel = ? AND id = ?",
                (_us(now), claimed.channel, claimed.message.id),
            )

    def failed(self, claimed: Claimed, error: str, again_at: datetime) -> None:
        """It did not go out, and why."""
        with self._database.write(_LOCK) as cursor:
            cursor.execute(
                "UPDATE messages SET state = 'failed', next_at_us = ?, error = ?"
                " WHERE channel = ? AND id = ? AND state = 'claimed' AND next_at_us = ?",
                (_us(again_at), error, claimed.channel, claimed.message.id, _us(claimed.until)),
            )

    def post(self, channels: Sequence[str], message: Message) -> None:
        """A message that no event calls for, to be sent once on each of these channels."""
        with self._database.write(_LOCK) as cursor:
            _add(cursor, channels, [message])

    def find(self, identity: str) -> Message | None:
        """The message with this id, as it was first added on any channel."""
        rows = self._database.read("SELECT body FROM messages WHERE id = ? ORDER BY noted_at_us, channel LIMIT 1", (identity,))
        return _MESSAGE.validate_json(str(rows[0][0])) if rows else None

    def drop(self, prefix: str, kept: Sequence[str]) -> None:
        """Delete what is not sent yet on channels whose name begins so, but for those that are kept."""
        rows = self._database.read(
            "SELECT DISTINCT channel FROM messages WHERE channel LIKE ? AND next_at_us IS NOT NULL", (f"{prefix}%",)
        )
        gone = {str(row[0]) for row in rows} - {*kept}
        with self._database.write(_LOCK) as cursor:
            for channel in sorted(gone):
                cursor.execute("DELETE FROM messages WHERE channel = ? AND next_at_us IS NOT NULL", (channel,))

    def delivered(self, prefix: str) -> list[Delivered]:
        """What went out on channels whose name begins so, and is not on record."""
        rows = self._database.read(
            "SELECT channel, body, sent_at_us FROM messages WHERE state = 'sent' AND channel LIKE ?"
            " ORDER BY sent_at_us, channel",
            (f"{prefix}%",),
        )
        return [
            Delivered(str(channel), _MESSAGE.validate_json(body), datetime.fromtimestamp(at / 1_000_000, UTC))
            for channel, body, at in rows
        ]

    def noted(self, delivered: Delivered) -> None:
        """That it went out is on record."""
        with self._database.write(_LOCK) as cursor:
            cursor.execute(
                "UPDATE messages SET state = 'noted' WHERE channel = ? AND id = ? AND state = 'sent'",
                (delivered.channel, delivered.message.id),
            )

    def forget(self, incident: UUID) -> None:
        """Drop every message about an incident, sent or not, and its bytes."""
        with self._database.write(_LOCK) as cursor:
            cursor.execute("DELETE FROM messages WHERE body LIKE ?", (f'%"incident_id":"{incident}"%',))
        self._database.scrub("messages")

    def unsent(self, before: datetime) -> list[Unsent]:
        """Of the messages that were noted before this time those still to go out, by channel."""
        rows = self._database.read(
            "SELECT channel, error FROM messages WHERE next_at_us IS NOT NULL AND noted_at_us < ?"
            " ORDER BY channel, noted_at_us",
            (_us(before),),
        )
        found: dict[str, Unsent] = {}
        for channel, error in rows:
            known = found.get(channel, Unsent(channel, 0, error))
            found[channel] = known._replace(messages=known.messages + 1)
        return list(found.values())

    def forget_before(self, before: datetime) -> int:
        """Delete what was noted earlier and waits for nobody any more, and tell how much that was."""
        old = (_us(before),)
        with self._database.write(_LOCK) as cursor:
            cursor.execute("SELECT count(*) FROM messages WHERE next_at_us IS NULL AND noted_at_us < ?", old)
            ((count,),) = cursor.fetchall()
            cursor.execute("DELETE FROM messages WHERE next_at_us IS NULL AND noted_at_us < ?", old)
        # Committed. Dying here, or a reader in the way, leaves the bytes in the WAL: so also where nothing was to be forgotten.
        self._database.scrub("messages")
        return int(count)

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _add(cursor: Cursor, channels: Sequence[str], messages: Sequence[Message], *, waiting: bool = True) -> None:
    cursor.executemany(
        "INSERT INTO messages (channel, id, state, body, noted_at_us, next_at_us, attempts) VALUES (?, ?, ?, ?, ?, ?, 0)"
        " ON CONFLICT DO NOTHING",
        [
            (
                *(channel, message.id, "waiting" if waiting else "passed", message.model_dump_json()),
                *(_us(message.noted_at), _us(message.noted_at) if waiting else None),
            )
            for channel in channels
            for message in messages
        ],
    )


def _save(cursor: Cursor, position: int) -> None:
    cursor.execute(
        "INSERT INTO message_position (one, position) VALUES (1, ?)"
        " ON CONFLICT (one) DO UPDATE SET position = excluded.position",
        (position,),
    )


def _us(instant: datetime) -> int:
    return round(utc(instant).timestamp() * 1_000_000)
