"""What a format is: bytes and the request they came with, in; signals and rejections, out. No clock, no input or output."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from typing import ClassVar, NamedTuple, TypeVar

from domain.errors import InvalidInputError
from domain.signals import Signal

MAX_BODY = 1_048_576
"""Bytes, 1 MiB: the largest body of a tool's. The web answers 413 above a format's limit, the bus dead-letters."""

T = TypeVar("T")


class Request(NamedTuple):
    """What came with a body. `headers` has lower-cased names (HTTP or NATS); `arrived_at` is UTC, by the caller's clock."""

    source: str
    """The source instance, e.g. `wazuh` or `wazuh-drift`; every format's name is also an instance."""
    arrived_at: datetime
    headers: Mapping[str, str] = MappingProxyType({})
    zone: tzinfo = UTC
    """Of times that tell none: where the tool's clock stands."""


class Rejected(NamedTuple):
    """One thing that was not taken. `item` counts from 1; 0 is the body as a whole. `reason` names the field and what to do.

    A reason never quotes a value from the body: it is logged and sent in clear, and the body may hold personal data.
    """

    item: int
    reason: str


class Parsed(NamedTuple):
    """All items of a body, each in exactly one of the two lists, in the order received.

    A body may also hold nothing for Sporlog (statistics beside alerts): then both are empty.
    """

    signals: list[Signal]
    rejected: list[Rejected]


Parse = Callable[[bytes, Request], Parsed]
"""Reads a body of any bytes at all, and gives the same answer to the same bytes. Of all errors it raises `UnreadableError`
alone, for a body that is unreadable as a whole.
"""


class UnreadableError(InvalidInputError):
    """An item, or a whole body, is not what its format says: correct the sender. It becomes a `Rejected`."""

    code: ClassVar[str] = "unreadable"


def unchanged(body: bytes) -> bytes:
    """For formats whose bodies hold no secrets of the tool's own."""
    return body


class Format(NamedTuple):
    """How one kind of body is read."""

    parse: Parse
    redact: Callable[[bytes], bytes] = unchanged
    """Takes secrets (passwords, tokens) out before the body is hashed or stored; everything else stays byte for byte."""
    limit: int = MAX_BODY
    """Bytes of the largest body."""
    severe: re.Pattern[bytes] | None = None
    """A body in which it is not found, lower-cased, holds nothing severe and waits its turn. None: reading tells."""

    def read(self, body: bytes, request: Request) -> Parsed:
        """Read a body, redacted already. Never raises for what was sent: an unreadable body is one rejection, item 0."""
        if len(body) > self.limit:
            return Parsed(
                [], [Rejected(0, f"the body has {len(body)} bytes, the limit is {self.limit}: send fewer items at a time")]
            )
        try:
            return self.parse(body, request)
        except UnreadableError as error:
            return Parsed([], [Rejected(0, str(error))])


def take_each(items: Iterable[T], read_one: Callable[[T], Signal | None]) -> Parsed:
    """Read every item on its own: an unreadable one costs none of the others. None: the item holds nothing for Sporlog."""
    return take_numbered(enumerate(items, start=1), read_one)


def take_numbered(
    items: Iterable[tuple[int, T]], read_one: Callable[[T], Signal | None], rejected: Iterable[Rejected] = ()
) -> Parsed:
    """The same of items that have their numbers already; `rejected` are those that could not even be split off."""
    parsed = Parsed([], list(rejected))
    for number, item in items:
        try:
            signal = read_one(item)
        except UnreadableError as error:
            parsed.rejected.append(Rejected(number, str(error)))
        else:
            if signal is not None:
                parsed.signals.append(signal)
    parsed.rejected.sort()
    return parsed
