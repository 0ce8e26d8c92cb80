"""Microsoft Sentinel incidents, in the four shapes in which they come.

    {"eventUniqueId": "...", "objectSchemaType": "Incident", "objectEventType": "Create", "workspaceId": "<guid>",
     "object": {...}}                                                    a playbook's trigger, maybe inside {"body": ...}
    {"id": "/subscriptions/.../incidents/<guid>", "name": "<guid>", "properties": {"title": "...", "severity": "High",
     "status": "New", "createdTimeUtc": "...", "incidentNumber": 7}}     Azure Resource Manager (ARM); also {"value": [...]}
    {"id": "/subscriptions/...", "title": "...", "created_time_utc": "..."}        the Python SDK, flat
    {"TenantId": "<workspace>", "IncidentNumber": 7, "Title": "...", "CreatedTime": "..."}    the table SecurityIncident

https://learn.microsoft.com/rest/api/securityinsights/incidents. An incident is known by its ARM id in lower case, as the tools
differ in it (`Incidents`, `incidents`), else by `<workspace>/<incident number>`. `name`, a GUID, is the same in all shapes, and
Defender XDR's incidents come by Defender too: `same_as` tells both. The raw bytes are the body when it is one incident, its
line, else its own canonical JSON.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from adapters.intake_formats.attack import techniques
from adapters.intake_formats.common import (
    as_id,
    as_mapping,
    as_objects,
    as_text,
    as_texts,
    build_signal,
    first_text,
    read_severity,
    read_status,
    read_time,
)
from adapters.intake_formats.contract import Parsed, Request, UnreadableError
from adapters.intake_formats.defender_names import alike, classification_flags, incident_name, tenantless_name
from adapters.intake_formats.json_body import read_object
from adapters.intake_formats.json_items import Item, read_inner, take_body
from domain.signals import Signal, SignalStatus

_DEFENDER = {"microsoftxdr", "microsoftdefenderxdr", "microsoft365defender"}
_TENANT = re.compile(r"[?&]tid=([0-9a-f-]{36})(?![0-9a-f-])", re.ASCII | re.IGNORECASE)
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_TELLING = ("title", "incidentnumber", "severity", "status")


def parse(body: bytes, request: Request) -> Parsed:
    """Read every incident of a body; a page `value` or `records` each on its own."""
    return take_body(body, lambda item: _signal(item, request), ("value",), ("records",))


def _signal(item: Item, request: Request) -> Signal:
    trigger = read_object(item.value, "the incident")
    trigger = read_object(trigger.get("body", trigger), "body")
    if as_text(trigger.get("objectSchemaType") or "Incident").casefold() != "incident":
        raise UnreadableError("objectSchemaType: only Incident is read: use the playbook's incident trigger")
    resource = read_object(trigger.get("object", trigger), "object")
    incident = {**_comparable(resource), **_comparable(read_object(resource.get("properties", {}), "properties"))}
    if not any(name in incident for name in _TELLING):
        raise UnreadableError("properties: neither title, status, severity nor incidentNumber: this is no Sentinel incident")
    more = _comparable(as_mapping(read_inner(incident.get("additionaldata"))))
    url = first_text(more, "providerincidenturl")
    flags: list[str] = []
    event_id = _event_id(resource, incident, as_text(trigger.get("workspaceId")), flags)
    labels = {alike(first_text(_comparable(label), "labelname")) for label in as_objects(read_inner(incident.get("labels")))}
    if "redirected" in labels:
        flags.append("redirected")
    return build_signal(
        request,
        item.raw,
        event_id=event_id,
        title=first_text(incident, "title"),
        description=first_text(incident, "description"),
        severity=read_severity(first_text(incident, "severity"), flags),
        status=_status(first_text(incident, "status"), flags),
        detected_at=_first_time(incident, request, "firstactivitytime", "createdtime"),
        components=_components(incident),
        signal_category=",".join(as_texts(more.get("tactics"))),
        references=[first_text(incident, "incidenturl"), url, *techniques(as_texts(more.get("techniques")))],
        flags=flags + classification_flags(first_text(incident, "classification")),
        same_as=_same_as(resource, incident, url, request),
        told_at=_first_time(incident, request, "lastmodifiedtime", "timegenerated"),
    )


def _comparable(fields: Mapping[str, object]) -> dict[str, object]:
    """Write the names of a level alike: `createdTimeUtc`, `created_time_utc` and `CreatedTime` all become `createdtime`."""
    return {alike(name).removesuffix("utc"): value for name, value in fields.items()}


def _event_id(resource: Mapping[str, object], incident: Mapping[str, object], workspace: str, flags: list[str]) -> str:
    if (arm := as_text(resource.get("id"))).startswith("/"):
        return arm.casefold()
    workspace = workspace or as_text(resource.get("WorkspaceId")) or as_text(resource.get("TenantId"))
    number = as_id(incident.get("incidentnumber"))
    if workspace and number:
        return f"{workspace.casefold()}/{number}"
    if name := _name(resource):
        return name
    if not number:
        raise UnreadableError("id: no ARM id, name or incidentNumber, so nothing tells which incident this is")
    flags.append("no-workspace")
    return number


def _name(resource: Mapping[str, object]) -> str:
    """Give the GUID in the ARM id, in `name` or in the table; empty when a person or a script has chosen another name."""
    name = as_text(resource.get("id")).rpartition("/")[2] or first_text(resource, "name", "IncidentName")
    return name.casefold() if _GUID.fullmatch(name) else ""


def _same_as(resource: Mapping[str, object], incident: Mapping[str, object], url: str, request: Request) -> list[str]:
    """Name what other sources have too. Sentinel tells the tenant only in the incident's address in the Defender portal."""
    names = [f"sentinel-incident:{name}"] if (name := _name(resource)) else []
    number = as_id(incident.get("providerincidentid"))
    if not number or alike(first_text(incident, "providername")) not in _DEFENDER:
        return names
    if tenant := _TENANT.search(url) or _TENANT.search(first_text(incident, "incidenturl")):
        return [incident_name(tenant[1], number), *names]
    created_at = _first_time(incident, request, "createdtime")
    return [tenantless_name(number, created_at), *names] if created_at else names


def _status(word: str, flags: list[str]) -> SignalStatus:
    """Read `New`, `Active` (somebody handles it) or `Closed`."""
    return SignalStatus.ACKNOWLEDGED if alike(word) == "active" else read_status(word, flags)


def _components(incident: Mapping[str, object]) -> list[str]:
    """Name the hosts among the entities, which many bodies lack; the accounts only when there is no host."""
    named: dict[str, list[str]] = {"host": [], "account": []}
    for entity in as_objects(incident.get("relatedentities")):
        parts = as_mapping(entity.get("properties"))
        match as_text(entity.get("kind")).casefold():
            case "host":
                host, domain = first_text(parts, "hostName", "netBiosName", "friendlyName"), first_text(parts, "dnsDomain")
                named["host"].append(f"{host}.{domain}" if host and domain else host)
            case "account":
                account, suffix = first_text(parts, "accountName", "friendlyName"), first_text(parts, "upnSuffix")
                named["account"].append(f"{account}@{suffix}" if account and suffix else account)
    return list(filter(None, named["host"])) or named["account"]


def _first_time(incident: Mapping[str, object], request: Request, *names: str) -> datetime | None:
    times = (read_time(incident.get(name), request.zone) for name in names)
    return next(filter(None, times), None)
