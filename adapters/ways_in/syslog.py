"""Syslog over TCP and UDP, for CEF and LEEF. No answer is part of the protocol: what is kept, and what is not, is this.

A line is durable once the store has taken its body, some 50 ms after it came. A TCP sender is held back while the store is
behind; what UDP brings then is dropped and counted, and so is what Linux drops before it can be read. A stop takes in what has
come first; kill -9 loses what is in memory, at most `MAX_LINES` lines. Whoever needs an answer sends over HTTP or NATS. TLS is
the proxy's work.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from adapters.ways_in.contract import Post, WayError
from adapters.ways_in.framing import MAX_LINE, Frames, one_line
from adapters.ways_in.kernel_drops import KernelDrops
from adapters.ways_in.settings import AUTO, SyslogSettings
from domain.errors import NotFoundError, UnavailableError

GATHER_S, GATHER_LINES = 0.05, 200
"""How long and how many lines are gathered into one body."""
MAX_LINES = 2000
"""Lines that wait in memory."""
MAX_CONNECTIONS, IDLE_S = 200, 600.0
STOP_S = 5.0
"""How long a stop waits for what has come."""

_MARKER = re.compile(rb"\b(CEF|LEEF):")


class SyslogWay:
    """One listener. The line that is no CEF and no LEEF goes to `cef`, where the door keeps it for a person."""

    secrets: tuple[str, ...] = ()

    def __init__(self, settings: SyslogSettings, limit: int) -> None:
        """Make it; `limit` is the most bytes that a body may have."""
        self.name = f"syslog {settings.transport} {settings.host}:{settings.port}"
        self.source = settings.source
        self._settings, self._limit = settings, limit
        # Outlives a listener that fails: its lines have come.
        self._lines: asyncio.Queue[bytes] = asyncio.Queue(MAX_LINES)
        self._gathered = list[bytes]()
        self._connections: set[asyncio.Task[None]] = set()
        self._dropped = self._cut = self._refused = 0

    async def run(self, post: Post) -> None:
        """Listen, and take in what comes."""
        at = self._settings
        unread: KernelDrops | None = None
        if at.transport == "udp":
            listener: asyncio.BaseTransport | asyncio.Server
            listener, _ = await asyncio.get_running_loop().create_datagram_endpoint(
                lambda: _Datagrams(self), local_addr=(at.host, at.port)
            )
            unread = KernelDrops(listener.get_extra_info("socket").fileno())
        else:
            listener = await asyncio.start_server(self._connected, at.host, at.port)
        try:
            await post.worked()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._take_in(post))
                tasks.create_task(self._tell(post, unread))
        finally:
            listener.close()
            connections = [*self._connections]
            for connection in connections:
                connection.cancel()
            await asyncio.gather(*connections, return_exceptions=True)
            with suppress(Exception):  # each fault was told, and nobody is left to be told of this one
                await asyncio.wait_for(self._empty(post), STOP_S)

    def arrived(self, datagram: bytes) -> None:
        """Take a datagram, a message each; never waits."""
        if line := one_line(datagram[:MAX_LINE]):
            self._keep(line)

    def _keep(self, line: bytes) -> None:
        if self._lines.full():
            self._dropped += 1
        else:
            self._lines.put_nowait(line)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = cast("asyncio.Task[None]", asyncio.current_task())
        if len(self._connections) >= MAX_CONNECTIONS:
            self._refused += 1
            writer.close()
            return
        self._connections.add(task)
        frames = Frames()
        try:
            # While the queue is full nothing is read, TCP's window fills, and the sender waits.
            while data := await asyncio.wait_for(reader.read(MAX_LINE), IDLE_S):
                for line in frames.feed(data):
                    await self._lines.put(line)
                self._cut, frames.cut = self._cut + frames.cut, 0
        except (OSError, TimeoutError, asyncio.CancelledError):
            # The sender went, or says nothing any more, or Sporlog stops: the end of a connection like any other.
            pass
        finally:
            for line in frames.end():
                self._keep(line)
            self._connections.discard(task)
            writer.close()

    async def _tell(self, post: Post, unread: KernelDrops | None) -> None:
        while True:
            await asyncio.sleep(1)
            if unread is not None and (lost := await asyncio.to_thread(unread.new)):
                await post.dropped(lost, by_kernel=True)
            dropped, self._dropped = self._dropped, 0
            if dropped:
                await post.dropped(dropped)
            cut, self._cut = self._cut, 0
            if cut:
                await post.failed(WayError(f"{cut} lines were longer than {MAX_LINE} bytes and were cut"))
            refused, self._refused = self._refused, 0
            if refused:
                await post.failed(WayError(f"{refused} connections were refused: {MAX_CONNECTIONS} are open already"))

    async def _take_in(self, post: Post) -> None:
        while True:
            await self._take_gathered(post)

    async def _empty(self, post: Post) -> None:
        while self._gathered or not self._lines.empty():
            await self._take_gathered(post)

    async def _take_gathered(self, post: Post) -> None:
        # A stop in the midst of it takes the whole body once more: a repeat, which the keys count.
        gathered = self._gathered
        if not gathered:
            gathered.append(await self._lines.get())
        size, until = sum(map(len, gathered)), asyncio.get_running_loop().time() + GATHER_S
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                while len(gathered) < GATHER_LINES and size + MAX_LINE < self._limit:
                    gathered.append(await self._lines.get())
                    size += len(gathered[-1]) + 1
        await self._take(post, gathered)
        gathered.clear()

    async def _take(self, post: Post, lines: list[bytes]) -> None:
        for source, part in self._by_source(lines):
            while not await self._taken(post, source, part):
                pass

    async def _taken(self, post: Post, source: str, lines: list[bytes]) -> bool:
        """Whether these lines need no further try."""
        try:
            await post.take(source, b"\n".join(lines), "text/plain")
        except (UnavailableError, NotFoundError) as error:
            # The store is away, or the source is not set up yet: the lines wait, and so do those behind them.
            await asyncio.sleep(await post.failed(error))
            return False
        except Exception as error:  # noqa: BLE001 - told; one line must not cost the others theirs: each is tried alone
            await post.failed(error)
            if len(lines) == 1:
                await post.dropped(1)
                return True
            for line in lines:
                await self._take(post, [line])
        return True

    def _by_source(self, lines: list[bytes]) -> Iterator[tuple[str, list[bytes]]]:
        if self.source != AUTO:
            yield self.source, lines
            return
        found: dict[str, list[bytes]] = {}
        for line in lines:
            marker = _MARKER.search(line)
            found.setdefault(marker[1].decode().lower() if marker else "cef", []).append(line)
        yield from found.items()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, way: SyslogWay) -> None:
        self._way = way

    def datagram_received(self, data: bytes, _addr: object) -> None:
        self._way.arrived(data)
