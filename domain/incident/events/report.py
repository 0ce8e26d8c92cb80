"""How an incident begins, what is corrected about it, how it ends, and how it relates to others."""

from enum import StrEnum
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.events import Confidential, DomainEvent, Frozen
from domain.incident.events.common import IncidentKind, Level, Line, Name, Nis2Category, Text, ToldBy, Word
from domain.signals import Severity


class CloseReason(StrEnum):
    """Why an incident ends. All but `resolved` end one that needed no notification or mitigation of ours."""

    RESOLVED = "resolved"
    NOT_AN_INCIDENT = "not_an_incident"
    PLANNED_WORK = "planned_work"
    NEAR_MISS = "near_miss"
    THREAT = "threat"
    NOT_SIGNIFICANT = "not_significant"
    EXTERNAL_CAUSE = "external_cause"
    DUPLICATE = "duplicate"


class Reported(DomainEvent):
    """Somebody or something told of a possible incident. Starts the internal limit of the first assessment."""

    TOPIC: ClassVar[str] = "incident.reported.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"reference", "assess_by", "from_incident"}

    reference: Name
    entity: Name
    severity: Severity
    kind: IncidentKind = IncidentKind.INCIDENT
    detected_at: AwareDatetime
    """First observation, UTC; the cautious clock runs from here."""
    services: tuple[Name, ...] = ()
    components: tuple[Name, ...] = ()
    administration: Name | None = None
    """The part of the entity whose roles take it; None is the entity's own."""
    told_by: ToldBy | None = None
    impact: Level | None = None
    urgency: Level | None = None
    trust_service: bool = False
    """It affects a trust service (eIDAS): then § 13, stk. 2 gives 24 hours for the notification."""
    exercise: bool = False
    """Nothing of it is real: it is stamped everywhere and kept out of statistics."""
    assess_by: AwareDatetime | None = None
    """Until when the entity's policy wants the first assessment; None where it says nothing other than four hours."""
    from_incident: UUID | None = None
    """The incident that this one was split off from, or that it shares with another entity."""
    title: Confidential[Line] = None
    description: Confidential[Text] = None
    place: Confidential[Line] = None


class AttachedSignal(Frozen):
    """A signal's clear part, as the incident that it belongs to remembers it."""

    source: str
    source_event_id: str
    severity: Severity
    detected_at: AwareDatetime
    components: tuple[str, ...] = ()
    payload_sha256: str


class SignalAttached(DomainEvent):
    """The signals of one intake batch that belong to this incident, by rule or by a person."""

    TOPIC: ClassVar[str] = "incident.signal-attached.1"

    signals: tuple[AttachedSignal, ...] = Field(min_length=1)


class DetachedSignal(Frozen):
    """Which signal: of which source, under which id."""

    source: str
    source_event_id: str


class SignalDetached(DomainEvent):
    """A person saw that these signals do not belong to this incident. Attaching them again undoes it."""

    TOPIC: ClassVar[str] = "incident.signal-detached.1"

    signals: tuple[DetachedSignal, ...] = Field(min_length=1)
    reason: Confidential[Text] = None


CorrectableField = Literal[
    "title",
    "description",
    "place",
    "severity",
    "kind",
    "detected_at",
    "services",
    "components",
    "administration",
    "trust_service",
]


class Corrected(DomainEvent):
    """A field of the report was wrong. The old value stays in the log; `services` and `components` are comma-separated.

    Whoever corrects gives `new`; deciding fills in `old`, and moves both to the clear pair when the field is a clear one.
    """

    TOPIC: ClassVar[str] = "incident.corrected.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"clear_old", "clear_new", "old"}

    field: CorrectableField
    clear_old: str | None = None
    clear_new: str | None = None
    old: Confidential[Text] = None
    new: Confidential[Text] = None
    reason: Confidential[Text] = None


class MergedInto(DomainEvent):
    """It is the same as another incident, which goes on for both; this one ends. The earliest awareness wins."""

    TOPIC: ClassVar[str] = "incident.merged-into.1"

    into: UUID
    reason: Confidential[Text] = None


class Split(DomainEvent):
    """A part of it was something else and goes on as an incident of its own, with the clocks that ran already."""

    TOPIC: ClassVar[str] = "incident.split.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"into"}

    into: UUID
    title: Confidential[Line] = None
    reason: Confidential[Text] = None


class SharedWith(DomainEvent):
    """Another reporting entity is hit too: it got an incident of its own, with its own assessment, clocks and submissions."""

    TOPIC: ClassVar[str] = "incident.shared-with.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"incident"}

    entity: Name
    incident: UUID
    reason: Confidential[Text] = None


class ClocksInherited(DomainEvent):
    """What had happened to another incident counts for this one too: the earliest start of each clock, and what was sent."""

    TOPIC: ClassVar[str] = "incident.clocks-inherited.1"

    other: UUID
    relation: Literal["merged", "split"]
    significant: bool | None = None
    nis2_category: Nis2Category | None = None
    detected_at: AwareDatetime
    aware_at: AwareDatetime | None = None
    sent: dict[Word, AwareDatetime] = Field(default_factory=dict)
    triggers: dict[Word, AwareDatetime] = Field(default_factory=dict)
    dues: dict[Word, AwareDatetime] = Field(default_factory=dict)
    components: tuple[Name, ...] = ()
    """Of a merged incident: alerts on them belong to the one that goes on."""


class Closed(DomainEvent):
    """Nothing more is to be done, and why."""

    TOPIC: ClassVar[str] = "incident.closed.1"

    reason: CloseReason
    duplicate_of: UUID | None = None
    summary: Confidential[Text] = None


class Reopened(DomainEvent):
    """It was not over."""

    TOPIC: ClassVar[str] = "incident.reopened.1"

    reason: Confidential[Text] = None
