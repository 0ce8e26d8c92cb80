"""TheHive alerts: 5 and 4, as the API takes and gives them, and inside the notifications of a webhook.

    {"_id": "~41", "type": "siem", "source": "wazuh-01", "sourceRef": "1772327469.104530", "title": "...", "severity": 3,
     "date": 1772327469000, "stage": "New", "status": "New", "tlp": 2,
     "observables": [{"dataType": "hostname", "data": "fs01"}]}
    {"objectType": "Alert", "action": "update", "object": {...}}       TheHive 5's webhook; 4 says `operation`
    TheHive 4: `id`, `createdAt`, `artifacts` for `_id`, `_createdAt`, `observables`; no `stage`

https://docs.strangebee.com/thehive/api-docs/. An alert is known by `<type>/<source>/<sourceRef>`, the triple that TheHive
itself keeps unique; its own id would differ after a re-import. Notifications of cases, tasks and observables hold nothing for
Sporlog. The raw bytes are the body when it is one alert, else the alert's own canonical JSON.
"""

from collections.abc import Mapping
from datetime import datetime

from adapters.intake_formats.common import (
    as_id,
    as_objects,
    as_text,
    build_signal,
    first_text,
    read_epoch,
    read_severity,
    read_status,
    read_time,
)
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.json_body import canonical, read_json, read_list, read_object
from domain.signals import Signal, SignalStatus

_SEVERITIES = {"1": "low", "2": "medium", "3": "high", "4": "critical"}
_COLOURS = {"0": "clear", "1": "green", "2": "amber", "4": "red"}
_TRIPLE = ("type", "source", "sourceRef")
_STATUSES = {
    "new": SignalStatus.FIRING,
    "updated": SignalStatus.FIRING,
    "inprogress": SignalStatus.ACKNOWLEDGED,
    "imported": SignalStatus.ACKNOWLEDGED,
    "closed": SignalStatus.RESOLVED,
    "ignored": SignalStatus.RESOLVED,
}
"""Stages, and the statuses of 4. Imported: a case goes on with it, so it is in somebody's hands and not over."""
_REASONS = {"ignored": "ignored", "duplicate": "duplicate", "falsepositive": "false-positive"}
"""Statuses that say why an alert was closed without anything having been solved."""


def parse(body: bytes, request: Request) -> Parsed:
    """Read an alert, a list of them, or a notification."""
    value = read_json(body)
    if not isinstance(value, list):
        return take_each([value], lambda alert: _read(alert, body, request))
    if not value:
        raise UnreadableError("the list is empty, there is nothing to take")
    alerts = read_list(value, "the body")
    return take_each(alerts, lambda alert: _read(alert, body if len(alerts) == 1 else canonical(alert), request))


def _read(item: object, raw: bytes, request: Request) -> Signal | None:
    alert = read_object(item, "the alert")
    if "objectType" not in alert:
        return _signal(alert, alert, raw, request)
    notified = as_text(alert["objectType"]).casefold()
    if not notified:
        raise UnreadableError("objectType: must be a text, as Alert")
    # What is told of a deleted alert names its id in TheHive alone, by which it was never known here.
    if notified != "alert" or (first_text(alert, "action", "operation").casefold() == "delete" and "object" not in alert):
        return None
    return _signal(read_object(alert.get("object"), "object"), alert, raw, request)


def _signal(alert: Mapping[str, object], told: Mapping[str, object], raw: bytes, request: Request) -> Signal:
    flags: list[str] = []
    level = as_text(alert.get("severity"))
    event_id = _event_id(alert, flags)
    status = _status(alert, flags)
    case = as_id(alert.get("caseId")) or as_id(alert.get("case"))
    return build_signal(
        request,
        raw,
        event_id=event_id,
        title=first_text(alert, "title"),
        description=first_text(alert, "description"),
        severity=read_severity(_SEVERITIES.get(level, level), flags),
        status=status,
        detected_at=_time(alert, request, "date", "_createdAt", "createdAt"),
        components=_hosts(alert),
        signal_category=first_text(alert, "type"),
        references=[
            first_text(alert, "externalLink"),
            f"thehive-case:{case}" if case else "",
            *(_marking(name, alert, flags) for name in ("tlp", "pap")),
        ],
        flags=flags,
        told_at=_time(alert, request, "_updatedAt", "updatedAt")
        or _time(told, request, "_createdAt", "startDate", "createdAt"),
    )


def _event_id(alert: Mapping[str, object], flags: list[str]) -> str:
    parts = [as_id(alert.get(name)) for name in _TRIPLE]
    if all(parts):
        # Quoted, so that the three of one alert never read like the three of another.
        return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts[:2]) + f"/{parts[2]}"
    if own := as_id(alert.get("_id")) or as_id(alert.get("id")):
        flags.append("no-source-ref")
        return own
    raise UnreadableError("sourceRef: type, source and sourceRef are needed, or _id, to tell which alert this is")


def _status(alert: Mapping[str, object], flags: list[str]) -> SignalStatus:
    """Read the stage, of which there are four; statuses may be the organisation's own words and say why it is closed."""
    stage, status = (as_text(alert.get(name)).replace(" ", "").casefold() for name in ("stage", "status"))
    if reason := _REASONS.get(status):
        flags.append(reason)
    return _STATUSES.get(stage) or _STATUSES.get(status) or read_status(stage or status, flags)


def _hosts(alert: Mapping[str, object]) -> list[str]:
    """Name what was seen as a host name. Addresses, domains and the like are as often the attacker's as ours."""
    seen = as_objects(alert.get("observables")) + as_objects(alert.get("artifacts"))
    return [as_text(each.get("data")) for each in seen if as_text(each.get("dataType")).casefold() == "hostname"]


def _marking(name: str, alert: Mapping[str, object], flags: list[str]) -> str:
    """Name the colour. 3 is red in TheHive 4 and amber+strict in later ones: the number is kept, and flagged."""
    number = as_text(alert.get(name))
    if number and number not in _COLOURS:
        flags.append(f"unclear-{name}")
    return f"{name}:{_COLOURS.get(number, number)}" if number else ""


def _time(fields: Mapping[str, object], request: Request, *names: str) -> datetime | None:
    values = (fields.get(name) for name in names)
    return next((time for value in values if (time := read_epoch(value) or read_time(value, request.zone))), None)
