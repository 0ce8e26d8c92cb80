"""The versions of the form, as data with effective dates, and what a filled one may hold.

A new portal or a new act is a new row in FORMS; what was filed keeps the id of the form that it was filed by. The portal's
own order is not published, so that a municipality may give its own.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar, NamedTuple

from domain.deadline_rules import NIS2_ACT_IN_FORCE
from domain.errors import InvalidInputError
from domain.submissions.field import UNKNOWN, Field, Widget
from domain.submissions.fields import FIELD_BY_KEY, fields_of
from domain.submissions.kinds import ReportKind
from domain.time import parse_time, show_da


class UnknownFieldError(InvalidInputError):
    """A key that no such notice has."""

    code: ClassVar[str] = "unknown-field"


class UnreadableValueError(InvalidInputError):
    """The value is no answer to the choice, no time, or no text."""

    code: ClassVar[str] = "unreadable-value"


class FormVersion(NamedTuple):
    """One version of the form. `id` is stored with what is filed, and never gets another meaning."""

    id: str
    valid_from: date
    """First Danish date on which it is used; until the next one's."""
    order: Mapping[ReportKind, tuple[str, ...]]
    """The keys of every kind of notice, in the portal's order as far as known."""

    def fields(self, kind: ReportKind, own_order: Iterable[str] = ()) -> tuple[Field, ...]:
        """The fields of a notice: those of the own order first, then the rest. Keys of other notices are passed over.

        Raises UnknownFieldError for a key that no notice has.
        """
        own = tuple(own_order)
        check_order(own)
        known = self.order[kind]
        return tuple(FIELD_BY_KEY[key] for key in dict.fromkeys((*(key for key in own if key in known), *known)))


_WHO = (
    "reporting_reason",
    "entity.name",
    "entity.cvr",
    "entity.sector",
    "contact.name",
    "contact.role",
    "contact.phone",
    "contact.email",
    "contact.on_call",
    "reporter.on_behalf_of",
    "ref.internal",
    "ref.authority",
    "ref.previous",
)
_WHEN = ("time.occurred", "time.detected", "time.aware", "time.handled")
_SUSPICION = ("suspected_malicious", "cross_border", "cross_border.countries")
_WHAT = (
    "severity",
    "impact",
    "impact.services",
    "impact.users",
    "impact.duration",
    "impact.area",
    "affected_systems",
    "affected_suppliers",
)
_WHY = ("root_cause", "threat_type", "indicators")
_DONE = ("mitigation.applied", "mitigation.ongoing")
_BESIDE = (
    "uncertainties",
    "assistance.wanted",
    "assistance.text",
    "recipients_informed",
    "police_reported",
    "personal_data_breach",
    "ref.data_protection",
    "tlp",
)
_NOTICE = (*_WHO, *_WHEN, "summary", *_SUSPICION, *_WHAT, *_WHY, *_DONE, *_BESIDE)
_SENDER = ("entity.name", "contact.name", "contact.phone", "contact.email", "ref.internal")
_BREACH = ("breach.contact", "breach.consequences", "breach.measures")

FORMS: tuple[FormVersion, ...] = (
    FormVersion(
        id="sporlog-2025-07",
        valid_from=NIS2_ACT_IN_FORCE,
        order={
            ReportKind.EARLY_WARNING: (*_SUSPICION, *(key for key in _NOTICE if key not in _SUSPICION)),
            ReportKind.INCIDENT_NOTIFICATION: _NOTICE,
            ReportKind.INTERIM_REPORT: (*_DONE, *(key for key in _NOTICE if key not in _DONE)),
            ReportKind.STATUS_REPORT: (*_DONE, *(key for key in _NOTICE if key not in _DONE)),
            ReportKind.FINAL_REPORT: _NOTICE,
            ReportKind.VOLUNTARY_NOTIFICATION: _NOTICE,
            ReportKind.WITHDRAWAL: (
                "withdrawal.reason",
                "withdrawal.decided_at",
                *(key for key in _WHO if key not in {"reporting_reason", "entity.sector"}),
            ),
            ReportKind.RECIPIENTS: (
                "recipients.what_happened",
                "recipients.effect",
                "recipients.advice",
                "recipients.threat_advice",
                "recipients.more",
                *_SENDER,
            ),
            ReportKind.GDPR_NOTIFICATION: (
                *(key for key in _WHO if key not in {"reporting_reason", "entity.sector"}),
                "ref.data_protection",
                *(key for key in _WHEN if key != "time.aware"),
                "breach.aware",
                "breach.delay_reason",
                "breach.nature",
                "breach.subject_categories",
                "breach.subject_count",
                "breach.record_categories",
                "breach.record_count",
                *_BREACH,
                "breach.subjects_informed",
            ),
            ReportKind.DATA_SUBJECTS: ("breach.nature", *_BREACH, "breach.advice", *_SENDER),
        },
    ),
)
FORM_BY_ID = {form.id: form for form in FORMS}


def form_on(day: date) -> FormVersion:
    """The form in use on that Danish date; the first one for every day before it."""
    return max((form for form in FORMS if form.valid_from <= day), key=lambda form: form.valid_from, default=FORMS[0])


def check_order(own_order: Iterable[str]) -> None:
    """Raises UnknownFieldError for a key that no notice has."""
    if strangers := [key for key in own_order if key not in FIELD_BY_KEY]:
        raise UnknownFieldError(
            f"The own order names {', '.join(map(repr, strangers))}, which no notice has: correct or remove it."
        )


def check_values(kind: ReportKind, values: Mapping[str, str]) -> None:
    """Let a notice pass that can be stored and read again, complete or not.

    Raises UnknownFieldError and UnreadableValueError; both name the field and what to write instead.
    """
    fields = fields_of(kind)
    if strangers := sorted(values.keys() - fields.keys()):
        raise UnknownFieldError(
            f"{kind.value} has no field {', '.join(map(repr, strangers))}. It has {', '.join(sorted(fields))}."
        )
    for key, value in values.items():
        _check(fields[key], value)


def show_value_da(field: Field, value: str) -> str:
    """A value in Danish words. One that cannot be read is shown as it is written: nothing is hidden."""
    if field.widget is Widget.CHOICE:
        return next((option.danish for option in field.options if option.key == value), value)
    if field.widget is Widget.TIME and value.strip() == UNKNOWN:
        return "Ved ikke endnu"
    if field.widget is Widget.TIME and value.strip():
        try:
            return show_da(parse_time(value))
        except InvalidInputError:
            return value
    return value


def _check(field: Field, value: str) -> None:
    if not value.strip():
        return
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise UnreadableValueError(f"{field.key} holds half a character (a lone surrogate), which cannot be stored: remove it.")
    if field.widget is Widget.CHOICE and value not in {option.key for option in field.options}:
        raise UnreadableValueError(
            f"{field.key} is {value!r}: choose one of {', '.join(option.key for option in field.options)}, or leave it empty."
        )
    if field.widget is Widget.TIME and value.strip() != UNKNOWN:
        try:
            parse_time(value)
        except InvalidInputError as error:
            raise UnreadableValueError(f"{field.key}: {error} Or write {UNKNOWN}.") from error
