"""The casework: what was decided, and what is still to be done?"""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from adapters.event_store.application import EventStore
from domain.events import Sealed
from domain.incident import events as e
from domain.submissions.kinds import ReportKind
from projections import casework_queries as ask
from projections.casework import Casework
from projections.casework_queries import Span
from projections.casework_tables import BREACHES, RECORDS, TODOS
from projections.rows import Row
from tests.support import incidents as tell
from tests.support.logs import Told, incident_id, projector, record
from tests.support.read_databases import OpenDatabase

ONE, TWO, THREE = incident_id(1), incident_id(2), incident_id(3)
ALWAYS = Span()
WITH_EXERCISES = Span(exercises=True)


class Kept:
    """A casework that is kept up while the test tells what happened."""

    def __init__(self, store: EventStore, open_read_database: OpenDatabase) -> None:
        self.store, self.projector = store, projector(Casework(), open_read_database("casework"), store)

    def tell(self, *told: Told) -> None:
        record(self.store, told)
        assert self.projector.catch_up().rejected == []

    def one(self, *events: Any) -> None:  # noqa: ANN401 - events of any kind
        """Of incident ONE."""
        self.tell(*((ONE, event) for event in events))

    def asked(self, question: Callable[..., list[Any]], span: Span = ALWAYS, **more: object) -> list[Any]:
        with self.projector.database.snapshot() as connection:
            return question(connection, span, **more)

    def opened(self, row: Row) -> dict[str, Any]:
        secret = self.store.mapper.unseal(row["id"], row["number"], Sealed.model_validate_json(row["sealed"]))
        assert secret is not None
        return secret


@pytest.fixture
def kept(log_store: EventStore, open_read_database: OpenDatabase) -> Kept:
    return Kept(log_store, open_read_database)


def test_an_incident_judged_not_significant_is_listed_with_answers_reason_guide_decider_and_approval(kept: Kept) -> None:
    judged = tell.assessed(
        2,
        significant=False,
        answers={"q1.cia": "no"},
        guide_version="2026-11",
        recommendation="significant_recommended",
        because=("q1.cia",),
        departs=True,
        meta=tell.meta(2, role="assessor"),
    )
    kept.one(tell.reported(), judged, tell.approved(3, alone=True, approve_by=tell.at(27)))
    kept.one(e.ApprovedAfterwards(meta=tell.meta(5, actor="u-9"), approved_number=3))
    (row,) = kept.asked(ask.judged_not_significant)
    assert (row["reference"], row["answers"], row["guide_version"]) == ("H-2026-0042", {"q1.cia": "no"}, "2026-11")
    assert (row["recommendation"], row["because"], row["departs"]) == ("significant_recommended", ("q1.cia",), True)
    assert (row["actor"], row["role"], row["occurred_at"]) == ("u-7", "assessor", tell.at(2))
    assert (row["verdict"], row["verdict_by"], row["alone"]) == ("approved", "u-8", True)
    assert (row["second_by"], row["second_at"]) == ("u-9", tell.at(5))
    assert kept.opened(row)["reason"] == "Ingen ydelser er ramt"
    assert "ydelser" not in str(row)


def test_only_the_judgement_that_stands_counts_and_all_of_them_stay(kept: Kept) -> None:
    kept.one(tell.reported(), tell.assessed(1, significant=False), tell.assessed(2, significant=True))
    assert kept.asked(ask.judged_not_significant) == []
    kept.one(e.AssessmentRejected(meta=tell.meta(3), reason="Nej"), tell.assessed(4, significant=False))
    (row,) = kept.asked(ask.judged_not_significant)
    assert (row["number"], row["verdict"]) == (5, None)
    every = kept.asked(ask.judgements)
    assert [(one["number"], one["significant"], one["verdict"]) for one in every] == [
        (2, False, None),
        (3, True, "rejected"),
        (5, False, None),
    ]


def test_declared_significant_at_once_is_a_judgement_without_a_guide(kept: Kept) -> None:
    kept.one(tell.reported(), e.SignificanceDeclared(meta=tell.meta(1), reason="Alt er nede"))
    (row,) = kept.asked(ask.judgements)
    assert (row["kind"], row["significant"], row["nis2_category"], row["guide_version"]) == ("declared", True, "high", None)


