"""The DEADLETTER stream: what could not be processed, with its reason, until a person has dealt with it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import NamedTuple

import structlog
from nats.aio.client import Client
from nats.js.errors import APIError

from adapters.bus.connection import ask
from adapters.bus.errors import LostRaceError
from adapters.bus.publishing import Outgoing, append
from adapters.bus.reading import StoredMessage, read_stream
from adapters.bus.streams import DEADLETTER
from domain.errors import InvalidInputError, NotFoundError
from handlers.consumers import NOTIFICATIONS, Letter

log = structlog.get_logger(__name__)

ENVELOPE = "Sporlog-Dead-Letter"
LONGEST_REASON = 1000
ROOM = 4096
"""Bytes left for what the protocol itself adds to a message."""


class KeptLetter(NamedTuple):
    """A letter as it lies in the stream. `sequence` names it; `kept_at` is RFC 3339, UTC."""

    sequence: int
    kept_at: str
    handler: str
    reason: str
    subject: str
    headers: Mapping[str, str]
    body: bytes
    cut: bool
    """The body was too large to be kept whole: its beginning is there, the reason tells its size and SHA-256."""


async def keep(nc: Client, letter: Letter) -> None:
    """Put a letter aside. Durable on return; the same `letter.id` is kept once, however often and how late it comes again.

    As sent, on `deadletter.<handler>.<hash of the id>`, the body being the message's own:

        Sporlog-Dead-Letter: {"handler":"intake","reason":"no JSON","subject":"intake.wazuh","headers":{"x":"y"},"cut":false}

    Raises:
        BusUnavailableError: then its message must not be acknowledged.
    """
    subject = f"deadletter.{letter.handler}.{sha256(letter.id.encode()).hexdigest()[:32]}"
    envelope = {
        "handler": letter.handler,
        "reason": letter.reason[:LONGEST_REASON],
        "subject": letter.subject,
        "headers": {name: value for name, value in letter.headers.items() if not name.startswith("Nats-")},
        "cut": False,
    }
    room = nc.max_payload - ROOM - len(_ascii(envelope))
    body = letter.body
    if len(body) > room:
        # It came with less around it. A message that cannot even be put aside would stop everything behind it for ever.
        digest = sha256(body).hexdigest()
        envelope |= {"cut": True, "reason": f"{envelope['reason']} (cut: {len(body)} bytes, SHA-256 {digest})"}
        body = body[: room - 200]
    headers = {ENVELOPE: _ascii(envelope), "Nats-Expected-Last-Subject-Sequence": "0"}
    try:
        await append(nc, [Outgoing(subject, headers, body)])
    except LostRaceError:
        log.info("dead letter was kept before", handler=letter.handler, id=letter.id)


async def letters(nc: Client) -> list[KeptLetter]:
    """Everything that lies there, oldest first.

    Raises:
        BusUnavailableError: NATS does not answer.
    """
    return [_read(message) async for message in read_stream(nc, DEADLETTER)]


async def replay(nc: Client, sequence: int, *, projection: Callable[[KeptLetter], Awaitable[None]] | None = None) -> KeptLetter:
    """Let a letter be processed again and take it out of the stream when that is durable.

    Intake letters go through the INTAKE stream again. A projection's letter is given to `projection`, which returns when it is
    done. A crash in between replays it once more: both know what they have done.

    Raises:
        NotFoundError: there is no such letter.
        InvalidInputError: it was cut, so that it is not what came; or it holds an event and there is nobody to give it to.
        BusUnavailableError: it stays where it is.
    """
    letter = next((each for each in await letters(nc) if each.sequence == sequence), None)
    if letter is None:
        raise NotFoundError(f"There is no dead letter {sequence}: `sporlog deadletter list` shows those that are there")
    if letter.cut:
        raise InvalidInputError(f"Dead letter {sequence} was too large to be kept whole: let its sender send it in parts")
    if letter.subject.startswith("intake."):
        await append(nc, [Outgoing(letter.subject, letter.headers, letter.body)])
    elif projection is not None:
        await projection(letter)
    elif letter.handler == NOTIFICATIONS:
        raise InvalidInputError(
            f"Dead letter {sequence} is an event that no message could be made of: look at the deadline or the source itself"
        )
    else:
        raise InvalidInputError(
            f"Dead letter {sequence} belongs to {letter.handler}: `sporlog rebuild {letter.handler}` folds its event again"
        )
    # Durable where it belongs; dying here leaves the letter, and replaying it again changes nothing.
    await remove(nc, sequence)
    return letter


async def replay_all(nc: Client, *, projection: Callable[[KeptLetter], Awaitable[None]] | None = None) -> int:
    """Replay every letter that lies there now and can be replayed; the number of them."""
    done = 0
    for letter in await letters(nc):
        if not letter.cut and (projection is not None or letter.subject.startswith("intake.")):
            await replay(nc, letter.sequence, projection=projection)
            done += 1
    return done


async def remove(nc: Client, sequence: int) -> None:
    """Take a letter out of the stream; its bytes on disk are overwritten.

    Raises:
        NotFoundError: there is no such letter.
    """
    try:
        await ask(nc, f"STREAM.MSG.DELETE.{DEADLETTER}", {"seq": sequence})
    except APIError as e:
        raise NotFoundError(f"There is no dead letter {sequence}: {e.description}") from e


def _ascii(envelope: Mapping[str, object]) -> str:
    """JSON that a header can carry: one line, nothing but ASCII."""
    return json.dumps(envelope)


def _read(message: StoredMessage) -> KeptLetter:
    envelope = json.loads(message.headers.get(ENVELOPE, "{}"))
    return KeptLetter(
        message.sequence,
        message.time,
        envelope.get("handler", ""),
        envelope.get("reason", "not put here by Sporlog"),
        envelope.get("subject", message.subject),
        envelope.get("headers", {}),
        message.data,
        envelope.get("cut", False),
    )
