"""What the events of an incident are made of: texts, names, answers, and how a fact departs from the process."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import PositiveInt, StringConstraints

from domain.events import DomainEvent

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=253)]
"""As long as a DNS name may be (RFC 1035): components are often those."""
Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$")]
"""A key of ours, such as a question of the guide or one of its answers: clear, so there is no room for a sentence in it."""
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Number = PositiveInt
"""An earlier event of the same incident, by its version: what the timeline numbers it as."""


class IncidentKind(StrEnum):
    """NIS 2-loven § 3: what it is, as far as known."""

    INCIDENT = "incident"
    NEAR_MISS = "near_miss"
    THREAT = "threat"
    PLANNED_WORK = "planned_work"


class Nis2Category(StrEnum):
    """Lav, Mellem, Høj of the municipalities' playbook (KL): Høj is what must be notified."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class YesNoUnknown(StrEnum):
    """'Ved ikke' is an answer: at 24 hours the law asks for a suspicion, not for proof."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """Impact and urgency, as ITSM systems have them."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ToldBy(StrEnum):
    """Through which channel the incident was discovered (KL 4.4, Opdagelse)."""

    ALARM = "alarm"
    KOMMUNECERT = "kommunecert"
    EMPLOYEE = "employee"
    CITIZEN = "citizen"
    SUPPLIER = "supplier"
    PROCESSOR = "processor"


Deviation = Literal[
    "late",
    "not-approved",
    "not-assessed",
    "not-significant",
    "already-recorded",
    "out-of-order",
    "after-close",
    "before-handled",
    "incomplete",
    "not-tested",
    "not-requested",
    "no-reason",
    "outside-role",
    "role-not-held",
]
"""How a fact from outside departs from the process. It is recorded with the fact, never a reason to refuse it."""


class Fact(DomainEvent):
    """It happened outside Sporlog: recorded whatever the incident's status, with how it departs from the process."""

    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"deviations"}

    deviations: tuple[Deviation, ...] = ()