def test_an_incident_that_inherited_significance_no_longer_stands_as_not_significant(kept: Kept) -> None:
    inherited = e.ClocksInherited(
        meta=tell.meta(3), other=TWO, relation="merged", significant=True, detected_at=tell.at(0), aware_at=tell.at(1)
    )
    kept.one(tell.reported(), tell.assessed(1, significant=False), inherited)
    assert kept.asked(ask.judged_not_significant) == []


def test_a_period_includes_its_start_and_not_its_end(kept: Kept) -> None:
    kept.one(tell.reported(), tell.assessed(2, significant=False))
    assert len(kept.asked(ask.judged_not_significant, Span(tell.at(2), tell.at(3)))) == 1
    assert kept.asked(ask.judged_not_significant, Span(tell.at(1), tell.at(2))) == []


def test_every_breach_is_in_the_register_by_its_last_registration_and_the_history_stays(kept: Kept) -> None:
    def breach(hours: float, risk: str, **more: Any) -> e.BreachRegistered:  # noqa: ANN401 - as the event's fields
        fields = {"meta": tell.meta(hours), "breach_aware_at": tell.at(2), "risk": risk, "reason": f"Fordi {risk}"}
        return e.BreachRegistered.model_validate(fields | more)

    kept.one(tell.reported(), breach(3, "unlikely"))
    assert [row["risk"] for row in kept.asked(ask.breach_register)] == ["unlikely"]
    kept.one(breach(5, "high", data_types=("cpr", "health"), data_subjects=40, exempt="encrypted"))
    kept.one(e.DataProtectionAuthorityNotified(meta=tell.meta(6)), e.DataSubjectsNotified(meta=tell.meta(7)))
    (row,) = kept.asked(ask.breach_register)
    assert (row["risk"], row["data_types"], row["data_subjects"], row["exempt"]) == ("high", ("cpr", "health"), 40, "encrypted")
    assert (row["aware_at"], row["authority_told_at"], row["subjects_told_at"]) == (tell.at(2), tell.at(6), tell.at(7))
    assert kept.opened(row)["reason"] == "Fordi high"
    with kept.projector.database.snapshot() as connection:
        history = connection.execute(select(BREACHES.c.risk).order_by(BREACHES.c.number)).scalars()
        assert list(history) == ["unlikely", "high"]


def test_a_notice_of_a_breach_that_nobody_registered_is_in_the_register_too(kept: Kept) -> None:
    kept.one(tell.reported(), e.DataProtectionAuthorityNotified(meta=tell.meta(6)))
    (row,) = kept.asked(ask.breach_register)
    assert (row["risk"], row["authority_told_at"]) == (None, tell.at(6))


def test_what_is_agreed_is_open_until_it_is_done_by_owner_and_what_is_due_first_comes_first(kept: Kept) -> None:
    kept.one(
        tell.reported(),
        e.TaskPlanned(meta=tell.meta(1), owner="u-b", task="Uden frist"),
        e.TaskPlanned(meta=tell.meta(1), owner="u-b", due_at=tell.at(9), task="Senere"),
        e.FollowUpPlanned(meta=tell.meta(1), owner="u-b", due_at=tell.at(8), follow_up="Først"),
        e.EmergencyActionTaken(meta=tell.meta(1), approve_by=tell.at(25), action="Spærret"),
        e.TaskPlanned(meta=tell.meta(1), owner="u-a", task="En andens"),
    )
    rows = kept.asked(ask.open_todos)
    assert [(row["owner"], row["number"]) for row in rows] == [("u-a", 6), ("u-b", 4), ("u-b", 3), ("u-b", 2), (None, 5)]
    assert (rows[-1]["kind"], rows[-1]["subject"]) == ("approval", "emergency-action")
    first = rows[1]
    assert [ask.is_overdue(first, now) for now in (tell.at(8), tell.at(8.1))] == [False, True]
    assert not ask.is_overdue(rows[3], tell.NOW)
    kept.one(
        e.TaskDone(meta=tell.meta(3), task_number=2),
        e.FollowUpDone(meta=tell.meta(3), follow_up_number=4),
        e.ApprovedAfterwards(meta=tell.meta(4), approved_number=5),
    )
    assert [row["number"] for row in kept.asked(ask.open_todos)] == [6, 3]


