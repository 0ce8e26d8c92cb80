from datetime import date

import pytest

from domain.submissions.field import UNKNOWN
from domain.submissions.fields import FIELD_BY_KEY, fields_of
from domain.submissions.forms import (
    FORM_BY_ID,
    FORMS,
    FormVersion,
    UnknownFieldError,
    UnreadableValueError,
    check_values,
    form_on,
    show_value_da,
)
from domain.submissions.kinds import ReportKind

EARLY = ReportKind.EARLY_WARNING


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
@pytest.mark.parametrize("kind", ReportKind)
def test_a_form_holds_each_field_of_the_notice_once(form: FormVersion, kind: ReportKind) -> None:
    assert sorted(form.order[kind]) == sorted(fields_of(kind))


def test_forms_have_ids_of_their_own_and_follow_each_other() -> None:
    assert len(FORM_BY_ID) == len(FORMS)
    assert [form.valid_from for form in FORMS] == sorted({form.valid_from for form in FORMS})


@pytest.mark.parametrize("day", [date(2018, 5, 25), date(2025, 6, 30), date(2025, 7, 1), date(2030, 1, 1)])
def test_every_day_has_a_form(day: date) -> None:
    assert form_on(day) is FORMS[0]


def test_the_early_warning_begins_with_the_two_facts_that_the_law_asks() -> None:
    assert FORMS[-1].order[EARLY][:2] == ("suspected_malicious", "cross_border")


def test_the_own_order_comes_first_and_the_rest_after_it_as_it_was() -> None:
    shown = [field.key for field in FORMS[-1].fields(EARLY, ["summary", "entity.cvr"])]

    assert shown[:2] == ["summary", "entity.cvr"]
    assert shown[2:] == [key for key in FORMS[-1].order[EARLY] if key not in shown[:2]]


def test_one_own_order_may_serve_all_notices() -> None:
    shown = FORMS[-1].fields(EARLY, ["breach.nature", "summary", "summary"])
    assert [field.key for field in shown].count("summary") == 1
    assert "breach.nature" not in {field.key for field in shown}


def test_an_own_order_that_names_what_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownFieldError, match="'sumary'"):
        FORMS[-1].fields(EARLY, ["sumary"])


@pytest.mark.parametrize("key", ["nonsense", "breach.nature"])
def test_a_key_that_the_notice_does_not_have_is_refused(key: str) -> None:
    with pytest.raises(UnknownFieldError, match=key):
        check_values(EARLY, {key: "x"})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cross_border", "måske"),
        ("severity", UNKNOWN),
        ("time.aware", "i går"),
        ("time.aware", "2026-10-25 02:30"),
        ("summary", "\ud83d"),
    ],
)
def test_an_unreadable_value_is_refused_with_the_field_that_holds_it(key: str, value: str) -> None:
    with pytest.raises(UnreadableValueError, match=key):
        check_values(EARLY, {key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cross_border", UNKNOWN),
        ("time.aware", UNKNOWN),
        ("time.aware", "20.11.2026 kl. 15.20"),
        ("time.aware", ""),
        ("severity", ""),
        ("summary", "Ved ikke endnu"),
        ("indicators", "Ingen kendte"),
    ],
)
def test_an_answer_an_empty_field_and_not_known_yet_can_be_stored(key: str, value: str) -> None:
    check_values(EARLY, {key: value})


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("cross_border", "unknown", "Ved ikke endnu"),
        ("cross_border", "hvem ved", "hvem ved"),
        ("time.aware", "2026-11-20T14:20:00Z", "fre. 20. nov. 2026 kl. 15.20"),
        ("time.aware", "unknown", "Ved ikke endnu"),
        ("time.aware", "i går", "i går"),
        ("time.aware", "", ""),
        ("summary", "a\nb", "a\nb"),
    ],
)
def test_a_value_is_shown_in_danish_words_or_as_it_was_written(key: str, value: str, shown: str) -> None:
    assert show_value_da(FIELD_BY_KEY[key], value) == shown
