"""A source against the catalogue: nothing is overwritten in silence, what a person decided holds, all can be taken back."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from adapters.event_store.application import EventStore
from adapters.read_models.engines import open_postgres, open_sqlite
from domain.catalogue import events as e
from domain.catalogue.importing import Trouble, tie_field
from domain.catalogue.imports import (
    AlreadyUndoneError,
    DifferenceGoneError,
    NoImportError,
    Sort,
    TargetMissingError,
)
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie
from domain.errors import ConflictError
from handlers.catalogue import Change
from handlers.catalogue_imports import imports_of, pick
from projections.catalogue import Catalogue, facts_of, landscape, object_row
from tests.support.catalogues import bond, described, ident, new
from tests.support.importing import SOURCE, Importer, on, wanted
from tests.support.incidents import meta
from tests.support.logs import projector
from tests.support.read_databases import OpenDatabase
from tests.support.stores import Stores

CARE, PAY = wanted("S-1", "Omsorg", owner="it-drift"), wanted("S-2", "Løn", owner="hr")


@pytest.fixture
def source(log_store: EventStore, open_read_database: OpenDatabase) -> Importer:
    return Importer(log_store, projector(Catalogue(), open_read_database("catalogue"), log_store))


def rewrite(name: str, **facts: Any) -> Change:  # noqa: ANN401 - as the fields of the event
    """A person changes a system of the source's, whose outside id stays."""
    key = {"Omsorg": "S-1", "Løn": "S-2"}[name]
    event = described(Kind.SYSTEM, name, outside=[{"register_name": SOURCE, "id": key}], **facts)
    return Change(ident(Kind.SYSTEM, name), event)


def test_what_is_new_is_registered_with_its_ties_and_the_same_again_is_no_difference(source: Importer) -> None:
    told = (wanted("S-1", "Omsorg", on("S-9"), owner="it-drift"), wanted("S-9", "Server 9", kind=Kind.COMPONENT))
    assert source.sorts(*told) == [(Sort.NEW, "Omsorg", ""), (Sort.TIED, "Omsorg", "depends_on"), (Sort.NEW, "Server 9", "")]
    taken = source.take(*told)
    assert (taken.number, taken.events, taken.position) == (1, 3, source.store.head())
    found = source.compare(*told)
    assert (found.differences, found.problems, found.same) == ((), (), 2)
    (note,) = imports_of(source.store).imports
    assert (note.counts, note.events, note.source, note.reason) == ({Sort.NEW: 2, Sort.TIED: 1}, 3, SOURCE, "Ny liste")


def test_a_change_in_the_source_alone_is_plain_and_one_here_too_is_a_conflict(source: Importer) -> None:
    source.take(CARE, PAY)
    source.tell(rewrite("Løn", owner="oekonomi"))
    told = (wanted("S-1", "Omsorg", owner="sundhed"), wanted("S-2", "Løn", owner="loenkontoret"))
    assert source.sorts(*told) == [(Sort.CHANGED, "Omsorg", "owner"), (Sort.CONFLICT, "Løn", "owner")]
    (_, conflict) = source.compare(*told).differences
    assert (conflict.here, conflict.source) == ("oekonomi", "loenkontoret")
    source.take(*told)
    assert source.sorts(*told) == [(Sort.CONFLICT, "Løn", "owner")], "what was changed here was not overwritten"
    source.take(*told, source_wins=["owner"])
    assert source.sorts(*told) == []


def test_taking_one_field_does_not_make_another_one_look_as_if_it_was_taken(source: Importer) -> None:
    source.take(wanted("S-1", "Omsorg", owner="a", manager="m"))
    source.tell(rewrite("Omsorg", owner="b", manager="m"))
    told = wanted("S-1", "Omsorg", owner="c", manager="n")
    assert source.sorts(told) == [(Sort.CONFLICT, "Omsorg", "owner"), (Sort.CHANGED, "Omsorg", "manager")]
    source.take(told)
    assert source.sorts(told) == [(Sort.CONFLICT, "Omsorg", "owner")]


def test_what_was_kept_is_shown_again_once_the_source_says_something_else(source: Importer) -> None:
    source.take(CARE)
    source.tell(rewrite("Omsorg", owner="b"))
    first, second = (wanted("S-1", "Omsorg", owner=owner) for owner in ("c", "d"))
    (conflict,) = source.compare(first).differences
    assert source.keep(first, ids=[conflict.id]) == source.store.head()
    assert source.sorts(first) == []
    assert source.sorts(second) == [(Sort.CONFLICT, "Omsorg", "owner")]
    source.take(second, source_wins=["owner"])
    assert source.sorts(first) == [(Sort.CHANGED, "Omsorg", "owner")], "what was kept is outlived by what was taken later"


def test_an_object_without_a_source_is_known_by_its_name_and_its_facts_are_not_taken_for_the_sources(source: Importer) -> None:
    source.tell(new(Kind.SYSTEM, "Omsorg", owner="os-selv"))
    assert source.sorts(CARE) == [(Sort.LINKED, "Omsorg", "outside"), (Sort.CONFLICT, "Omsorg", "owner")]
    source.take(CARE)
    assert source.sorts(CARE) == [(Sort.CONFLICT, "Omsorg", "owner")]
    assert source.sorts(wanted("S-1", "Omsorg", owner="os-selv", manager="ny")) == [(Sort.CHANGED, "Omsorg", "manager")]


