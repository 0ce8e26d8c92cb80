"""Tables as the world writes them: delimiters, code pages, blank rows, quotes, workbooks; what is wrong is named by its row."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from adapters.importing import tables
from adapters.importing.tables import Row, Table, UnreadableTableError, read_table
from tests.support.importing import workbook
from tests.support.tree import ROOT

SAMPLES = ROOT.parent / "shared" / "samples" / "cmdb_csv"
DANISH = "Nr;Navn;Ejer\r\n7;Løn & Æbler;hr\r\n"


def written(tmp_path: Path, body: bytes, name: str = "liste.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    "body",
    [
        DANISH.encode(),
        DANISH.encode("utf-8-sig"),
        DANISH.encode("cp1252"),
        DANISH.encode("utf-16"),
        b"sep=;\r\n" + DANISH.encode(),
        DANISH.replace(";", ",").encode(),
        DANISH.replace(";", "\t").encode(),
        DANISH.replace(";", "|").encode(),
        ("\r\n;;\r\n" + DANISH).encode(),
    ],
)
def test_every_dialect_of_csv_is_read_alike(tmp_path: Path, body: bytes) -> None:
    table = read_table(written(tmp_path, body))
    assert table.columns == ("Nr", "Navn", "Ejer")
    assert [row.cells for row in table.rows] == [{"nr": "7", "navn": "Løn & Æbler", "ejer": "hr"}]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them_whatever_lies_between(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b'Nr;Navn;;\n1;"to\nlinjer";;\n\n;;\n2;b;;\n'))
    assert [(row.number, row.cells["navn"]) for row in table.rows] == [(2, "to\nlinjer"), (6, "b")]


def test_a_semicolon_within_quotes_divides_nothing(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b'"Navn; langt","Ejer; kort",Nr\na,b,1\n'))
    assert table.columns == ("Navn; langt", "Ejer; kort", "Nr")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "nothing in it"),
        (b";;;\n\n", "nothing in it"),
        (b"Nr;Navn\n", "nothing below the header"),
        (b"Nr;Navn;nr \n1;a;2\n", "row 1: several columns are named Nr, nr"),
        (b"Nr;Navn\n1;a;c\n", "row 2: 3 cells below 2 columns"),
        (b'Nr;Navn\n1;"a\n', "row 2: .*quote left open"),
        (b"\xd0\xcf\x11\xe0 gammel", "neither text nor an .xlsx"),
        (b"Nr\0Navn\n", "neither text nor an .xlsx"),
        (b"PK\x03\x04 ikke en mappe", "no Excel workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_the_place(tmp_path: Path, body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTableError, match=reason):
        read_table(written(tmp_path, body))


def test_a_workbooks_first_sheet_is_read_and_whole_numbers_stay_whole(tmp_path: Path) -> None:
    path = workbook(tmp_path / "liste.xlsx", [["Nr", "Navn"], ["", ""], [42, "Løn"], [1.5, "Skole"]])
    table = read_table(path)
    assert table.rows == (Row(3, {"nr": "42", "navn": "Løn"}), Row(4, {"nr": "1.5", "navn": "Skole"}))


def test_a_workbook_that_unpacks_to_more_than_can_be_held_is_refused_before_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED", 1_000_000)
    path = tmp_path / "bombe.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 1_000_001)
    assert path.stat().st_size < 10_000
    with pytest.raises(UnreadableTableError, match="unpacks to more than 1 MB"):
        read_table(path)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published samples are not on this machine")
@pytest.mark.parametrize(
    ("name", "first", "rows"), [("snipeit_assets-sample.csv", "Company", 30), ("ciso_assistant_sample_assets.csv", "name", 2)]
)
def test_published_samples_are_read(name: str, first: str, rows: int) -> None:
    table: Table = read_table(SAMPLES / name)
    assert table.columns[0] == first
    assert len(table.rows) >= min(rows, 2)
