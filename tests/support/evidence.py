"""A small real server that speaks clamd's protocol, and content for it to find."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test string of the makers of such programs: harmless, and found by each of them."""
Manner = Literal["well", "silent", "limit", "error", "hangs-up"]


@dataclass
class FakeClamd:
    """What a test tells it to be, and what it was sent. `limit` is its StreamMaxLength."""

    manner: Manner = "well"
    limit: int = 1000
    port: int = 0
    scanned: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = await reader.readuntil(b"\0")
        if command == b"zVERSION\0":
            writer.write(b"ClamAV 1.4.3/27800/Sun Nov 29 2026\0")
        elif self.manner == "hangs-up":
            pass
        elif self.manner == "silent":
            await asyncio.sleep(60)
        else:
            writer.write(await self._instream(reader))
        await writer.drain()
        writer.close()

    async def _instream(self, reader: asyncio.StreamReader) -> bytes:
        content = b""
        while length := int.from_bytes(await reader.readexactly(4), "big"):
            content += await reader.readexactly(length)
            if self.manner == "limit" and len(content) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.scanned.append(content)
        if self.manner == "error":
            return b"stream: Can't allocate memory ERROR\0"
        return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@asynccontextmanager
async def a_clamd(*, path: Path | None = None) -> AsyncIterator[FakeClamd]:
    clamd = FakeClamd()
    if path is not None:
        server = await asyncio.start_unix_server(clamd.serve, path)
    else:
        server = await asyncio.start_server(clamd.serve, "127.0.0.1", 0)
        clamd.port = server.sockets[0].getsockname()[1]
    async with server:
        yield clamd
