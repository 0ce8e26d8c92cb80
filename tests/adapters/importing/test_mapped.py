"""A table by its mapping: values in our words, faults by row and column, a guess that a person edits."""

from pathlib import Path
from typing import Any

import pytest

from adapters.catalogue.import_words import SORTS, TROUBLES, problem_words
from adapters.importing.mapped import read_rows
from adapters.importing.mapping_file import UnreadableMappingError, read_mapping, write_mapping
from adapters.importing.suggesting import suggest
from adapters.importing.tables import Table, UnreadableTableError, read_table
from domain.catalogue.importing import Trouble, WantedTie
from domain.catalogue.imports import Sort
from domain.catalogue.kinds import Kind
from domain.catalogue.mapping import SourceMapping
from domain.catalogue.ties import Need, Tie, Weight

SYSTEMS = """\
Systemnr;Systemnavn;Kaldenavn;Forvaltning;Systemejer;Persondata;Drift;Leverandør;Servere;Beskrivelse
1;Omsorg;OMS, oms-prod;Sundhed;it-drift;Ja;Ekstern;Leverandør A/S;srv-1, srv-2;Journaler
2;Løn;;;hr;nej;;Leverandør A/S;;
"""
MAPPING: dict[str, Any] = {
    "key": "Systemnr",
    "kind": "system",
    "facts": {
        "name": "Systemnavn",
        "aliases": "Kaldenavn",
        "owner": "Systemejer",
        "personal_data": "Persondata",
        "hosting": "Drift",
        "description": "Beskrivelse",
    },
    "values": {"hosting": {"ekstern": "supplier"}},
    "ties": [
        {"column": "Leverandør", "tie": "supplied_by", "kind": "supplier", "register_missing": True},
        {"column": "Servere", "tie": "depends_on", "kind": "component", "need": "hosting"},
    ],
}


def table(tmp_path: Path, text: str = SYSTEMS) -> Table:
    path = tmp_path / "liste.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path)


def mapping(**more: Any) -> SourceMapping:  # noqa: ANN401 - as the fields of the mapping
    return SourceMapping.model_validate({**MAPPING, **more})


def test_cells_become_facts_and_ties_in_our_words_and_an_empty_cell_tells_nothing(tmp_path: Path) -> None:
    read = read_rows(table(tmp_path), mapping())
    assert read.problems == ()
    care, pay, supplier = read.wanted
    assert care.told == {
        "name": "Omsorg",
        "aliases": ("OMS", "oms-prod"),
        "owner": "it-drift",
        "personal_data": True,
        "hosting": "supplier",
        "description": "Journaler",
    }
    assert care.ties == (
        WantedTie(Tie.SUPPLIED_BY, "Leverandør A/S", Kind.SUPPLIER),
        WantedTie(Tie.DEPENDS_ON, "srv-1", Kind.COMPONENT, Need.HOSTING),
        WantedTie(Tie.DEPENDS_ON, "srv-2", Kind.COMPONENT, Need.HOSTING),
    )
    assert (pay.key, dict(pay.told)) == ("2", {"name": "Løn", "owner": "hr", "personal_data": False})
    assert (supplier.kind, supplier.key, supplier.name) == (Kind.SUPPLIER, None, "Leverandør A/S")


def test_every_fault_of_a_row_is_named_by_row_and_column_and_the_other_rows_are_read(tmp_path: Path) -> None:
    text = SYSTEMS + ";Uden nøgle;;;;;;;;\n4;;;;;;;;;\n5;Skole;;;Ole Olsen!;måske;Ekstern;;;\n"
    read = read_rows(table(tmp_path, text), mapping())
    assert [one.name for one in read.wanted if one.key] == ["Omsorg", "Løn"]
    assert [(one.place, one.trouble, one.told[0]) for one in read.problems] == [
        ("4", Trouble.KEY_EMPTY, "Systemnr"),
        ("5", Trouble.NAME_EMPTY, "Systemnavn"),
        ("6", Trouble.VALUE_WRONG, "Systemejer"),
        ("6", Trouble.VALUE_WRONG, "Persondata"),
    ]
    assert problem_words(read.problems[0], "da") == (
        "række 4: kolonnen Systemnr: nøglen er tom, så objektet kan ikke genkendes"
    )


