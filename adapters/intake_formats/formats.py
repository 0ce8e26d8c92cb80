"""Every format by name. A name is also a built-in source instance: `POST /intake/wazuh` works without any set-up."""

from adapters.intake_formats import (
    alertmanager,
    cloudevents,
    csv,
    defender,
    elastic,
    email,
    misp,
    ocsf,
    sentinel,
    servicenow,
    stix,
    thehive,
    wazuh,
)
from adapters.intake_formats.contract import Format

FORMATS: dict[str, Format] = {
    "alertmanager": Format(alertmanager.parse),
    "cloudevents": Format(cloudevents.parse),
    "csv": Format(csv.parse),
    "defender": Format(defender.parse),
    "elastic": Format(elastic.parse),
    "email": Format(email.parse, limit=email.MAX_MAIL),
    "misp": Format(misp.parse),
    "ocsf": Format(ocsf.parse),
    "sentinel": Format(sentinel.parse),
    "servicenow": Format(servicenow.parse),
    "stix": Format(stix.parse),
    "thehive": Format(thehive.parse),
    "wazuh": Format(wazuh.parse),
}
