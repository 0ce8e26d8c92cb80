"""The port to the database of one projection's read tables."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection


class ReadDatabase(Protocol):
    """One file or one schema, used by one projection only. Safe from several threads and processes.

    Read tables are made of the log, so they need no more than atomicity: a crash may lose the last transactions, rows and
    position together, and then they are read from the log again. Raises `UnavailableError` when locked, full or away.
    """

    def write(self) -> AbstractContextManager[Connection]:
        """A transaction that holds this database's only write lock; commits on leaving, rolls back on an exception."""

    def snapshot(self) -> AbstractContextManager[Connection]:
        """Reading: every statement sees the same committed state, and nobody waits for anybody."""

    def scrub(self) -> bool:
        """Take deleted rows out of the files as far as the database can; False while a reader needs them: try again."""
