"""OCSF findings: Detection Finding (2004), Incident Finding (2005), and the older Security Finding (2001).

    {"class_uid": 2004, "activity_id": 1, "severity_id": 4, "status_id": 1, "time": 1772327469123,
     "finding_info": {"uid": "...", "title": "...", "desc": "...", "src_url": "...", "types": ["..."],
                      "attacks": [{"technique": {"uid": "T1566"}, "tactic": {"name": "..."}}]},
     "device": {"hostname": "fs01"}, "resources": [{"name": "...", "uid": "..."}]}

https://schema.ocsf.io/classes/detection_finding. One, a list, or lines. A finding is known by `finding_info.uid` (2004),
`finding.uid` (2001), `metadata.uid`, else the sorted `finding_info_list[].uid` (2005). Times are milliseconds; some products
write seconds. A check that passed, or that a person must make (`status_code` of Prowler), holds nothing for Sporlog. The raw
bytes are the body when it is one finding, its line, else its own canonical JSON.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from adapters.intake_formats.attack import techniques
from adapters.intake_formats.common import (
    as_id,
    as_mapping,
    as_objects,
    as_text,
    as_texts,
    build_signal,
    first_text,
    read_epoch,
    read_time,
)
from adapters.intake_formats.contract import Parsed, Request, UnreadableError
from adapters.intake_formats.json_body import read_object
from adapters.intake_formats.json_items import Item, take_body
from adapters.intake_formats.ocsf_words import read_finding_severity, read_finding_status, whole, word_flags
from domain.signals import Signal

_DETECTION, _INCIDENT, _SECURITY = "2004", "2005", "2001"
_CLASS_NAMES = {"detectionfinding": _DETECTION, "incidentfinding": _INCIDENT, "securityfinding": _SECURITY}
_NO_FINDING = {"pass", "manual"}


class _Finding(NamedTuple):
    """What differs between the classes. `parts` are the finding infos, of which an incident has many."""

    class_uid: str
    parts: list[Mapping[str, object]]


def parse(body: bytes, request: Request) -> Parsed:
    """Read every finding of a body on its own."""
    return take_body(body, lambda item: _signal(item, request))


def _signal(item: Item, request: Request) -> Signal | None:
    event = read_object(item.value, "the finding")
    finding = _finding(event)
    if as_text(event.get("status_code")).casefold() in _NO_FINDING:
        return None
    first = finding.parts[0] if finding.parts else {}
    flags: list[str] = []
    attacks = [attack for part in (event, *finding.parts) for attack in as_objects(part.get("attacks"))]
    at = _time(event, "time", request) or _time(event, "start_time", request) or _time(first, "created_time", request)
    changes = [at, _time(first, "modified_time", request)]
    return build_signal(
        request,
        item.raw,
        event_id=_event_id(event, finding, item.raw, flags),
        title=first_text(event, "desc") or first_text(first, "title") or first_text(event, "message"),
        description=first_text(event, "desc") or first_text(first, "desc") or first_text(event, "message"),
        severity=read_finding_severity(event, flags),
        status=read_finding_status(event, finding.class_uid, flags),
        detected_at=at,
        components=_components(event),
        signal_category=_category(finding.parts, attacks),
        references=[
            first_text(event, "src_url"),
            *(first_text(part, "src_url") for part in finding.parts),
            *techniques(text for attack in attacks for name in ("technique", "sub_technique") for text in _uid(attack, name)),
        ],
        flags=flags + word_flags(event),
        told_at=max(filter(None, changes), default=None),
    )


def _finding(event: Mapping[str, object]) -> _Finding:
    """Tell the class: by its number, by the type's, by its name, or by what the finding holds."""
    class_uid = whole(event.get("class_uid")) or whole(event.get("type_uid"))[:4]
    named = first_text(event, "class_name", "classname").replace(" ", "").casefold()
    class_uid = class_uid or _CLASS_NAMES.get(named, "")
    infos = as_objects(event.get("finding_info_list"))
    info, old = as_mapping(event.get("finding_info")), as_mapping(event.get("finding"))
    if class_uid == _INCIDENT or (not class_uid and infos):
        if not infos and not as_text(as_mapping(event.get("metadata")).get("uid")):
            raise UnreadableError("finding_info_list: missing, and no metadata.uid, so nothing tells which incident this is")
        return _Finding(_INCIDENT, infos)
    if class_uid == _SECURITY or (not class_uid and old):
        return _Finding(_SECURITY, [_told(old, "finding")])
    if class_uid == _DETECTION or (not class_uid and info):
        return _Finding(_DETECTION, [_told(info, "finding_info")])
    raise UnreadableError("class_uid: only findings of the classes 2001, 2004 and 2005 are read")


def _event_id(event: Mapping[str, object], finding: _Finding, raw: bytes, flags: list[str]) -> str:
    """Give an incident's own id first and a finding's last: that of `metadata` names the message, which may come anew."""
    uids = ",".join(sorted(uid for part in finding.parts if (uid := as_id(part.get("uid")))))
    own = as_id(as_mapping(event.get("metadata")).get("uid"))
    if event_id := (own or uids) if finding.class_uid == _INCIDENT else (uids or own):
        return event_id
    flags.append("no-id")
    return "sha256:" + sha256(raw).hexdigest()


def _told(part: Mapping[str, object], where: str) -> Mapping[str, object]:
    if not part:
        raise UnreadableError(f"{where}: missing or empty, so nothing tells what was found")
    return part


def _time(fields: Mapping[str, object], name: str, request: Request) -> datetime | None:
    """Read the number first: the `_dt` beside it has often lost its zone."""
    value = fields.get(name)
    return read_epoch(value) or read_time(fields.get(f"{name}_dt"), request.zone) or read_time(value, request.zone)


def _components(event: Mapping[str, object]) -> list[str]:
    device = as_mapping(event.get("device"))
    resources = as_objects(event.get("resources"))
    return [
        first_text(device, "hostname", "name", "ip"),
        *(first_text(resource, "hostname", "name", "uid") for resource in resources),
    ]


def _category(parts: list[Mapping[str, object]], attacks: list[Mapping[str, object]]) -> str:
    """Name the types that the product gives the finding, else the tactics."""
    types = [text for part in parts for text in as_texts(part.get("types"))]
    tactics = [
        first_text(tactic, "name")
        for attack in attacks
        for tactic in (as_mapping(attack.get("tactic")), *as_objects(attack.get("tactics")))
    ]
    return ",".join(dict.fromkeys(filter(None, types or tactics)))


def _uid(attack: Mapping[str, object], name: str) -> list[str]:
    return as_texts(as_mapping(attack.get(name)).get("uid"))
