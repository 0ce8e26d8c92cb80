r"""clamd's own protocol (clamd(8)): `zINSTREAM`, the content in pieces behind their length, and one answer.

zINSTREAM\0  <4 bytes, big-endian><piece> ... <4 bytes of zero>   ->   stream: OK\0 | stream: NAME FOUND\0 | ... ERROR\0
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

from adapters.evidence_settings import ClamdPlace
from handlers.evidence import Scan

CONNECT_S, ANSWER_S = 5.0, 120.0
"""A scanner that does not answer for so long is away: the evidence is kept unscanned rather than kept waiting."""
LONGEST_ANSWER = 4096


class Clamd:
    """See `handlers.evidence.Scanner`."""

    def __init__(self, place: ClamdPlace, *, answer_s: float = ANSWER_S) -> None:
        self.place, self._answer_s = place, answer_s

    async def scan(self, content: Iterator[bytes]) -> Scan:
        """Stream the content there; whatever goes wrong on the way makes it unscanned, and says what it was."""
        try:
            answer = await self._instream(content)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            return Scan("unscanned", f"{self.place}: {_words(error)}")
        told = answer.removeprefix("stream:").strip()
        if told == "OK":
            return Scan("clean")
        if told.endswith(" FOUND"):
            return Scan("infected", told.removesuffix(" FOUND"))
        return Scan("unscanned", f"{self.place}: {told}")

    async def version(self) -> str:
        """What answers there, for the doctor. Raises `OSError`, `TimeoutError` when nothing does."""
        reader, writer = await self._connect()
        try:
            writer.write(b"zVERSION\0")
            return await asyncio.wait_for(self._answer(reader), self._answer_s)
        finally:
            await _leave(writer)

    async def _instream(self, content: Iterator[bytes]) -> str:
        reader, writer = await self._connect()
        # It may answer before the end, as beyond its StreamMaxLength, and then reads no more.
        answer = asyncio.create_task(self._answer(reader))
        try:
            with suppress(ConnectionError):
                await self._send(writer, content, answer)
            return await asyncio.wait_for(answer, self._answer_s)
        finally:
            answer.cancel()
            await _leave(writer)

    async def _send(self, writer: asyncio.StreamWriter, content: Iterator[bytes], answer: asyncio.Task[str]) -> None:
        writer.write(b"zINSTREAM\0")
        # Decrypting reads a disk: beside the event loop.
        while not answer.done() and (piece := await asyncio.to_thread(next, content, b"")):
            writer.write(len(piece).to_bytes(4, "big") + piece)
            await asyncio.wait_for(writer.drain(), self._answer_s)
        writer.write(bytes(4))
        await asyncio.wait_for(writer.drain(), self._answer_s)

    async def _answer(self, reader: asyncio.StreamReader) -> str:
        return (await reader.readuntil(b"\0")).rstrip(b"\0").decode(errors="replace").strip()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.place.path is not None:
            opening = asyncio.open_unix_connection(self.place.path, limit=LONGEST_ANSWER)
        else:
            opening = asyncio.open_connection(self.place.host, self.place.port, limit=LONGEST_ANSWER)
        return await asyncio.wait_for(opening, CONNECT_S)


async def _leave(writer: asyncio.StreamWriter) -> None:
    # Not closed but dropped: what one that reads no more did not take would be waited for.
    writer.transport.abort()
    with suppress(OSError):  # it hung up first, and was told of already
        await writer.wait_closed()


def _words(error: Exception) -> str:
    match error:
        case TimeoutError() if not error.args:
            return "no answer in time"
        case EOFError() | ConnectionResetError() | BrokenPipeError():
            return "it hung up without an answer"
        case _:
            return str(error) or type(error).__name__
