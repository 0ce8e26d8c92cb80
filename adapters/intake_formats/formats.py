"""Every format by name. A name is also a built-in source instance: `POST /intake/wazuh` works without any set-up."""

from adapters.intake_formats import alertmanager, cloudevents, grafana, icinga2, uptime_kuma, uptime_kuma_secrets, wazuh, zabbix
from adapters.intake_formats.contract import Format

FORMATS: dict[str, Format] = {
    "alertmanager": Format(alertmanager.parse),
    "cloudevents": Format(cloudevents.parse),
    "grafana": Format(grafana.parse),
    "icinga2": Format(icinga2.parse),
    "uptime-kuma": Format(uptime_kuma.parse, redact=uptime_kuma_secrets.redact),
    "wazuh": Format(wazuh.parse),
    "zabbix": Format(zabbix.parse),
}
