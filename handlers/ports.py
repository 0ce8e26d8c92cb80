"""What the handlers ask of the outside world, and what they may rely on."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple, Protocol


class RelayMark(NamedTuple):
    """How far the relay has come: event `position` is message `last_seq` of the stream that was created at `stream_created`."""

    stream_created: str
    last_seq: int
    position: int


class RelayState(Protocol):
    """Where the relay keeps its mark. It need not be durable at once: an old mark costs reading, never an event or a double."""

    def load(self) -> RelayMark | None:
        """The mark that was saved last, or None."""

    def save(self, mark: RelayMark) -> None:
        """Replace the mark, as a whole."""


class Delivery(NamedTuple):
    """A message as a durable consumer hands it over: raw, so that one that cannot be read costs only itself."""

    stream: str
    stream_created: str
    """The stream's own creation time (RFC 3339): with `sequence` it names a message also after the stream was made anew."""
    subject: str
    headers: Mapping[str, str]
    data: bytes
    sequence: int
    """Its number in the stream."""
    stored_at: int
    """When the server stored it, nanoseconds since 1970 UTC. A stream that lost its tail gives the same numbers once more: a
    later message then has a later time."""
    delivered: int
    """How often it was handed over, this time included: more than 1 is a repeat."""
    waiting: int = 0
    """How many messages waited behind it when it was handed over."""


BatchHandler = Callable[[Sequence[Delivery]], Awaitable[None]]
"""Takes what came, in the stream's order. Returning means: durable, never needed again. Raising means: later, all of it."""
