"""The headers of a mail or of a part of one: bounded, unfolded, decoded, and never refused for being malformed.

https://www.rfc-editor.org/rfc/rfc5322 section 2.2 and rfc2047 (encoded words).
"""

import re
from binascii import Error as BinasciiError
from binascii import a2b_base64, a2b_qp
from email.message import Message
from email.parser import HeaderParser
from email.policy import Compat32

MALFORMED = "malformed-mail"
MAX_HEADERS = 262_144
"""Bytes of one header block."""
MAX_HEADER = 4_096
"""Characters of one header: reading its parameters takes the square of its length."""

_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|From |[ \t]")
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_FOLD = re.compile(r"[\r\n]+[ \t]*")
_WORD = re.compile(r"=\?([^?\s]+)\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_HALF = re.compile("[\ud800-\udfff]")
_CHARSET = re.compile(
    r"(us-)?ascii|utf-?8|utf-?16(-?[lb]e)?|(iso|latin|windows|cp|mac|koi8|gb|big5|euc|shift).*", re.IGNORECASE
)
"""Of Python's codecs those that mail uses: others (punycode, unicode_escape) take long or give half characters."""
_LATIN_1 = re.compile(r"iso-?8859-?1|latin-?1", re.IGNORECASE)


class _Bounded(Compat32):
    """Cuts headers before anything is read out of them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name.rstrip(" \t"), value[:MAX_HEADER]


_PARSER = HeaderParser(policy=_Bounded())


def split_headers(block: bytes, flags: list[str]) -> tuple[Message, bytes]:
    """Split what begins with headers into these and the rest. Lines that are no header are passed over and flagged."""
    if block.startswith((b"\n", b"\r\n")):
        return Message(), block.removeprefix(b"\r").removeprefix(b"\n")
    blank = _BLANK.search(block)
    head, rest = (block[: blank.start()], block[blank.end() :]) if blank else (block, b"")
    lines = head[:MAX_HEADERS].splitlines()
    good = [line for line in lines if _HEADER.match(line)]
    if len(good) < len(lines) or len(head) > MAX_HEADERS:
        flags.append(MALFORMED)
    return _PARSER.parsestr(to_text(b"\n".join(good), "", flags)), rest


def header(headers: Message, name: str) -> str:
    """Give the first header of a name on one line, its encoded words as they are; empty when there is none."""
    return _FOLD.sub(" ", str(headers.get(name) or "")).strip()


def decoded(text: str, flags: list[str]) -> str:
    """Read the encoded words in a text. Neighbours are joined before they are decoded: many senders cut letters in two."""
    read: list[str] = []
    content, charset, end = b"", "", 0
    for word in _WORD.finditer(text):
        told, between = word[1].partition("*")[0], text[end : word.start()]
        if content and (between.strip() or told.casefold() != charset.casefold()):
            read.append(to_text(content, charset, flags))
            content = b""
        # Space between two encoded words is how they are folded, not what they say.
        read.append("" if end and not between.strip() else between)
        encoded = word[3].encode("utf-8", "replace")
        content += unbase64(encoded, flags) if word[2] in "bB" else a2b_qp(encoded, header=True)
        charset, end = told, word.end()
    return "".join((*read, to_text(content, charset, flags) if content else "", text[end:]))


def to_text(content: bytes, charset: str, flags: list[str]) -> str:
    """Decode text. As most readers do, ISO-8859-1 is read as Windows-1252; what claims nothing true is guessed, and flagged."""
    if charset and not _LATIN_1.fullmatch(charset):
        try:
            if _CHARSET.fullmatch(charset):
                return _HALF.sub("\ufffd", content.decode(charset))
        except (LookupError, ValueError):
            pass
        flags.append(MALFORMED)
    try:
        return content.decode("cp1252" if _LATIN_1.fullmatch(charset) else "utf-8")
    except UnicodeDecodeError:
        # Five bytes are nothing in Windows-1252, which is what most senders mean that tell no charset.
        return content.decode("cp1252", "replace")


def unbase64(content: bytes, flags: list[str]) -> bytes:
    """Decode Base64; of what is broken or cut off, as much as there is, and flag it."""
    try:
        return a2b_base64(content)
    except BinasciiError:
        flags.append(MALFORMED)
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
        return a2b_base64(kept[: len(kept) // 4 * 4])
