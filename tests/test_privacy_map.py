"""The data map is complete: whatever the models, tables and documents hold, somebody has said what it is to a person.

A new event field, column or document field fails here until its name stands in adapters/privacy/fields.py, and a new table
until adapters/privacy/map.py makes it.
"""

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest

from adapters import main
from adapters.bus.streams import BUCKETS
from adapters.contract import event_contracts
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.relay_state import RelayStateTable
from adapters.privacy.fields import NOTHING, SORTS, Sort, sort_of
from adapters.privacy.map import data_map, event_fields, read_tables, store_tables
from adapters.privacy.places import EVENTS
from adapters.privacy.shown import map_markdown, map_objects
from adapters.settings import read_settings
from adapters.words.wording import Language
from domain.events import EVENT_TYPES
from domain.retention.periods import Periods
from tests.support.logs import PROJECTIONS, many_lives, projector, record
from tests.support.read_databases import OpenDatabase
from tests.support.stores import Stores
from tests.support.tree import ROOT

TOPICS = [contract.topic for contract in event_contracts()]
VERSIONS = re.compile(r"^(schema|.+)_version$")
"""Each holds the number of a schema, and nothing else."""


@cache
def mapped() -> set[tuple[str, str]]:
    return {(one.where, one.field) for one in data_map(Periods(), "da")}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_field_of_every_event_is_said_what_it_is_and_the_confidential_ones_are_in_the_map(topic: str) -> None:
    for path, name, is_text in event_fields(EVENT_TYPES[topic]):
        if is_text:
            assert (topic, path) in mapped(), path
        else:
            sort_of(topic, name)


def test_every_aggregate_has_a_place() -> None:
    assert {topic.partition(".")[0] for topic in TOPICS} == EVENTS.keys()


@pytest.mark.parametrize("table", [*store_tables(), *read_tables()])
def test_every_column_of_every_table_is_said_what_it_is(table: str) -> None:
    for column in (store_tables() | read_tables())[table]:
        sort_of(table.rpartition(" ")[2], column)


def test_the_tables_are_those_that_a_running_sporlog_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPORLOG_ENTITY", "laerkeborg")
    settings = read_settings(data=tmp_path / "data")
    store = main.open_store(settings)
    with main.open_projectors(settings, store):
        main.open_outbox(settings).close()
        main.open_ways_memory(settings).close()
        main.open_registers_memory(settings).close()
        relay = SQLiteDatabase(settings.data / "relay.db")
        RelayStateTable(relay)
        main.open_ledger(settings).close()
        main.open_access_log(settings).close()
        relay.close()
    store.close()
    there = {
        name: columns for path in tmp_path.rglob("*.db") if path.parent.name != "read" for name, columns in tables_of(path)
    }
    known = store_tables()
    assert {name: columns for name, columns in there.items() if not VERSIONS.match(name)} == known
    for path in [*(ROOT / "adapters").rglob("*.py")]:
        made = re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+) ?\(", path.read_text(encoding="utf-8"))
        assert set(made) <= known.keys(), path


def tables_of(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    database = sqlite3.connect(path)
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in names:
        if not name.startswith("sqlite_"):
            yield name, tuple(row[1] for row in database.execute(f"PRAGMA table_info({name})"))
    database.close()


def test_no_document_of_any_bucket_tells_anything_of_a_person(sqlite_stores: Stores, open_read_database: OpenDatabase) -> None:
    store = sqlite_stores.open()
    record(store, many_lives(7, 12))
    seen: dict[str, set[str]] = {}
    for make in PROJECTIONS:
        projection = make()
        database = open_read_database(projection.name)
        projector(projection, database, store).catch_up()
        with database.snapshot() as connection:
            for bucket in projection.buckets:
                documents = [orjson.loads(body) for _, body in bucket.changed(connection, 0)]
                seen[bucket.name] = {name for document in documents for name in names_in(document)}
    assert seen.keys() == set(BUCKETS)
    for bucket_name, names in seen.items():
        assert len(names) > 3
        assert {name: sort for name in names if (sort := sort_of(bucket_name, name)) is not None} == {}, bucket_name


def names_in(document: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    match document:
        case dict():
            for name, value in document.items():
                yield name
                # What an object is keyed by may be a value, as severities are.
                if isinstance(value, list):
                    yield from names_in(value)
        case list():
            for value in document:
                yield from names_in(value)


def test_nothing_is_said_to_be_both_and_what_nobody_named_fails() -> None:
    assert SORTS.keys() & NOTHING <= {"state", "name", "reason", "error", "last_error", "body", "channel"}
    with pytest.raises(LookupError, match=r"incidents\.fornavn: say in adapters\.privacy\.fields what it is"):
        sort_of("incidents", "fornavn")


def test_an_entry_says_where_who_how_long_and_how_in_both_languages() -> None:
    languages: tuple[Language, ...] = ("da", "en")
    for language in languages:
        for one in data_map(Periods(payloads="20 months"), language):
            assert all(part.strip() for part in (one.what, one.place, one.seen_by, one.kept, one.erased)), one
    kept = {one.where: one.kept for one in data_map(Periods(payloads="20 months"), "en")}
    assert kept["payloads"] == "By month (12 months / 20 months)"
    assert kept["DEADLETTER"] == "90 days"


def test_the_title_of_an_incident_is_told_wherever_it_is() -> None:
    found = {(one.where, one.field, one.sort) for one in data_map(Periods(), "da") if "title" in one.field}
    assert {
        ("incident.reported.1", "title", Sort.TEXT),
        ("incident.split.1", "title", Sort.TEXT),
        ("register incidents", "title_sealed", Sort.SEALED),
        ("casework cases", "title_sealed", Sort.SEALED),
    } <= found


def test_it_is_written_as_json_and_as_markdown() -> None:
    entries = data_map(Periods(), "da")
    assert len(map_objects(entries)) == len(entries) > 100
    assert map_objects(entries)[-1]["sort"] is None
    written = map_markdown(entries, "da")
    assert "## Hændelsens log" in written
    rows = [line for line in written.splitlines() if line.startswith("| ") and not line.startswith("| Hvor |")]
    assert len(rows) == len(entries)
