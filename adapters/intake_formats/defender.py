"""Microsoft Defender XDR: incidents and alerts of Microsoft Graph security v1.0, and the records of its Event Hub streaming.

    {"@odata.type": "#microsoft.graph.security.incident", "id": "29", "tenantId": "<guid>", "displayName": "...",
     "status": "active", "severity": "high", "createdDateTime": "<RFC 3339, 7 digits>", "lastUpdateDateTime": "...",
     "incidentWebUrl": "...", "redirectIncidentId": null, "classification": "unknown",
     "alerts": [{"id": "...", "category": "...", "mitreTechniques": ["T1566"], "evidence": [{"deviceDnsName": "..."}]}]}

https://learn.microsoft.com/graph/api/resources/security-incident and .../security-alert. One, a list, lines, or a page
`{"value": [...]}`. Enumerations are PascalCase in older bodies and camelCase in newer ones.

An incident is one signal, known by `<tenantId>/<id>` as its number is unique in its tenant only; an alert that comes alone is
known by its id, which is unique everywhere and the same in the streaming (see `defender_streaming`). The raw bytes are the body
when it is one of them, its line, else its own canonical JSON.
"""

from collections.abc import Iterable, Mapping

from adapters.intake_formats import defender_streaming as streaming
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
from adapters.intake_formats.defender_names import alert_name, alike, classification_flags, incident_name, tenantless_name
from adapters.intake_formats.json_body import read_object
from adapters.intake_formats.json_items import Item, read_items, take_items
from domain.signals import Signal, SignalStatus

_INCIDENT_ONLY = ("displayName", "incidentWebUrl", "redirectIncidentId")
_ALERT_ONLY = ("title", "alertWebUrl", "incidentId")
_HANDLED = ("inprogress", "awaitingaction")
_ACCOUNTS = ("", "userevidence", "mailboxevidence")
"""Kinds of evidence whose account is itself hit; a process's or a file's account only ran or owned it."""


def parse(body: bytes, request: Request) -> Parsed:
    """Read every incident and alert on its own; streamed records of one alert are one signal."""
    items, rejected = read_items(body, ("value",), ("records",))
    records = [item for item in items if streaming.is_record(item.value)]
    others = [item for item in items if not streaming.is_record(item.value)]
    graph = take_items(others, rejected, lambda item: _signal(item, request))
    streamed = streaming.take(records, graph.rejected, request)
    return Parsed(graph.signals + streamed.signals, streamed.rejected)


def _signal(item: Item, request: Request) -> Signal:
    fields = read_object(item.value, "the incident or alert")
    kind = _last_word(fields)
    if kind == "incident" or (kind != "alert" and any(name in fields for name in _INCIDENT_ONLY)):
        return _incident(fields, item.raw, request)
    if kind == "alert" or any(name in fields for name in _ALERT_ONLY):
        return _alert(fields, item.raw, request)
    raise UnreadableError("neither an incident nor an alert of Microsoft Graph, nor a streamed record: displayName or title")


def _incident(incident: Mapping[str, object], raw: bytes, request: Request) -> Signal:
    if not (number := as_id(incident.get("id"))):
        raise UnreadableError("id: missing, so nothing tells which incident this is")
    tenant = as_text(incident.get("tenantId"))
    flags = [] if tenant else ["no-tenant"]
    names = [incident_name(tenant, number)] if tenant else []
    created_at = read_time(incident.get("createdDateTime"), request.zone)
    if created_at:
        names.append(tenantless_name(number, created_at))
    references = [first_text(incident, "incidentWebUrl")]
    if (into := as_id(incident.get("redirectIncidentId"))) not in ("", number):
        # What was merged goes on inside the other one: linked, and not over.
        flags.append("redirected")
        references.append(incident_name(tenant, into) if tenant else f"defender-incident:{into}")
        names += [incident_name(tenant, into)] if tenant else []
    alerts = as_objects(incident.get("alerts"))
    return build_signal(
        request,
        raw,
        event_id=f"{tenant.casefold()}/{number}" if tenant else number,
        title=first_text(incident, "displayName"),
        description=first_text(incident, "description", "summary"),
        severity=read_severity(as_text(incident.get("severity")), flags),
        status=_status(as_text(incident.get("status")), flags),
        detected_at=created_at,
        components=_components(alerts),
        signal_category=",".join(dict.fromkeys(filter(None, (first_text(alert, "category") for alert in alerts)))),
        references=references + techniques(text for alert in alerts for text in as_texts(alert.get("mitreTechniques"))),
        flags=flags + classification_flags(as_text(incident.get("classification"))),
        same_as=names,
        told_at=read_time(incident.get("lastUpdateDateTime"), request.zone),
    )


def _alert(alert: Mapping[str, object], raw: bytes, request: Request) -> Signal:
    if not (alert_id := as_id(alert.get("id"))):
        raise UnreadableError("id: missing, so nothing tells which alert this is")
    tenant, incident = as_text(alert.get("tenantId")), as_id(alert.get("incidentId"))
    flags: list[str] = []
    return build_signal(
        request,
        raw,
        event_id=alert_id,
        title=first_text(alert, "title"),
        description=first_text(alert, "description"),
        severity=read_severity(as_text(alert.get("severity")), flags),
        status=_status(as_text(alert.get("status")), flags),
        detected_at=read_time(alert.get("createdDateTime"), request.zone),
        components=_components([alert]),
        signal_category=first_text(alert, "category"),
        references=[
            first_text(alert, "alertWebUrl"),
            first_text(alert, "incidentWebUrl"),
            incident_name(tenant, incident) if tenant and incident else "",
            *techniques(as_texts(alert.get("mitreTechniques"))),
        ],
        flags=flags + classification_flags(as_text(alert.get("classification"))),
        same_as=(alert_name(alert_id),),
        told_at=read_time(alert.get("lastUpdateDateTime"), request.zone),
    )


def _status(word: str, flags: list[str]) -> SignalStatus:
    if (known := alike(word)) == "redirected":
        flags.append(known)
        return SignalStatus.FIRING
    return SignalStatus.ACKNOWLEDGED if known in _HANDLED else read_status(word, flags)


def _components(alerts: Iterable[Mapping[str, object]]) -> list[str]:
    """Name the devices. An account is at home on many of them: it names a component only when no device does."""
    evidence = [each for alert in alerts for each in as_objects(alert.get("evidence"))]
    if devices := [name for each in evidence if (name := first_text(each, "deviceDnsName", "hostName"))]:
        return devices
    accounts = ((each, as_mapping(each.get("userAccount"))) for each in evidence if _last_word(each) in _ACCOUNTS)
    return [
        first_text(each, "primaryAddress") or first_text(account, "userPrincipalName", "accountName")
        for each, account in accounts
    ]


def _last_word(fields: Mapping[str, object]) -> str:
    """Give `incident` of `#microsoft.graph.security.incident`, and of every other namespace that Microsoft has written."""
    return as_text(fields.get("@odata.type")).rpartition(".")[2].casefold()
