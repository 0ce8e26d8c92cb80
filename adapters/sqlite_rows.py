"""Many rows in few statements: what SQLite is given by `executemany`, in a process whose other threads want to run too.

Python's driver lets go of the interpreter's lock for each row and stands in line for it afterwards. In an alert storm the bus
and the read models want that lock too; rows inserted by the hundred stand in line once a statement.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

AT_ONCE = (250, 50, 10)
"""Rows a statement, most first: few sizes, so that the driver keeps the prepared statements."""
MOST_COLUMNS = 100
"""SQLite takes 32,766 values in one statement."""

_INSERT = re.compile(r"(?P<head>INSERT INTO [^?]+ VALUES )(?P<row>\(\?(?:, (?:\?|\d+))*\))(?P<tail>[^?]*)")
"""No value anywhere but in the row, which may also hold numbers that are the same for all."""


class Connection(sqlite3.Connection):
    """For `sqlite3.connect(factory=...)`: its cursors insert many rows a statement."""

    def cursor(self, factory: Any = None) -> Any:  # noqa: ANN401 - the driver's own signature
        """A `Cursor`, unless another kind is asked for."""
        return super().cursor(factory or Cursor)


class Cursor(sqlite3.Cursor):
    """Rows are taken in their order, each seeing those before it: an upsert of the same key twice adds up as row by row."""

    def executemany(self, sql: str, rows: Iterable[Any], /) -> "Cursor":
        """As the driver's own; `rowcount` and `lastrowid` are not told. What fails within a transaction undoes with it."""
        insert = _INSERT.fullmatch(sql)
        if insert is None or insert["row"].count("?") > MOST_COLUMNS:
            super().executemany(sql, rows)
            return self
        for part in _parts(rows):
            if len(part) in AT_ONCE:
                values = ", ".join([insert["row"]] * len(part))
                self.execute(f"{insert['head']}{values}{insert['tail']}", [value for row in part for value in row])
            else:
                super().executemany(sql, part)
        return self


def _parts(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists as long as one of `AT_ONCE` says; what is left at the end is shorter than all of them."""
    left = iter(rows)
    while some := list(islice(left, AT_ONCE[0])):
        begin = 0
        for size in AT_ONCE:
            while len(some) - begin >= size:
                yield some[begin : begin + size]
                begin += size
        if begin < len(some):
            yield some[begin:]
