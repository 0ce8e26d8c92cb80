"""What a format is: bytes and the request they came with, in; signals and rejections, out. No clock, no input or output."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import wraps
from types import MappingProxyType
from typing import ClassVar, NamedTuple, TypeVar

from domain.errors import InvalidInputError
from domain.signals import Signal

MAX_BODY = 1_048_576
"""Bytes, 1 MiB: the largest body that any format reads. The web answers 413 and the bus dead-letters above it."""

T = TypeVar("T")


class Request(NamedTuple):
    """What came with a body. `headers` has lower-cased names (HTTP or NATS); `arrived_at` is UTC, by the caller's clock."""

    source: str
    """The source instance, e.g. `wazuh` or `wazuh-drift`; every format's name is also an instance."""
    arrived_at: datetime
    headers: Mapping[str, str] = MappingProxyType({})


class Rejected(NamedTuple):
    """One thing that was not taken. `item` counts from 1; 0 is the body as a whole. `reason` names the field and what to do.

    A reason never quotes a value from the body: it is logged and sent in clear, and the body may hold personal data.
    """

    item: int
    reason: str


class Parsed(NamedTuple):
    """All items of a body, each in exactly one of the two lists, in the order received."""

    signals: list[Signal]
    rejected: list[Rejected]


Format = Callable[[bytes, Request], Parsed]
"""Reads a body of any bytes at all. It never raises for what was sent, and gives the same answer to the same bytes."""


class UnreadableError(InvalidInputError):
    """An item, or a whole body, is not what its format says: correct the sender. Formats turn it into a `Rejected`."""

    code: ClassVar[str] = "unreadable"


def rejecting(parse: Format) -> Format:
    """Wrap a format so that a body that is too large or unreadable as a whole becomes one rejection, item 0."""

    @wraps(parse)
    def parse_or_reject(body: bytes, request: Request) -> Parsed:
        if len(body) > MAX_BODY:
            return Parsed(
                [], [Rejected(0, f"the body has {len(body)} bytes, the limit is {MAX_BODY}: send fewer items at a time")]
            )
        try:
            return parse(body, request)
        except UnreadableError as error:
            return Parsed([], [Rejected(0, str(error))])

    return parse_or_reject


def take_each(items: Iterable[T], read_one: Callable[[T], Signal]) -> Parsed:
    """Read every item on its own: an unreadable one costs none of the others."""
    parsed = Parsed([], [])
    for number, item in enumerate(items, start=1):
        try:
            parsed.signals.append(read_one(item))
        except UnreadableError as error:
            parsed.rejected.append(Rejected(number, str(error)))
    return parsed
