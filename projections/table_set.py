"""A projection's tables as they are in one database: the live ones, or those that a rebuild makes beside them.

The table `projection_state` holds how far they are. It is written in the transaction that writes the rows, so that both are
durable together or not at all.
"""

from collections.abc import Generator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, bindparam, exists, inspect, select, text
from sqlalchemy.schema import CreateIndex, CreateTable

from projections.columns import Words
from projections.projection import Projection
from projections.rows import Row, Rows

BESIDE = "__new"

STATE = MetaData()
PROGRESS = Table(
    "projection_state",
    STATE,
    Column("name", Words, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("generation", BigInteger, nullable=False),
    Column("definition", Words, nullable=False),
)
KV_MARKS = Table(
    "kv_marks",
    STATE,
    Column("bucket", Words, primary_key=True),
    Column("created", Words, nullable=False),
    Column("position", BigInteger, nullable=False),
)
LEFT_OUT = Table(
    "left_out",
    STATE,
    Column("name", Words, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("reason", Words, nullable=False),
)
"""Events that could not be taken and are not among the dead letters yet: written with the position that moved past them."""


class Progress(NamedTuple):
    """How far a set of tables is. `generation` moves when they were replaced, so that nobody trusts rows cached before."""

    position: int
    generation: int
    definition: str
    left_out: bool
    """Whether an event that could not be taken is remembered here."""


def reached(connection: Connection, name: str) -> int:
    """Up to which event of the log the live tables of a projection are."""
    return int(connection.execute(select(PROGRESS.c.position).where(PROGRESS.c.name == name)).scalar_one())


class TableSet:
    """The tables with the suffix `""` (live) or `__new`."""

    def __init__(self, projection: Projection, suffix: str = "") -> None:
        self.projection, self.suffix = projection, suffix
        self.name = projection.name + suffix
        copies = MetaData()
        self.pairs = [(t, t.to_metadata(copies, name=t.name + suffix)) for t in projection.metadata.sorted_tables]
        # Every batch runs these: building them anew costs more than running them.
        mine = PROGRESS.c.name == self.name
        ours = LEFT_OUT.c.name == self.name
        of_table = (PROGRESS.c.position, PROGRESS.c.generation, PROGRESS.c.definition)
        self._progress = select(*of_table, exists().where(ours).label("left_out")).where(mine)
        self._save = PROGRESS.update().where(mine).values(position=bindparam("moved_to"))
        self._left_out = select(LEFT_OUT.c.position, LEFT_OUT.c.reason).where(ours).order_by(LEFT_OUT.c.position)

    def rows(self) -> Rows:
        """An empty row cache over these tables."""
        return Rows(self.pairs)

    def progress(self, connection: Connection) -> Progress | None:
        """How far they are; None when they were never made."""
        found = connection.execute(self._progress).one_or_none()
        return None if found is None else Progress(*found)

    def save(self, connection: Connection, position: int) -> None:
        """Move the position; durable with the rows of the same transaction."""
        connection.execute(self._save, {"moved_to": position})

    def leave_out(self, connection: Connection, rejected: Mapping[int, str]) -> None:
        """Remember events that could not be taken, by position; durable with the rows of the same transaction."""
        for position, reason in rejected.items():
            self.forget(connection, position)
            connection.execute(LEFT_OUT.insert().values(name=self.name, position=position, reason=reason))

    def left_out(self, connection: Connection) -> list[tuple[int, str]]:
        """Those that are remembered, in order."""
        return [(row.position, row.reason) for row in connection.execute(self._left_out)]

    def forget(self, connection: Connection, position: int) -> None:
        """It is kept elsewhere."""
        connection.execute(LEFT_OUT.delete().where(LEFT_OUT.c.name == self.name, LEFT_OUT.c.position == position))

    def create(self, connection: Connection, generation: int) -> None:
        """Make the tables, empty, at position 0. Indexes and views belong to the live set only."""
        self.drop(connection)
        for _, table in self.pairs:
            connection.execute(CreateTable(table))
        connection.execute(
            PROGRESS.insert().values(
                name=self.name, position=0, generation=generation, definition=definition_of(self.projection, connection)
            )
        )
        if not self.suffix:
            self.furnish(connection)

    def furnish(self, connection: Connection) -> None:
        """What only live tables have: indexes, views, and buckets that show them."""
        for table, _ in self.pairs:
            for index in sorted(table.indexes, key=lambda i: str(i.name)):
                connection.execute(CreateIndex(index))
        for view in self.projection.views:
            connection.execute(text(view.sql(connection.dialect.name)))
        # Whatever the fold now means differently must reach the buckets too: they are written anew from the first row.
        connection.execute(KV_MARKS.update().values(position=0))

    def drop(self, connection: Connection) -> None:
        """Remove what there is of these tables, and their position."""
        there = set(inspect(connection).get_table_names())
        if not self.suffix:
            for view in self.projection.views:
                connection.execute(text(f"DROP VIEW IF EXISTS {view.name}"))
        for _, table in reversed(self.pairs):
            if table.name in there:
                table.drop(connection)
        connection.execute(PROGRESS.delete().where(PROGRESS.c.name == self.name))

    def replace(self, connection: Connection, live: "TableSet", generation: int) -> None:
        """Take the place of the live set, all in the caller's transaction: readers see the old tables or the new ones."""
        live.drop(connection)
        for (_, mine), (_, theirs) in zip(self.pairs, live.pairs, strict=True):
            connection.execute(text(f'ALTER TABLE "{mine.name}" RENAME TO "{theirs.name}"'))
        renamed = PROGRESS.update().where(PROGRESS.c.name == self.name)
        connection.execute(renamed.values(name=live.name, generation=generation))
        live.furnish(connection)

    def dump(self, connection: Connection) -> Generator[tuple[str, Row], None, None]:
        """Every row of every table, by table name and primary key. Close it if you leave early."""
        for declared, table in self.pairs:
            ordered = select(table).order_by(*table.primary_key.columns)
            with connection.execute(ordered, execution_options={"yield_per": 1000}) as found:
                for row in found.mappings():
                    yield declared.name, dict(row)

    def place(self, table: str, row: Row) -> tuple[int, list[bytes]]:
        """Where a row stands in a dump."""
        names = [declared.name for declared, _ in self.pairs]
        number = names.index(table)
        return number, [str(row[column.name]).encode() for column in self.pairs[number][0].primary_key.columns]


def definition_of(projection: Projection, connection: Connection) -> str:
    """A hash that moves when tables, indexes, views or the meaning of the fold change."""
    dialect = connection.dialect
    tables = projection.metadata.sorted_tables
    parts: list[Any] = [str(CreateTable(table).compile(dialect=dialect)) for table in tables]
    parts += sorted(str(CreateIndex(index).compile(dialect=dialect)) for table in tables for index in table.indexes)
    parts += [view.sql(dialect.name) for view in projection.views]
    return sha256("\n".join([f"revision {projection.revision}", *parts]).encode()).hexdigest()
