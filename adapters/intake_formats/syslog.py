"""Messages as syslog carries them: one a line, or counted in octets; with a header by RFC 3164 or RFC 5424, or without any.

<134>Mar  1 02:11:09 fw01 CEF:0|...
<134>1 2026-03-01T02:11:09.003+01:00 fw01 cef - - - CEF:0|...
98 <134>1 2026-03-01T02:11:09.003+01:00 fw01 cef - - - CEF:0|...
"""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from adapters.intake_formats.contract import Parsed, UnreadableError, take_each
from adapters.intake_formats.json_body import MAX_ITEMS
from domain.signals import Signal

_BOM = b"\xef\xbb\xbf"
_COUNT = re.compile(rb"[1-9]\d{0,6} (?=<)")
_GAP = re.compile(rb"[ \t\r\n]*+")
_HEADER = re.compile(
    r"(?:\d{1,7} )?(?:<\d{1,3}>)?(?:\d{1,2} )?"
    r"(?P<time>-|[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\dT\S{8,30})"
    r"(?: (?P<host>\S++))?",
    re.ASCII,
)


class Message(NamedTuple):
    """One message of a body."""

    raw: bytes
    """The body when it is one message, else the message's own bytes without its count of octets."""
    header: str
    """What stands before the marker."""
    text: str
    """From the marker on, without white space around."""
    host: str
    """Who sent it, by the header; empty when it does not tell."""
    time: str
    """When it was sent, by the header, as written; empty when it does not tell."""
    flags: list[str]
    """`not-utf-8` for bytes that were read as Windows-1252."""

    def hashed(self, *, has_time: bool) -> str:
        """Give an id to a message that has none. One that tells its own time is the same whoever passed it on and when; of one
        that does not, the header's time tells it from the next.
        """  # noqa: D205 - one paragraph
        return "sha256:" + sha256((self.text if has_time else self.header + self.text).encode()).hexdigest()


def take_messages(body: bytes, name: str, read_one: Callable[[Message], Signal]) -> Parsed:
    """Read every message of a body on its own, from its marker on: `name`, a colon and a digit.

    `read_one` raises `UnreadableError` alone. Raises it for an empty body and for more than MAX_ITEMS messages.
    """
    frames = _frames(body)
    return take_each(frames, lambda frame: read_one(_message(frame, body if len(frames) == 1 else frame, name)))


def _frames(body: bytes) -> list[bytes]:
    body = body.removeprefix(_BOM)
    if not body.strip():
        raise UnreadableError("the body is empty: send one message a line")
    # Counted before they are made: a body of nothing but line breaks must not become a million lines.
    frames = _counted(body)
    if not frames and body.count(b"\n") + body.count(b"\r") <= 4 * MAX_ITEMS:
        frames = [line.strip() for line in body.splitlines() if line.strip()]
    if not frames or len(frames) > MAX_ITEMS:
        raise UnreadableError(f"more than {MAX_ITEMS} messages: send fewer at a time")
    return frames


def _counted(body: bytes) -> list[bytes]:
    """Split by counts of octets (RFC 6587 section 3.4.1); an empty list when the body does not begin with a count that fits.

    What follows the last count that fits is a frame too, as of a sender that was cut off.
    """
    frames: list[bytes] = []
    at = _end(_GAP, body, 0)
    while at < len(body):
        count = _COUNT.match(body, at)
        end = count.end() + int(count[0]) if count else len(body) + 1
        if count is None or end > len(body):
            return [*frames, body[at:].strip()] if frames else []
        frames.append(body[count.end() : end].strip())
        at = _end(_GAP, body, end)
    return frames


def _end(pattern: re.Pattern[bytes], body: bytes, start: int) -> int:
    found = pattern.match(body, start)
    return found.end() if found else start


def _message(frame: bytes, raw: bytes, name: str) -> Message:
    flags: list[str] = []
    try:
        text = frame.decode()
    except UnicodeDecodeError:
        flags.append("not-utf-8")
        text = frame.decode("windows-1252", errors="replace")
    found = re.search(rf"\b{name}: ?\d", text, re.ASCII)
    if found is None:
        raise UnreadableError(f"{name}: the message holds no header {name}:<version>|")
    header = text[: found.start()]
    told = _HEADER.match(header)
    time, host = (told["time"], (told["host"] or "").rstrip(":")) if told else ("", "")
    return Message(raw, header, text[found.start() :].strip(), "" if host == "-" else host, "" if time == "-" else time, flags)
