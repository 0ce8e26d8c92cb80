import re
from collections.abc import Iterable

import pytest

from domain.submissions.field import Field, Widget
from domain.submissions.fields import FIELD_BY_KEY, FIELDS, fields_of
from domain.submissions.kinds import ReportKind

WORD_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")

REQUIRED: dict[ReportKind, set[str]] = {
    ReportKind.EARLY_WARNING: {"suspected_malicious", "cross_border"},
    ReportKind.INCIDENT_NOTIFICATION: {
        "summary",
        "suspected_malicious",
        "cross_border",
        "severity",
        "impact",
        "indicators",
    },
    ReportKind.INTERIM_REPORT: {"mitigation.applied", "mitigation.ongoing"},
    ReportKind.STATUS_REPORT: {"mitigation.applied", "mitigation.ongoing"},
    ReportKind.FINAL_REPORT: {
        "summary",
        "suspected_malicious",
        "cross_border",
        "severity",
        "impact",
        "root_cause",
        "mitigation.applied",
        "mitigation.ongoing",
    },
    ReportKind.VOLUNTARY_NOTIFICATION: set(),
    ReportKind.WITHDRAWAL: set(),
    ReportKind.RECIPIENTS: {"recipients.what_happened", "recipients.effect", "recipients.advice"},
    ReportKind.GDPR_NOTIFICATION: {
        "breach.nature",
        "breach.subject_categories",
        "breach.subject_count",
        "breach.record_categories",
        "breach.record_count",
        "breach.contact",
        "breach.consequences",
        "breach.measures",
    },
    ReportKind.DATA_SUBJECTS: {"breach.nature", "breach.contact", "breach.consequences", "breach.measures"},
}


def texts(field: Field) -> Iterable[str]:
    yield from (field.danish, field.english, field.help_da, field.help_en)
    for option in field.options:
        yield from (option.danish, option.english)


@pytest.mark.parametrize("kind", ReportKind)
def test_what_the_law_requires_of_a_notice_is_required_and_nothing_else(kind: ReportKind) -> None:
    assert {field.key for field in FIELDS if kind in field.required_for} == REQUIRED[kind]


def test_every_requirement_names_its_paragraph() -> None:
    assert all(re.search(r"§ 1[35]|art\. 3[34]", where) for field in FIELDS for where in field.required.values())


def test_no_field_is_both_required_and_optional_in_one_notice() -> None:
    assert [field.key for field in FIELDS if field.required_for & field.useful_for] == []


def test_every_key_is_its_own_and_can_be_stored_as_a_word() -> None:
    assert len(FIELD_BY_KEY) == len(FIELDS)
    assert [key for key in FIELD_BY_KEY if not WORD_PATTERN.fullmatch(key)] == []


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_every_field_speaks_both_languages(field: Field) -> None:
    assert all(text.strip() for text in texts(field))


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_a_choice_and_nothing_else_has_options(field: Field) -> None:
    assert bool(field.options) == (field.widget is Widget.CHOICE)


def test_what_answers_instead_is_in_the_same_notices() -> None:
    pairs = [(field, FIELD_BY_KEY[field.instead]) for field in FIELDS if field.instead]
    assert pairs
    assert all(field.kinds <= other.kinds for field, other in pairs)


def test_not_known_yet_is_an_answer_to_the_two_questions_of_the_early_warning() -> None:
    for key in REQUIRED[ReportKind.EARLY_WARNING]:
        assert "unknown" in {option.key for option in fields_of(ReportKind.EARLY_WARNING)[key].options}
