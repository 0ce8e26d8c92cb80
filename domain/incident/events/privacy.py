"""The data protection track: its own awareness, its own clocks, its own recipient. The DPO advises, the controller decides."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime, NonNegativeInt

from domain.events import Confidential, DomainEvent
from domain.incident.events.common import Fact, Text, Word
from domain.incident.events.submissions import Submission


class BreachRegistered(DomainEvent):
    """A personal data breach, notified or not (GDPR art. 33, stk. 5). Registering again adds what is known since.

    At risk `unlikely` nothing is owed and the reason is; at `possible` art. 33's clock runs from `breach_aware_at`; at `high`
    art. 34 asks to tell the data subjects too, unless `exempt`.
    """

    TOPIC: ClassVar[str] = "incident.breach-registered.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"tell_by"}

    breach_aware_at: AwareDatetime
    """When the controller knew of the breach with reasonable certainty."""
    risk: Literal["unlikely", "possible", "high"]
    data_types: tuple[Word, ...] = ()
    data_subjects: NonNegativeInt | None = None
    """How many, about."""
    records: NonNegativeInt | None = None
    exempt: Literal["encrypted", "later_measures", "disproportionate", "overriding_interests"] | None = None
    """Why the data subjects need not be told: art. 34, stk. 3, or databeskyttelsesloven § 22."""
    tell_by: AwareDatetime | None = None
    nature: Confidential[Text] = None
    consequences: Confidential[Text] = None
    measures: Confidential[Text] = None
    reason: Confidential[Text] = None


class DpoAdvised(Fact):
    """What the data protection officer advised."""

    TOPIC: ClassVar[str] = "incident.dpo-advised.1"

    advice: Confidential[Text] = None


class DataProtectionAuthorityNotified(Submission):
    """Datatilsynet was told, GDPR art. 33: within 72 hours of awareness of the breach, with reasons if later."""

    TOPIC: ClassVar[str] = "incident.data-protection-authority-notified.1"

    summary: Confidential[Text] = None


class DataSubjectsNotified(Fact):
    """Those whose data it is were told, GDPR art. 34: without undue delay, in plain words."""

    TOPIC: ClassVar[str] = "incident.data-subjects-notified.1"

    channels: tuple[Word, ...] = ()
    recipients: Confidential[Text] = None
    text: Confidential[Text] = None
