"""How critical a service is, and which severity that gives what hits it."""

from enum import StrEnum

from domain.signals import Severity


class ServiceClass(StrEnum):
    """A service's class. The most critical comes first."""

    SOCIETY_CRITICAL = "society_critical"
    """Samfundskritisk: on the list that the executive board approves."""
    CRITICAL = "critical"
    """Kritisk for the municipality."""
    IMPORTANT = "important"
    ORDINARY = "ordinary"


class Effect(StrEnum):
    """What a failure does to a service or system. The worst comes first."""

    STOPPED = "stopped"
    DEGRADED = "degraded"
    BOTHERED = "bothered"
    """Less redundancy, or a nuisance."""


CRITICAL_CLASSES = frozenset({ServiceClass.SOCIETY_CRITICAL, ServiceClass.CRITICAL})

SEVERITIES: dict[ServiceClass, tuple[Severity, Severity, Severity]] = {
    # stopped, degraded, bothered
    ServiceClass.SOCIETY_CRITICAL: (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM),
    ServiceClass.CRITICAL: (Severity.HIGH, Severity.MEDIUM, Severity.LOW),
    ServiceClass.IMPORTANT: (Severity.MEDIUM, Severity.LOW, Severity.LOW),
    ServiceClass.ORDINARY: (Severity.LOW, Severity.LOW, Severity.INFO),
}


def severity_of(service_class: ServiceClass, effect: Effect) -> Severity:
    """The severity that a service's class gives an effect on it: a recommendation, a person decides."""
    return SEVERITIES[service_class][list(Effect).index(effect)]
