"""What the EVENTS stream really holds, against what the relay believes: JetStream can lose acknowledged messages.

A stream that nothing was lost from is dense: it has as many messages as its last sequence says, and its last message
carries the highest position. That is one question to the server. Only a stream that is not dense is read through.
"""

from collections.abc import Sequence
from typing import NamedTuple

from nats.aio.client import Client

from adapters.bus.cloudevents import position_of
from adapters.bus.errors import BusUnavailableError, MalformedEventError
from adapters.bus.reading import StoredMessage, read_stream
from adapters.bus.streams import EVENTS, stream_info
from handlers.ports import RelayMark


class Standing(NamedTuple):
    """The stream as it stood: its end, how many messages it holds, and which positions before its end it lacks."""

    mark: RelayMark
    messages: int
    holes: Sequence[tuple[int, int]] = ()
    """Inclusive ranges of positions, ascending."""

    def after(self, mark: RelayMark, added: int) -> "Standing":
        """The same after a batch of ours."""
        return Standing(mark, self.messages + added)


async def examine(nc: Client, known: RelayMark | None, *, messages: int | None) -> Standing | None:
    """How the stream stands now; None when there is none.

    `known` is the mark believed in, `messages` the count that was in order when the relay last looked (None: not looked yet).

    Raises:
        BusUnavailableError: the stream could not be read to its end.
    """
    info = await stream_info(nc, EVENTS)
    if info is None:
        return None
    created, state = info["created"], info["state"]
    last_seq, held = int(state["last_seq"]), int(state["messages"])
    dense = held == last_seq
    if known is not None and known.stream_created == created and known.last_seq <= last_seq:
        unharmed = messages is not None and held == messages + last_seq - known.last_seq  # old holes, filled already
        if dense or unharmed:
            return await _go_on(nc, known, last_seq, held)
    elif dense and last_seq and (position := await _highest(nc, last_seq, last_seq, 0)):
        return Standing(RelayMark(created, last_seq, position), held)  # younger or shorter: its last message says how far it is
    return await _read_through(nc, created, last_seq, held)


async def _go_on(nc: Client, known: RelayMark, last_seq: int, held: int) -> Standing:
    position = known.position
    if last_seq > known.last_seq:  # we died before saving the mark, or another relay was at work
        position = await _highest(nc, known.last_seq + 1, last_seq, known.position)
    return Standing(RelayMark(known.stream_created, last_seq, position), held)


async def _highest(nc: Client, first: int, last: int, position: int) -> int:
    seen = 0
    async for message in read_stream(nc, EVENTS, first):
        position, seen = max(position, _position(message)), message.sequence
        if seen >= last:
            return position
    raise BusUnavailableError(f"Stream {EVENTS} says that it ends at {last}, but could be read to {seen} only")


def _position(message: StoredMessage) -> int:
    """Its position; 0 for what somebody else published into the stream: handlers refuse it, the relay passes it by."""
    try:
        return position_of(message.headers)
    except MalformedEventError:
        return 0


async def _read_through(nc: Client, created: str, last_seq: int, held: int) -> Standing:
    """Which positions the stream holds: one byte each, so that ten million events fit into ten megabytes."""
    there = bytearray()
    async for message in read_stream(nc, EVENTS):
        position = _position(message)
        if position >= len(there):
            there.extend(bytes(position + 1 - len(there)))
        there[position] = 1
    holes = []
    first = there.find(0, 1)
    while first != -1:
        end = there.find(1, first)
        holes.append((first, end - 1))  # the highest position is there, so each hole has an end
        first = there.find(0, end)
    return Standing(RelayMark(created, last_seq, max(len(there) - 1, 0)), held, tuple(holes))
