"""Elastic Security: detection alerts, alerts of the endpoint, and cases, as a connector sends them or a search finds them.

    {"kibana.alert.uuid": "<64 hex>", "kibana.alert.rule.name": "...", "kibana.alert.severity": "high",
     "kibana.alert.workflow_status": "open", "kibana.alert.reason": "...", "@timestamp": "...", "host": {"name": "fs01"}}

https://www.elastic.co/docs/reference/security/fields-and-object-schemas/alert-schema. Flat, nested or mixed; 7.x has
`signal.rule.name` and so on. One, a list, lines, a hit `{"_id": "...", "_source": {...}}`, the answer to a search, the `alerts`
or `context.alerts` of a connector, the `cases` of the cases API (see `elastic_case`).

An alert is known by `kibana.alert.uuid`, which is its document's `_id`: 7.x has that alone. An endpoint's own alert is known by
`event.id`. Building blocks are parts of other alerts and hold nothing for Sporlog. The raw bytes are the body when it is one of
them, its line, else its own canonical JSON.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from adapters.intake_formats import elastic_case
from adapters.intake_formats.attack import techniques
from adapters.intake_formats.common import as_id, as_objects, build_signal, read_severity, read_status, read_time
from adapters.intake_formats.contract import Parsed, Request, UnreadableError
from adapters.intake_formats.dotted import find, find_text, find_texts
from adapters.intake_formats.json_body import read_object
from adapters.intake_formats.json_items import Item, take_body
from domain.signals import Severity, Signal, SignalStatus

_PAGES = (("hits", "hits"), ("context", "alerts"), ("alerts",), ("alerts", "new", "data"), ("cases",))
_HIGHEST = ((21, Severity.LOW), (47, Severity.MEDIUM), (73, Severity.HIGH), (100, Severity.CRITICAL))
"""Of the risk score, 0 to 100, as Elastic's rules draw the lines."""


def parse(body: bytes, request: Request) -> Parsed:
    """Read every alert or case of a body on its own."""
    return take_body(body, lambda item: _signal(item, request), *_PAGES)


def _signal(item: Item, request: Request) -> Signal | None:
    hit = read_object(item.value, "the alert or case")
    document = read_object(hit.get("_source", hit.get("fields", hit)), "_source")
    if elastic_case.is_case(document):
        return elastic_case.signal_of(document, item.raw, request)
    if find(document, "kibana.alert.building_block_type", "signal.rule.building_block_type") is not None:
        return None
    if find(document, "kibana.alert.rule.name", "kibana.alert.uuid", "signal.rule.name") is not None:
        return _detection(document, as_id(hit.get("_id")), item.raw, request)
    if find_text(document, "event.kind") == "alert" and find_text(document, "event.module", "event.dataset").startswith(
        "endpoint"
    ):
        return _endpoint(document, as_id(hit.get("_id")), item.raw, request)
    raise UnreadableError("neither an alert (kibana.alert.* or signal.*), an endpoint's alert (event.kind) nor a case")


def _detection(alert: Mapping[str, object], hit_id: str, raw: bytes, request: Request) -> Signal:
    flags: list[str] = []
    began_at = _time(alert, request, "@timestamp")
    status = _status(find_text(alert, "kibana.alert.workflow_status", "signal.status", "kibana.alert.status"), flags)
    # Until somebody changes it, the status is as old as the alert.
    told_at = _time(alert, request, "kibana.alert.workflow_status_updated_at")
    threats = _objects(find(alert, "kibana.alert.rule.threat", "signal.rule.threat"))
    tactics = dict.fromkeys(filter(None, (find_text(threat, "tactic.name") for threat in threats)))
    return build_signal(
        request,
        raw,
        event_id=_id(find(alert, "kibana.alert.uuid"), hit_id, raw, flags),
        title=find_text(alert, "kibana.alert.rule.name", "signal.rule.name"),
        description=find_text(alert, "kibana.alert.reason", "signal.reason"),
        severity=_severity(
            find_text(alert, "kibana.alert.severity", "kibana.alert.rule.severity", "signal.rule.severity"),
            find_text(alert, "kibana.alert.risk_score", "kibana.alert.rule.risk_score", "signal.rule.risk_score"),
            flags,
        ),
        status=status,
        detected_at=_time(alert, request, "kibana.alert.original_time", "signal.original_time") or began_at,
        components=_components(alert),
        signal_category=",".join(tactics) or ",".join(find_texts(alert, "event.category")),
        references=[find_text(alert, "kibana.alert.url"), *_techniques(threats)],
        flags=flags,
        told_at=told_at or (began_at if status is SignalStatus.FIRING else None),
    )


def _endpoint(alert: Mapping[str, object], hit_id: str, raw: bytes, request: Request) -> Signal:
    flags: list[str] = []
    detected_at = _time(alert, request, "@timestamp", "event.created")
    message = find_text(alert, "message")
    title = find_text(alert, "rule.name") or message or find_text(alert, "event.code")
    return build_signal(
        request,
        raw,
        event_id=_id(find(alert, "event.id"), hit_id, raw, flags),
        title=title,
        description=message if message != title else "",
        severity=_severity("", find_text(alert, "event.severity", "event.risk_score"), flags),
        # It tells what was found and never that it is over.
        status=SignalStatus.FIRING,
        detected_at=detected_at,
        components=_components(alert),
        signal_category=",".join(find_texts(alert, "event.category", "event.code")),
        references=_techniques(_objects(find(alert, "threat"))),
        flags=flags,
        told_at=detected_at,
    )


def _id(value: object, hit_id: str, raw: bytes, flags: list[str]) -> str:
    """Give the alert's own id, else its document's, else the hash of its bytes: two alerts must not become one."""
    if text := as_id(value[0] if isinstance(value, list) and value else value) or hit_id:
        return text
    flags.append("no-id")
    return "sha256:" + sha256(raw).hexdigest()


def _severity(word: str, score: str, flags: list[str]) -> Severity:
    """Read the word, or where there is none the risk score."""
    if word or not score:
        return read_severity(word, flags)
    try:
        return next(severity for highest, severity in _HIGHEST if 0 <= float(score) <= highest)
    except (ValueError, StopIteration):
        flags.append("unknown-severity")
        return Severity.MEDIUM


def _status(word: str, flags: list[str]) -> SignalStatus:
    return SignalStatus.ACKNOWLEDGED if word == "in-progress" else read_status(word, flags)


def _components(alert: Mapping[str, object]) -> list[str]:
    """Name the host. A user is at home on many machines: it names a component only when there is no host."""
    return find_texts(alert, "host.name", "host.hostname") or find_texts(alert, "user.name")


def _objects(value: object) -> list[Mapping[str, object]]:
    return as_objects(value) or ([value] if isinstance(value, dict) else [])


def _techniques(threats: list[Mapping[str, object]]) -> list[str]:
    found = [technique for threat in threats for technique in _objects(find(threat, "technique"))]
    ids = [find_texts(each, "id") for technique in found for each in (technique, *_objects(find(technique, "subtechnique")))]
    return techniques(text for texts in ids for text in texts)


def _time(alert: Mapping[str, object], request: Request, *paths: str) -> datetime | None:
    times = (read_time(find_text(alert, path), request.zone) for path in paths)
    return next(filter(None, times), None)
