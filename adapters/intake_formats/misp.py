"""MISP events: what others know of threats. One event, a page of them, or a list.

    {"Event": {"id": "7", "uuid": "<uuid>", "info": "...", "date": "2026-03-01", "timestamp": "1772327469", "published": true,
     "threat_level_id": "2", "analysis": "2", "Tag": [{"name": "tlp:amber"}], "Attribute": [...]}}
    {"response": [{"Event": {...}}, ...]}       restSearch; also a list of them, and an event without the "Event" around it

https://www.misp-project.org/datamodels/. An event is known by its `uuid`, the same on every server that it is shared to
(`same_as` tells it to other sources), not by `id`, which counts on one server. `date` is a day without a time; `timestamp`,
seconds since 1970 as text, is the version. The raw bytes are the body when it is one event, else the entry's own canonical
JSON.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from adapters.intake_formats.common import as_objects, as_text, build_signal, first_text, read_epoch, read_severity, read_time
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.json_body import canonical, read_json, read_list, read_object
from domain.signals import Signal, SignalKind, SignalStatus

CATEGORY = "threat-intelligence"

_LEVELS = {"1": "high", "2": "medium", "3": "low", "4": ""}
"""`threat_level_id`; 4 is MISP's own "Undefined"."""
_FLAG_OF = {"gdpr": "gdpr", "nis": "nis", "nis2": "nis"}
"""Taxonomies that say of an event that a law asks for it to be told."""
_REFERRED = {"tlp", *_FLAG_OF}


def parse(body: bytes, request: Request) -> Parsed:
    """Read every event of a body. A page may be empty: a poll has often nothing new."""
    value = read_json(body)
    if isinstance(value, dict) and "response" in value:
        value = value["response"]
    elif value == []:
        raise UnreadableError("the list is empty, there is nothing to take")
    if not isinstance(value, list):
        return take_each([value], lambda entry: _signal(entry, body, request))
    entries = read_list(value, "response")
    return take_each(entries, lambda entry: _signal(entry, body if len(entries) == 1 else canonical(entry), request))


def _signal(entry: object, raw: bytes, request: Request) -> Signal:
    event = read_object(entry, "the event")
    event = read_object(event.get("Event", event), "Event")
    uuid, info = first_text(event, "uuid").casefold(), first_text(event, "info")
    if not uuid and not info:
        raise UnreadableError("Event: neither uuid nor info, so nothing tells which event this is")
    flags = [] if uuid else ["no-id"]
    if event.get("published") is False:
        flags.append("unpublished")
    tags = [first_text(tag, "name") for tag in as_objects(event.get("Tag"))]
    spaces = [tag.partition(":")[0].strip().casefold() for tag in tags]
    level = as_text(event.get("threat_level_id"))
    return build_signal(
        request,
        raw,
        event_id=uuid or f"sha256:{sha256(canonical(event)).hexdigest()}",
        title=info,
        description="",
        severity=read_severity(_LEVELS.get(level, level), flags),
        status=SignalStatus.FIRING,
        detected_at=_detected_at(event, request, flags),
        components=(),
        signal_category=CATEGORY,
        references=[tag for tag, space in zip(tags, spaces, strict=True) if space in _REFERRED],
        flags=flags + [_FLAG_OF[space] for space in spaces if space in _FLAG_OF],
        kind=SignalKind.INTELLIGENCE,
        same_as=[f"misp:{uuid}"] if uuid else (),
        told_at=read_epoch(event.get("timestamp")),
    )


def _detected_at(event: Mapping[str, object], request: Request, flags: list[str]) -> datetime | None:
    """Give the beginning of the day; `timestamp` moves with every edit and only serves when there is no day."""
    if day := read_time(event.get("date"), request.zone):
        flags.append("day-only")
        return day
    return read_epoch(event.get("timestamp")) or read_epoch(event.get("publish_timestamp"))
