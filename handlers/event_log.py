"""The port through which the log is read as bytes: by the relay, for gaps, catching up and rebuilding."""

from typing import Protocol

from domain.errors import UnavailableError
from domain.events import StoredRow


class MissingEventsError(UnavailableError):
    """A delivered position lies beyond what the store can show."""

    code = "missing-events"


class EventLog(Protocol):
    """The event store, read only.

    Guarantees: positions are dense from 1 and rise in the order of commit; a row that was returned once is returned for ever,
    with the same bytes; what `head` names can be read; everything committed before the call is seen. Safe from several
    threads, and quick: a millisecond a thousand rows. Raises `UnavailableError`.
    """

    def rows(self, after: int = 0, limit: int = 1000, *, upto: int | None = None) -> list[StoredRow]:
        """Rows with `after` < position <= `upto`, in order, at most `limit`."""

    def head(self) -> int:
        """The highest position; 0 for an empty log."""
