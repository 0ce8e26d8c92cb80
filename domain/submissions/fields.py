"""Every field that a notice can have, and which a kind of notice has."""

from domain.submissions.authority_fields import AUTHORITY_FIELDS
from domain.submissions.common_fields import COMMON_FIELDS
from domain.submissions.field import Field
from domain.submissions.kinds import ReportKind
from domain.submissions.people_fields import PEOPLE_FIELDS

FIELDS: tuple[Field, ...] = (*COMMON_FIELDS, *AUTHORITY_FIELDS, *PEOPLE_FIELDS)
FIELD_BY_KEY = {field.key: field for field in FIELDS}


def fields_of(kind: ReportKind) -> dict[str, Field]:
    """The fields of a kind of notice by key, in no order that means anything; the order is the form's."""
    return {field.key: field for field in FIELDS if kind in field.kinds}
