"""Checkpoints on the bus: the stream CHECKPOINTS, subject `checkpoint.signed`, the body a C2SP signed note.

The whole history stays (the stream takes neither deletes nor purges); the newest is the last message of the subject.
"""

import asyncio
import base64
from collections.abc import Callable, Sequence

from nats.aio.client import Client

from adapters.bus.connection import ask
from adapters.bus.publishing import Outgoing, append
from adapters.bus.streams import CHECKPOINTS
from domain.ledger.checkpoint import parse_checkpoint
from domain.ledger.note import parse_note
from handlers.ledger_tables import Signed

SUBJECT = "checkpoint.signed"
AT_ONCE = 100


async def publish_checkpoints(nc: Client, newer: Callable[[int], Sequence[Signed]]) -> int:
    """Bring those to the stream that are `newer` than its last one; the size that it has come to, 0 while there is none.

    On return they are durable. What a crash or another publisher left halfway the next call finds, for it asks the stream.
    Raises `BusUnavailableError`, `LostRaceError`, `MalformedError` for a last message that is no checkpoint, nats' own errors.
    """
    sequence = int((await ask(nc, f"STREAM.INFO.{CHECKPOINTS}"))["state"]["last_seq"])
    size = await _size(nc, sequence) if sequence else 0
    while pending := (await asyncio.to_thread(newer, size))[:AT_ONCE]:
        messages = [Outgoing(SUBJECT, {}, signed.note.encode()) for signed in pending]
        sequence, size = await append(nc, messages, expected_last=sequence), pending[-1].size
    return size


async def _size(nc: Client, sequence: int) -> int:
    last = await ask(nc, f"STREAM.MSG.GET.{CHECKPOINTS}", {"seq": sequence})
    return parse_checkpoint(parse_note(base64.b64decode(last["message"].get("data", ""))).text).size
