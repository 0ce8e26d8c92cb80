"""Points 7 to 9 of the story: what the page shows as red, amber and waiting."""

from datetime import timedelta

import pytest

from domain.deadlines import ClockFacts, deadlines, duties
from domain.incident import events as e
from domain.incident.state import Status
from domain.time import add_hours, show_span_da
from tests.adapters.demo.support import Told, of, owed


def test_the_third_incident_owes_its_notification_since_24_h_50_min(told: Told) -> None:
    incident = told.incidents["login"]
    first = owed(incident)[0]
    assert (first.deadline.kind, first.overdue_at(told.start)) == ("incident_notification", True)
    assert show_span_da(told.start - first.deadline.due_at) == "24 t 50 min"
    assert "early_warning" in incident.sent


def test_the_third_incident_has_a_cause_outside_and_a_supplier_who_owes_an_answer(told: Told) -> None:
    incident = told.incidents["login"]
    (found,) = of(told, "login", e.RootCauseFound)
    assert (found.event.model_dump()["cause"], found.event.model_dump()["third_party"]) == ("third_party_failures", True)
    ((_, answer_by),) = incident.work.suppliers.items()
    assert answer_by is not None
    assert answer_by > told.start


def test_the_notification_of_the_third_incident_was_written_and_never_approved(told: Told) -> None:
    draft = told.incidents["login"].work.drafts["incident_notification"]
    assert not draft.approved
    assert "incident_notification" not in told.incidents["login"].sent


def test_every_limit_that_passed_is_noted_as_missed_and_no_other(told: Told) -> None:
    for name, incident in told.incidents.items():
        passed = {duty.deadline.kind for duty in owed(incident) if duty.overdue_at(told.start)}
        assert incident.missed.keys() == passed
        assert bool(passed) == (name == "login")


@pytest.mark.parametrize("seconds", [0, 45])
def test_the_fourth_incident_owes_its_early_warning_in_40_minutes(told: Told, seconds: int) -> None:
    incident = told.incidents["postkasse"]
    first = owed(incident)[0]
    assert (first.deadline.kind, incident.approved) == ("early_warning", True)
    assert show_span_da(first.deadline.due_at - told.start - timedelta(seconds=seconds)) == "40 min"


def test_the_early_warning_of_the_fourth_incident_is_written_and_approved(told: Told) -> None:
    draft = told.incidents["postkasse"].work.drafts["early_warning"]
    assert draft.approved
    assert draft.values.keys() >= {"suspected_malicious", "cross_border"}


def test_the_fourth_incident_has_a_gdpr_clock_beside_it_and_nothing_else_owed_within_a_day(told: Told) -> None:
    incident = told.incidents["postkasse"]
    assert incident.work.breach_risk == "possible"
    kinds = [duty.deadline.kind for duty in duties(incident.clock_facts(), incident.sent) if duty.owed]
    assert kinds == ["early_warning", "incident_notification", "gdpr_notification"]
    assert incident.awaiting == {}


def test_the_fifth_incident_was_told_2_h_40_min_ago_and_is_not_assessed(told: Told) -> None:
    incident, reported = told.incidents["tablets"], told.streams["tablets"][0]
    assert (incident.status, incident.significant) == (Status.REPORTED, None)
    assert show_span_da(told.start - reported.recorded_at) == "2 t 40 min"
    (internal,) = deadlines(ClockFacts(registered_at=reported.recorded_at))
    assert internal.due_at == add_hours(reported.recorded_at, 4) > told.start
