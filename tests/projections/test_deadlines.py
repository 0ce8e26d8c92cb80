"""The deadlines: what is due when, and was it met?"""

from datetime import datetime

import orjson
import pytest

from adapters.event_store.application import EventStore
from domain.deadlines import ClockFacts, duties
from domain.incident import events as e
from domain.reminders import MISSED
from projections import deadlines
from projections.deadlines import Deadlines
from projections.rows import Row
from tests.support import incidents as tell
from tests.support.logs import Told, attached, incident_id, projector, record
from tests.support.read_databases import OpenDatabase

ONE, TWO = incident_id(1), incident_id(2)


class Kept:
    def __init__(self, store: EventStore, open_read_database: OpenDatabase) -> None:
        self.store, self.projector = store, projector(Deadlines(), open_read_database("deadlines"), store)

    def tell(self, *told: Told) -> None:
        record(self.store, told)
        assert self.projector.catch_up().rejected == []

    def of(self, number: int = 1) -> dict[str, Row]:
        with self.projector.database.snapshot() as connection:
            return {row["kind"]: row for row in deadlines.of_incident(connection, incident_id(number))}

    def owed(self) -> list[tuple[str, str]]:
        with self.projector.database.snapshot() as connection:
            return [(row["reference"], row["kind"]) for row in deadlines.next_duties(connection)]

    def to_be_missed(self, now: datetime) -> list[str]:
        with self.projector.database.snapshot() as connection:
            owed = deadlines.next_duties(connection)
        return [row["kind"] for row in owed for _, rung in deadlines.to_note(row, now) if rung == MISSED]


@pytest.fixture
def kept(log_store: EventStore, open_read_database: OpenDatabase) -> Kept:
    return Kept(log_store, open_read_database)


def test_a_report_starts_the_internal_limit_of_four_hours_and_the_first_assessment_ends_it(kept: Kept) -> None:
    kept.tell((ONE, tell.reported(-5)))
    row = kept.of()["internal_assessment"]
    assert (row["due_at"], row["triggered_at"], row["statutory"], row["discharged_at"]) == (tell.at(4), tell.at(0), False, None)
    kept.tell((ONE, tell.assessed(3, significant=False)), (ONE, tell.assessed(9, significant=False)))
    row = kept.of()["internal_assessment"]
    assert (row["discharged_at"], row["late"], row["cancelled"]) == (tell.at(3), False, False)


def test_an_incident_closed_without_an_assessment_owes_none(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.closed()))
    assert kept.of()["internal_assessment"]["cancelled"]
    assert kept.owed() == []
    kept.tell((ONE, tell.reopened()))
    assert kept.owed() == [("H-2026-0042", "internal_assessment")]


def test_awareness_starts_the_clocks_of_the_law_and_what_was_sent_meets_them_in_time_or_late(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.assessed(1)), (ONE, tell.aware(1)), (ONE, tell.early_warning(30)))
    owed = kept.of()
    assert (owed["early_warning"]["due_at"], owed["early_warning"]["discharged_at"]) == (tell.at(25), tell.at(30))
    assert owed["early_warning"]["late"]
    assert owed["early_warning"]["rule"] == "dk.lov-434-2025.early-warning.24h"
    assert owed["early_warning"]["paragraph"] == "NIS 2-loven § 13, stk. 1, nr. 1"
    assert (owed["incident_notification"]["due_at"], owed["incident_notification"]["trigger_name"]) == (tell.at(73), "aware_at")
    kept.tell((ONE, tell.notified(40)))
    assert not kept.of()["incident_notification"]["late"]
    assert kept.owed() == [("H-2026-0042", "status_report")]


def test_clocks_are_cancelled_when_the_incident_is_no_longer_significant_and_come_back_when_it_is(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.assessed(1)), (ONE, tell.aware(1)), (ONE, tell.assessed(2, significant=False)))
    assert {kind for kind, row in kept.of().items() if row["cancelled"]} == {"early_warning", "incident_notification"}
    assert kept.of()["early_warning"]["due_at"] == tell.at(25)
    assert kept.owed() == []
    kept.tell((ONE, tell.assessed(3)))
    assert not any(row["cancelled"] for row in kept.of().values())