def test_a_column_may_tell_the_kind_and_a_word_without_a_kind_is_that_rows_fault(tmp_path: Path) -> None:
    text = "Id;Navn;Type\nA;Omsorg;Fagsystem\nB;srv-1;Server\nC;Hund;Dyr\n"
    by = {
        "key": "id",
        "kind_column": "type",
        "kinds": {"fagsystem": "system", "server": "component"},
        "facts": {"name": "navn"},
    }
    read = read_rows(table(tmp_path, text), SourceMapping.model_validate(by))
    assert [(one.kind, one.name) for one in read.wanted] == [(Kind.SYSTEM, "Omsorg"), (Kind.COMPONENT, "srv-1")]
    assert read.problems == (("4", Trouble.KIND_UNKNOWN, ("type", "Dyr")),)


def test_a_mapping_that_names_a_column_which_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTableError, match="no column 'Nummer': its columns are Systemnr, "):
        read_rows(table(tmp_path), mapping(key="Nummer"))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"kind": None}, "either kind"),
        ({"kind": None, "kind_column": "Type"}, "kind_column needs"),
        ({"facts": {"owner": "Ejer"}}, "facts.name is missing"),
        ({"facts": {"name": "Navn", "cvr": "CVR"}}, "cvr: no field of system"),
        ({"source_wins": ["ejer"]}, "ejer: no field of system"),
        ({"ties": [{"column": "Plan", "tie": "covers", "kind": "system"}]}, "system is not tied to a system by covers"),
    ],
)
def test_a_mapping_that_contradicts_itself_is_refused_with_what_to_do(more: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        mapping(**more)


def test_a_mapping_is_written_so_that_it_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    for one in (mapping(source_wins=["owner"]), suggest(table(tmp_path), Kind.SYSTEM)):
        path.write_text(write_mapping(one), encoding="utf-8")
        assert read_mapping(path) == one
    path.write_text('key = "Nr"\nkinds = 3', encoding="utf-8")
    with pytest.raises(UnreadableMappingError, match=r"mapping\.toml: kinds: .*; facts: "):
        read_mapping(path)
    path.write_text("key = ", encoding="utf-8")
    with pytest.raises(UnreadableMappingError, match=r"mapping\.toml: no TOML"):
        read_mapping(path)


def test_a_guess_finds_danish_and_english_columns(tmp_path: Path) -> None:
    danish = suggest(table(tmp_path), Kind.SYSTEM)
    assert danish.key == "Systemnr"
    assert danish.facts == {
        "name": "Systemnavn",
        "aliases": "Kaldenavn",
        "administration": "Forvaltning",
        "owner": "Systemejer",
        "hosting": "Drift",
        "personal_data": "Persondata",
        "description": "Beskrivelse",
    }
    assert [(tie.column, tie.tie, tie.kind, tie.weight) for tie in danish.ties] == [
        ("Leverandør", Tie.SUPPLIED_BY, Kind.SUPPLIER, Weight.DEGRADES),
        ("Servere", Tie.DEPENDS_ON, Kind.COMPONENT, Weight.STOPS),
    ]
    english = suggest(table(tmp_path, "Asset Tag,Name,Category,Supplier\nA-1,srv-1,server,Acme\n"), Kind.COMPONENT)
    assert (english.key, english.facts) == ("Asset Tag", {"name": "Name", "sort": "Category"})
    with pytest.raises(UnreadableTableError, match="no column looks like a name"):
        suggest(table(tmp_path, "a,b\n1,2\n"), Kind.SYSTEM)


def test_everything_that_differs_or_is_wrong_has_words_in_both_languages() -> None:
    assert set(SORTS) == set(Sort)
    assert set(TROUBLES) == set(Trouble)
    for words in (*SORTS.values(), *TROUBLES.values()):
        assert words.da, words
        assert words.en, words
