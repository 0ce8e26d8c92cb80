"""A mail taken apart into its parts, without recursion, and never refused for being malformed.

The standard library's parser descends into a stranger's nesting and looks at every line in Python; only its reading of a single
header block is used. https://www.rfc-editor.org/rfc/rfc2045 and rfc2046.
"""

import re
from binascii import a2b_qp
from email.message import Message
from typing import NamedTuple

from adapters.intake_formats.mail_headers import MALFORMED, decoded, header, split_headers, to_text, unbase64

MAX_DEPTH = 10
"""Multiparts inside each other. What lies deeper is one attachment."""
MAX_PARTS = 100

_NEWLINE = re.compile(rb"\r?\n\Z")


class Part(NamedTuple):
    """One part that is no multipart."""

    headers: Message
    content: bytes
    """Decoded from its transfer encoding."""
    alternative: int = 0
    """Which `multipart/alternative` it is a choice of, counted from 1; 0: of none."""

    @property
    def media(self) -> str:
        """The type in lower case, `text/plain` where none is told."""
        return self.headers.get_content_type()

    @property
    def is_text(self) -> bool:
        """Whether it is shown with the mail, as far as its sender wishes."""
        disposition = header(self.headers, "Content-Disposition").partition(";")[0].strip().casefold()
        return self.media in ("text/plain", "text/html") and disposition != "attachment"

    def name(self, flags: list[str]) -> str:
        """The name of the file; empty when it has none."""
        try:
            return decoded(self.headers.get_filename(""), flags).strip()
        except (LookupError, ValueError):  # of a charset that is none
            flags.append(MALFORMED)
            return ""

    def text(self, flags: list[str]) -> str:
        """The content as text."""
        return to_text(self.content, self.headers.get_content_charset(""), flags)


def split_parts(headers: Message, content: bytes, flags: list[str]) -> list[Part]:
    """List the parts in the order in which they stand. Too many of them, or too deep ones, are flagged."""
    parts: list[Part] = []
    alternatives = 0
    waiting = [(headers, content, 0, 0)]
    while waiting:
        headers, content, depth, alternative = waiting.pop()
        if headers.get_content_maintype() != "multipart" or depth == MAX_DEPTH:
            if depth == MAX_DEPTH:
                flags.append("too-deep")
            parts.append(Part(headers, _content(headers, content, flags), alternative))
            continue
        if headers.get_content_subtype() == "alternative":
            alternative = alternatives = alternatives + 1
        room = MAX_PARTS - len(parts) - len(waiting)
        pieces = _split(content, _boundary(headers), flags)
        if len(pieces) > room:
            flags.append("parts-cut")
        waiting += [(*split_headers(piece, flags), depth + 1, alternative) for piece in reversed(pieces[:room])]
    return parts


def _boundary(headers: Message) -> str:
    try:
        return headers.get_boundary("")
    except (LookupError, ValueError):  # of a charset that is none
        return ""


def _split(content: bytes, boundary: str, flags: list[str]) -> list[bytes]:
    """Cut at the boundary, up to the closing one. Without any the whole is one part without headers, which is text."""
    pieces: list[bytes] = []
    start = -1
    if boundary:
        mark = rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*(?:\r?\n|\Z)"
        for found in re.finditer(mark, content, re.MULTILINE):
            if start >= 0:
                pieces.append(_NEWLINE.sub(b"", content[start : found.start()]))
            start = found.end()
            if found[1] or len(pieces) > MAX_PARTS:
                return pieces
    # Cut off on its way, or never closed: what is there is read.
    flags.append(MALFORMED)
    return [*pieces, content[start:] if start >= 0 else b"\n" + content]


def _content(headers: Message, content: bytes, flags: list[str]) -> bytes:
    match header(headers, "Content-Transfer-Encoding").casefold():
        case "base64":
            return unbase64(content, flags)
        case "quoted-printable":
            return a2b_qp(content)
        case _:
            return content
