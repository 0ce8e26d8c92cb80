"""What a way in remembers of itself, and what it is remembered by."""

from datetime import datetime
from typing import NamedTuple, Protocol


class WayState(NamedTuple):
    """How one way in does. Times are UTC; `None` means never."""

    name: str
    source: str
    last_message_at: datetime | None
    """When the store took the last one, to the second."""
    worked_at: datetime | None
    """When it last did all that it should, messages or none."""
    last_error: str | None
    error_at: datetime | None
    cursor: str
    """Where it goes on, in the way's own words; empty at first."""
    dropped: int
    """Messages that were lost since the way was first set up, because more came than could be stored."""
    kernel_dropped: int
    """Datagrams that the kernel dropped since then, before Sporlog could read them; 0 where the system does not tell."""

    @property
    def is_failing(self) -> bool:
        """Whether nothing went well since the last error."""
        return self.error_at is not None and (self.worked_at is None or self.worked_at < self.error_at)


class WaysMemory(Protocol):
    """One row for each way in. Committed on return, though a power cut may take the last ones: that costs repeats, which the
    store counts by their keys and does not take twice. Safe from several threads. Raises `UnavailableError`.
    """  # noqa: D205 - the guarantees are the summary

    def begin(self, name: str, source: str) -> str:
        """Make it known, and tell where it goes on. With another source than before it goes on all the same."""

    def worked(self, name: str, now: datetime, *, message: bool, cursor: str | None = None) -> None:
        """All went well, with a message or without one; `cursor` is where to go on from now on."""

    def failed(self, name: str, now: datetime, error: str) -> None:
        """It did not go well, and why."""

    def dropped(self, name: str, count: int, *, by_kernel: bool = False) -> None:
        """So many messages more were lost, here or before they got here."""
