"""The management report: how many, how fast, and where the attempts hit."""

from datetime import datetime, timedelta

import orjson
import pytest
from sqlalchemy import Connection

from adapters.event_store.application import EventStore
from domain.incident import events as e
from domain.management.period import parse_period
from domain.signals import Severity
from projections import reporting_queries as ask
from projections.reporting import Reporting
from projections.reporting_tables import COUNTED
from projections.rows import Row
from tests.support import incidents as tell
from tests.support.logs import Clock, Told, incident_id, many_lives, projector, received, record, repeated
from tests.support.read_databases import OpenDatabase

ONE, TWO = incident_id(1), incident_id(2)


def november(connection: Connection) -> list[Row]:
    period = parse_period("2026-11")
    return [dict(zip(ask.CASE, row, strict=True)) for row in ask.registered(connection, period.start, period.end, None)]


def seconds(start: datetime | None, end: datetime | None) -> int:
    return 0 if start is None or end is None else (end - start) // timedelta(seconds=1)


class Kept:
    def __init__(self, store: EventStore, open_read_database: OpenDatabase) -> None:
        self.store, self.projector = store, projector(Reporting(), open_read_database("reporting"), store)

    def tell(self, *told: Told) -> None:
        record(self.store, told)
        assert self.projector.catch_up().rejected == []

    def month(self, service: str = "", month: str = "2026-11") -> dict[str, Row]:
        with self.projector.database.snapshot() as connection:
            return {row["severity"]: row for row in ask.months(connection, month, month, service=service)}

    def attempts(self) -> dict[tuple[str, str], int]:
        with self.projector.database.snapshot() as connection:
            found = ask.attempts_by_day(connection, "2026-11-01", "2026-11-30")
        return {(row["day"], row["component"]): row["signals"] for row in found}


@pytest.fixture
def kept(log_store: EventStore, open_read_database: OpenDatabase) -> Kept:
    return Kept(log_store, open_read_database)


def test_an_incident_counts_once_for_the_organisation_and_once_for_each_of_its_services(kept: Kept) -> None:
    kept.tell((ONE, tell.reported(services=("svc-a", "svc-b"))), (TWO, tell.reported(reference="H-2026-0043")))
    assert kept.month()["high"]["incidents"] == 2
    assert kept.month("svc-a")["high"]["incidents"] == 1
    assert kept.month("svc-b")["high"]["incidents"] == 1


def test_an_exercise_counts_nowhere_and_stands_behind_no_figure(kept: Kept) -> None:
    kept.tell((ONE, tell.reported(services=("svc-a",))), (TWO, tell.reported(reference="H-2026-0043", exercise=True)))
    kept.tell((TWO, tell.assessed(1)), (TWO, tell.aware(1)), (TWO, tell.notified(20)), (TWO, tell.closed()))
    row = kept.month()["high"]
    assert [row[name] for name in COUNTED] == [1, *[0] * (len(COUNTED) - 1)]
    with kept.projector.database.snapshot() as connection:
        behind = november(connection)
    assert [one["reference"] for one in behind] == ["H-2026-0042"]


def test_times_are_whole_seconds_as_told_from_report_to_assessment_and_from_awareness_to_notification(kept: Kept) -> None:
    kept.tell((ONE, tell.reported(-2)), (ONE, tell.assessed(1)), (ONE, tell.aware(0.5)), (ONE, tell.assessed(8)))
    kept.tell((ONE, tell.notified(10.5)), (ONE, tell.notified(20)))
    row = kept.month()["high"]
    assert (row["assessed"], row["assess_seconds"]) == (1, 3 * 3600)
    assert (row["notified"], row["notify_seconds"]) == (1, 10 * 3600)


def test_awareness_that_is_moved_changes_the_time_to_notify(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.assessed(1)), (ONE, tell.aware(1)), (ONE, tell.notified(20)))
    kept.tell((ONE, tell.aware(0, by_default=False, reason="Driften vidste det")))
    assert kept.month()["high"]["notify_seconds"] == 20 * 3600


def test_a_corrected_severity_moves_the_incident_with_all_its_figures(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.assessed(1)), (ONE, tell.mitigated()), (ONE, tell.closed()))
    before = kept.month()["high"]
    kept.tell((ONE, e.Corrected(meta=tell.meta(), field="severity", clear_new="low", reason="Tastefejl")))
    assert [kept.month()["high"][name] for name in COUNTED] == [0] * len(COUNTED)
    assert [kept.month()["low"][name] for name in COUNTED] == [before[name] for name in COUNTED]
    assert (before["significant"], before["handled"], before["closed"]) == (1, 1, 1)


def test_a_reopened_incident_is_neither_closed_nor_handled(kept: Kept) -> None:
    kept.tell((ONE, tell.reported()), (ONE, tell.mitigated()), (ONE, tell.closed()), (ONE, tell.reopened()))
    assert (kept.month()["high"]["handled"], kept.month()["high"]["closed"]) == (0, 0)


def test_the_month_is_copenhagens_month_of_registration(log_store: EventStore, open_read_database: OpenDatabase) -> None:
    clock = log_store.recorder._now_us
    assert isinstance(clock, Clock)
    clock.us = 1_796_079_600_000_000  # 2026-11-30T23:00:00Z, midnight in Copenhagen
    kept = Kept(log_store, open_read_database)
    kept.tell((ONE, tell.reported()))
    assert kept.month() == {}
    assert kept.month(month="2026-12")["high"]["incidents"] == 1


def test_every_figure_is_the_sum_of_the_incidents_behind_it(kept: Kept) -> None:
    kept.tell(*many_lives(seed=7, count=40))
    with kept.projector.database.snapshot() as connection:
        behind = november(connection)
    for severity, row in kept.month().items():
        mine = [one for one in behind if one["severity"] == severity]
        assert row["incidents"] == len(mine)
        assert row["assessed"] == sum(one["assessed_at"] is not None for one in mine)
        assert row["assess_seconds"] == sum(seconds(one["occurred_at"], one["assessed_at"]) for one in mine)
        assert row["notify_seconds"] == sum(seconds(one["aware_at"], one["notified_at"]) for one in mine)
    assert len(behind) == 40
    assert set(kept.month()) == {one["severity"] for one in behind} | {Severity.LOW}


def test_attempts_are_signals_per_component_and_copenhagens_day_and_repeats_count_as_often_as_they_came(kept: Kept) -> None:
    midnight = 23 - 14 - 20 / 60
    kept.tell(received(("db-1", "web-1"), ("db-1",), ()), received(("db-1",), hours=midnight), repeated(None, 4, "db-1"))
    assert kept.attempts() == {
        ("2026-11-20", ""): 7,
        ("2026-11-20", "db-1"): 6,
        ("2026-11-20", "web-1"): 1,
        ("2026-11-21", ""): 1,
        ("2026-11-21", "db-1"): 1,
    }


def test_documents_tell_the_organisations_the_services_and_the_days_figures(kept: Kept) -> None:
    kept.tell((ONE, tell.reported(services=("svc-løn",))), received(("db-1",)))
    (bucket,) = Reporting().buckets
    with kept.projector.database.snapshot() as connection:
        documents = dict(bucket.changed(connection, 0))
        assert [key for key, _ in bucket.changed(connection, 1)] == ["attempts.2026-11-20"]
    assert set(documents) == {"2026-11.high", "2026-11.high.svc-l=C3=B8n", "attempts.2026-11-20"}
    assert orjson.loads(documents["2026-11.high"])["incidents"] == 1
    assert orjson.loads(documents["attempts.2026-11-20"]) == {"day": "2026-11-20", "signals": 1, "position": 2}
