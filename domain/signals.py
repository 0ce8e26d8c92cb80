"""Signals: what tools tell. Packed before the write, counted when repeated, never rewritten.

Titles, descriptions and raw bytes are not in the events: they live sealed in the payload table under their SHA-256.
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal, NamedTuple
from uuid import UUID, uuid5

from pydantic import AwareDatetime

from domain.events import Confidential, DomainEvent, Frozen

SIGNALS_NAMESPACE = UUID("5f0c3f0e-3c55-5d0e-9d5b-0c9f6d1a7e21")
MAX_PER_EVENT = 100


class Severity(StrEnum):
    """Ordered from worst to least; unknown words of a tool become medium and are flagged (INTAKE rule 3)."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class SignalStatus(StrEnum):
    """A tool's own word. `resolved` never closes an incident nor stops a clock."""

    FIRING = "firing"
    RESOLVED = "resolved"
    ACKNOWLEDGED = "acknowledged"


class SignalKind(StrEnum):
    """What is told, which decides who looks at it first."""

    ALERT = "alert"
    """A tool found something: the rules decide."""
    TICKET = "ticket"
    """Somebody's case in a ticket system: the rules decide, by its category."""
    REPORT = "report"
    """The words of a person or another organisation (mail): always to a person."""
    INTELLIGENCE = "intelligence"
    """What others know of threats: referenced, and no incident of ours by itself."""
    UNREAD = "unread"
    """Bytes that no format could read: kept, for a person and for another try."""


class Disposition(StrEnum):
    """What intake did with a signal."""

    OPENED = "opened"
    ATTACHED = "attached"
    COUNTED = "counted"
    SUPPRESSED = "suppressed"
    """Counted and marked: announced maintenance explains it."""
    TO_PERSON = "to_person"
    """Waits for a person to decide."""
    DISMISSED = "dismissed"
    """A person looked at it: nothing further, whatever the rules say."""


class Signal(NamedTuple):
    """One normalised alert, the one shape that every intake format yields and `sporlog intake --dry-run` prints.

    A plain tuple, not a model: four thousand of them a second are made by our own parsers, which have validated each field.
    `detected_at` is UTC; `raw` the item's own bytes, hashed as `payload_sha256` (hex) before anything was parsed out of it.
    """

    source: str
    source_event_id: str
    title: str
    description: str
    severity: Severity
    status: SignalStatus
    detected_at: datetime
    components: tuple[str, ...]
    signal_category: str
    references: tuple[str, ...]
    payload_sha256: str
    raw: bytes
    flags: tuple[str, ...] = ()
    """Doubts for a person to see: `unknown-severity`, `truncated-alerts:3`, `no-time`, ..."""
    kind: SignalKind = SignalKind.ALERT
    services: tuple[str, ...] = ()
    """The tool's own names for the services that are hit. They are among the components too."""
    episode: str = ""
    """What stays open until it is resolved (a check, a monitor, a fingerprint), for tools that do not tell which of its
    episodes they mean: a resolved signal with an unknown id ends the open episode. When it equals `source_event_id` the tool
    numbers no episodes at all: a firing one joins the open episode, or begins one as `<episode>@<detected_at>`.
    """
    same_as: tuple[str, ...] = ()
    """Names that the same finding has in other sources too, as `defender-incident:<tenant>/<id>`: the second is a repeat."""
    told_at: datetime | None = None
    """Since when `status` holds by the tool's clock, UTC; None: it does not tell. An older word never undoes a newer one."""
    body_sha256: str | None = None
    """The hash (hex) of the whole body, where it held more than this signal; the door fills it in."""
    content: str = ""
    """A hash (hex) of what was said, where a sender chooses the id: the same id with other content is another signal."""


class ReceivedSignal(Frozen):
    """The clear part of a signal, as packed into an event."""

    source_event_id: str
    severity: Severity
    status: SignalStatus
    detected_at: AwareDatetime
    components: tuple[str, ...] = ()
    signal_category: str
    payload_sha256: str
    disposition: Disposition
    incident_id: UUID | None = None
    flags: tuple[str, ...] = ()
    kind: SignalKind = SignalKind.ALERT
    services: tuple[str, ...] = ()
    rule: str | None = None
    """The rule that decided, or `person`, `twin` or `none` (`domain/intake/rules.py`); None: from before there were rules."""
    group: str | None = None
    """Under which name it met its incident: a component, `source:...` or `rule:...`."""
    body_sha256: str | None = None
    """The whole body, where it held more than this signal."""


class RepeatedSignal(Frozen):
    """A signal that was known already: how often it came again in this batch, between which times, with which payloads."""

    source_event_id: str
    count: int
    first_at: AwareDatetime
    last_at: AwareDatetime
    status: SignalStatus
    components: tuple[str, ...] = ()
    payload_sha256s: tuple[str, ...] = ()
    incident_id: UUID | None = None


class SignalsReceived(DomainEvent):
    """Up to 100 new signals of one source, from one intake batch."""

    TOPIC: ClassVar[str] = "signals.received.1"

    source: str
    signals: tuple[ReceivedSignal, ...]
    rules: int = 0
    """The number of the rules that decided; 0: those that Sporlog brings."""


class SignalsRepeated(DomainEvent):
    """Up to 100 known signals of one source that came again in one intake batch."""

    TOPIC: ClassVar[str] = "signals.repeated.1"

    source: str
    repeats: tuple[RepeatedSignal, ...]


Decision = Literal["attached", "detached", "dismissed", "reopened", "read"]
"""`dismissed`: looked at, nothing further; `reopened`: it waits again; `read`: its bytes became signals on another try."""


class SignalsDecided(DomainEvent):
    """A person decided on signals, in place of the rules or against them. Each decision can be undone by a further one."""

    TOPIC: ClassVar[str] = "signals.decided.1"

    source: str
    source_event_ids: tuple[str, ...]
    decision: Decision
    incident_id: UUID | None = None
    reason: Confidential[str] = None


SignalsEvent = SignalsReceived | SignalsRepeated | SignalsDecided


def stream_of(source: str) -> UUID:
    """The signal stream of a source instance: the same on every machine."""
    return uuid5(SIGNALS_NAMESPACE, source)
