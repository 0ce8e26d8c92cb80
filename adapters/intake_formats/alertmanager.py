"""Prometheus Alertmanager's webhook, version 4, and the older and templated bodies that look like it.

    {"version": "4", "status": "firing", "externalURL": "...", "truncatedAlerts": 0, "alerts": [
      {"status": "firing", "fingerprint": "<16 hex>", "labels": {"alertname": "...", "severity": "...", "instance": "..."},
       "annotations": {"summary": "..."}, "startsAt": "<RFC 3339>", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "..."}]}

https://prometheus.io/docs/alerting/latest/configuration/#webhook_config. An alert is known by
`<fingerprint>@<startsAt in UTC>`, one episode: re-sent, resolved or sent by another peer it is the same signal. The raw bytes
are the body when it has one alert, else the alert's own object in canonical JSON.
"""

from collections.abc import Mapping
from hashlib import sha256

from adapters.intake_formats.common import (
    as_mapping,
    as_text,
    build_signal,
    first_text,
    read_severity,
    read_status,
    read_time,
    rfc3339,
)
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.json_body import canonical, read_json, read_list, read_object
from domain.signals import Signal

_HOST_LABELS = ("instance", "node", "pod", "host")


def parse(body: bytes, request: Request) -> Parsed:
    """Read every alert of a webhook body."""
    envelope = read_object(read_json(body), "the body")
    alerts = read_list(envelope.get("alerts"), "alerts")
    if not alerts:
        raise UnreadableError("alerts: the list is empty, there is nothing to take")
    shared = _shared_fingerprints(alerts)
    return take_each(
        alerts, lambda alert: _signal(alert, body if len(alerts) == 1 else canonical(alert), envelope, shared, request)
    )


def _signal(item: object, raw: bytes, envelope: Mapping[str, object], shared: set[str], request: Request) -> Signal:
    alert = read_object(item, "the alert")
    labels, annotations = as_mapping(alert.get("labels")), as_mapping(alert.get("annotations"))
    flags: list[str] = []
    fingerprint = as_text(alert.get("fingerprint"))
    if not fingerprint or fingerprint in shared:
        if not labels:
            raise UnreadableError("labels: missing or empty and no usable fingerprint, so nothing tells which alert this is")
        if fingerprint:
            flags.append("shared-fingerprint")
        fingerprint = "-".join(filter(None, (fingerprint, sha256(canonical(labels)).hexdigest())))
    truncated = envelope.get("truncatedAlerts")
    if isinstance(truncated, int) and not isinstance(truncated, bool) and truncated > 0:
        flags.append(f"truncated-alerts:{truncated}")
    starts_at = read_time(alert.get("startsAt"))
    return build_signal(
        request,
        raw,
        event_id=f"{fingerprint}@{rfc3339(starts_at)}" if starts_at else fingerprint,
        title=first_text(annotations, "summary") or first_text(labels, "alertname"),
        description=first_text(annotations, "description", "message"),
        severity=read_severity(first_text(labels, "severity"), flags),
        status=read_status(as_text(alert.get("status")) or as_text(envelope.get("status")), flags),
        detected_at=starts_at,
        components=_components(labels),
        signal_category=first_text(labels, "category") or "availability",
        references=(
            first_text(alert, "generatorURL"),
            first_text(envelope, "externalURL"),
            first_text(annotations, "runbook_url"),
        ),
        flags=flags,
    )


def _components(labels: Mapping[str, object]) -> tuple[str, ...]:
    """Name the host first, then the service. A `job` spans many machines: it names a component only when nothing else does."""
    named = (host_of(first_text(labels, *_HOST_LABELS)), first_text(labels, "service"))
    return named if any(named) else (first_text(labels, "job"),)


def host_of(address: str) -> str:
    """Give the host in `db01:9100`, `[::1]:9100` or `https://user@db01:8443/health`; anything else as it is."""
    _scheme, found, rest = address.partition("://")
    host = rest.split("/", 1)[0].rpartition("@")[2] if found else address
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        name, _colon, port = host.partition(":")
        host = name if port.isdigit() else host
    return host or address


def _shared_fingerprints(alerts: list[object]) -> set[str]:
    """Find fingerprints that stand on differing alerts, as some templates write them: one alert would hide the other."""
    labels_of: dict[str, object] = {}
    shared: set[str] = set()
    for alert in alerts:
        fields = as_mapping(alert)
        fingerprint, labels = as_text(fields.get("fingerprint")), fields.get("labels")
        if labels_of.setdefault(fingerprint, labels) != labels:
            shared.add(fingerprint)
    return shared
