"""Prometheus Alertmanager's webhook, version 4, and the older and templated bodies that look like it.

    {"version": "4", "status": "firing", "externalURL": "...", "truncatedAlerts": 0, "alerts": [
      {"status": "firing", "fingerprint": "<16 hex>", "labels": {"alertname": "...", "severity": "...", "instance": "..."},
       "annotations": {"summary": "..."}, "startsAt": "<RFC 3339>", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "..."}]}

https://prometheus.io/docs/alerting/latest/configuration/#webhook_config. An alert is known by
`<fingerprint>@<startsAt in UTC>`, one episode: re-sent, resolved or sent by another peer it is the same signal. The raw bytes
are the body when it has one alert, else the alert's own object in canonical JSON.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

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
from domain.signals import Signal, SignalStatus

HOST_LABELS = ("instance", "node", "pod", "host")


class Alert(NamedTuple):
    """One of `alerts[]`, as Prometheus and Grafana write it."""

    fields: Mapping[str, object]
    labels: Mapping[str, object]
    annotations: Mapping[str, object]
    fingerprint: str
    """The alert's own, or one made of its labels."""
    starts_at: datetime | None
    status: SignalStatus
    flags: list[str]
    raw: bytes

    @property
    def event_id(self) -> str:
        """One episode of the alert; without a time all of them."""
        return f"{self.fingerprint}@{rfc3339(self.starts_at)}" if self.starts_at else self.fingerprint

    @property
    def told_at(self) -> datetime | None:
        """Since when the status holds: a start that is told with an end says nothing of when it ended."""
        return read_time(self.fields.get("endsAt")) if self.status is SignalStatus.RESOLVED else self.starts_at

    def links(self, envelope: Mapping[str, object]) -> tuple[str, ...]:
        """Where to look: the alert manager, and what to do."""
        return first_text(envelope, "externalURL"), first_text(self.annotations, "runbook_url")

    @property
    def components(self) -> tuple[str, ...]:
        """The host first, then the service. A `job` spans many machines: it names a component only when nothing else does."""
        named = (host_of(first_text(self.labels, *HOST_LABELS)), first_text(self.labels, "service"))
        return named if any(named) else (first_text(self.labels, "job"),)


def parse(body: bytes, request: Request) -> Parsed:
    """Read every alert of a webhook body."""
    envelope = read_object(read_json(body), "the body")
    return take_alerts(body, envelope, lambda alert: _signal(alert, envelope, request))


def take_alerts(body: bytes, envelope: Mapping[str, object], read_one: Callable[[Alert], Signal]) -> Parsed:
    """Read each of `alerts[]` on its own. Raises `UnreadableError` when there are none."""
    alerts = read_list(envelope.get("alerts"), "alerts")
    if not alerts:
        raise UnreadableError("alerts: the list is empty, there is nothing to take")
    shared = _shared_fingerprints(alerts)
    alone = body if len(alerts) == 1 else b""
    return take_each(alerts, lambda item: read_one(_alert(item, alone or canonical(item), envelope, shared)))


def _alert(item: object, raw: bytes, envelope: Mapping[str, object], shared: set[str]) -> Alert:
    fields = read_object(item, "the alert")
    labels = as_mapping(fields.get("labels"))
    flags: list[str] = []
    fingerprint = as_text(fields.get("fingerprint"))
    if not fingerprint or fingerprint in shared:
        if not labels:
            raise UnreadableError("labels: missing or empty and no usable fingerprint, so nothing tells which alert this is")
        if fingerprint:
            flags.append("shared-fingerprint")
        fingerprint = "-".join(filter(None, (fingerprint, sha256(canonical(labels)).hexdigest())))
    if (truncated := envelope.get("truncatedAlerts")) is not True and isinstance(truncated, int) and truncated > 0:
        flags.append(f"truncated-alerts:{truncated}")
    return Alert(
        fields,
        labels,
        as_mapping(fields.get("annotations")),
        fingerprint,
        read_time(fields.get("startsAt")),
        read_status(as_text(fields.get("status")) or as_text(envelope.get("status")), flags),
        flags,
        raw,
    )


def _signal(alert: Alert, envelope: Mapping[str, object], request: Request) -> Signal:
    labels = alert.labels
    return build_signal(
        request,
        alert.raw,
        event_id=alert.event_id,
        title=first_text(alert.annotations, "summary") or first_text(labels, "alertname"),
        description=first_text(alert.annotations, "description", "message"),
        severity=read_severity(first_text(labels, "severity"), alert.flags),
        status=alert.status,
        detected_at=alert.starts_at,
        components=alert.components,
        signal_category=first_text(labels, "category") or "availability",
        references=(first_text(alert.fields, "generatorURL"), *alert.links(envelope)),
        flags=alert.flags,
        services=(first_text(labels, "service"),),
        told_at=alert.told_at,
    )


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
        if (first := labels_of.setdefault(fingerprint, labels)) is not labels and first != labels:
            shared.add(fingerprint)
    return shared
