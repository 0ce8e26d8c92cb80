"""Points 2 to 6 of the story: what was handled to its end."""

from datetime import timedelta

from adapters.demo.times import first_night
from domain.deadlines import deadlines, limit_of
from domain.incident import events as e
from domain.incident.state import Status
from domain.signals import SignalsRepeated
from domain.time import local
from tests.adapters.demo.support import Told, clock, of, owed


def test_the_first_incident_begins_at_02_07_on_a_night_without_a_clock_change(told: Told) -> None:
    stream = told.streams["omsorg"]
    assert clock(stream[0].recorded_at) == "02:07"
    assert local(stream[0].recorded_at).date() == first_night(told.start)
    assert (local(told.start).date() - first_night(told.start)).days in {26, 27}
    (warned,) = of(told, "omsorg", e.EarlyWarningSent)
    assert clock(warned.recorded_at) == "03:40"


def test_the_alert_came_412_times_again_and_was_counted_not_opened_anew(told: Told) -> None:
    repeats = [r.event for r in told.log if isinstance(r.event, SignalsRepeated)]
    omsorg = told.incidents["omsorg"].id
    counted = [repeat.count for event in repeats for repeat in event.repeats if repeat.incident_id == omsorg]
    assert sum(counted) == 412
    assert len(of(told, "omsorg", e.Reported)) == 1


def test_alertmanager_joins_the_incident_that_wazuh_opened(told: Told) -> None:
    signals = [s for r in of(told, "omsorg", e.SignalAttached) for s in r.event.model_dump()["signals"]]
    assert [signal["source"] for signal in signals] == ["wazuh", "alertmanager"]


def test_the_duty_phone_isolates_the_server_at_02_14_and_a_second_person_approves_at_02_53(told: Told) -> None:
    (acted,), (approved,) = of(told, "omsorg", e.EmergencyActionTaken), of(told, "omsorg", e.ApprovedAfterwards)
    assert (clock(acted.recorded_at), acted.event.meta.actor) == ("02:14", "rolle:vagttelefon")
    assert (clock(approved.recorded_at), approved.event.model_dump()["approved_number"]) == ("02:53", acted.version)


def test_at_02_31_it_is_assessed_as_high_for_its_danger_to_health_and_awareness_follows(told: Told) -> None:
    (assessed, _), (aware,) = of(told, "omsorg", e.Assessed), of(told, "omsorg", e.AwarenessDeclared)
    judged = assessed.event.model_dump()
    assert (clock(assessed.recorded_at), judged["nis2_category"], judged["recommendation"]) == (
        "02:31",
        "high",
        "significant_recommended",
    )
    assert judged["answers"]["q1.safety"] == "yes"
    assert "q1.safety" in judged["because"]
    assert aware.event.model_dump()["aware_at"] == assessed.recorded_at
    assert clock(of(told, "omsorg", e.AssessmentApproved)[0].recorded_at) == "02:52"


def test_what_was_known_at_02_40_has_no_paper_note_and_what_had_happened_has_it(told: Told) -> None:
    then = told.streams["omsorg"][0].recorded_at + timedelta(minutes=33)
    known = [r.event for r in told.streams["omsorg"] if r.recorded_at <= then]
    happened = [r.event for r in told.streams["omsorg"] if r.event.meta.occurred_at <= then]
    assert not [event for event in known if isinstance(event, e.NoteAdded)]
    assert [event for event in happened if isinstance(event, e.NoteAdded)]


def test_recipients_are_told_at_04_10_and_it_is_mitigated_the_next_day_at_16(told: Told) -> None:
    (people,), (mitigated,) = of(told, "omsorg", e.RecipientsNotified), of(told, "omsorg", e.Mitigated)
    assert (clock(people.recorded_at), clock(mitigated.recorded_at)) == ("04:10", "16:00")
    days = local(mitigated.recorded_at).date() - first_night(told.start)
    assert days == timedelta(days=1)


def test_the_notification_of_the_day_after_at_14_05_makes_the_final_report_due_a_month_later(told: Told) -> None:
    incident = told.incidents["omsorg"]
    limit = limit_of("final_report", incident.clock_facts())
    assert limit is not None
    assert clock(incident.sent["incident_notification"]) == clock(limit.due_at) == "14:05"
    assert limit.triggered_at == incident.sent["incident_notification"]
    assert "en måned efter" in limit.explanation


def test_every_notice_of_the_first_incident_was_drafted_and_approved_by_somebody_else(told: Told) -> None:
    incident = told.incidents["omsorg"]
    assert set(incident.work.drafts) == {"gdpr_notification", "incident_notification", "final_report"}
    assert all(draft.approved and draft.actor == "rolle:underretning" for draft in incident.work.drafts.values())
    assert {r.event.meta.actor for r in of(told, "omsorg", e.SubmissionApproved)} == {"rolle:ledelse"}


def test_the_first_incident_was_learnt_from_and_one_improvement_is_still_to_come(told: Told) -> None:
    incident = told.incidents["omsorg"]
    kinds = {type(r.event) for r in told.streams["omsorg"]}
    assert kinds >= {e.RootCauseFound, e.Classified, e.LessonRecorded, e.ReviewHeld, e.RecordJournalised, e.DpoAdvised}
    done, left = incident.work.follow_ups.values()
    assert (done.done, left.done) == (True, False)
    assert left.due_at is not None
    assert left.due_at > told.start
    assert all(task.done for task in incident.work.tasks.values())
    assert set(incident.work.measures.values()) == {"done"}
    assert (incident.work.degraded, incident.work.contingency) == ({}, frozenset())


def test_the_first_early_warning_was_22_h_51_min_before_its_limit(told: Told) -> None:
    incident = told.incidents["omsorg"]
    limit = limit_of("early_warning", incident.clock_facts())
    assert limit is not None
    assert limit.due_at - incident.sent["early_warning"] == timedelta(hours=22, minutes=51)


def test_the_first_incident_is_closed_with_its_final_report_and_owes_nothing(told: Told) -> None:
    incident = told.incidents["omsorg"]
    assert (incident.status, incident.approved, incident.services) == (Status.CLOSED, True, ("Hjemmepleje og medicin",))
    in_law = {"early_warning", "recipients", "incident_notification", "final_report", "gdpr_notification"}
    assert set(incident.sent) == in_law | {"csirt_reply", "second_approval"}
    assert owed(incident) == []


def test_the_paper_note_is_older_than_its_record(told: Told) -> None:
    (note,) = of(told, "omsorg", e.NoteAdded)
    assert (clock(note.event.meta.occurred_at), clock(note.recorded_at)) == ("02:20", "09:15")
    assessed, _ = of(told, "omsorg", e.Assessed)
    assert note.event.meta.occurred_at < assessed.event.meta.occurred_at
    assert assessed.recorded_at < note.recorded_at


def test_the_second_incident_is_closed_without_a_duty(told: Told) -> None:
    incident = told.incidents["phishing"]
    assert (incident.status, incident.significant, incident.aware_at) == (Status.CLOSED, False, None)
    assert deadlines(incident.clock_facts()) == ()
    (closed,), (declined,) = of(told, "phishing", e.Closed), of(told, "phishing", e.VoluntaryNotificationDeclined)
    assert closed.event.model_dump()["reason"] == "near_miss"
    assert declined.event.model_dump()["reason"]
