"""Every format by name. A name is also a built-in source instance: `POST /intake/wazuh` works without any set-up."""

from adapters.intake_formats import alertmanager, cef, cloudevents, iodef, leef, suricata, wazuh
from adapters.intake_formats.contract import Format

FORMATS: dict[str, Format] = {
    "alertmanager": Format(alertmanager.parse),
    "cef": Format(cef.parse),
    "cloudevents": Format(cloudevents.parse),
    "iodef": Format(iodef.parse),
    "leef": Format(leef.parse),
    "suricata": Format(suricata.parse),
    "wazuh": Format(wazuh.parse),
}
