"""Takes the secrets out of an Uptime Kuma body before it is hashed or stored: its monitor brings passwords, headers and tokens.

A body may be percent-encoded, in a form, or hold JSON that was written into a text, so nothing is parsed. Wherever a quote and
a colon end a key whose name tells of a secret, the value after it gives way to a fixed text; where no end of the value is
found, everything that is left does. null, true, false and the empty text tell whether there is a secret, and stay. The name and
password in an address (`https://me:secret@host`) go too. What stands beside is kept byte for byte. In a broken body the mere
word is enough, with a quote or a colon behind it: there, rather too much goes than too little.
"""

import re
from array import array
from collections.abc import Callable, Iterator, Sequence

from adapters.intake_formats.contract import UnreadableError
from adapters.intake_formats.json_body import read_json
from adapters.intake_formats.json_fragments import SPACE, depth_of, is_inside, level_of, nested_end, text_end
from adapters.intake_formats.uptime_kuma_form import json_of

REDACTED = b"[redacted]"
_WORDS = rb"pass|secret|token|key|auth|headers|connectionstring|username|sasl|metadata|community"
_SECRET = re.compile(_WORDS + rb"|body$", re.IGNORECASE)
_KEY_END = re.compile(rb'"' + SPACE + rb":" + SPACE)
_LOOSE_KEY = re.compile(
    rb"(?:body|" + _WORDS + rb")\w{0,64}(?:\\*[\"']" + SPACE + rb"[:=]?|" + SPACE + rb"[:=])" + SPACE, re.IGNORECASE
)
_SCALAR = re.compile(rb"(?:(null|true|false)|[-+.0-9e]+)(?=[,}\]\s\\\"]|\Z)", re.IGNORECASE)
_LETTER = re.compile(rb"\\+u00([0-9a-f]{2})", re.IGNORECASE)
_USERINFO = re.compile(rb"""://([^\s/?#"'\\@]{1,1000})@""")
_ENCODED = re.compile(rb"%([0-9a-f]{2})|\x00", re.IGNORECASE)
_BACKSLASH, _QUOTE = b'\\"'

Cut = tuple[int, int, bytes]
"""From, to (not included), and what stands there instead."""


def redact(body: bytes) -> bytes:
    """Give the body with its secrets replaced. Works for any bytes, in time that grows with their number."""
    body = _without(body, _cuts)
    return body if _is_whole(body) else _without(body, _loose_cuts)


def _is_whole(body: bytes) -> bool:
    try:
        read_json(json_of(body, ""))
    except UnreadableError:
        return False
    return True


def _without(body: bytes, cuts: Callable[[bytes], Iterator[Cut]]) -> bytes:
    body = _spliced(body, list(cuts(body)))
    if not _ENCODED.search(body):
        return body
    # Once more for what is percent-encoded, and for UTF-16, which is refused but kept.
    plain, places = _decoded(body)
    return _spliced(body, [(places[start], places[end], text) for start, end, text in cuts(plain)])


def _spliced(body: bytes, cuts: list[Cut]) -> bytes:
    parts: list[bytes] = []
    at = 0
    for start, end, text in cuts:
        parts += [body[at:start], text]
        at = end
    return b"".join((*parts, body[at:]))


def _decoded(body: bytes) -> tuple[bytes, Sequence[int]]:
    """Decode percent signs and drop zero bytes; of each byte, and of the end, its place in the body is given too."""
    plain, places, at = bytearray(), array("Q"), 0
    for match in _ENCODED.finditer(body):
        plain += body[at : match.start()]
        places.extend(range(at, match.start()))
        if match[1]:
            plain.append(int(match[1], 16))
            places.append(match.start())
        at = match.end()
    plain += body[at:]
    places.extend(range(at, len(body) + 1))
    return bytes(plain), places


def _cuts(text: bytes) -> Iterator[Cut]:
    """Find what must go, in order and without overlap."""
    at = 0
    while at < len(text):
        end = _KEY_END.search(text, at)
        stop = end.start() if end else len(text)
        for address in _USERINFO.finditer(text, at, stop):
            yield *address.span(1), REDACTED
        if end is None:
            return
        at = end.end()
        depth = depth_of(text, stop)
        if _SECRET.search(_key(text, stop - depth, level_of(depth))) and (cut := _value(text, at, depth)):
            yield cut
            at = max(at, cut[1])


def _loose_cuts(text: bytes) -> Iterator[Cut]:
    """Find what may have to go in a broken body."""
    at = 0
    while key := _LOOSE_KEY.search(text, at):
        at = key.end()
        if cut := _value(text, at, 0):
            yield cut
            at = max(at, cut[1])


def _key(text: bytes, end: int, level: int) -> bytes:
    """Give the key that ends here."""
    start = text.rfind(b'"', 0, end)
    while start > 0 and is_inside(depth_of(text, start), level):
        start = text.rfind(b'"', 0, start)
    return _LETTER.sub(lambda match: bytes([int(match[1], 16)]), text[start + 1 : end])


def _value(text: bytes, start: int, key_depth: int) -> Cut | None:
    """Find the value that starts here, after a key with so many backslashes at its quotes; None: there is nothing to hide."""
    opening = start
    while opening < len(text) and text[opening] == _BACKSLASH:
        opening += 1
    if opening < len(text) and text[opening] == _QUOTE:
        end = text_end(text, opening + 1, level_of(opening - start))
        return (opening + 1, end, REDACTED) if end > opening + 1 else None
    quote = b"\\" * key_depth + b'"'
    if text[opening : opening + 1] in {b"{", b"["}:
        return start, nested_end(text, opening, key_depth), quote + REDACTED + quote
    if scalar := _SCALAR.match(text, start):
        return None if scalar[1] else (*scalar.span(), quote + REDACTED + quote)
    # A text whose opening quote is lost.
    end = text_end(text, start, level_of(key_depth))
    return (start, end, REDACTED) if end > start else None
