r"""ArcSight's Common Event Format (CEF): one message or many, a line each or counted in octets, syslog header or not.

    CEF:0|Vendor|Product|1.0|<signature id>|<name>|<severity>|rt=1772327469123 dvchost=fw01 externalId=56 msg=a text with spaces

https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors-8.4/pdfdoc/cef-implementation-standard/cef-implementation-standard.pdf
In the header `\|` and `\\` are escapes, in the extension `\=`, `\\`, `\n` and `\r`. A value goes on to the next ` key=`: it
holds spaces and, where no space stands before the word, equals signs too. Of a doubled key the first one counts.

An event is known by `<vendor>/<product>/<device>/<signature id>/<externalId>`, as far as they are told: the last one alone is a
running number of one device, and firewalls write their session's there, on every event of that session. Without it the SHA-256
of the message stands for it. An event never says that it is over. The raw bytes are the body when it is one message, else the
message's own.
"""

import re

from adapters.intake_formats.common import build_signal, first_text
from adapters.intake_formats.contract import Parsed, Request
from adapters.intake_formats.log_event import MAX_FIELDS, components_of, event_id_of, read_scale, split_header
from adapters.intake_formats.log_times import read_log_time
from adapters.intake_formats.syslog import Message, take_messages
from domain.signals import Signal, SignalStatus

_HEADER_FIELDS = 7
_KEY = re.compile(r"(?<!\S)([\w.\[\]-]++)=", re.ASCII)
_ESCAPED = re.compile(r"\\([\\=|nr])")
_CUSTOM = tuple(f"cs{number}" for number in range(1, 7))


def parse(body: bytes, request: Request) -> Parsed:
    """Read every message of a body on its own."""
    return take_messages(body, "CEF", lambda message: _signal(message, request))


def _signal(message: Message, request: Request) -> Signal:
    flags = message.flags
    (_version, vendor, product, _release, signature_id, name, severity), rest = split_header(message.text, _HEADER_FIELDS)
    fields = _extension(rest, flags)
    own_time = next((time for key in ("rt", "start") if (time := read_log_time(fields.get(key, ""), request, flags))), None)
    return build_signal(
        request,
        message.raw,
        event_id=event_id_of(fields, (vendor, product), signature_id, message, has_time=own_time is not None),
        title=name,
        description=first_text(fields, "msg", "reason"),
        severity=read_scale(severity, flags),
        status=SignalStatus.FIRING,
        detected_at=own_time or read_log_time(message.time, request, flags),
        components=components_of(fields, message),
        signal_category=first_text(fields, "cat"),
        references=(
            f"signature:{signature_id}" if signature_id else "",
            *(fields[key] for key in _CUSTOM if fields.get(key, "").startswith(("https://", "http://"))),
        ),
        flags=flags,
    )


def _extension(text: str, flags: list[str]) -> dict[str, str]:
    """Read `key=value key=value`, at most MAX_FIELDS of them; further ones are flagged and left."""
    fields: dict[str, str] = {}
    key, start = "", 0
    for found in _KEY.finditer(text):
        if key:
            fields.setdefault(key, _value(text[start : found.start()]))
        if len(fields) == MAX_FIELDS:
            flags.append("fields-cut")
            return fields
        key, start = found[1], found.end()
    if key:
        fields.setdefault(key, _value(text[start:]))
    return fields


def _value(text: str) -> str:
    text = text.strip()
    return _ESCAPED.sub(lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), text) if "\\" in text else text