def test_the_same_key_with_another_name_is_a_renaming_and_the_old_name_is_free_again(source: Importer) -> None:
    source.take(CARE)
    told = (wanted("S-1", "Omsorg 2", owner="it-drift"), wanted("S-3", "Omsorg"))
    assert source.sorts(*told) == [(Sort.RENAMED, "Omsorg", "name"), (Sort.NEW, "Omsorg", "")]
    source.take(*told)
    assert source.sorts(*told) == []
    with source.projector.database.snapshot() as connection:
        renamed = object_row(connection, ident(Kind.SYSTEM, "Omsorg"))
    assert renamed is not None
    assert facts_of(renamed).name == "Omsorg 2"


def test_what_is_missing_is_retired_only_when_asked_and_comes_back_only_when_asked(source: Importer) -> None:
    source.take(CARE, PAY)
    assert source.sorts(CARE) == [(Sort.MISSING, "Løn", "")]
    assert source.sorts(CARE, whole=False) == []
    assert source.sorts(CARE, whole=False, gone=["S-2", "S-77"]) == [(Sort.MISSING, "Løn", "")]
    assert source.take(CARE).number == 0
    source.take(CARE, also=[Sort.MISSING])
    assert source.sorts(CARE, PAY) == [(Sort.RETURNED, "Løn", "")]
    source.take(CARE, PAY, also=[Sort.RETURNED])
    assert source.sorts(CARE, PAY) == []


def test_that_something_is_missing_can_be_kept_too(source: Importer) -> None:
    source.take(CARE, PAY)
    (missing,) = source.compare(CARE).differences
    source.keep(CARE, ids=[missing.id])
    assert source.sorts(CARE) == []


def test_a_tie_that_was_made_here_is_none_of_the_sources_business_and_one_of_its_own_goes(source: Importer) -> None:
    server, spare = (wanted(key, name, kind=Kind.COMPONENT) for key, name in (("C-1", "srv-1"), ("C-2", "srv-2")))
    source.take(wanted("S-1", "Omsorg", on("C-1")), server, spare)
    source.tell(bond((Kind.SYSTEM, "Omsorg"), Tie.DEPENDS_ON, (Kind.COMPONENT, "srv-2")))
    told = (wanted("S-1", "Omsorg"), server, spare)
    assert source.sorts(*told) == [(Sort.UNTIED, "Omsorg", "depends_on")]
    source.take(*told)
    assert source.sorts(*told) == []
    with source.projector.database.snapshot() as connection:
        bonds = landscape(connection).bonds(ident(Kind.SYSTEM, "Omsorg"))
    assert [one.to for one in bonds] == [ident(Kind.COMPONENT, "srv-2")]


def test_what_cannot_be_meant_is_named_and_costs_nothing_else(source: Importer) -> None:
    told = (
        wanted("S-1", "Omsorg", on("S-77"), on("S-1")),
        wanted("S-1", "Omsorg igen"),
        wanted("S-2", "omsorg"),
        wanted("S-3", "Løn"),
    )
    found = source.compare(*told)
    assert [(one.place, one.trouble) for one in found.problems] == [
        ("S-1", Trouble.KEY_TWICE),
        ("S-2", Trouble.NAME_TWICE),
        ("S-1", Trouble.NO_TARGET),
        ("S-1", Trouble.NOT_TIED),
    ]
    assert [one.name for one in found.differences] == ["Omsorg", "Løn"]
    source.take(*told)
    (other,) = source.compare(wanted("S-1", "Omsorg", kind=Kind.COMPONENT), wanted("S-3", "Løn"), whole=False).problems
    assert other == ("S-1", Trouble.OTHER_KIND, ("Omsorg", Kind.SYSTEM, Kind.COMPONENT))


def test_a_difference_that_is_gone_cannot_be_chosen_nor_a_tie_to_what_was_not_taken(source: Importer) -> None:
    told = (wanted("S-1", "Omsorg", on("S-2")), PAY)
    found = source.compare(*told)
    with pytest.raises(DifferenceGoneError, match="0123456789abcdef"):
        pick(found.differences, ["0123456789abcdef"])
    with pytest.raises(TargetMissingError, match="Omsorg"):
        source.take_these([one for one in found.differences if one.name == "Omsorg"])
    assert source.store.head() == 0


def test_two_who_take_over_the_same_do_not_do_it_twice(source: Importer) -> None:
    found = source.compare(CARE, PAY).differences
    source.take_these(found)
    head = source.store.head()
    with pytest.raises(ConflictError, match="version"):
        source.take_these(found)
    assert source.store.head() == head


def test_what_was_changed_between_looking_and_taking_is_a_conflict_and_nothing_is_written(source: Importer) -> None:
    source.take(CARE)
    found = source.compare(wanted("S-1", "Omsorg", owner="x"), PAY).differences
    source.tell(rewrite("Omsorg", owner="y"))
    head = source.store.head()
    with pytest.raises(ConflictError, match="Omsorg is at version 2, you saw 1"):
        source.take_these(found)
    assert source.store.head() == head


