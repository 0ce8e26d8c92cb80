import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.submissions.completeness import completeness
from domain.submissions.fields import fields_of
from domain.submissions.kinds import ReportKind

EARLY, NOTICE, FINAL = ReportKind.EARLY_WARNING, ReportKind.INCIDENT_NOTIFICATION, ReportKind.FINAL_REPORT


@pytest.mark.parametrize("kind", ReportKind)
def test_of_an_empty_notice_all_that_the_law_requires_is_missing(kind: ReportKind) -> None:
    missing = completeness(kind, {}).missing
    assert {field.key for field, _ in missing} == {
        field.key for field in fields_of(kind).values() if kind in field.required_for
    }


def test_the_paragraph_is_that_of_the_notice() -> None:
    paragraphs = {
        kind: {field.key: where for field, where in completeness(kind, {}).missing}["cross_border"] for kind in (EARLY, FINAL)
    }
    assert paragraphs == {
        EARLY: "NIS 2-loven § 13, stk. 1, nr. 1",
        FINAL: "NIS 2-loven § 13, stk. 1, nr. 4, litra d",
    }


def test_two_answers_make_an_early_warning_complete_and_not_known_yet_is_one() -> None:
    assert completeness(EARLY, {"suspected_malicious": "yes", "cross_border": "unknown"}).missing == ()


def test_blanks_are_no_answer() -> None:
    assert {field.key for field, _ in completeness(EARLY, {"suspected_malicious": " \n", "cross_border": "no"}).missing} == {
        "suspected_malicious"
    }


def test_the_type_of_threat_is_enough_where_the_cause_is_not_known() -> None:
    answered = completeness(FINAL, {"threat_type": "Ransomware"})

    assert "root_cause" not in {field.key for field, _ in answered.missing}
    assert {field.key: stage for field, stage in answered.may_wait}["root_cause"] is None, "no later notice must have it"


def test_what_may_wait_says_until_which_notice() -> None:
    until = {field.key: stage for field, stage in completeness(EARLY, {}).may_wait}

    assert until["severity"] is NOTICE
    assert until["root_cause"] is FINAL
    assert until["tlp"] is None


def test_nothing_waits_for_a_notice_that_has_passed() -> None:
    assert {stage for _, stage in completeness(FINAL, {}).may_wait} == {None}


@given(
    kind=st.sampled_from(ReportKind),
    values=st.dictionaries(st.sampled_from(sorted({key for kind in ReportKind for key in fields_of(kind)})), st.text()),
)
def test_a_filled_field_is_never_reported_and_every_empty_one_is(kind: ReportKind, values: dict[str, str]) -> None:
    result = completeness(kind, values)

    reported = [field.key for field, _ in (*result.missing, *result.may_wait)]
    assert sorted(reported) == sorted(key for key in fields_of(kind) if not values.get(key, "").strip())
