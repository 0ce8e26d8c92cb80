"""Reading a stream without a consumer (JetStream's direct get, ADR-31): for checks and repairs, not for handlers."""

from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple

import orjson
from nats.aio.client import Client
from nats.errors import NoRespondersError

from adapters.bus.connection import heeding
from adapters.bus.errors import BusUnavailableError

PAGE = 1000
WAIT = 5.0
_END = {"204", "404"}


class StoredMessage(NamedTuple):
    """A message as the stream holds it. `time` is the server's, RFC 3339 UTC."""

    sequence: int
    subject: str
    headers: Mapping[str, str]
    data: bytes
    time: str


async def read_stream(nc: Client, stream: str, first: int = 1, *, subject: str = ">") -> AsyncIterator[StoredMessage]:
    """Every message from sequence `first` on, in order, up to what was there when the reading began to reach the end.

    Raises:
        BusUnavailableError: JetStream stopped answering, or there is no such stream; what came so far is right.
    """
    inbox = nc.new_inbox()
    subscription = await nc.subscribe(inbox)
    try:
        while True:
            request = {"seq": first, "batch": PAGE, "next_by_subj": subject}
            await nc.publish(f"$JS.API.DIRECT.GET.{stream}", orjson.dumps(request), reply=inbox)
            got = 0
            while True:
                with heeding():
                    message = await subscription.next_msg(WAIT)
                headers = message.headers or {}
                status = headers.get("Status")
                if status == "503":
                    raise BusUnavailableError(f"There is no stream {stream}, or JetStream is away")
                if status in _END:
                    break
                first = int(headers["Nats-Sequence"]) + 1
                got += 1
                yield StoredMessage(first - 1, headers["Nats-Subject"], headers, message.data, headers["Nats-Time-Stamp"])
            if got < PAGE:
                return
    except (TimeoutError, NoRespondersError) as e:
        raise BusUnavailableError(f"JetStream stopped answering while {stream} was read: {e!r}") from e
    finally:
        await subscription.unsubscribe()
