"""What the log knows of an incident at one position, as plain facts: all that a notice may be filled in from."""

from datetime import datetime
from typing import NamedTuple

from domain.incident.events import IncidentKind, Nis2Category, YesNoUnknown
from domain.signals import Severity
from domain.submissions.kinds import ReportKind


class Contact(NamedTuple):
    """Whom the recipient of a notice may ask. None is not told."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    email: str | None = None
    on_call: str | None = None


class Receipt(NamedTuple):
    """An earlier notice. The number is None until its receipt has been seen."""

    kind: ReportKind
    sent_at: datetime
    number: str | None = None


class Breach(NamedTuple):
    """What is known of a personal data breach (GDPR art. 33, stk. 3). None and an empty tuple are not told."""

    aware_at: datetime | None = None
    nature: str | None = None
    subject_categories: tuple[str, ...] = ()
    subject_count: str | None = None
    record_categories: tuple[str, ...] = ()
    record_count: str | None = None
    contact: str | None = None
    consequences: str | None = None
    measures: str | None = None
    advice: str | None = None
    delay_reason: str | None = None
    subjects_informed: YesNoUnknown | None = None
    authority_reference: str | None = None


class Known(NamedTuple):
    """None is not told; an empty tuple too, except for indicators. All times are aware."""

    entity: str
    reference: str
    detected_at: datetime
    kind: IncidentKind = IncidentKind.INCIDENT
    cvr: str | None = None
    sector: str | None = None
    contact: Contact = Contact()
    on_behalf_of: str | None = None
    authority_reference: str | None = None
    previous: tuple[Receipt, ...] = ()
    occurred_at: datetime | None = None
    aware_at: datetime | None = None
    handled_at: datetime | None = None
    title: str | None = None
    description: str | None = None
    place: str | None = None
    severity: Severity | None = None
    services: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    users_affected: str | None = None
    significant: bool | None = None
    category: Nis2Category | None = None
    reasons: tuple[str, ...] = ()
    """Why it was judged as it was."""
    decided_at: datetime | None = None
    """When that judgement was made."""
    suspected_malicious: YesNoUnknown | None = None
    cross_border: YesNoUnknown | None = None
    countries: tuple[str, ...] = ()
    indicators: tuple[str, ...] | None = None
    """Empty: somebody looked, and none are known. None: nobody has told."""
    threat_type: str | None = None
    root_cause: str | None = None
    external_cause: bool = False
    """Cause and repair lay with others."""
    third_party: str | None = None
    """Whom they lay with."""
    measures_done: tuple[str, ...] = ()
    measures_ongoing: tuple[str, ...] = ()
    uncertainties: tuple[str, ...] = ()
    assistance: str | None = None
    recipients_informed: tuple[str, ...] = ()
    recipients_effect: str | None = None
    recipients_advice: str | None = None
    police_reported: YesNoUnknown | None = None
    breach_suspected: YesNoUnknown | None = None
    breach: Breach = Breach()
    exercise: bool = False
    demo: bool = False
