from collections.abc import Sequence
from datetime import timedelta, timezone

import pytest

from adapters.intake_formats.contract import Parsed
from adapters.intake_formats.formats import FORMATS
from domain.signals import Severity, Signal, SignalKind, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, read, request


def parse(table: str | bytes) -> Parsed:
    return read("csv", table if isinstance(table, bytes) else table.encode())


def the_row(header: str, row: str) -> Signal:
    (signal,) = parse(f"{header}\n{row}\n").signals
    return signal


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    signal = the_row(delimiter.join(("id", "titel", "alvor")), delimiter.join(("7", '"a;b,c\td|e"', "kritisk")))
    assert (signal.source_event_id, signal.title, signal.severity) == ("7", "a;b,c\td|e", Severity.CRITICAL)


def test_excel_may_tell_the_delimiter_itself() -> None:
    (signal,) = parse("sep=!\r\nid!titel\r\n7!Brand\r\n").signals
    assert (signal.source_event_id, signal.title) == ("7", "Brand")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_danish_letters_are_read_as_they_were_saved(encoding: str) -> None:
    (signal,) = parse("Nøgle;Titel\nå7;Strøm væk – helt".encode(encoding)).signals
    assert (signal.source_event_id, signal.title) == ("å7", "Strøm væk – helt")


@pytest.mark.parametrize("body", ["id;titel\n7;x".encode("utf-16"), b"id;titel\n7;\0"])
def test_what_is_no_text_of_one_of_these_kinds_is_refused(body: bytes) -> None:
    assert ["CSV UTF-8" in rejected.reason for rejected in parse(body).rejected] == [True]


def test_the_names_of_columns_are_danish_or_english_in_any_order() -> None:
    danish = the_row("System;Kategori;Tidspunkt;Alvor;Beskrivelse;Emne;Nøgle", "fs01;drift;2026-03-01;lav;langt;kort;7")
    english = the_row("KEY,Title,description,severity,detected-at,category,component", "7,kort,langt,low,2026-03-01,drift,fs01")
    dry_run = the_row(
        "source_event_id,title,description,severity,detected_at,signal_category,components",
        "7,kort,langt,low,2026-03-01,drift,fs01",
    )
    assert danish[1:10] == english[1:10] == dry_run[1:10]
    assert danish.kind is SignalKind.ALERT


def test_the_id_column_is_the_key_and_rows_may_move() -> None:
    first, second = parse("id;titel\n1;a\n2;b").signals
    assert [signal.source_event_id for signal in parse("id;titel\n2;b\n1;a").signals] == ["2", "1"]
    assert (first.source_event_id, second.source_event_id) == ("1", "2")


def test_without_an_id_the_cells_are_the_key_and_rows_may_move() -> None:
    first, second, again = parse("titel;alvor\na;lav\nb;lav\na;lav").signals
    assert first.source_event_id.startswith("sha256:")
    assert first.source_event_id == again.source_event_id == parse("titel;alvor\nc;lav\na;lav").signals[1].source_event_id
    assert first.source_event_id != second.source_event_id
    assert "no-id" in first.flags


def test_an_empty_id_is_none() -> None:
    first, second = parse("id;titel\n;a\n;b").signals
    assert first.source_event_id != second.source_event_id
    assert "no-id" in first.flags


def test_the_raw_bytes_of_one_row_of_many_are_a_table_of_its_own() -> None:
    first, second = parse(b'id;titel;note\n1;"a;b";x\n2;c;y').signals
    assert first.raw == b'id;titel;note\r\n1;"a;b";x\r\n'
    assert second.raw == b"id;titel;note\r\n2;c;y\r\n"
    assert [signal.source_event_id for signal in parse(first.raw).signals] == ["1"]


def test_blank_rows_are_passed_over() -> None:
    parsed = parse('\n;;\n\nid;titel\n\n1;a\n;\n" ";\n2;b\n\n')
    assert [signal.source_event_id for signal in parsed.signals] == ["1", "2"]
    assert parsed.rejected == []


def test_a_column_named_twice_is_a_doubt_and_its_first_cell_counts() -> None:
    signal = the_row("id;titel;Titel ;status", "1;;b;ny")
    assert (signal.title, signal.flags[0]) == ("b", "duplicate-header")
    assert the_row("id;titel;titel", "1;a;b").title == "a"


def test_columns_of_others_may_be_named_twice() -> None:
    assert "duplicate-header" not in the_row("id;titel;note;note", "1;a;b;c").flags


@pytest.mark.parametrize(("row", "ragged"), [("1;a;lav;for;mange", True), ("1;a", True), ("1;a;lav", False)])
def test_a_row_of_another_length_is_a_doubt(row: str, ragged: bool) -> None:  # noqa: FBT001 - a row of a table
    assert ("ragged-row" in the_row("id;titel;alvor", row).flags) == ragged


def test_a_service_is_a_component_too() -> None:
    signal = the_row("id;titel;system;service", "1;a;fs01;Sagsbehandling")
    assert (signal.components, signal.services) == (("fs01", "Sagsbehandling"), ("Sagsbehandling",))


