"""What is on record of the management report itself: who got it, and that the executive board (direktionen) treated it."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import PositiveInt, StringConstraints

from domain.events import Confidential, DomainEvent
from domain.incident.events import Line, Name, Sha256, Text

MANAGEMENT: UUID = uuid5(NAMESPACE_URL, "https://sporlog.dk/management")
"""The one stream of it: the same in every installation."""

PeriodName = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}|-Q[1-4]|-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$")
]
"""As `domain.management.period` reads it: 2026, 2026-Q3, 2026-10, 2026-07-01..2026-09-30."""


class ReportTreated(DomainEvent):
    """The executive board treated a report. Period, administration and position say which: made again, it is the same.

    `report_sha256` is over its figures as JSON, so that what was treated can be told from what is shown now.
    """

    TOPIC: ClassVar[str] = "management.report-treated.1"

    period: PeriodName
    administration: Name | None = None
    """None: the whole entity."""
    report_position: PositiveInt
    """As of which position of the log the report was made."""
    report_sha256: Sha256
    treated_on: date
    """The day of the meeting, Copenhagen's."""
    case_number: Name | None = None
    """Of the meeting's item in the records system."""
    decisions: Confidential[Text] = None
    """What was decided, in words."""


class ReportSent(DomainEvent):
    """A report went out by mail to one recipient. `meta.occurred_at` is when the mail server took it.

    `report_sha256` is over its figures as JSON: the report of that period, administration and position, made again, has it too.
    """

    TOPIC: ClassVar[str] = "management.report-sent.1"

    period: PeriodName
    administration: Name | None = None
    """None: the whole entity."""
    report_position: PositiveInt
    """As of which position of the log the report was made."""
    report_sha256: Sha256
    recipient: Confidential[Line] = None
    """The mail address."""


ManagementEvent = ReportSent | ReportTreated
