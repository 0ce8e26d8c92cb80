"""A register's table on the command line: looked at, taken over, looked at again, taken back."""

from pathlib import Path

import pytest

from tests.adapters.cli.conftest import Sporlog
from tests.support.importing import workbook

LIST = "Systemnr;Systemnavn;Systemejer;Leverandør\n1;Omsorg;it-drift;Leverandør A/S\n2;Løn;hr;Leverandør A/S\n"


@pytest.fixture
def files(sporlog: Sporlog, tmp_path: Path) -> tuple[Path, Path]:
    """The list, and the mapping that is guessed of it."""
    table, mapping = tmp_path / "systemer.csv", tmp_path / "mapping.toml"
    table.write_text(LIST, encoding="cp1252")
    said = sporlog("catalogue", "mapping", "suggest", table)
    assert said.code == 0, said.err
    mapping.write_text(said.out, encoding="utf-8")
    return table, mapping


def take(sporlog: Sporlog, table: Path, *more: object) -> tuple[int, str, str]:
    said = sporlog("catalogue", "import", table, "--source", "kommunen", *more)
    return said.code, said.out, said.err


def test_a_list_is_looked_at_taken_over_changed_and_taken_back(sporlog: Sporlog, files: tuple[Path, Path]) -> None:
    table, mapping = files
    code, out, _ = take(sporlog, table, "--mapping", mapping, "--dry-run")
    assert (code, "Ny: 3" in out, "Intet er registreret." in out) == (0, True, True)
    assert sporlog("catalogue", "list", "--json").json == []

    code, out, err = take(sporlog, table, "--mapping", mapping)
    assert (code, "brug --yes" in err) == (2, True), "nobody can be asked, so nothing is recorded"
    code, out, err = take(sporlog, table, "--mapping", mapping, "--yes", "--reason", "Årets liste")
    assert code == 0, err
    assert "Import 1: 5 ændringer" in out
    listed = sporlog("catalogue", "list", "--json").json
    assert [one["name"] for one in listed] == ["Løn", "Omsorg", "Leverandør A/S"]
    assert listed[1]["outside"] == [{"register_name": "kommunen", "id": "1"}]
    assert [tie["to"]["name"] for tie in listed[1]["ties"]] == ["Leverandør A/S"]

    table.write_text(LIST.replace("hr", "loenkontoret"), encoding="utf-8")
    said = sporlog("catalogue", "import", table, "--source", "kommunen", "--yes", "--json")
    (changed,) = said.json["differences"]
    assert (changed["sort"], changed["field"], changed["here"], changed["source"]) == ("changed", "owner", "hr", "loenkontoret")
    assert (said.json["import"], said.json["same"]) == (2, 2)

    imports = sporlog("catalogue", "imports", "--json").json
    assert [(one["number"], one["reason"], one["counts"]) for one in imports] == [
        (1, "Årets liste", {"new": 3, "tied": 2}),
        (2, "Indlæst fra systemer.csv", {"changed": 1}),
    ]
    said = sporlog("catalogue", "undo-import", "2")
    assert (said.code, said.out) == (0, "1 objekter er ført tilbage.\n")
    said = sporlog("catalogue", "undo-import", "2")
    assert (said.code, "Importen er fortrudt før." in said.err) == (1, True)
    assert "fortrudt" in sporlog("catalogue", "imports").out


def test_faults_are_told_by_row_and_column_and_the_rest_is_taken_over(sporlog: Sporlog, files: tuple[Path, Path]) -> None:
    table, mapping = files
    table.write_text(LIST + ";Uden nøgle;;\n3;Skole;Ole Olsen!;\n", encoding="utf-8")
    code, out, err = take(sporlog, table, "--mapping", mapping, "--yes")
    assert code == 1
    assert "række 4: kolonnen Systemnr: nøglen er tom" in err
    assert "række 5: kolonnen Systemejer: 'Ole Olsen!' kan ikke bruges" in err
    assert "Import 1" in out


def test_a_workbook_is_read_by_the_saved_mapping(sporlog: Sporlog, files: tuple[Path, Path], tmp_path: Path) -> None:
    table, mapping = files
    assert take(sporlog, table, "--mapping", mapping, "--yes")[0] == 0
    assert sporlog("catalogue", "mapping", "show", "kommunen").out == mapping.read_text(encoding="utf-8")
    rows: list[list[object]] = [
        ["Systemnr", "Systemnavn", "Systemejer", "Leverandør"],
        [1, "Omsorg", "it-drift", "Leverandør A/S"],
    ]
    code, out, err = take(sporlog, workbook(tmp_path / "liste.xlsx", rows), "--yes")
    assert (code, err) == (0, "")
    assert "Mangler i kilden: 1" in out
    assert "1 forskelle er ikke overtaget" in out
    assert take(sporlog, tmp_path / "liste.xlsx", "--yes", "--part")[1].startswith("Uændret")
    assert "Import 2: 1 ændringer" in take(sporlog, tmp_path / "liste.xlsx", "--yes", "--retire-missing")[1]


def test_what_is_lacking_is_said_in_one_line(sporlog: Sporlog, files: tuple[Path, Path], tmp_path: Path) -> None:
    table, _ = files
    code, _, err = take(sporlog, table, "--yes")
    assert (code, "Der er ikke gemt en mapping for kilden." in err) == (1, True)
    empty = tmp_path / "tom.csv"
    empty.write_bytes(b"")
    code, _, err = take(sporlog, empty, "--yes")
    assert (code, "Filen kan ikke læses som en tabel." in err) == (2, True)
    assert sporlog("catalogue", "undo-import", "7").code == 1
    assert sporlog("catalogue", "imports").out == "Der er ikke importeret noget.\n"