def test_undoing_brings_back_what_was_and_leaves_what_was_changed_since(source: Importer) -> None:
    server = wanted("C-1", "srv-1", kind=Kind.COMPONENT)
    source.take(CARE, PAY)
    source.take(
        wanted("S-1", "Omsorg", on("C-1"), owner="ny"), wanted("S-2", "Løn", owner="ny"), wanted("S-3", "Skole"), server
    )
    source.tell(rewrite("Løn", owner="en-anden"))
    undoing = source.undo(2)
    assert sorted(one.facts.name for one in undoing.undone) == ["Omsorg", "Skole", "srv-1"]
    assert [one.facts.name for one in undoing.left] == ["Løn"]
    assert source.sorts(CARE, PAY) == [(Sort.CONFLICT, "Løn", "owner")]
    source.projector.catch_up()
    with source.projector.database.snapshot() as connection:
        care, school = (object_row(connection, ident(Kind.SYSTEM, name)) for name in ("Omsorg", "Skole"))
        bonds = landscape(connection).bonds(ident(Kind.SYSTEM, "Omsorg"))
    assert care is not None
    assert school is not None
    assert (facts_of(care).owner, care["retired"], school["retired"], list(bonds)) == ("it-drift", False, True, [])
    with pytest.raises(AlreadyUndoneError, match="import 2"):
        source.undo(2)
    with pytest.raises(NoImportError, match="no import 3"):
        source.undo(3)


def test_an_undone_import_does_not_count_as_what_the_source_told(source: Importer) -> None:
    source.take(CARE)
    source.take(wanted("S-1", "Omsorg", owner="forkert"))
    source.undo(2)
    source.tell(rewrite("Omsorg", owner="forkert"))
    assert source.sorts(wanted("S-1", "Omsorg", owner="nyt")) == [(Sort.CONFLICT, "Omsorg", "owner")]


def test_texts_are_compared_and_a_change_of_facts_does_not_lose_them(source: Importer) -> None:
    told = CARE._replace(told={**CARE.told, "description": "Journaler", "contact": "Ring"})
    source.take(told)
    changed = told._replace(told={**told.told, "owner": "ny"})
    assert source.sorts(changed) == [(Sort.CHANGED, "Omsorg", "owner")]
    source.take(changed)
    assert source.sorts(changed) == []
    assert source.sorts(changed._replace(told={**changed.told, "contact": "Skriv"})) == [(Sort.CHANGED, "Omsorg", "contact")]


def test_kept_differences_of_ties_are_named_by_both_ends(source: Importer) -> None:
    server = wanted("C-1", "srv-1", kind=Kind.COMPONENT)
    source.take(wanted("S-1", "Omsorg", on("C-1")), server)
    source.tell(
        Change(
            ident(Kind.SYSTEM, "Omsorg"),
            e.Untied(meta=meta(), tie=Tie.DEPENDS_ON, to=ident(Kind.COMPONENT, "srv-1"), reason="Flyttet"),
        )
    )
    told = (wanted("S-1", "Omsorg", on("C-1")), server)
    (conflict,) = source.compare(*told).differences
    assert (conflict.sort, conflict.field) == (Sort.CONFLICT, tie_field(Tie.DEPENDS_ON, ident(Kind.COMPONENT, "srv-1")))
    source.keep(*told, ids=[conflict.id])
    assert source.sorts(*told) == []


def test_postgresql_takes_over_and_undoes_the_same(postgres_source: Importer) -> None:
    told = (wanted("S-1", "Omsorg", on("C-1"), owner="it"), wanted("C-1", "srv-1", kind=Kind.COMPONENT))
    assert postgres_source.take(*told).events == 3
    assert postgres_source.compare(*told).same == 2
    assert len(postgres_source.undo(1).undone) == 2
    assert [sort for sort, _, _ in postgres_source.sorts(*told)] == [Sort.RETURNED, Sort.RETURNED]


def test_thousands_of_systems_and_ten_times_as_many_ties_take_seconds(sqlite_source: Importer) -> None:
    count, each = 1_000, 10
    told = [
        wanted(f"S-{n}", f"System {n}", *(on(f"S-{(n + step) % count}") for step in range(1, each + 1)), owner="it")
        for n in range(count)
    ]
    began = monotonic()
    taken = sqlite_source.take(*told)
    assert taken.events == count * (each + 1)
    assert sqlite_source.compare(*told).same == count
    assert monotonic() - began < 20


@pytest.fixture
def sqlite_source(log_store: EventStore, tmp_path: Path) -> Iterator[Importer]:
    database = open_sqlite(tmp_path / "catalogue.db")
    yield Importer(log_store, projector(Catalogue(), database, log_store))
    database.close()


@pytest.fixture
def postgres_source(postgres_stores: Stores, postgres_url: str) -> Iterator[Importer]:
    store, database = postgres_stores.open(), open_postgres(postgres_url, "catalogue")
    yield Importer(store, projector(Catalogue(), database, store))
    database.close()
