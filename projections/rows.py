"""The rows that a fold works on: fetched many at a time, changed in memory, written back once.

The same object serves live batches of a few events and a rebuild's tens of thousands. A row is a dict of column name to value,
found by its primary key: the value itself, or a tuple where several columns make the key. Tables that only count have
`Tallies` instead.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, select, tuple_

from projections.tallies import Tallies, is_counted
from projections.upsert import Upsert

Key = Any
Row = dict[str, Any]

_UNREAD: Row = {}
CHUNK = 500
"""Keys a SELECT: far below the variables that either database allows."""


def in_parts(keys: Iterable[Key], most: int = CHUNK) -> Iterator[list[Key]]:
    """Keys for one SELECT each, every key once."""
    left = iter(dict.fromkeys(keys))
    while part := list(islice(left, most)):
        yield part


def read_all(connection: Connection, query: Select[Any]) -> list[Row]:
    """The result as dicts whose keys are plain strings: SQLAlchemy's own are a subclass, which orjson refuses."""
    result = connection.execute(query)
    names = [str(name) for name in result.keys()]  # noqa: SIM118 - a result, not a dict
    return [dict(zip(names, row, strict=True)) for row in result]


class TableRows:
    """The cached rows of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._key_columns = list(table.primary_key.columns)
        self._key_names = [column.name for column in self._key_columns]
        self._rows: dict[Key, Row | None] = {}
        self._changed: dict[int, Row] = {}  # by identity: hashing a UUID costs more than folding most events
        self._removed: list[tuple[str, Any]] = []
        self._upsert = Upsert(table)
        self.connection: Connection | None = None
        self.all_here = False
        """The table held nothing when this cache began and nothing was dropped since: what is not here does not exist."""

    def __len__(self) -> int:
        return len(self._rows)

    def fetch(self, keys: Iterable[Key]) -> None:
        """Read the rows with these keys that are not here yet; a key without a row is remembered as absent."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._rows]
        if not missing:
            return
        if self.all_here:
            self._rows.update(dict.fromkeys(missing))
            return
        assert self.connection is not None, "rows are used inside a transaction"  # noqa: S101 - a defect, not bad input
        key = self._key_columns[0] if len(self._key_columns) == 1 else tuple_(*self._key_columns)
        for part in in_parts(missing):
            self._rows.update(dict.fromkeys(part))
            for row in read_all(self.connection, select(self.table).where(key.in_(part))):
                if not any(row[column] == value for column, value in self._removed):
                    self._rows[self.key_of(row)] = row

    def key_of(self, row: Row) -> Key:
        """The primary key of a row."""
        if len(self._key_names) == 1:
            return row[self._key_names[0]]
        return tuple(row[name] for name in self._key_names)

    def find(self, key: Key) -> Row | None:
        """The row, to be read only."""
        row = self._rows.get(key, _UNREAD)
        if row is _UNREAD:
            self.fetch((key,))
            return self._rows[key]
        return row

    def change(self, key: Key) -> Row | None:
        """The row, to be changed in place: it is written at the next flush."""
        row = self.find(key)
        if row is not None:
            self._changed[id(row)] = row
        return row

    def add(self, row: Row) -> Row:
        """A new row with every column, or the replacement of an old one."""
        key = self.key_of(row)
        self._changed.pop(id(self._rows.get(key)), None)
        self._rows[key] = self._changed[id(row)] = row
        return row

    def remove(self, column: str, value: Any) -> None:  # noqa: ANN401 - as many types as there are columns
        """Delete every row with this value, written or not; durable with the transaction."""
        for key, row in self._rows.items():
            if row is not None and row[column] == value:
                self._changed.pop(id(row), None)
                self._rows[key] = None
        # A rebuild folds while it may only read: what is written already goes with the next flush.
        self._removed.append((column, value))

    def changed(self) -> Iterator[Row]:
        """The rows that the next flush writes."""
        return iter(self._changed.values())

    def flush(self, most: int | None = None) -> int:
        """Write changed rows, at most so many, in one statement; how many are left. Durable with the transaction."""
        part = list(islice(self._changed.values(), most))
        if self.connection is not None:
            for column, value in self._removed:
                self.connection.execute(delete(self.table).where(self.table.columns[column] == value))
            self._removed = []
        if part and self.connection is not None:
            self._upsert.write(self.connection, part)
        for row in part:
            del self._changed[id(row)]
        return len(self._changed)

    def forget(self) -> None:
        """Drop everything cached, also what was not written."""
        self._rows, self._changed, self._removed, self.all_here = {}, {}, [], False


class Rows:
    """A projection's cached rows, and its tallies of what is counted, found by the table that it declares."""

    def __init__(self, tables: Iterable[tuple[Table, Table]]) -> None:
        self._tables: dict[Table, TableRows] = {}
        self._tallies: dict[Table, Tallies] = {}
        for declared, physical in tables:
            if is_counted(declared):
                self._tallies[declared] = Tallies(physical)
            else:
                self._tables[declared] = TableRows(physical)
        self._all: tuple[TableRows | Tallies, ...] = (*self._tables.values(), *self._tallies.values())

    def __getitem__(self, table: Table) -> TableRows:
        return self._tables[table]

    def tallies(self, table: Table) -> Tallies:
        """Of a table that is counted."""
        return self._tallies[table]

    def __len__(self) -> int:
        return sum(map(len, self._all))

    def use(self, connection: Connection | None) -> None:
        """Read and write on this connection from now on."""
        for rows in self._all:
            rows.connection = connection

    def begin_empty(self) -> None:
        """The tables were just created: nothing needs to be looked up in them."""
        for rows in self._tables.values():
            rows.all_here = True

    @property
    def all_here(self) -> bool:
        """Nothing can be in the tables that is not in memory."""
        return all(rows.all_here for rows in self._tables.values())

    def flush(self, most: int | None = None) -> int:
        """Write what changed, at most so many rows of each table: one statement a table; how many rows are left."""
        return sum(rows.flush(most) for rows in self._all)

    def forget(self) -> None:
        """Drop everything cached."""
        for rows in self._all:
            rows.forget()
