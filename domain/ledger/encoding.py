"""Numbers and bytes as the C2SP texts write them: one way each, so that one meaning has one text."""

import base64
import binascii
import re

from domain.errors import InvalidInputError

LARGEST = 2**64 - 1


class MalformedError(InvalidInputError):
    """A text of the transparency log is not in its format; the message names the line and what is wrong with it."""

    code = "malformed-ledger-text"


def encode(data: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str, what: str) -> bytes:
    """Raises `MalformedError` for anything that `encode` would not have written."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = None
    if data is None or encode(data) != text:
        msg = f"{what} is not standard base64: {text[:100]!r}"
        raise MalformedError(msg)
    return data


def number(text: str, what: str) -> int:
    """A decimal of at most 64 bits, without leading zeros. Raises `MalformedError`."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,19}", text) or int(text) > LARGEST:
        msg = f"{what} is not a decimal number without leading zeros: {text[:100]!r}"
        raise MalformedError(msg)
    return int(text)
