"""The periods, as data: how long each kind of record is kept, and who ends it.

No act sets them. NIS 2-loven names none, arkivloven and offentlighedsloven bind what is a record of the case, and GDPR art.
5(1)(e) wants the rest gone when it is needed no more: each period is the municipality's own choice, with its reason.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator

from domain.events import Frozen

_WRITTEN = re.compile(r"^([1-9][0-9]{0,3}) (days|months|years)$")
MAX_YEARS = 100


def _checked(written: str) -> str:
    found = _WRITTEN.match(written)
    if found is None:
        msg = 'write a number and days, months or years, such as "90 days", "18 months" or "5 years"'
        raise ValueError(msg)
    if after(date(2000, 1, 1), written) > date(2000 + MAX_YEARS, 1, 1):
        msg = f"longer than {MAX_YEARS} years is for ever, and needs no period"
        raise ValueError(msg)
    return written


Period = Annotated[str, AfterValidator(_checked)]
"""`90 days`, `18 months` or `5 years`: calendar time, by Copenhagen's days."""


def after(day: date, period: str) -> date:
    """The first day on which what began on `day` has passed its period; a day that the month lacks is its last."""
    number, unit = period.split(" ")
    if unit == "days":
        return day + timedelta(days=int(number))
    months = day.year * 12 + day.month - 1 + int(number) * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Ends(StrEnum):
    """Who ends a record's time."""

    PERSON = "person"
    """Sporlog shows it as a candidate; a person decides and records it."""
    SPORLOG = "sporlog"
    """Sporlog deletes it by itself, and records that it did."""
    UNRECORDED = "unrecorded"
    """Sporlog deletes it by itself every day and records nothing: that it was there would be what had to go."""
    OPERATOR = "operator"
    """It lies outside of Sporlog's reach: whoever runs the machine sets its tools to this."""


class Periods(Frozen):
    """How long each kind of record is kept, from when: see `ENDS` for by whom it is ended."""

    incident_files: Period = "5 years"
    """From the incident's closing. Suggested; L434 sets none."""
    significant_incident_files: Period = "10 years"
    """The same of those judged significant (§ 12)."""
    signals: Period = "12 months"
    """From the end of the month: titles, descriptions and raw bytes of signals that never became an incident."""
    payloads: Period = "24 months"
    """From the end of the month: those of all signals of that month, whose key is destroyed."""
    dead_letters: Period = "90 days"
    """From when they were put aside."""
    sent_messages: Period = "12 months"
    """Mails and calls that went out, from when they were due. Copies in mailboxes are kept by whoever runs those."""
    access_log: Period = "6 months"
    """From each reading: who opened what, which is personal data about the staff."""
    logs: Period = "90 days"
    """What the program and the machine write of their running."""

    def of_incident(self, *, significant: bool | None) -> Period:
        """How long its file is kept from its closing."""
        return self.significant_incident_files if significant else self.incident_files

    @model_validator(mode="after")
    def _agree(self) -> "Periods":
        day = date(2024, 1, 1)
        if after(day, self.signals) > after(day, self.payloads):
            msg = "signals cannot be kept longer than payloads: a month's payloads go with their key, those of signals too"
            raise ValueError(msg)
        return self


Kind = Literal[
    "incident_files",
    "significant_incident_files",
    "signals",
    "payloads",
    "dead_letters",
    "sent_messages",
    "access_log",
    "logs",
]
ENDS: dict[Kind, Ends] = {
    "incident_files": Ends.PERSON,
    "significant_incident_files": Ends.PERSON,
    "signals": Ends.SPORLOG,
    "payloads": Ends.SPORLOG,
    "dead_letters": Ends.SPORLOG,
    "sent_messages": Ends.UNRECORDED,
    "access_log": Ends.UNRECORDED,
    "logs": Ends.OPERATOR,
}
