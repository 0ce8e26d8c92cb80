"""Spor A: what is done to contain, remove and restore, by whom and with whose help. None of it waits for spor B."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime

from domain.events import Confidential, DomainEvent
from domain.incident.events.common import Fact, Line, Name, Number, Text, Word
from domain.roles import Role, Track

MeasureState = Literal["planned", "ongoing", "done", "dropped"]
ContingencyKind = Literal["contingency_plan", "fallback_operation", "crisis_staff"]


class RoleAssigned(DomainEvent):
    """Who has a role in this incident, beside those whom the organisation names."""

    TOPIC: ClassVar[str] = "incident.role-assigned.1"

    assigned_role: Role
    holder: Name
    """An opaque id: a mailbox or a user."""
    reason: Confidential[Text] = None


class MeasureTaken(Fact):
    """Something is done to contain, remove or recover."""

    TOPIC: ClassVar[str] = "incident.measure-taken.1"

    state: MeasureState = "done"
    measure: Confidential[Text] = None


class MeasureUpdated(Fact):
    """A measure came further."""

    TOPIC: ClassVar[str] = "incident.measure-updated.1"

    measure_number: Number
    state: MeasureState
    comment: Confidential[Text] = None


class EmergencyActionTaken(Fact):
    """Containment that could not wait for anybody's approval; it is approved afterwards."""

    TOPIC: ClassVar[str] = "incident.emergency-action-taken.1"
    FILLED_IN: ClassVar[frozenset[str]] = Fact.FILLED_IN | {"approve_by"}

    approve_by: AwareDatetime | None = None
    action: Confidential[Text] = None


class SupplierEngaged(Fact):
    """A supplier was called in, with what was asked of them and until when."""

    TOPIC: ClassVar[str] = "incident.supplier-engaged.1"

    supplier: Name
    answer_by: AwareDatetime | None = None
    request: Confidential[Text] = None
    contact: Confidential[Line] = None


class SupplierReported(Fact):
    """What a supplier told: facts, status, contribution."""

    TOPIC: ClassVar[str] = "incident.supplier-reported.1"

    supplier: Name
    told: Confidential[Text] = None


class ServiceDegraded(Fact):
    """A service works less well, or not at all."""

    TOPIC: ClassVar[str] = "incident.service-degraded.1"

    service: Name
    degree: Literal["degraded", "down"]
    text: Confidential[Text] = None


class RestorationTested(Fact):
    """Whether a service works was tested before it went live again."""

    TOPIC: ClassVar[str] = "incident.restoration-tested.1"

    service: Name
    passed: bool
    result: Confidential[Text] = None


class ServiceRestored(Fact):
    """A service is in operation again."""

    TOPIC: ClassVar[str] = "incident.service-restored.1"

    service: Name
    text: Confidential[Text] = None


class ContingencyActivated(Fact):
    """The contingency plan, fallback operation or the crisis staff began its work."""

    TOPIC: ClassVar[str] = "incident.contingency-activated.1"

    contingency: ContingencyKind
    reason: Confidential[Text] = None


class ContingencyDeactivated(Fact):
    """It ended its work."""

    TOPIC: ClassVar[str] = "incident.contingency-deactivated.1"

    contingency: ContingencyKind
    reason: Confidential[Text] = None


class NoteAdded(DomainEvent):
    """Words for the log, also from paper: `occurred_at` is when it happened. To a track: its status for the other one."""

    TOPIC: ClassVar[str] = "incident.note-added.1"

    to_track: Track | None = None
    text: Confidential[Text] = None


class TaskPlanned(DomainEvent):
    """Somebody is to do something, perhaps until a time."""

    TOPIC: ClassVar[str] = "incident.task-planned.1"

    owner: Name
    due_at: AwareDatetime | None = None
    task: Confidential[Text] = None


class TaskDone(Fact):
    """A task is done."""

    TOPIC: ClassVar[str] = "incident.task-done.1"

    task_number: Number
    result: Confidential[Text] = None


class Mitigated(Fact):
    """Handled (håndteret): contained and the services restored; `meta.occurred_at` is when."""

    TOPIC: ClassVar[str] = "incident.mitigated.1"

    summary: Confidential[Text] = None


class RootCauseFound(Fact):
    """Why it happened, as far as is known (NIS Cooperation Group, CG 04/2018). A later finding replaces it."""

    TOPIC: ClassVar[str] = "incident.root-cause-found.1"

    cause: Literal["system_failures", "natural_phenomena", "human_errors", "malicious_actions", "third_party_failures"]
    third_party: bool = False
    """The cause lay with a supplier or a shared solution, whatever kind it was."""
    cause_key: Word | None = None
    """A word of the municipality's own for this very cause: two incidents with the same one are recurring."""
    text: Confidential[Text] = None


class Classified(DomainEvent):
    """Its class in ENISA's Reference Security Incident Taxonomy, for statistics and sharing."""

    TOPIC: ClassVar[str] = "incident.classified.1"

    incident_class: Word
    tags: tuple[Word, ...] = ()
    """MITRE ATT&CK ids, CVE numbers and the like."""
