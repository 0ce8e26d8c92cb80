"""Impact times urgency, the priority of ITSM systems: where the municipality's policy asks both, they give the severity."""

from collections.abc import Mapping

from domain.incident.events.common import Level
from domain.signals import Severity

HIGH, MEDIUM, LOW = Level.HIGH, Level.MEDIUM, Level.LOW

SEVERITY: Mapping[tuple[Level, Level], Severity] = {
    (HIGH, HIGH): Severity.CRITICAL,
    (HIGH, MEDIUM): Severity.HIGH,
    (MEDIUM, HIGH): Severity.HIGH,
    (HIGH, LOW): Severity.MEDIUM,
    (MEDIUM, MEDIUM): Severity.MEDIUM,
    (LOW, HIGH): Severity.MEDIUM,
    (MEDIUM, LOW): Severity.LOW,
    (LOW, MEDIUM): Severity.LOW,
    (LOW, LOW): Severity.INFO,
}
"""(impact, urgency) to severity."""