def test_awareness_that_is_moved_moves_what_is_due(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.assessed(1)), (ONE, tell.aware(1)), (ONE, tell.aware(-1, by_default=False)))
    assert kept.of()["early_warning"]["due_at"] == tell.at(23)


def test_a_report_that_another_took_the_place_of_is_cancelled(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.assessed(1)), (ONE, tell.aware(1)), (ONE, tell.notified(20)))
    assert not kept.of()["status_report"]["cancelled"]
    kept.tell((ONE, tell.mitigated(30)))
    assert kept.of()["status_report"]["cancelled"]
    assert not kept.of()["final_report"]["cancelled"]


def test_duties_of_all_incidents_come_earliest_first(kept: Kept) -> None:
    kept.tell(
        (ONE, tell.reported(reference="H-2026-0001")),
        (ONE, tell.assessed(1)),
        (ONE, tell.aware(1)),
        (TWO, tell.reported(reference="H-2026-0002")),
    )
    assert kept.owed() == [
        ("H-2026-0002", "internal_assessment"),
        ("H-2026-0001", "early_warning"),
        ("H-2026-0001", "incident_notification"),
    ]


def test_a_limit_in_law_is_to_be_noted_once_it_has_passed_and_not_at_the_limit_itself_nor_twice(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.assessed(9)), (ONE, tell.aware(1)))
    assert kept.to_be_missed(tell.at(25)) == []
    assert kept.to_be_missed(tell.at(25.001)) == ["early_warning"]
    assert kept.to_be_missed(tell.at(100)) == ["early_warning", "incident_notification"]
    kept.tell((ONE, tell.missed("early_warning")))
    assert kept.of()["early_warning"]["missed"]
    assert kept.to_be_missed(tell.at(100)) == ["incident_notification"]


def test_neither_a_target_nor_the_csirts_delay_is_noted_as_missed_and_the_answer_is_not_ours_to_give(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = ClockFacts(effect_at=tell.at(0), high_risk_at=tell.at(0), warned_at=tell.at(0), approval_owed_at=tell.at(0))
    monkeypatch.setattr(deadlines, "duties_of", lambda *_: duties(facts, {}))
    kept.tell((ONE, tell.reported()))
    assert set(kept.of()) == {"recipients", "data_subjects", "csirt_reply", "second_approval"}
    assert kept.to_be_missed(tell.at(999)) == []
    assert {kind for _, kind in kept.owed()} == {"recipients", "data_subjects", "second_approval"}


def test_overdue_is_a_question_of_now_and_of_what_was_done(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.assessed(1)), (ONE, tell.aware(1)), (ONE, tell.early_warning(30)))
    rows = kept.of()
    assert not deadlines.is_overdue(rows["early_warning"], tell.at(999))
    assert deadlines.is_overdue(rows["incident_notification"], tell.at(74))
    assert not deadlines.is_overdue(rows["incident_notification"], tell.at(73))


def test_the_document_of_an_incident_holds_all_its_deadlines_and_changes_only_with_them(kept: Kept) -> None:
    kept.tell((ONE, tell.reported(reference="H-2026-0001")), (TWO, tell.reported(reference="H-2026-0002")))
    kept.tell((ONE, tell.assessed(1)), (ONE, tell.aware(1)))
    (bucket,) = Deadlines().buckets
    with kept.projector.database.snapshot() as connection:
        documents = dict(bucket.changed(connection, 0))
        assert [key for key, _ in bucket.changed(connection, 2)] == ["H-2026-0001"]
    shown = orjson.loads(documents["H-2026-0001"])
    assert (shown["reference"], shown["position"], shown["id"]) == ("H-2026-0001", 4, str(ONE))
    assert [(one["kind"], one["due_at"], one["discharged_at"]) for one in shown["deadlines"]] == [
        ("internal_assessment", "2026-11-20T18:20:00Z", "2026-11-20T15:20:00Z"),
        ("early_warning", "2026-11-21T15:20:00Z", None),
        ("incident_notification", "2026-11-23T15:20:00Z", None),
    ]


def test_notes_and_signals_leave_the_deadlines_untouched(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()))
    before = kept.of()
    kept.tell((ONE, e.NoteAdded(meta=tell.meta(), text="Set på")), (ONE, attached(2)))
    assert kept.of() == before
    assert kept.projector.position() == 3
