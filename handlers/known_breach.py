"""What is known of a personal data breach: every registration adds to the ones before it (GDPR art. 33, stk. 4)."""

from collections.abc import Sequence

from domain.guide.options import DATA_TYPES
from domain.incident import events as e
from domain.submissions.known import Breach
from handlers.readings import Moment

_TYPES = {option.key: option.danish for option in DATA_TYPES}


def breach_of(moments: Sequence[Moment], officer: str | None) -> Breach:
    """All registrations together. `officer` is the id of the data protection officer."""
    breach = Breach(contact=f"Databeskyttelsesrådgiver: {officer}" if officer else None)
    for moment in moments:
        match moment.recorded.event:
            case e.BreachRegistered() as told:
                breach = _with(breach, told)
            case e.DataSubjectsNotified():
                breach = breach._replace(subjects_informed=e.YesNoUnknown.YES)
            case e.DataProtectionAuthorityNotified() as sent if sent.late_reason:
                breach = breach._replace(delay_reason=sent.late_reason)
            case _:
                pass
    return breach


def _with(breach: Breach, told: e.BreachRegistered) -> Breach:
    types = tuple(_TYPES.get(key, key) for key in told.data_types)
    return breach._replace(
        aware_at=told.breach_aware_at,
        nature=told.nature or breach.nature,
        record_categories=types or breach.record_categories,
        subject_count=breach.subject_count if told.data_subjects is None else str(told.data_subjects),
        record_count=breach.record_count if told.records is None else str(told.records),
        consequences=told.consequences or breach.consequences,
        measures=told.measures or breach.measures,
    )
