"""Counting without looking: what is to be added to rows is gathered in memory, and the database adds it to what it holds.

A table is counted so when a column of it is marked `ADDED`. No fold reads its rows, so none is fetched and none is kept: ten
thousand components that are hit in turn cost no more than one that is hit as often.
"""

from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

from projections.upsert import ADDED, Upsert


def is_counted(table: Table) -> bool:
    """Whether rows of it are added up, rather than fetched and changed."""
    return any(column.info == ADDED for column in table.columns)


class Tallies:
    """What one table has still to be told.

    What is added is written once, with the transaction that moves the position past the events that told it; what an undone
    transaction wrote has to be forgotten and folded again.
    """

    def __init__(self, table: Table) -> None:
        self._key = itemgetter(*(column.name for column in table.primary_key.columns))
        self._told: dict[Any, dict[str, Any]] = {}
        self._upsert = Upsert(table)
        self.connection: Connection | None = None

    def __len__(self) -> int:
        return len(self._told)

    def add(self, told: dict[str, Any]) -> None:
        """A row with every column, taken over: `ADDED` columns say how much more, `FIRST` ones hold for a new row only."""
        key = self._key(told)
        if (before := self._told.get(key)) is not None:
            for name in self._upsert.added:
                told[name] += before[name]
            for name in self._upsert.first:
                told[name] = before[name]
        self._told[key] = told

    def flush(self, most: int | None = None) -> int:
        """Write what was added, at most so many rows, in one statement; how many are left. Durable with the transaction."""
        assert self.connection is not None, "rows are used inside a transaction"  # noqa: S101 - a defect, not bad input
        part = list(islice(self._told, most))
        if part:
            self._upsert.write(self.connection, [self._told[key] for key in part])
        for key in part:
            del self._told[key]
        return len(self._told)

    def forget(self) -> None:
        """Drop what was not written."""
        self._told = {}
