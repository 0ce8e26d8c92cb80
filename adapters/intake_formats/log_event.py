"""What CEF and LEEF share: a header of fields between pipes, a scale of severity, and names that mean the same in both."""

import re
from collections.abc import Mapping

from adapters.intake_formats.common import first_text, read_severity
from adapters.intake_formats.contract import UnreadableError
from adapters.intake_formats.home_side import home_of
from adapters.intake_formats.syslog import Message
from domain.signals import Severity

MAX_FIELDS = 1_000
"""Of one message: ten times what real ones have."""

_HOSTS = ("dvchost", "dhost", "shost")
_SCALE = ((9, Severity.CRITICAL), (7, Severity.HIGH), (4, Severity.MEDIUM), (0, Severity.LOW))
_FIELD = re.compile(r"((?:[^|\\]++|\\.)*+)\|", re.DOTALL)
_ESCAPED_IN_HEADER = re.compile(r"\\([\\|])")


def split_header(text: str, count: int) -> tuple[list[str], str]:
    r"""Split off `count` fields, and the rest as it is. In a field `\|` is a pipe and `\\` a backslash.

    The last pipe may be missing when nothing follows. Raises `UnreadableError` when there are fewer fields.
    """
    fields: list[str] = []
    at = 0
    while len(fields) < count:
        found = _FIELD.match(text, at)
        if found is None:
            break
        fields.append(found[1])
        at = found.end()
    if len(fields) == count - 1:
        fields.append(text[at:])
        at = len(text)
    if len(fields) < count:
        raise UnreadableError(f"the header has {len(fields)} fields, {count} are expected between pipes")
    return [_ESCAPED_IN_HEADER.sub(r"\1", field).strip() for field in fields], text[at:]


def read_scale(text: str, flags: list[str]) -> Severity:
    """Read 0 to 10, or a word: Low, Medium, High, Very-High. 0-3 low, 4-6 medium, 7-8 high, 9-10 critical."""
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) <= len("10") and int(text) <= 10:  # noqa: PLR2004 - the scale's end
        return next(severity for lowest, severity in _SCALE if int(text) >= lowest)
    if text.casefold().replace("-", " ").replace("_", " ") == "very high":
        return Severity.CRITICAL
    return read_severity(text, flags)


def components_of(fields: Mapping[str, str], message: Message) -> list[str]:
    """Name the host as the event does, else one's own side of the connection, else the device, else who sent the message."""
    if name := first_text(fields, *_HOSTS):
        return [name]
    home = home_of(first_text(fields, name) for name in ("dst", "src"))
    return home or [first_text(fields, "dvc", "identHostName") or message.host]


def event_id_of(fields: Mapping[str, str], maker: tuple[str, str], kind: str, message: Message, *, has_time: bool) -> str:
    """Give the event's own number together with what it is a number of: maker, product, device and kind of event.

    Without a number it is the hash of the message, see `Message.hashed`; `has_time` tells whether the event tells its own.
    """
    external = first_text(fields, "externalId")
    if not external:
        return message.hashed(has_time=has_time)
    device = first_text(fields, "dvchost", "deviceExternalId", "dvc") or message.host
    return "/".join(filter(None, (*maker, device, kind, external)))
