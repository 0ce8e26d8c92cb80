"""The register: which incidents are there, and how far is each?"""

from datetime import timedelta

import orjson
import pytest

from adapters.event_store.application import EventStore
from adapters.read_models.engines import open_memory
from domain.deadline_rules import DeadlineKind
from domain.events import Sealed
from domain.incident import events as e
from domain.signals import Severity
from handlers.refolding import as_of
from projections import register
from projections.register import Register
from projections.rows import Row
from tests.support import incidents as tell
from tests.support.logs import Told, attached, incident_id, projector, received, record, repeated
from tests.support.read_databases import OpenDatabase

ONE, TWO = incident_id(1), incident_id(2)


class Kept:
    """A register that is kept up while the test tells what happened."""

    def __init__(self, store: EventStore, open_read_database: OpenDatabase) -> None:
        self.store, self.projector = store, projector(Register(), open_read_database("register"), store)

    def tell(self, *told: Told) -> None:
        record(self.store, told)
        assert self.projector.catch_up().rejected == []

    def row(self, reference: str = "H-2026-0042") -> Row:
        with self.projector.database.snapshot() as connection:
            row = register.by_reference(connection, reference)
        assert row is not None
        return row

    def listed(self, **wanted: object) -> list[str]:
        with self.projector.database.snapshot() as connection:
            return [row["reference"] for row in register.incidents(connection, **wanted)]  # type: ignore[arg-type]

    def services(self) -> dict[str, str | None]:
        with self.projector.database.snapshot() as connection:
            return {row["service"]: register.worst_severity(row) for row in register.services(connection)}


@pytest.fixture
def kept(log_store: EventStore, open_read_database: OpenDatabase) -> Kept:
    return Kept(log_store, open_read_database)


def test_a_reported_incident_is_listed_with_its_times_and_its_first_internal_duty(kept: Kept) -> None:
    kept.tell((ONE, tell.reported(-2, services=("svc-esdh",))))
    row = kept.row()
    assert (row["status"], row["severity"], row["kind"], row["services"]) == ("reported", "high", "incident", ("svc-esdh",))
    assert (row["occurred_at"], row["detected_at"], row["recorded_at"]) == (tell.at(-2), tell.at(-2), tell.at(0))
    assert (row["next_duty"], row["next_due_at"]) == (DeadlineKind.INTERNAL_ASSESSMENT, tell.at(4))
    assert (row["nis2_category"], row["significant"], row["closed_at"], row["demo"]) == (None, None, None, False)


def test_each_step_moves_the_status_and_the_next_duty(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.assessed(1)), (ONE, tell.aware(1)))
    assert (kept.row()["status"], kept.row()["next_duty"], kept.row()["next_due_at"]) == (
        "assessed",
        "early_warning",
        tell.at(25),
    )
    kept.tell((ONE, tell.early_warning(5)))
    assert (kept.row()["next_duty"], kept.row()["next_due_at"]) == ("incident_notification", tell.at(73))
    kept.tell((ONE, tell.notified(20)), (ONE, tell.mitigated(30)))
    assert (kept.row()["status"], kept.row()["next_duty"]) == ("mitigated", "final_report")
    kept.tell((ONE, tell.final_report(600)), (ONE, tell.closed(e.CloseReason.RESOLVED)))
    row = kept.row()
    assert (row["status"], row["next_duty"], row["close_reason"], row["closed_at"]) == (
        "closed",
        None,
        "resolved",
        tell.at(800),
    )
    kept.tell((ONE, tell.reopened()))
    assert (kept.row()["status"], kept.row()["close_reason"], kept.row()["closed_at"]) == ("assessed", None, None)


def test_notes_and_measures_move_only_the_version_and_the_position(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()))
    before = kept.row()
    kept.tell((ONE, e.NoteAdded(meta=tell.meta(), text="Set på")), (ONE, e.MeasureTaken(meta=tell.meta(), measure="Delt")))
    assert kept.row() == {**before, "version": 3, "position": 3}


def test_signals_are_counted_when_attached_and_when_repeated_for_the_incident(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), received(("db-1",)), (ONE, attached(3)), repeated(ONE, 5), repeated(None, 7))
    assert kept.row()["signal_count"] == 8


