"""What is known of an incident after its events so far: only what a later decision or a clock needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.deadlines import ClockFacts
from domain.incident.events.common import IncidentKind, Nis2Category
from domain.incident.work import NOTHING_DONE, Work
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
    administration: str | None = None
    trust_service: bool = False
    exercise: bool = False
    significant: bool | None = None
    nis2_category: Nis2Category | None = None
    approved: bool = False
    aware_at: datetime | None = None
    handled_at: datetime | None = None
    sent: Mapping[str, datetime] = field(default_factory=dict)
    """Kind of notice or act to when the first valid one was: resubmitting moves no clock."""
    missed: Mapping[str, datetime] = field(default_factory=dict)
    """Kind of deadline to the last limit of it that was missed."""
    triggers: Mapping[str, datetime] = field(default_factory=dict)
    """What started the other clocks: `breach_aware`, `high_risk`, `effect`, `interim`, `approval`."""
    dues: Mapping[str, datetime] = field(default_factory=dict)
    """Kind of deadline to the limit that policy or the CSIRT set for it."""
    awaiting: Mapping[str, datetime] = field(default_factory=dict)
    """Number of an event that a second person has yet to approve, to until when."""
    merged_into: UUID | None = None
    """The incident that goes on for this one, and has taken over its clocks."""
    held_at: datetime | None = None
    """Since when a legal hold stands: nothing of the incident is erased meanwhile."""
    disposed: bool = False
    """Everything about it was erased but its tombstone: nothing more can be recorded."""
    work: Work = NOTHING_DONE
    """What only deciding needs. Read models do not keep it."""

    def has_missed(self, kind: str, due_at: datetime) -> bool:
        """Whether the log has noted that this limit passed, or a later one of its kind; a duty begun anew has a later one."""
        last = self.missed.get(kind)
        return last is not None and last >= due_at

    def clock_facts(self) -> ClockFacts:
        """What the clocks run from. An incident that is no longer judged significant has none of NIS2's, a merged one none.

        What a second person owes an approval is owed where it was done, also after a merge.
        """
        if self.disposed:
            return ClockFacts(detected_at=self.detected_at)
        on_duty = self.significant is not False
        owed = min(self.awaiting.values(), default=None)
        set_due = {**self.dues, "second_approval": owed} if owed else self.dues
        if self.merged_into is not None:
            approval = self.triggers.get("approval")
            return ClockFacts(detected_at=self.detected_at, approval_owed_at=approval, set_due=set_due)
        return ClockFacts(
            registered_at=None,
            detected_at=self.detected_at,
            aware_at=self.aware_at if on_duty else None,
            notified_at=self.sent.get("incident_notification") if on_duty else None,
            handled_at=self.handled_at if on_duty else None,
            breach_aware_at=self.triggers.get("breach_aware"),
            trust_service=self.trust_service,
            effect_at=self.triggers.get("effect") if on_duty else None,
            high_risk_at=self.triggers.get("high_risk"),
            warned_at=self.sent.get("early_warning") if on_duty else None,
            interim_requested_at=self.triggers.get("interim") if on_duty else None,
            approval_owed_at=self.triggers.get("approval"),
            set_due=set_due,
        )
