"""What the law still wants of a notice now, and what may wait. Nothing here stops anybody from sending it."""

from collections.abc import Mapping
from typing import NamedTuple

from domain.submissions.field import Field
from domain.submissions.fields import fields_of
from domain.submissions.forms import FORMS
from domain.submissions.kinds import ReportKind

_IN_TIME = (ReportKind.EARLY_WARNING, ReportKind.INCIDENT_NOTIFICATION, ReportKind.FINAL_REPORT)


class Missing(NamedTuple):
    """A field that the law requires in this notice and that is empty."""

    field: Field
    paragraph: str


class Waiting(NamedTuple):
    """An empty field that this notice may go without. `until` is the later notice that must have it, if any must."""

    field: Field
    until: ReportKind | None


class Completeness(NamedTuple):
    """Both in the form's order; a filled field is in neither."""

    missing: tuple[Missing, ...]
    may_wait: tuple[Waiting, ...]


def completeness(kind: ReportKind, values: Mapping[str, str]) -> Completeness:
    """Weigh what is filled in; a value of blanks only is empty, 'unknown' is an answer."""
    filled = {key for key, value in values.items() if value.strip()}
    fields = fields_of(kind)
    empty = [fields[key] for key in FORMS[-1].order[kind] if key not in filled]
    missing = tuple(
        Missing(field, field.required[kind]) for field in empty if kind in field.required and field.instead not in filled
    )
    wanted = {field.key for field, _ in missing}
    return Completeness(missing, tuple(Waiting(field, _until(kind, field)) for field in empty if field.key not in wanted))


def _until(kind: ReportKind, field: Field) -> ReportKind | None:
    later = _IN_TIME[_IN_TIME.index(kind) + 1 :] if kind in _IN_TIME else ()
    return next((stage for stage in later if stage in field.required), None)
