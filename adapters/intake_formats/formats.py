"""Every format by name. A name is also a built-in source instance: `POST /intake/wazuh` works without any set-up."""

from adapters.intake_formats import alertmanager, cloudevents, defender, elastic, ocsf, sentinel, wazuh
from adapters.intake_formats.contract import Format

FORMATS: dict[str, Format] = {
    "alertmanager": Format(alertmanager.parse),
    "cloudevents": Format(cloudevents.parse),
    "defender": Format(defender.parse),
    "elastic": Format(elastic.parse),
    "ocsf": Format(ocsf.parse),
    "sentinel": Format(sentinel.parse),
    "wazuh": Format(wazuh.parse),
}
