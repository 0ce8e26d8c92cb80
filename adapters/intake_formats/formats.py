"""Every format by name. A name is also a built-in source instance: `POST /intake/wazuh` works without any set-up."""

from adapters.intake_formats import (
    alertmanager,
    cloudevents,
    csv,
    defender,
    elastic,
    email,
    grafana,
    icinga2,
    misp,
    ocsf,
    sentinel,
    servicenow,
    stix,
    thehive,
    uptime_kuma,
    uptime_kuma_secrets,
    wazuh,
    zabbix,
)
from adapters.intake_formats.contract import Format

FORMATS: dict[str, Format] = {
    "alertmanager": Format(alertmanager.parse),
    "cloudevents": Format(cloudevents.parse),
    "csv": Format(csv.parse),
    "defender": Format(defender.parse),
    "elastic": Format(elastic.parse),
    "email": Format(email.parse, limit=email.MAX_MAIL),
    "grafana": Format(grafana.parse),
    "icinga2": Format(icinga2.parse),
    "misp": Format(misp.parse),
    "ocsf": Format(ocsf.parse),
    "sentinel": Format(sentinel.parse),
    "servicenow": Format(servicenow.parse),
    "stix": Format(stix.parse),
    "thehive": Format(thehive.parse),
    "uptime-kuma": Format(uptime_kuma.parse, redact=uptime_kuma_secrets.redact),
    "wazuh": Format(wazuh.parse),
    "zabbix": Format(zabbix.parse),
}