def test_what_was_never_agreed_cannot_be_done_and_the_first_time_counts(kept: Kept) -> None:
    kept.one(tell.reported(), e.TaskPlanned(meta=tell.meta(1), owner="u-a"), e.TaskDone(meta=tell.meta(2), task_number=9))
    kept.one(e.FollowUpDone(meta=tell.meta(2), follow_up_number=2))
    assert len(kept.asked(ask.open_todos)) == 1
    kept.one(e.TaskDone(meta=tell.meta(3), task_number=2), e.TaskDone(meta=tell.meta(4), task_number=2))
    with kept.projector.database.snapshot() as connection:
        assert list(connection.execute(select(TODOS.c.done_at)).scalars()) == [tell.at(3)]


def test_a_suppliers_word_answers_everything_they_were_asked_and_a_restored_service_is_done(kept: Kept) -> None:
    kept.one(
        tell.reported(),
        e.SupplierEngaged(meta=tell.meta(1), supplier="Alfa", answer_by=tell.at(5)),
        e.SupplierEngaged(meta=tell.meta(2), supplier="Alfa"),
        e.SupplierEngaged(meta=tell.meta(2), supplier="Beta"),
        e.ServiceDegraded(meta=tell.meta(2), service="esdh", degree="down"),
    )
    assert len(kept.asked(ask.open_todos)) == 4
    kept.one(e.SupplierReported(meta=tell.meta(3), supplier="Alfa"), e.ServiceRestored(meta=tell.meta(4), service="esdh"))
    assert [row["owner"] for row in kept.asked(ask.open_todos)] == ["Beta"]


def test_notices_tell_how_they_were_sent_and_the_voluntary_ones_are_apart_for_good(kept: Kept) -> None:
    late = tell.early_warning(30, deviations=("late", "not-approved"), form_version="f-1", filed_sha256="ab" * 32)
    kept.one(tell.reported(), late, e.ReceiptRecorded(meta=tell.meta(31), submission_number=2))
    kept.one(
        e.VoluntaryNotificationSent(meta=tell.meta(40)),
        e.VoluntaryNotificationDeclined(meta=tell.meta(41)),
        e.RecipientsNotified(meta=tell.meta(42), channels=("website", "phone")),
        e.FinalReportSent(
            meta=tell.meta(43, on_behalf_of="vand"),
            submission_channel=e.SubmissionChannel.ALTERNATIVE,
            approve_by=tell.at(60),
        ),
    )
    first, recipients, last = kept.asked(ask.notices)
    assert (first["kind"], first["channels"], first["late"], first["approved"]) == ("early_warning", ("virk",), True, False)
    assert (first["form_version"], first["filed_sha256"], first["receipt_at"]) == ("f-1", "ab" * 32, tell.at(31))
    assert (recipients["kind"], recipients["channels"]) == ("recipients", ("website", "phone"))
    assert (last["channels"], last["approved"], last["on_behalf_of"]) == (("alternative",), False, "vand")
    voluntary = kept.asked(ask.notices, voluntary=True)
    assert [row["kind"] for row in voluntary] == ["voluntary_notification", "voluntary_declined"]


def test_an_incident_that_ended_waits_for_its_review_but_one_that_was_none_does_not(kept: Kept) -> None:
    kept.one(tell.reported(), tell.mitigated(30))
    kept.tell((TWO, tell.reported(reference="H-2026-0002")), (TWO, tell.closed(e.CloseReason.NOT_AN_INCIDENT, 31)))
    kept.tell((THREE, tell.reported(reference="H-2026-0003")))
    (row,) = kept.asked(ask.ended)
    assert (row["reference"], row["reviewed"], row["ended_at"], row["cause"]) == ("H-2026-0042", False, tell.at(30), None)
    kept.one(e.ReviewHeld(meta=tell.meta(40), review="weekly"))
    assert not kept.asked(ask.ended)[0]["reviewed"]
    kept.one(e.ReviewHeld(meta=tell.meta(41), review="post_incident"), tell.closed(e.CloseReason.RESOLVED, 800))
    (row,) = kept.asked(ask.ended, Span(tell.at(700), None))
    assert (row["reviewed"], row["ended_at"]) == (True, tell.at(800))
    assert kept.asked(ask.ended, Span(None, tell.at(29))) == []
    assert [one["kind"] for one in kept.asked(ask.learning)] == ["weekly", "post_incident"]


