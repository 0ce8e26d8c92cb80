"""Spor B until the duty stands: assessment, approval, awareness, escalation, and the clocks that Sporlog itself watches."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from domain.events import Confidential, DomainEvent
from domain.incident.events.common import Fact, Name, Nis2Category, Number, Text, Word, YesNoUnknown
from domain.roles import Role


class SignificanceDeclared(DomainEvent):
    """Judged significant at once, without the guide (væsentlig nu): the clocks run, the guide follows."""

    TOPIC: ClassVar[str] = "incident.significance-declared.1"

    suspected_malicious: YesNoUnknown = YesNoUnknown.UNKNOWN
    cross_border: YesNoUnknown = YesNoUnknown.UNKNOWN
    reason: Confidential[Text] = None


class Assessed(DomainEvent):
    """Judged for significance, NIS 2-loven § 12, stk. 2. Each assessment adds one; none replaces another."""

    TOPIC: ClassVar[str] = "incident.assessed.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"recommendation", "because", "departs"}

    significant: bool
    nis2_category: Nis2Category
    depth: Literal["quick", "full"] = "quick"
    answers: dict[Word, Word] = Field(default_factory=dict)
    guide_version: Word | None = None
    recommendation: Word | None = None
    """What the guide recommended from these answers; None when it was not asked."""
    because: tuple[Word, ...] = ()
    """The questions whose answers weighed."""
    departs: bool = False
    """The decision differs from the recommendation; `reason` says why."""
    explanations: Confidential[dict[Word, Text]] = None
    reason: Confidential[Text] = None


class AssessmentApproved(DomainEvent):
    """The Ledelsesbeslutningstager agreed. It moves no clock."""

    TOPIC: ClassVar[str] = "incident.assessment-approved.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"approve_by"}

    alone: bool = False
    """Whoever was alone on duty approved their own; a second person approves until `approve_by`."""
    approve_by: AwareDatetime | None = None
    comment: Confidential[Text] = None


class AssessmentRejected(DomainEvent):
    """The Ledelsesbeslutningstager did not agree: it is to be assessed anew. Until then the clocks run on."""

    TOPIC: ClassVar[str] = "incident.assessment-rejected.1"

    reason: Confidential[Text] = None


class ApprovedAfterwards(DomainEvent):
    """A second person approved what was done alone, in an emergency or without approval."""

    TOPIC: ClassVar[str] = "incident.approved-afterwards.1"

    approved_number: Number
    comment: Confidential[Text] = None


class AwarenessDeclared(DomainEvent):
    """From when the entity had knowledge (kendskab) of the significant incident, § 13, stk. 1: the clocks run from here."""

    TOPIC: ClassVar[str] = "incident.awareness-declared.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"by_default"}

    aware_at: AwareDatetime
    by_default: bool = False
    """True when it follows from the first assessment as significant, false when a person set it."""
    reason: Confidential[Text] = None


class Escalated(Fact):
    """Somebody further up was brought in."""

    TOPIC: ClassVar[str] = "incident.escalated.1"

    to_role: Role
    to: Name | None = None
    reason: Confidential[Text] = None


class DeadlineApproached(DomainEvent):
    """A deadline is near and its act is not recorded. Noted by Sporlog itself, once per deadline, due time and rung."""

    TOPIC: ClassVar[str] = "incident.deadline-approached.1"

    kind: str
    due_at: AwareDatetime
    rung: Word
    """Which reminder of the ladder it is."""


class DeadlineMissed(DomainEvent):
    """A legal deadline passed without its act being recorded here. Noted by Sporlog itself, once per deadline."""

    TOPIC: ClassVar[str] = "incident.deadline-missed.1"

    kind: str
    due_at: AwareDatetime


class DeadlineCancelled(DomainEvent):
    """A clock was stopped because the incident turned out not to be significant. What was missed before stays missed."""

    TOPIC: ClassVar[str] = "incident.deadline-cancelled.1"

    kind: str
    due_at: AwareDatetime
    reason: Confidential[Text] = None
