"""What is known of an incident after its events so far: only what a later decision needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.deadlines import ClockFacts
from domain.incident.events import IncidentKind, Nis2Category
from domain.signals import Severity


class Status(StrEnum):
    """How far the incident has come; clocks and submissions are beside it, not in it."""

    REPORTED = "reported"
    ASSESSED = "assessed"
    MITIGATED = "mitigated"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Incident:
    """The state that `evolve` makes. All times are aware and UTC."""

    id: UUID
    version: int
    reference: str
    entity: str
    status: Status
    kind: IncidentKind
    severity: Severity
    detected_at: datetime
    title: str | None
    description: str | None
    place: str | None
    services: tuple[str, ...]
    components: tuple[str, ...]
    significant: bool | None = None
    nis2_category: Nis2Category | None = None
    approved: bool = False
    aware_at: datetime | None = None
    handled_at: datetime | None = None
    sent: Mapping[str, datetime] = field(default_factory=dict)
    """Kind of submission to when the first valid one was sent: resubmitting moves no clock."""
    missed: frozenset[str] = frozenset()

    def clock_facts(self) -> ClockFacts:
        """What the statutory clocks run from; an incident that is no longer judged significant has none."""
        on_duty = self.significant is not False
        return ClockFacts(
            registered_at=None,
            detected_at=self.detected_at,
            aware_at=self.aware_at if on_duty else None,
            notified_at=self.sent.get("incident_notification") if on_duty else None,
            handled_at=self.handled_at if on_duty else None,
            breach_aware_at=None,
        )