def test_the_same_cause_twice_is_told_until_a_person_has_considered_it(kept: Kept) -> None:
    for number, stream in ((1, ONE), (2, TWO)):
        kept.tell((stream, tell.reported(number, reference=f"H-2026-000{number}")))
        kept.tell((stream, e.RootCauseFound(meta=tell.meta(5), cause="system_failures")))
    assert kept.asked(ask.recurring) == []
    kept.one(e.Classified(meta=tell.meta(6), incident_class="availability.outage"))
    kept.tell((TWO, e.Classified(meta=tell.meta(6), incident_class="availability")))
    (group,) = kept.asked(ask.recurring)
    assert [row["reference"] for row in group] == ["H-2026-0001", "H-2026-0002"]
    kept.one(e.RecurrenceConsidered(meta=tell.meta(9), others=(TWO,), significant_together=False))
    assert kept.asked(ask.recurring) == []


def test_a_later_finding_replaces_the_cause_and_keeps_the_class(kept: Kept) -> None:
    kept.one(
        tell.reported(),
        e.RootCauseFound(meta=tell.meta(5), cause="human_errors", cause_key="disk-a"),
        e.Classified(meta=tell.meta(6), incident_class="availability.outage"),
        e.RootCauseFound(meta=tell.meta(7), cause="third_party_failures", third_party=True),
        tell.mitigated(30),
    )
    (row,) = kept.asked(ask.ended)
    assert (row["cause"], row["cause_key"], row["incident_class"]) == ("third_party_failures", None, "availability.outage")


def test_exercises_are_left_out_of_everything_unless_they_are_asked_for(kept: Kept) -> None:
    kept.one(
        tell.reported(exercise=True),
        tell.assessed(1, significant=False),
        e.BreachRegistered(meta=tell.meta(1), breach_aware_at=tell.at(1), risk="possible"),
        e.TaskPlanned(meta=tell.meta(1), owner="u-a"),
        tell.early_warning(5),
        e.VoluntaryNotificationSent(meta=tell.meta(6)),
        e.LessonRecorded(meta=tell.meta(6), area="other"),
        tell.mitigated(30),
    )
    every: tuple[Callable[..., list[Any]], ...] = (
        ask.judgements,
        ask.judged_not_significant,
        ask.breach_register,
        ask.open_todos,
        ask.notices,
        ask.learning,
        ask.ended,
    )
    for question in every:
        assert kept.asked(question) == [], question
        (row,) = kept.asked(question, WITH_EXERCISES)
        assert row["exercise"] is True
    assert kept.asked(ask.notices, voluntary=True) == []


def test_signals_are_never_read_and_the_title_stays_ciphertext() -> None:
    assert not {topic for topic in Casework.topics if topic.startswith("signals.")}
    assert e.SignalAttached.TOPIC not in Casework.topics


def test_a_final_document_is_listed_until_it_is_filed_and_never_with_its_text(kept: Kept) -> None:
    kept.one(tell.reported(), e.NoteAdded(meta=tell.meta(1), text="Fortroligt"))
    kept.one(e.SubmissionDrafted(meta=tell.meta(1), report=ReportKind.EARLY_WARNING, values={"summary": "Nede"}))
    kept.one(e.DocumentMarked(meta=tell.meta(2), document_number=2, mark="internal", reason="Til huset"))
    rows = kept.asked(ask.unfiled)
    assert [(row["number"], row["document"], row["direction"], row["mark"]) for row in rows] == [
        (1, e.Reported.TOPIC, "internal", None),
        (2, e.NoteAdded.TOPIC, "internal", "internal"),
    ]
    assert all(row["sealed"] is None for row in rows)
    kept.one(e.RecordJournalised(meta=tell.meta(3), system="esdh", case_number="26/1", document="Noget andet"))
    kept.one(e.RecordJournalised(meta=tell.meta(3), system="isms", case_number="I-1"))
    assert len(kept.asked(ask.unfiled)) == 2
    kept.one(e.RecordJournalised(meta=tell.meta(4), system="esdh", case_number="26/1", document_number=1))
    assert [row["number"] for row in kept.asked(ask.unfiled)] == [2]
    kept.one(e.RecordJournalised(meta=tell.meta(5), system="esdh", case_number="26/2"))
    assert kept.asked(ask.unfiled) == []
    with kept.projector.database.snapshot() as connection:
        numbers = connection.execute(select(RECORDS.c.number, RECORDS.c.case_number).order_by(RECORDS.c.number)).all()
    assert [tuple(one) for one in numbers] == [(1, "26/1"), (2, "26/2")]
    kept.one(e.NoteAdded(meta=tell.meta(6), text="Efter"))
    assert len(kept.asked(ask.unfiled)) == 1
