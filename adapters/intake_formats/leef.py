r"""IBM QRadar's Log Event Extended Format (LEEF) 1.0 and 2.0: one message or many, with a syslog header or without.

    LEEF:1.0|Vendor|Product|1.0|<event id>|devTime=Mar 01 2026 02:11:09<tab>sev=7<tab>src=198.51.100.7<tab>shost=fw01
    LEEF:2.0|Vendor|Product|1.0|<event id>|^|devTime=1772327469123^sev=7^msg=a text with = and spaces

https://www.ibm.com/docs/en/dsm?topic=leef-overview. 2.0 tells between which characters the attributes stand: one character, its
code as `x5E` or `0x5E`, or nothing for a tab. A tab that a syslog daemon wrote as `#011` is one. A value goes on to the next
delimiter; in it `\=` is an equals sign, and other backslashes are themselves (paths of Windows). Many values are empty.

An event is known by `<vendor>/<product>/<device>/<event id>/<externalId>`, as far as they are told, else by the SHA-256 of the
message. It never says that it is over. The raw bytes are the body when it is one message, else the message's own.
"""

import re
from datetime import datetime

from adapters.intake_formats.common import build_signal, first_text
from adapters.intake_formats.contract import Parsed, Request
from adapters.intake_formats.log_event import MAX_FIELDS, components_of, event_id_of, read_scale, split_header
from adapters.intake_formats.log_times import read_log_time
from adapters.intake_formats.syslog import Message, take_messages
from domain.signals import Signal, SignalStatus

_HEADER_FIELDS = 5
_DELIMITER = re.compile(r"(?:0?x(?P<code>[0-9A-Fa-f]{1,4})|(?P<itself>[^|\s=]?)|(?P<tab>\t|\\t))\|")
_TEXTS = ("msg", "message", "EventMessage", "reason")


def parse(body: bytes, request: Request) -> Parsed:
    """Read every message of a body on its own."""
    return take_messages(body, "LEEF", lambda message: _signal(message, request))


def _signal(message: Message, request: Request) -> Signal:
    flags = message.flags
    (version, vendor, product, _release, event_id), rest = split_header(message.text, _HEADER_FIELDS)
    delimiter, rest = _delimiter(rest) if version.startswith("LEEF:2") else ("\t", rest)
    fields = _attributes(rest, delimiter, flags)
    own_time = _own_time(fields, request, flags)
    text = first_text(fields, *_TEXTS)
    subject = text if event_id.isdecimal() and text else event_id
    return build_signal(
        request,
        message.raw,
        event_id=event_id_of(fields, (vendor, product), event_id, message, has_time=own_time is not None),
        title=": ".join(filter(None, (" ".join(filter(None, (vendor, product))), subject))),
        description=text if text != subject else "",
        severity=read_scale(first_text(fields, "sev"), flags),
        status=SignalStatus.FIRING,
        detected_at=own_time or read_log_time(message.time, request, flags),
        components=components_of(fields, message),
        signal_category=first_text(fields, "cat"),
        references=(f"event:{event_id}" if event_id else "",),
        flags=flags,
    )


def _own_time(fields: dict[str, str], request: Request, flags: list[str]) -> datetime | None:
    return read_log_time(fields.get("devTime", ""), request, flags, fields.get("devTimeFormat", ""))


def _delimiter(rest: str) -> tuple[str, str]:
    """Read the sixth field of a header of 2.0, which some leave out when it is a tab."""
    found = _DELIMITER.match(rest)
    if found is None:
        return "\t", rest
    character = chr(int(found["code"], 16)) if found["code"] else found["itself"] or "\t"
    return character, rest[found.end() :]


def _attributes(text: str, delimiter: str, flags: list[str]) -> dict[str, str]:
    """Read `key=value`, at most MAX_FIELDS of them; further ones are flagged and left. Of a doubled key the first counts."""
    if delimiter == "\t" and "\t" not in text:
        text = text.replace("#011", "\t")
    parts = text.split(delimiter, MAX_FIELDS)
    if len(parts) > MAX_FIELDS:
        flags.append("fields-cut")
    fields: dict[str, str] = {}
    for part in parts[:MAX_FIELDS]:
        key, _equals, value = part.partition("=")
        fields.setdefault(key.strip(), value.strip().replace("\\=", "="))
    return fields