def test_a_correction_replaces_the_field_and_the_title_stays_ciphertext_that_its_own_event_opens(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()))
    assert _opened(kept, kept.row()) == "Sagssystemet svarer ikke"
    kept.tell(
        (ONE, e.Corrected(meta=tell.meta(), field="severity", clear_new="low", reason="Tastefejl")),
        (ONE, tell.corrected("description", "Ingen")),
        (ONE, tell.corrected("title", "Fagsystemet svarer ikke")),
    )
    row = kept.row()
    assert (row["severity"], _opened(kept, row)) == (Severity.LOW, "Fagsystemet svarer ikke")
    assert "svarer" not in str(row)


def _opened(kept: Kept, row: Row) -> str | None:
    secret = kept.store.mapper.unseal(row["id"], row["title_version"], Sealed.model_validate_json(row["title_sealed"]))
    return None if secret is None else str(secret[row["title_field"]])


def test_who_owes_something_first_comes_first_and_who_owes_nothing_comes_last(kept: Kept) -> None:
    three = incident_id(3)
    kept.tell(
        (ONE, tell.reported(reference="H-2026-0001")),
        (ONE, tell.closed()),
        (TWO, tell.reported(reference="H-2026-0002")),
        (TWO, tell.assessed(1)),
        (TWO, tell.aware(1)),
        (three, tell.reported(reference="H-2026-0003")),
    )
    assert kept.listed() == ["H-2026-0003", "H-2026-0002", "H-2026-0001"]
    assert kept.listed(open_only=True) == ["H-2026-0003", "H-2026-0002"]
    assert kept.listed(status="closed") == ["H-2026-0001"]
    assert kept.listed(since=5) == ["H-2026-0003"]
    with kept.projector.database.snapshot() as connection:
        assert register.counts(connection) == {"reported": 1, "assessed": 1, "mitigated": 0, "closed": 1}
        assert register.by_reference(connection, "H-1999-0001") is None
        found = register.by_id(connection, three)
    assert found is not None
    assert found["reference"] == "H-2026-0003"


def test_a_service_shows_the_worst_of_its_open_incidents_through_correction_closing_and_reopening(kept: Kept) -> None:
    kept.tell(
        (ONE, tell.reported(reference="H-2026-0001", severity=Severity.CRITICAL, services=("svc-a", "svc-b"))),
        (TWO, tell.reported(reference="H-2026-0002", severity=Severity.LOW, services=("svc-a",))),
    )
    assert kept.services() == {"svc-a": "critical", "svc-b": "critical"}
    kept.tell((ONE, e.Corrected(meta=tell.meta(), field="services", clear_new="svc-b, svc-c", reason="Tastefejl")))
    assert kept.services() == {"svc-a": "low", "svc-b": "critical", "svc-c": "critical"}
    kept.tell((ONE, tell.closed()))
    assert kept.services() == {"svc-a": "low", "svc-b": None, "svc-c": None}
    kept.tell((ONE, tell.reopened()))
    assert kept.services() == {"svc-a": "low", "svc-b": "critical", "svc-c": "critical"}


def test_documents_hold_clear_data_with_their_position_and_never_text(kept: Kept) -> None:
    kept.tell((ONE, tell.reported(services=("Økonomi 2.0",))), (ONE, tell.assessed(1)), (ONE, tell.aware(1)))
    by_bucket = {bucket.name: bucket for bucket in Register().buckets}
    with kept.projector.database.snapshot() as connection:
        ((key, document),) = by_bucket["register"].changed(connection, 0)
        ((service_key, service),) = by_bucket["services"].changed(connection, 0)
        assert list(by_bucket["register"].changed(connection, 3)) == []
    assert key == "H-2026-0042"
    shown = orjson.loads(document)
    assert list(shown) == sorted(shown)
    assert not {"title_sealed", "components", "description"} & set(shown)
    assert (shown["position"], shown["nis2_category"], shown["next_due_at"]) == (3, "high", "2026-11-21T15:20:00Z")
    assert service_key == "=C3=98konomi=202=2E0"
    assert orjson.loads(service) == {"service": "Økonomi 2.0", "open_incidents": 1, "worst_severity": "high", "position": 1}


def test_the_register_as_it_stood_at_an_earlier_position_answers_the_same_questions(kept: Kept) -> None:
    kept.tell(
        (ONE, tell.reported()), (ONE, tell.assessed(1)), (ONE, tell.mitigated()), (TWO, tell.reported(reference="H-2026-0043"))
    )
    with as_of(Register(), 2, kept.store.recorder, record=kept.store.mapper.record, scratch=open_memory) as connection:
        (row,) = register.incidents(connection)
    assert (row["status"], row["position"]) == ("assessed", 2)
    assert row["recorded_at"] - tell.at(0) == timedelta(0)
