"""The vectors of each legal clock. A local time stands for itself, with its offset where a clock change is near."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import ClockFacts, Deadline, as_json, cautious, deadlines, forecast_final_report, limit_of
from domain.time import NoZoneError, parse_time, rfc3339_local

IN_FORCE = st.datetimes(datetime(2025, 7, 2), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
AWARE = "2026-11-20 15:20"


def facts(*, trust_service: bool = False, **times: str) -> ClockFacts:
    told: dict[str, Any] = {name: parse_time(text) for name, text in times.items()}
    return ClockFacts(**told, trust_service=trust_service)


def due(found: ClockFacts) -> dict[str, str]:
    return {d.kind.value: rfc3339_local(d.due_at) for d in deadlines(found)}


def only(kind: str, found: ClockFacts) -> Deadline:
    (deadline,) = (d for d in deadlines(found) if d.kind == kind)
    return deadline


@pytest.mark.parametrize(
    ("aware_at", "after_24_h", "after_72_h"),
    [
        ("2026-11-20 15:20", "2026-11-21T15:20:00+01:00", "2026-11-23T15:20:00+01:00"),
        ("2026-03-28 14:00", "2026-03-29T15:00:00+02:00", "2026-03-31T15:00:00+02:00"),
        ("2026-10-24 14:00", "2026-10-25T13:00:00+01:00", "2026-10-27T13:00:00+01:00"),
        ("2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-27T01:30:00+01:00"),
        ("2026-10-24T03:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-27T02:30:00+01:00"),
        ("2026-03-28 02:30", "2026-03-29T03:30:00+02:00", "2026-03-31T03:30:00+02:00"),
        ("2026-04-02 09:00", "2026-04-03T09:00:00+02:00", "2026-04-05T09:00:00+02:00"),  # Good Friday, Easter Sunday
    ],
)
def test_warning_and_notification_run_24_and_72_elapsed_hours_from_the_same_awareness(
    aware_at: str, after_24_h: str, after_72_h: str
) -> None:
    assert due(facts(aware_at=aware_at)) == {"early_warning": after_24_h, "incident_notification": after_72_h}


@pytest.mark.parametrize(
    ("notified_at", "a_month_later"),
    [
        ("2026-01-31 10:00", "2026-02-28T10:00:00+01:00"),
        ("2028-01-31 10:00", "2028-02-29T10:00:00+01:00"),
        ("2026-05-31 09:12", "2026-06-30T09:12:00+02:00"),
        ("2026-10-24 14:00", "2026-11-24T14:00:00+01:00"),
        ("2026-12-31 23:59:59", "2027-01-31T23:59:59+01:00"),
        ("2026-02-28 02:30", "2026-03-28T02:30:00+01:00"),
        ("2027-02-28 02:30", "2027-03-28T03:00:00+02:00"),
        ("2026-09-25 02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-03-06 10:00", "2026-04-06T10:00:00+02:00"),  # Easter Monday
    ],
)
def test_the_final_report_falls_due_a_calendar_month_after_the_notification_was_sent(
    notified_at: str, a_month_later: str
) -> None:
    assert due(facts(notified_at=notified_at)) == {"final_report": a_month_later, "status_report": a_month_later}


def test_an_early_notification_makes_the_final_report_due_early() -> None:
    found = due(facts(aware_at=AWARE, notified_at="2026-11-20 18:00"))

    assert found["final_report"] == "2026-12-20T18:00:00+01:00"


def test_a_trust_service_notifies_within_24_hours() -> None:
    found = facts(aware_at=AWARE, trust_service=True)

    assert due(found) == {"early_warning": "2026-11-21T15:20:00+01:00", "incident_notification": "2026-11-21T15:20:00+01:00"}
    assert only("incident_notification", found).paragraph == "NIS 2-loven § 13, stk. 2"


def test_the_clock_of_the_data_protection_authority_is_its_own() -> None:
    found = facts(aware_at=AWARE, breach_aware_at="2026-11-21 08:00")

    assert due(found)["gdpr_notification"] == "2026-11-24T08:00:00+01:00"
    assert due(facts(breach_aware_at="2020-01-01 12:00")) == {"gdpr_notification": "2020-01-04T12:00:00+01:00"}


def test_the_internal_limit_runs_four_hours_from_registration_and_is_not_the_laws() -> None:
    found = facts(registered_at="2026-03-29 00:30")

    assert due(found) == {"internal_assessment": "2026-03-29T05:30:00+02:00"}
    assert not only("internal_assessment", found).statutory


def test_the_internal_limit_carries_no_notes_of_the_law() -> None:
    found = only("internal_assessment", facts(registered_at="2026-11-21 10:00"))

    assert found.outer_at is None
    assert found.explanation.endswith("lovens ure venter ikke på den.")


def test_without_facts_no_clock_runs() -> None:
    assert deadlines(ClockFacts()) == ()


def test_detection_alone_starts_no_clock() -> None:
    assert deadlines(facts(detected_at="2026-11-20 13:00")) == ()


def test_detection_before_awareness_gives_a_cautious_note_beside_the_clock() -> None:
    found = only("early_warning", facts(detected_at="2026-11-20 13:00", aware_at=AWARE))

    assert rfc3339_local(found.due_at) == "2026-11-21T15:20:00+01:00"
    assert found.cautious_at == parse_time("2026-11-21 13:00")
    assert "Regnet forsigtigt fra den første observation: lør. 21. nov. 2026 kl. 13.00." in found.explanation


def test_detection_at_or_after_awareness_gives_no_note() -> None:
    assert only("early_warning", facts(detected_at=AWARE, aware_at=AWARE)).cautious_at is None


def test_the_cautious_clocks_are_marked_by_their_trigger_and_say_so() -> None:
    warning, notification = cautious(facts(detected_at="2026-11-20 13:00", aware_at=AWARE, notified_at="2026-11-20 18:00"))

    assert (warning.kind, notification.kind) == ("early_warning", "incident_notification")
    assert (warning.trigger, warning.due_at) == ("detected_at", parse_time("2026-11-21 13:00"))
    assert warning.explanation.startswith("Forsigtigt ur, som om kendskabet kom med den første observation. Hurtigst muligt")


def test_the_cautious_clocks_of_a_trust_service_are_its_own() -> None:
    clocks = cautious(facts(detected_at="2026-11-20 13:00", aware_at=AWARE, trust_service=True))

    assert {d.kind: d.due_at for d in clocks} == dict.fromkeys(
        ["early_warning", "incident_notification"], parse_time("2026-11-21 13:00")
    )


def test_an_incident_judged_significant_later_is_aware_from_that_decision() -> None:
    found = only("incident_notification", facts(detected_at="2026-11-01 09:00", aware_at=AWARE))

    assert (found.due_at, found.cautious_at) == (parse_time("2026-11-23 15:20"), parse_time("2026-11-04 09:00"))


def test_handled_in_time_leaves_the_final_report_alone() -> None:
    assert set(due(facts(notified_at="2026-01-31 10:00", handled_at="2026-02-28 10:00"))) == {"final_report"}


def test_still_running_when_the_final_report_falls_due_makes_it_a_status_report_and_a_month_from_handling() -> None:
    found = facts(notified_at="2026-01-31 10:00", handled_at="2026-03-31 08:15")

    assert due(found) == {
        "status_report": "2026-02-28T10:00:00+01:00",
        "final_report_after_status": "2026-04-30T08:15:00+02:00",
    }


def test_a_reopened_incident_runs_from_its_new_handling() -> None:
    once = facts(notified_at="2026-01-31 10:00", handled_at="2026-02-10 08:00")

    again = once._replace(handled_at=parse_time("2026-03-15 08:00"))

    assert set(due(once)) == {"final_report"}
    assert due(again)["final_report_after_status"] == "2026-04-15T08:00:00+02:00"


def test_handling_starts_no_clock_where_nothing_was_notified() -> None:
    assert due(facts(handled_at="2026-03-31 08:15")) == {}


@pytest.mark.parametrize(
    ("aware_at", "kinds"), [("2025-06-30 23:59:59", set()), ("2025-07-01 00:00", {"early_warning", "incident_notification"})]
)
def test_the_rules_in_force_on_the_danish_date_of_awareness_decide(aware_at: str, kinds: set[str]) -> None:
    assert set(due(facts(aware_at=aware_at))) == kinds


def test_a_later_notification_stays_under_the_rules_of_its_awareness() -> None:
    assert due(facts(aware_at="2025-06-30 12:00", notified_at="2025-07-02 12:00", handled_at="2025-09-01 12:00")) == {}


def test_the_data_protection_regulation_applies_from_25_may_2018() -> None:
    assert due(facts(breach_aware_at="2018-05-24 23:59")) == {}
    assert due(facts(breach_aware_at="2018-05-25 00:00")) == {"gdpr_notification": "2018-05-28T00:00:00+02:00"}


@pytest.mark.parametrize(
    ("aware_at", "outer_at"),
    [
        ("2026-11-20 14:20", "2026-11-21 15:00"),
        ("2026-11-20 14:00", "2026-11-21 15:00"),
        ("2026-10-24 14:20", "2026-10-25 14:00"),
        ("2026-03-28 14:20", "2026-03-29 16:00"),
    ],
)
def test_the_reading_that_leaves_out_the_first_hour_is_a_note_only(aware_at: str, outer_at: str) -> None:
    found = only("early_warning", facts(aware_at=aware_at))

    assert found.outer_at == parse_time(outer_at)
    assert found.due_at == parse_time(aware_at) + timedelta(hours=24)


def test_a_month_has_no_other_reading_by_the_hour() -> None:
    assert only("final_report", facts(notified_at="2026-11-20 14:20")).outer_at is None


def test_before_the_notification_the_final_report_is_only_a_forecast() -> None:
    found = facts(aware_at=AWARE)
    forecast = forecast_final_report(found)

    assert "final_report" not in due(found)
    assert forecast is not None
    assert forecast.forecast
    assert rfc3339_local(forecast.due_at) == "2026-12-23T15:20:00+01:00"
    assert forecast.explanation.startswith("Prognose, hvis hændelsesunderretningen først bliver sendt ved sin frist.")


def test_there_is_no_forecast_before_awareness_nor_after_the_notification() -> None:
    assert forecast_final_report(ClockFacts()) is None
    assert forecast_final_report(facts(aware_at=AWARE, notified_at=AWARE)) is None


def test_the_limit_is_never_later_than_the_exact_instant() -> None:
    assert only("early_warning", facts(aware_at="2026-11-20 15:20:00.999999")).due_at == parse_time("2026-11-21 15:20:00")


def test_a_fact_without_zone_is_refused() -> None:
    with pytest.raises(NoZoneError):
        deadlines(ClockFacts(aware_at=datetime(2026, 11, 20, 15, 20)))  # noqa: DTZ001 - the mistake that is refused


@pytest.mark.parametrize(
    ("act", "limit"),
    [("early_warning", "2026-11-21 15:20"), ("final_report", "2026-12-22 12:00"), ("status_report", "2026-12-22 12:00")],
)
def test_an_act_is_measured_against_the_limit_of_its_own_kind(act: str, limit: str) -> None:
    found = limit_of(act, facts(aware_at=AWARE, notified_at="2026-11-22 12:00"))

    assert found is not None
    assert found.due_at == parse_time(limit)


def test_after_a_status_report_the_final_report_is_measured_from_handling() -> None:
    found = limit_of("final_report", facts(notified_at="2026-01-31 10:00", handled_at="2026-03-31 08:15"))

    assert found is not None
    assert found.kind == "final_report_after_status"


def test_an_act_for_which_no_clock_ran_has_no_limit() -> None:
    assert limit_of("final_report", facts(aware_at=AWARE)) is None
    assert limit_of("voluntary_notification", facts(aware_at=AWARE)) is None


def test_as_json_a_deadline_carries_copenhagens_offset_and_its_reason() -> None:
    shown = as_json(only("early_warning", facts(aware_at="2026-10-24 14:00")))

    assert shown == {
        "kind": "early_warning",
        "due_at": "2026-10-25T13:00:00+01:00",
        "trigger": "aware_at",
        "triggered_at": "2026-10-24T14:00:00+02:00",
        "rule": "dk.lov-434-2025.early-warning.24h",
        "paragraph": "NIS 2-loven § 13, stk. 1, nr. 1",
        "name": "Tidlig varsling",
        "name_en": "Early warning",
        "explanation": (
            "Hurtigst muligt, senest søn. 25. okt. 2026 kl. 13.00: 24 timer efter kendskabet til den væsentlige hændelse "
            "lør. 24. okt. 2026 kl. 14.00. En hændelsesunderretning inden da opfylder også denne pligt. "
            "Uret bliver stillet i mellemtiden; timerne er forløbet tid. Fristen ligger i en weekend og bliver ikke rykket."
        ),
        "explanation_en": (
            "As soon as possible, at the latest Sun 25 Oct 2026 13:00: 24 hours after awareness of the significant incident "
            "Sat 24 Oct 2026 14:00. An incident notification sent before then meets this duty too. "
            "The clocks change in between; the hours are elapsed time. The limit falls in a weekend and is not moved."
        ),
        "statutory": True,
        "forecast": False,
        "outer_at": "2026-10-25T14:00:00+01:00",
        "cautious_at": None,
    }


def test_a_month_that_lacks_the_day_is_explained() -> None:
    explanation = only("final_report", facts(notified_at="2026-01-31 10:00")).explanation

    assert explanation.endswith(
        "Måneden har ingen 31., så det bliver dens sidste dag. Fristen ligger i en weekend og bliver ikke rykket."
    )


@given(aware_at=IN_FORCE, notified_at=IN_FORCE, handled_at=IN_FORCE | st.none(), trust_service=st.booleans())
def test_of_any_facts_each_kind_comes_once_in_order_and_explained(
    aware_at: datetime, notified_at: datetime, handled_at: datetime | None, *, trust_service: bool
) -> None:
    found = deadlines(ClockFacts(aware_at, aware_at, aware_at, notified_at, handled_at, aware_at, trust_service=trust_service))
    by_kind = {d.kind.value: d for d in found}

    assert len(by_kind) == len(found)
    assert [d.due_at for d in found] == sorted(d.due_at for d in found)
    assert by_kind["early_warning"].due_at <= by_kind["incident_notification"].due_at
    assert ("final_report" in by_kind) != ("final_report_after_status" in by_kind)
    for d in found:
        assert d.triggered_at < d.due_at < (d.outer_at or datetime.max.replace(tzinfo=UTC))
        assert re.search(r"kl\. \d\d\.\d\d", d.explanation)
        assert re.search(r"\d\d:\d\d", d.explanation_en)
        assert "{" not in d.explanation + d.explanation_en
