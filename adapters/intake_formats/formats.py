"""Every format by name. A name is also a built-in source instance: `POST /intake/wazuh` works without any set-up."""

from adapters.intake_formats import alertmanager, cloudevents, wazuh
from adapters.intake_formats.contract import Format

FORMATS: dict[str, Format] = {
    "alertmanager": Format(alertmanager.parse),
    "cloudevents": Format(cloudevents.parse),
    "wazuh": Format(wazuh.parse),
}
