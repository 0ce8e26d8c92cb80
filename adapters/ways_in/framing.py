r"""Where one syslog message ends and the next begins on TCP: https://www.rfc-editor.org/rfc/rfc6587.

<134>Nov 21 03:07:00 fw CEF:0|...\n      by newline (3.4.2)
38 <134>Nov 21 03:07:00 fw CEF:0|...     by octet counting (3.4.1), whose message may hold newlines
"""

import re

MAX_LINE = 65_536
"""Bytes, 64 KiB: the rest of a longer message is left out."""

_COUNTED = re.compile(rb"([1-9][0-9]{0,8}) ")
_MAYBE_COUNTED = re.compile(rb"[1-9][0-9]{0,8}")


class Frames:
    """Takes bytes as they come, however cut, and gives whole messages. Each message tells its own framing."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._skip_octets = 0
        self._skip_line = False
        self.cut = 0
        """Messages that were longer than `MAX_LINE`."""

    def feed(self, data: bytes) -> list[bytes]:
        """Give the messages that are whole now, none empty."""
        self._rest += data
        found = list[bytes]()
        while (frame := self._next()) is not None:
            found.append(frame)
        return [line for line in map(one_line, found) if line]

    def end(self) -> list[bytes]:
        """Give what was sent before the connection ended, newline or none."""
        rest, skipped = bytes(self._rest), self._skip_octets or self._skip_line
        self._rest.clear()
        line = one_line(_COUNTED.sub(b"", rest, count=1) if _COUNTED.match(rest) else rest)
        return [line] if line and not skipped else []

    def _next(self) -> bytes | None:
        self._skip()
        if counted := _COUNTED.match(self._rest):
            length = int(counted[1])
            return self._cut(counted.end(), min(length, MAX_LINE), beyond=length - MAX_LINE)
        if _MAYBE_COUNTED.fullmatch(self._rest):
            return None
        at = self._rest.find(b"\n", 0, MAX_LINE + 1)
        if at >= 0:
            return self._cut(0, at + 1)
        if len(self._rest) <= MAX_LINE:
            return None
        self._skip_line = True
        self.cut += 1
        return self._cut(0, MAX_LINE)

    def _cut(self, begin: int, length: int, *, beyond: int = 0) -> bytes | None:
        if len(self._rest) < begin + length:
            return None
        frame = bytes(self._rest[begin : begin + length])
        del self._rest[: begin + length]
        if beyond > 0:
            self._skip_octets = beyond
            self.cut += 1
        return frame

    def _skip(self) -> None:
        octets = min(self._skip_octets, len(self._rest))
        del self._rest[:octets]
        self._skip_octets -= octets
        if self._skip_line:
            at = self._rest.find(b"\n")
            self._skip_line = at < 0
            del self._rest[: len(self._rest) if at < 0 else at + 1]


def one_line(message: bytes) -> bytes:
    r"""Give a message as a line of a body. Newlines within it are written as CEF writes them, `\n`."""
    return message.strip(b"\r\n\0 ").replace(b"\r\n", b"\n").replace(b"\n", rb"\n")
