"""The relay: carries every stored event to the EVENTS stream, exactly once and in order, whatever happens to either side."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from nats.aio.client import Client

from adapters.bus.cloudevents import encode
from adapters.bus.connection import BUS_ERRORS
from adapters.bus.errors import BusUnavailableError, LostRaceError, StoreMismatchError
from adapters.bus.publishing import MAX_ATOMIC, append
from adapters.bus.relay_check import Standing, examine
from adapters.bus.streams import EVENTS
from domain.errors import SporlogError
from domain.events import StoredRow
from handlers.event_log import EventLog
from handlers.ports import RelayMark, RelayState

log = structlog.get_logger(__name__)

FIRST_WAIT = 0.05
LONGEST_WAIT = 5.0
GATHER = 0.02
"""Seconds between two batches that are not full. An event after a quiet moment leaves at once; while many commits follow each
other, each batch costs a sync to disk and a transaction of every handler, however few events are in it."""
STORM = 100_000
"""Bytes of a batch that show an alert storm: one that people's work alone never reaches."""
GATHER_STORM = 0.2
"""Seconds to the next batch in a storm, which keeps every processor busy: fewer batches leave it more time for alerts."""
CALM_AFTER = 1.0
"""Seconds after its last large batch for which a storm is not taken to be over: between them come small ones."""


class Relay:
    """Publishes by atomic batches that only fit behind the end the relay knows (compare and swap).

    A crash, a lost answer, a second relay or a lost stream all lead to the same place: the stream's end is read again, and the
    stream itself says which event comes next. So any number of relays may run; each event is appended once.

    What the stream lost, wiped, cut short or with holes from bit errors, is published again from the store: noticed at start,
    after a reconnect and every `compare_every` seconds. Events that fill a hole come at the end, out of order: a subscriber
    that saw the gap has them from the store already and skips them by position.
    """

    def __init__(
        self,
        nc: Client,
        source: EventLog,
        state: RelayState,
        *,
        declare: Callable[[], Awaitable[object]],
        compare_every: float = 2.0,
    ) -> None:
        """`declare` makes the streams that are missing (`streams.ensure`): it is called when EVENTS is gone."""
        self._nc = nc
        self._source = source
        self._state = state
        self._declare = declare
        self._compare_every = compare_every
        self._wake = asyncio.Event()
        self._standing: Standing | None = None
        self._reconnects = 0
        self._calm_at = 0.0
        self.position = 0
        """The last position known to be in the stream."""
        self.published = 0
        """Events appended by this relay since it was made."""
        self.failures = 0
        """Failed attempts since the last success; more than 0 means: the bus is away or does not take anything."""

    def wake(self) -> None:
        """The store has committed: call it on the event loop, as often as you like."""
        self._wake.set()

    async def run(self) -> None:
        """Relay until cancelled, which loses nothing. A bus that is away is waited for, with a growing pause of up to 5 s."""
        pause = FIRST_WAIT
        while True:
            try:
                await self._once()
                pause, self.failures = FIRST_WAIT, 0
            except LostRaceError:
                self._standing = None  # another relay is at work: read how far it came
            except (SporlogError, *BUS_ERRORS, TimeoutError) as e:
                self._standing = None
                self.failures += 1
                log.warning("relay waits", reason=str(e) or repr(e), pause=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_WAIT)

    async def _once(self) -> None:
        if not self._nc.is_connected:
            raise BusUnavailableError("NATS is away")
        if self._standing is None or self._reconnects != self._nc.stats["reconnects"]:
            await self._compare()
        self._wake.clear()  # before reading: a commit from here on wakes again
        carried, now = await self._carry(), asyncio.get_running_loop().time()
        if sum(len(row.state) for row in carried) >= STORM:
            self._calm_at = now + CALM_AFTER
        if 0 < len(carried) < MAX_ATOMIC:
            await asyncio.sleep(GATHER if now >= self._calm_at else GATHER_STORM)
        elif not carried:
            try:
                async with asyncio.timeout(self._compare_every):
                    await self._wake.wait()
            except TimeoutError:
                await self._compare()

    async def _compare(self) -> None:
        """Hold what is believed of the stream against what the stream says; publish again what it lost."""
        self._reconnects = self._nc.stats["reconnects"]
        known = self._standing.mark if self._standing is not None else self._state.load()
        standing = await examine(self._nc, known, messages=self._standing.messages if self._standing is not None else None)
        if standing is None:
            log.warning("stream is gone, it is made and filled again", stream=EVENTS)
            await self._declare()
            standing = await examine(self._nc, None, messages=None)
            if standing is None:
                raise BusUnavailableError(f"Stream {EVENTS} is missing and was not made")
        if known != standing.mark:
            log.info("relay found the stream's end", **standing.mark._asdict())
            self._state.save(standing.mark)
        self._standing, self.position = standing, standing.mark.position
        if self.position and not self._source.rows(self.position - 1, 1):
            raise StoreMismatchError(
                f"Stream {EVENTS} holds event {self.position}, the store does not: it was restored from an older backup. "
                f"Delete the stream (`nats stream rm {EVENTS}`): it is made and filled again from the store."
            )
        for first, last in standing.holes:
            log.error("stream lost events, they are published again", stream=EVENTS, first=first, last=last)
            while first <= last and (rows := self._source.rows(first - 1, min(last - first + 1, MAX_ATOMIC))):
                await self._publish(rows)
                first = rows[-1].position + 1  # noqa: PLW2901 - the rest of the hole

    async def _carry(self) -> Sequence[StoredRow]:
        """Publish the next batch, if there is one; the events that it had."""
        rows = self._source.rows(self.position, MAX_ATOMIC)
        if not rows:
            return rows
        if rows[0].position != self.position + 1:
            raise StoreMismatchError(
                f"The store has no position {self.position + 1}, but has {rows[0].position}: it is damaged"
            )
        await self._publish(rows)
        return rows

    async def _publish(self, rows: Sequence[StoredRow]) -> None:
        if self._standing is None:
            raise BusUnavailableError("The stream's end is not known")
        mark = self._standing.mark
        last_seq = await append(self._nc, [encode(row) for row in rows], expected_last=mark.last_seq)
        # Durable in JetStream. If we die here, the mark is behind, and the next start reads the rest from the stream.
        self.position = max(mark.position, rows[-1].position)
        mark = RelayMark(mark.stream_created, last_seq, self.position)
        self._standing = self._standing.after(mark, added=len(rows))
        self.published += len(rows)
        self._state.save(mark)