@pytest.mark.parametrize(
    ("word", "severity", "flags"),
    [
        ("KRITISK", Severity.CRITICAL, ()),
        ("høj", Severity.HIGH, ()),
        ("Mellem", Severity.MEDIUM, ()),
        ("low", Severity.LOW, ()),
        ("slem", Severity.MEDIUM, ("unknown-severity",)),
        ("", Severity.MEDIUM, ("no-severity",)),
    ],
)
def test_a_severity_is_danish_or_english(word: str, severity: Severity, flags: Sequence[str]) -> None:
    signal = the_row("id;titel;system;tid;alvor", f"1;a;fs01;2026-03-01;{word}")
    assert (signal.severity, signal.flags) == (severity, tuple(flags))


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Åben", SignalStatus.FIRING),
        ("lukket", SignalStatus.RESOLVED),
        ("Løst", SignalStatus.RESOLVED),
        ("kvitteret", SignalStatus.ACKNOWLEDGED),
        ("closed", SignalStatus.RESOLVED),
        ("måske", SignalStatus.FIRING),
    ],
)
def test_a_status_is_danish_or_english(word: str, status: SignalStatus) -> None:
    assert the_row("id;titel;status", f"1;a;{word}").status is status


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("2026-03-01T03:11:09+02:00", set()),
        ("2026-03-01 01:11:09", set()),
        ("01-03-2026 01:11:09", set()),
        ("1.3.2026 kl. 01.11.09", set()),
        ("1/3/2026 1:11:09", {"unclear-date"}),
        ("1772327469", set()),
        ("1772327469000", set()),
    ],
)
def test_times_are_read_day_first(text: str, flags: set[str]) -> None:
    signal = the_row("id;titel;tid", f"1;a;{text}")
    assert signal.detected_at.isoformat() == "2026-03-01T01:11:09+00:00"
    assert {*signal.flags} & {"unclear-date", "unknown-time"} == flags


@pytest.mark.parametrize("text", ["i går", "10/27/2028", "32-01-2026", "²"])
def test_a_time_that_cannot_be_read_is_a_doubt(text: str) -> None:
    signal = the_row("id;titel;tid", f"1;a;{text}")
    assert signal.detected_at == ARRIVED
    assert {"unknown-time", "no-time"} <= {*signal.flags}


def test_times_without_a_zone_are_the_tools_own() -> None:
    here = request("csv")._replace(zone=timezone(timedelta(hours=1)))
    (signal,) = FORMATS["csv"].read(b"id;titel;tid\n1;a;01-03-2026 02:11", here).signals
    assert signal.detected_at.isoformat() == "2026-03-01T01:11:00+00:00"


def test_a_quote_that_never_ends_costs_no_row_before_it() -> None:
    parsed = parse('id;titel\n1;a\n2;"b\n3;c\n')
    assert [signal.source_event_id for signal in parsed.signals] == ["1"]
    assert [(rejected.item, "quote" in rejected.reason) for rejected in parsed.rejected] == [(2, True)]


def test_a_cell_longer_than_any_text_costs_no_other_row() -> None:
    parsed = parse(f"id;titel\n1;{'x' * 200_000}\n2;b")
    assert [signal.source_event_id for signal in parsed.signals] == ["2"]
    assert [rejected.item for rejected in parsed.rejected] == [1]


def test_a_row_without_anything_known_is_refused_alone() -> None:
    parsed = parse("id;titel;note\n1;a;\n;;kun en note\n")
    assert (len(parsed.signals), [rejected.item for rejected in parsed.rejected]) == (1, [2])


@pytest.mark.parametrize("table", ["navn;beskrivelse;type\nfs01;filer;server", "1;a\n2;b", "id\n7", "kategori;system\nx;y"])
def test_a_table_that_tells_of_no_incidents_is_refused(table: str) -> None:
    assert [("titel" in rejected.reason, rejected.item) for rejected in parse(table).rejected] == [(True, 0)]


def test_a_description_with_a_time_needs_no_title() -> None:
    signal = the_row("tid;beskrivelse", "2026-03-01;Strømmen gik")
    assert (signal.title, signal.description) == ("Strømmen gik", "Strømmen gik")


def test_a_header_alone_and_too_many_rows_are_refused() -> None:
    assert [rejected.item for rejected in parse("id;titel\n").rejected] == [0]
    assert ["10000" in rejected.reason for rejected in parse("id;titel\n" + "1;a\n" * 10_001).rejected] == [True]


def test_a_header_that_would_be_kept_above_every_row_is_short() -> None:
    for header in ("id;titel" + ";x" * 3_000, "id;titel;" + "x" * 5_000):
        assert [(rejected.item, "4096" in rejected.reason) for rejected in parse(f"{header}\n1;a").rejected] == [(0, True)]


def test_formulas_are_text() -> None:
    assert the_row("id;titel", "1;=HYPERLINK(A1)").title == "=HYPERLINK(A1)"
