"""The ledger: DATA/ledger.db, or the schema `ledger` of PostgreSQL. Its tiles can be made of the log again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from adapters.event_store.database import Cursor, Database
from adapters.event_store.schema import migrate
from domain.ledger.tiles import TilePlace
from domain.time import utc
from handlers.ledger_tables import Difference, Differs, Signed

_STATEMENTS_1 = """
CREATE TABLE ledger_size (one {int} PRIMARY KEY, size {int} NOT NULL);
CREATE TABLE tiles (level {int}, number {int}, hashes {blob} NOT NULL, PRIMARY KEY (level, number));
CREATE TABLE differences (
    position {int}, leaf {blob}, differs TEXT NOT NULL, noted_at_us {int} NOT NULL, settled {int} NOT NULL,
    PRIMARY KEY (position, leaf))
"""
_STATEMENTS_2 = """
CREATE TABLE first_key (one {int} PRIMARY KEY, vkey TEXT NOT NULL);
CREATE TABLE checkpoints (size {int} PRIMARY KEY, note TEXT NOT NULL, signed_at_us {int} NOT NULL)
"""
STEPS: tuple[tuple[str, ...], ...] = (tuple(_STATEMENTS_1.split(";")), tuple(_STATEMENTS_2.split(";")))
_LOCK = "ledger_size"
_SIZE, _TILE = "SELECT size FROM ledger_size", "SELECT hashes FROM tiles WHERE level = ? AND number = ?"


class _Transaction:
    """See `handlers.ledger_tables.LedgerTransaction`."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def size(self) -> int:
        """How many leaves there are."""
        self._cursor.execute(_SIZE)
        rows = self._cursor.fetchall()
        return int(rows[0][0]) if rows else 0

    def tile(self, place: TilePlace) -> bytes:
        """A tile's hashes."""
        self._cursor.execute(_TILE, place)
        rows = self._cursor.fetchall()
        return bytes(rows[0][0]) if rows else b""

    def save(self, tiles: dict[TilePlace, bytes], size: int) -> None:
        """These tiles and this size."""
        self._cursor.executemany(
            "INSERT INTO tiles (level, number, hashes) VALUES (?, ?, ?)"
            " ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes",
            [(*place, hashes) for place, hashes in tiles.items()],
        )
        self._cursor.execute(
            "INSERT INTO ledger_size (one, size) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET size = excluded.size", (size,)
        )

    def add_checkpoint(self, signed: Signed) -> None:
        """The first of its size: a second one is an error of the database, and nothing of the transaction stays."""
        size, note, signed_at = signed
        self._cursor.execute(
            "INSERT INTO checkpoints (size, note, signed_at_us) VALUES (?, ?, ?)", (size, note, _us(signed_at))
        )


class LedgerDatabase:
    """See `handlers.ledger_tables.LedgerTables`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        migrate(database, STEPS, versions="ledger_version", what="the ledger")

    @contextmanager
    def write(self) -> Iterator[_Transaction]:
        """The one writer's transaction."""
        with self._database.write(_LOCK) as cursor:
            yield _Transaction(cursor)

    def size(self) -> int:
        """As committed."""
        rows = self._database.read(_SIZE)
        return int(rows[0][0]) if rows else 0

    def tile(self, place: TilePlace) -> bytes:
        """A tile's hashes, as committed."""
        rows = self._database.read(_TILE, place)
        return bytes(rows[0][0]) if rows else b""

    def note(self, difference: Difference) -> None:
        """Keep what was found."""
        position, differs, leaf, noted_at = difference
        with self._database.write(_LOCK) as cursor:
            cursor.execute(
                "INSERT INTO differences (position, leaf, differs, noted_at_us, settled) VALUES (?, ?, ?, ?, 0)"
                # The same bytes in the same place once more, after somebody had settled them: that is news again.
                " ON CONFLICT (position, leaf) DO UPDATE SET settled = 0",
                (position, leaf, differs.value, _us(noted_at)),
            )

    def open_differences(self) -> list[Difference]:
        """What nobody has settled."""
        rows = self._database.read(
            "SELECT position, differs, leaf, noted_at_us FROM differences WHERE settled = 0 ORDER BY position, leaf"
        )
        return [Difference(int(position), Differs(differs), bytes(leaf), _time(us)) for position, differs, leaf, us in rows]

    def is_settled(self, position: int, leaf: bytes) -> bool:
        """Whether a person has said that these bytes are the false ones."""
        return bool(
            self._database.read("SELECT 1 FROM differences WHERE position = ? AND leaf = ? AND settled = 1", (position, leaf))
        )

    def settle(self, differences: Sequence[Difference]) -> None:
        """A person has looked at these."""
        with self._database.write(_LOCK) as cursor:
            cursor.executemany(
                "UPDATE differences SET settled = 1 WHERE position = ? AND leaf = ?",
                [(each.position, each.leaf) for each in differences],
            )

    def first_key(self) -> str | None:
        """The verifier key that the log began to sign with."""
        rows = self._database.read("SELECT vkey FROM first_key")
        return str(rows[0][0]) if rows else None

    def set_first_key(self, vkey: str) -> None:
        """For good."""
        with self._database.write(_LOCK) as cursor:
            cursor.execute("INSERT INTO first_key (one, vkey) VALUES (1, ?) ON CONFLICT DO NOTHING", (vkey,))

    def latest_checkpoint(self) -> Signed | None:
        """The largest."""
        rows = self._database.read("SELECT size, note, signed_at_us FROM checkpoints ORDER BY size DESC LIMIT 1")
        return _signed(*rows[0]) if rows else None

    def checkpoints(self, after: int) -> list[Signed]:
        """Those of larger trees."""
        rows = self._database.read("SELECT size, note, signed_at_us FROM checkpoints WHERE size > ? ORDER BY size", (after,))
        return [_signed(*row) for row in rows]

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _signed(size: int, note: str, signed_at_us: int) -> Signed:
    return Signed(int(size), note, _time(signed_at_us))


def _us(instant: datetime) -> int:
    return round(utc(instant).timestamp() * 1_000_000)


def _time(us: int) -> datetime:
    return datetime.fromtimestamp(us / 1_000_000, UTC)
