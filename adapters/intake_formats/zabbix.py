"""Zabbix 6.0 and later: our own media type (deploy/zabbix), and the lines that a connector streams (Zabbix 6.4 and later).

    {"clock": 1772327469, "ns": 800155804, "value": 1, "eventid": 5, "name": "Disken er fuld", "severity": 4,
     "hosts": [{"host": "fs01", "name": "Filserver 1"}], "groups": ["Linux"], "tags": [{"tag": "scope", "value": "capacity"}]}
    {"clock": 1772329000, "ns": 832290669, "value": 0, "eventid": 6, "p_eventid": 5}

https://www.zabbix.com/documentation/current/en/manual/appendix/protocols/streaming. The media type writes the same fields, of a
recovery those of its problem too, and `server`, `p_clock`, `acknowledged`, `update_clock`, `triggerid`, `url`, `opdata`; and
where the server does not tell seconds since 1970 (before Zabbix 7.0), `date` and `time` in the source's zone.

The key is `[<server>/]<eventid>` of the problem: a recovery names it as `p_eventid`, whether or not the problem came before.
The raw bytes are the body, the line, or of a list the event's own canonical JSON.
"""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo

from adapters.intake_formats.common import (
    as_id,
    as_objects,
    build_signal,
    first_text,
    read_epoch,
    read_status,
    read_time,
)
from adapters.intake_formats.contract import Parsed, Request, UnreadableError
from adapters.intake_formats.json_body import read_object
from adapters.intake_formats.json_items import Item, read_inner, take_body
from domain.signals import Severity, Signal, SignalStatus

_SEVERITIES = {
    "0": Severity.INFO,
    "1": Severity.INFO,
    "2": Severity.LOW,
    "3": Severity.MEDIUM,
    "4": Severity.HIGH,
    "5": Severity.CRITICAL,
}
"""Not classified, information, warning, average, high, disaster. The words are in the language of the server's pages."""
_VALUES = {"1": "problem", "0": "ok", "": ""}
_MACRO = re.compile(
    r"\{[$#]?[A-Z][A-Z0-9_]{0,99}(?:\.[\w.-]{1,99})?(?::[^{}]{0,250})?\}|\{\?[^{}]{1,250}\}|\*UN(?:KNOWN|DEFINED)\*"
)


def parse(body: bytes, request: Request) -> Parsed:
    """Read every problem and recovery of a body."""
    return take_body(body, lambda item: _signal(item, request))


def _signal(item: Item, request: Request) -> Signal:
    event = read_object(item.value, "the event")
    flags: list[str] = []
    value = first_text(event, "value")
    status = read_status(_VALUES.get(value, value), flags)
    problem = _number(event, "p_eventid")
    if problem and not value:
        status = SignalStatus.RESOLVED
    event_id = problem if problem and status is SignalStatus.RESOLVED else _number(event, "eventid")
    if not event_id:
        raise UnreadableError("eventid: missing, no whole number or an unresolved macro: send problems and recoveries")
    if status is SignalStatus.RESOLVED and not problem:
        flags.append("no-problem-id")
    told_at = _clock(event, "clock", request.zone)
    detected_at = _clock(event, "p_clock", request.zone) or told_at
    if status is SignalStatus.FIRING:
        updated_at = _clock(event, "update_clock", request.zone)
        if first_text(event, "acknowledged").casefold() in {"yes", "1"}:
            status, told_at = SignalStatus.ACKNOWLEDGED, updated_at
        else:
            told_at = updated_at or told_at
    tags = _tags(event.get("tags"))
    server = _known(first_text(event, "server"), flags).rstrip("/")
    return build_signal(
        request,
        item.raw,
        event_id="/".join(filter(None, (server, event_id))),
        title=_known(first_text(event, "name"), flags),
        description="\n\n".join(filter(None, (_known(first_text(event, name), flags) for name in ("opdata", "description")))),
        severity=_severity(first_text(event, "nseverity", "severity"), flags),
        status=status,
        detected_at=detected_at,
        components=_hosts(event.get("hosts"), flags),
        signal_category=",".join(tags.get("scope", ())) or "availability",
        references=(
            _known(first_text(event, "url"), flags),
            f"trigger:{trigger}" if (trigger := _number(event, "triggerid")) else "",
        ),
        flags=flags,
        services=tags.get("service", ()),
        told_at=told_at,
    )


def _number(event: Mapping[str, object], name: str) -> str:
    """Give an id of Zabbix's, a whole number of up to 64 bits; empty for everything else."""
    text = as_id(event.get(name))
    return text if text.isdecimal() and text.isascii() else ""


def _severity(word: str, flags: list[str]) -> Severity:
    severity = _SEVERITIES.get(word)
    if severity is None:
        flags.append("unknown-severity" if word else "no-severity")
        return Severity.MEDIUM
    return severity


def _clock(event: Mapping[str, object], name: str, zone: tzinfo) -> datetime | None:
    """Read seconds since 1970 with their nanoseconds; else, of `clock`, date and time as the server's wall clock shows them."""
    seconds, nanoseconds = _number(event, name), _number(event, name.replace("clock", "ns"))
    if seconds:
        return read_epoch(f"{seconds}.{nanoseconds.zfill(9)}")
    prefix = name.removesuffix("clock")
    date, time = first_text(event, f"{prefix}date"), first_text(event, f"{prefix}time")
    return read_time(f"{date.replace('.', '-')} {time}", zone) if date and time else None


def _known(text: str, flags: list[str]) -> str:
    """Give a text that Zabbix has filled in. Nothing but a macro is empty, a macro among words stays; both are flagged."""
    if not _MACRO.search(text):
        return text
    flags.append("unresolved-macro")
    return "" if _MACRO.fullmatch(text.strip()) else text


def _hosts(value: object, flags: list[str]) -> list[str]:
    """Name each host once, by its technical name, else by the name that the pages show, else by its address."""
    names = ([_known(first_text(host, name), flags) for name in ("host", "name", "ip")] for host in as_objects(value))
    return [next(filter(None, each), "") for each in names]


def _tags(value: object) -> dict[str, list[str]]:
    """Read the tags, a list or the same written as JSON into a text; a tag may come several times."""
    tags: dict[str, list[str]] = {}
    for tag in as_objects(read_inner(value)):
        tags.setdefault(first_text(tag, "tag").casefold(), []).append(first_text(tag, "value"))
    return tags
