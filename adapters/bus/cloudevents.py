r"""An event on the bus: CloudEvents 1.0 in binary mode (the NATS protocol binding), the stored bytes as its body.

Every header costs each subscriber about a microsecond, so there are the four that CloudEvents requires and two of Sporlog's:

    PUB event.incident.6b1f4c5e-8f3c-4a8e-9d3e-0f6f3a1c2b4d.reported
    NATS/1.0
    ce-specversion: 1.0
    ce-id: 6b1f4c5e-8f3c-4a8e-9d3e-0f6f3a1c2b4d/1
    ce-source: /sporlog
    ce-type: dk.sporlog.incident.reported.v1
    Sporlog-Position: 42
    Sporlog-Recorded-At: 1795422000123456

    {"meta":{...},"sealed":{"ct":"...","kid":"...","nonce":"..."},...}

`ce-id` is `<aggregate id>/<version>`, unique everywhere; `ce-source` is the same for all, since each aggregate id is unique by
itself. `Sporlog-Position` is dense from 1: who sees another than the next has missed events or sees one again.
`Sporlog-Recorded-At` is microseconds since 1970 UTC and never decreases. The body is JSON; confidential fields are ciphertext.
"""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from adapters.bus.errors import MalformedEventError
from adapters.bus.publishing import Outgoing
from domain.events import StoredRow, cloudevents_type, subject_of

POSITION = "Sporlog-Position"
RECORDED_AT = "Sporlog-Recorded-At"
SOURCE = "/sporlog"
_TYPE_PREFIX = "dk.sporlog."


class Received(Protocol):
    """A message as any reader of the bus has it."""

    @property
    def headers(self) -> Mapping[str, str] | None:
        """The message's headers."""

    @property
    def data(self) -> bytes:
        """The message's body."""


def encode_headers(row: StoredRow) -> dict[str, str]:
    """The headers of an event, as the module's text shows them."""
    return {
        "ce-specversion": "1.0",
        "ce-id": f"{row.aggregate_id}/{row.version}",
        "ce-source": SOURCE,
        "ce-type": cloudevents_type(row.topic),
        POSITION: str(row.position),
        RECORDED_AT: str(row.recorded_at_us),
    }


def encode(row: StoredRow) -> Outgoing:
    """The whole message of an event."""
    return Outgoing(subject_of(row.topic, row.aggregate_id), encode_headers(row), row.state)


def position_of(headers: Mapping[str, str]) -> int:
    """The position of an event in the store.

    Raises:
        MalformedEventError: the message carries none.
    """
    try:
        return int(headers[POSITION])
    except (KeyError, ValueError) as e:
        raise MalformedEventError(f"A message in the event stream has no {POSITION}: it was not written by a relay") from e


def decode(message: Received) -> StoredRow:
    """The stored event that a message carries, byte for byte.

    Raises:
        MalformedEventError: it is not such a message; names what is wrong.
    """
    headers = message.headers or {}
    try:
        aggregate_id, _, version = headers["ce-id"].partition("/")
        kind = headers["ce-type"]
        if not kind.startswith(_TYPE_PREFIX):
            raise MalformedEventError(f"ce-type {kind!r} is not one of Sporlog's")
        aggregate, name, number = kind.removeprefix(_TYPE_PREFIX).split(".")
        topic = f"{aggregate}.{name}.{number.removeprefix('v')}"
        position, recorded_at_us = int(headers[POSITION]), int(headers[RECORDED_AT])
        return StoredRow(position, recorded_at_us, UUID(aggregate_id), int(version), topic, message.data)
    except KeyError as e:
        raise MalformedEventError(f"A message in the event stream lacks the header {e}") from e
    except ValueError as e:
        raise MalformedEventError(f"A message in the event stream has unreadable headers: {e}") from e
