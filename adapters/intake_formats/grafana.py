"""Grafana's webhook contact point (unified alerting), and the notification channel of Grafana 8 and older.

    {"version": "1", "orgId": 1, "status": "firing", "title": "...", "externalURL": "...", "alerts": [
      {"status": "firing", "fingerprint": "<16 hex>", "labels": {"alertname": "..."}, "annotations": {"summary": "..."},
       "startsAt": "<RFC 3339>", "endsAt": "0001-01-01T00:00:00Z", "values": {"B": 44.2}, "generatorURL": "...",
       "dashboardURL": "...", "panelURL": "...", "silenceURL": "..."}]}

https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/.
An alert is known by `<fingerprint>@<startsAt in UTC>` as with Alertmanager, but Grafana 12.0 overwrites `startsAt` with
`endsAt` when it tells the end: therefore the fingerprint is the episode, which an end with an unknown id closes. The raw bytes
are the body when it has one alert, else the alert's own object in canonical JSON. A body with `ruleId` and no `alerts` is the
old shape, see `grafana_legacy`.
"""

from collections.abc import Mapping

from adapters.intake_formats.alertmanager import Alert, take_alerts
from adapters.intake_formats.common import build_signal, first_text, read_severity
from adapters.intake_formats.contract import Parsed, Request
from adapters.intake_formats.grafana_legacy import is_legacy, read_legacy
from adapters.intake_formats.json_body import read_json, read_object
from domain.signals import Severity, Signal, SignalStatus

_FAILURES = ("DatasourceNoData", "DatasourceError")
"""Alerts of Grafana's own, with other labels than the rule's: the monitoring sees nothing, whatever the service does."""

_LINKS = ("generatorURL", "dashboardURL", "panelURL")


def parse(body: bytes, request: Request) -> Parsed:
    """Read every alert of a webhook body, or the one of the old shape."""
    envelope = read_object(read_json(body), "the body")
    if is_legacy(envelope):
        return read_legacy(envelope, body, request)
    return take_alerts(body, envelope, lambda alert: _signal(alert, envelope, request))


def _signal(alert: Alert, envelope: Mapping[str, object], request: Request) -> Signal:
    labels, annotations, flags = alert.labels, alert.annotations, alert.flags
    is_test = _is_test(alert)
    if is_test:
        flags.append("test")
    if failed := first_text(labels, "alertname") in _FAILURES:
        flags.append("monitoring-failure")
    if alert.status is SignalStatus.RESOLVED:
        if alert.starts_at is not None and alert.starts_at == alert.told_at:
            flags.append("start-overwritten")
        if first_text(annotations, "grafana_state_reason"):
            # The rule was paused or changed, or its series is gone: nothing is known to have recovered.
            flags.append("end-without-recovery")
    return build_signal(
        request,
        alert.raw,
        event_id=alert.event_id,
        title=_title(alert),
        description=first_text(annotations, "description", "message") or first_text(alert.fields, "valueString"),
        severity=Severity.INFO if is_test else read_severity(first_text(labels, "severity"), flags),
        status=alert.status,
        detected_at=alert.starts_at,
        components=alert.components,
        signal_category=first_text(labels, "category") or ("monitoring" if failed else "availability"),
        references=(
            *(link for name in _LINKS if not (link := first_text(alert.fields, name)).startswith("?")),
            *alert.links(envelope),
        ),
        flags=flags,
        services=(first_text(labels, "service"),),
        episode=alert.fingerprint,
        told_at=alert.told_at,
    )


def _title(alert: Alert) -> str:
    """A failure's summary is the rule's and tells of what could not be measured: its own name goes first."""
    name, summary = first_text(alert.labels, "alertname"), first_text(alert.annotations, "summary")
    if name in _FAILURES:
        return ": ".join(filter(None, (name, summary or first_text(alert.labels, "rulename"))))
    return summary or name


def _is_test(alert: Alert) -> bool:
    """What the button Test sends: no rule made it, so its link has no address."""
    generator = first_text(alert.fields, "generatorURL")
    return first_text(alert.labels, "alertname") == "TestAlert" and (not generator or generator.startswith("?"))
