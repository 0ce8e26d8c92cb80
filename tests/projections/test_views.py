"""The SQL views are a contract with Power BI, Grafana and whoever else reads: what is named here stays."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from adapters.event_store.application import EventStore
from domain.catalogue.kinds import Kind
from projections.projection import Projection
from tests.support import incidents as tell
from tests.support.catalogues import CARE, ident, registered
from tests.support.logs import PROJECTIONS, incident_id, projector, received, record, the_work
from tests.support.read_databases import OpenDatabase

ONE = incident_id(1)
PROMISED = {
    "sporlog_incidents": "id reference entity status kind severity nis2_category significant approved occurred_at detected_at "
    "recorded_at aware_at assessed_at handled_at closed_at close_reason services components signal_count next_duty next_due_at "
    "administration exercise demo held_at position",
    "sporlog_deadlines": "incident_id reference kind due_at trigger_name triggered_at rule paragraph statutory discharged_at "
    "late cancelled missed position",
    "sporlog_reporting": "month service severity incidents significant handled closed assessed assess_seconds notified "
    "notify_seconds position",
    "sporlog_sources": "source first_at last_at signals repeats position",
    "sporlog_signals_by_rule": "day source rule disposition signals",
    "sporlog_signals_by_component": "day component rule signals",
    "sporlog_attempts": "day component signals position",
    "sporlog_judgements": "incident_id reference entity exercise number occurred_at recorded_at actor role kind current "
    "significant nis2_category depth guide_version recommendation because departs answers verdict verdict_by verdict_at alone "
    "position",
    "sporlog_breaches": "incident_id reference entity exercise number occurred_at recorded_at actor role current aware_at risk "
    "data_types data_subjects records exempt authority_told_at subjects_told_at position",
    "sporlog_todos": "incident_id reference entity exercise number occurred_at recorded_at actor role kind owner subject "
    "due_at done_at done_by position",
    "sporlog_notices": "incident_id reference entity exercise number occurred_at recorded_at actor role kind channels late "
    "approved deviations on_behalf_of form_version filed_sha256 receipt_at follows position",
    "sporlog_catalogue": "id kind name administration owner service_class class_at restoration_order "
    "tolerable_downtime_minutes retired registered_at changed_at position",
}


def read(store: EventStore, open_read_database: OpenDatabase, projection: Projection) -> dict[str, list[dict[str, Any]]]:
    kept = projector(projection, open_read_database(projection.name), store)
    kept.catch_up()
    with kept.database.snapshot() as connection:
        queries = {view.name: text(f"SELECT * FROM {view.name}") for view in projection.views}  # noqa: S608 - our own names
        return {name: [dict(row) for row in connection.execute(query).mappings()] for name, query in queries.items()}


@pytest.fixture
def told(log_store: EventStore) -> EventStore:
    record(
        log_store,
        [
            *((ONE, event) for event in (tell.reported(services=("svc-a",)), tell.assessed(1), tell.aware(1))),
            *((ONE, event) for event in the_work(3, 0)),
            received(("db-1",)),
            (ident(Kind.SERVICE, CARE), registered(Kind.SERVICE, CARE)),
        ],
    )
    return log_store


def test_every_view_and_every_column_that_was_promised_is_there(told: EventStore, open_read_database: OpenDatabase) -> None:
    found: dict[str, list[dict[str, Any]]] = {}
    for make in PROJECTIONS:
        found |= read(told, open_read_database, make())
    assert {name: " ".join(rows[0]) for name, rows in found.items()} == PROMISED


def test_every_column_of_every_view_says_what_it_means() -> None:
    views = [view for make in PROJECTIONS for view in make.views]
    assert {view.name for view in views} == set(PROMISED)
    assert all(meaning for view in views for meaning in view.columns.values())
    assert all(view.times <= set(view.columns) and set(view.expressions) <= set(view.columns) for view in views)


def test_views_show_instants_that_sort_as_time_does_and_no_text(told: EventStore, open_read_database: OpenDatabase) -> None:
    found: dict[str, list[dict[str, Any]]] = {}
    for make in PROJECTIONS:
        found |= read(told, open_read_database, make())
    (incident,) = found["sporlog_incidents"]
    first = found["sporlog_deadlines"][0]
    # A driver hands out timestamptz as a datetime, and SQLite's text of fixed width reads as one.
    assert datetime.fromisoformat(str(incident["aware_at"])).astimezone(UTC) == tell.at(1)
    assert datetime.fromisoformat(str(first["due_at"])).astimezone(UTC) == tell.at(4)
    assert incident["services"] == '["svc-a"]'
    assert "svarer" not in str(found)
