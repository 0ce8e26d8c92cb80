"""Read models as they stood at a position of the log, made in memory when somebody asks, beside the live ones."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import ClassVar

from sqlalchemy import Connection

from domain.errors import UnavailableError
from handlers.event_log import EventLog
from handlers.refolding import OnProgress, Scratch, as_of, unheard
from projections.folding import Record
from projections.projection import Projection

PATIENCE_S = 30.0
"""How long a caller waits for another's look back."""


class LookingBackError(UnavailableError):
    """Somebody else's look back is being made: ask again in a moment."""

    code: ClassVar[str] = "looking-back"


class PastTables:
    """The look back that was asked for last is kept, so that paging through it costs nothing; the next one takes its place.

    One at a time: each folds the log from its beginning, and holds its tables in memory. Safe from several threads.
    """

    def __init__(self, projections: Mapping[str, Projection], log: EventLog, record: Record, scratch: Scratch) -> None:
        self._projections, self._log, self._record, self._scratch = projections, log, record, scratch
        self._lock = threading.Lock()
        self._kept: tuple[str, int] | None = None
        self._connection: Connection | None = None
        self._closing = ExitStack()

    @contextmanager
    def open(self, name: str, position: int, on_progress: OnProgress = unheard) -> Iterator[Connection]:
        """The tables of the projection `name` after the event at `position`, for its own query functions.

        The same position gives the same rows for ever. Raises `LookingBackError`, `UnavailableError`.
        """
        if not self._lock.acquire(timeout=PATIENCE_S):
            msg = "another look back is being made: ask again in a moment"
            raise LookingBackError(msg)
        try:
            if self._kept != (name, position) or self._connection is None:
                self._forget()
                made = as_of(
                    self._projections[name],
                    position,
                    self._log,
                    record=self._record,
                    scratch=self._scratch,
                    on_progress=on_progress,
                )
                self._connection, self._kept = self._closing.enter_context(made), (name, position)
            yield self._connection
        finally:
            self._lock.release()

    def close(self) -> None:
        """Give the memory back. What was erased meanwhile is gone with it."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        self._kept = self._connection = None
        self._closing.close()
