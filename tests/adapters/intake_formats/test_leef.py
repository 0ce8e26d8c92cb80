import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal
from tests.adapters.intake_formats.support import ARRIVED, read

HEADER = "LEEF:1.0|Maker|Product|1|41|"
HEADER_2 = "LEEF:2.0|Maker|Product|1|41|"


def parse(body: str) -> Parsed:
    return read("leef", body.encode())


def the_signal(body: str) -> Signal:
    parsed = parse(body)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


@pytest.mark.parametrize(
    ("field", "delimiter"),
    [
        ("^|", "^"),
        ("x5E|", "^"),
        ("0x5e|", "^"),
        ("|", "\t"),
        ("x09|", "\t"),
        ("0x9|", "\t"),
        ("\t|", "\t"),
        ("\\t|", "\t"),
        ("", "\t"),
        ("x7C|", "|"),
        ("~|", "~"),
        ("xA6|", "¦"),
    ],
)
def test_version_2_tells_what_stands_between_the_attributes(field: str, delimiter: str) -> None:
    signal = the_signal(HEADER_2 + field + delimiter.join(("sev=9", "cat=a b", "shost=pc-3", "msg=x|y")))
    assert (signal.severity, signal.signal_category, signal.components) == (Severity.CRITICAL, "a b", ("pc-3",))


def test_version_1_stands_between_tabs_whatever_it_begins_with() -> None:
    assert the_signal(f"{HEADER}^|x=y\tshost=pc-3").components == ("pc-3",)


def test_a_tab_that_a_syslog_daemon_wrote_out_is_a_tab() -> None:
    assert the_signal(f"{HEADER}sev=9#011shost=pc-3").components == ("pc-3",)
    assert the_signal(f"{HEADER}sev=9\tshost=a#011b").components == ("a#011b",)


def test_values_hold_equals_signs_spaces_and_paths() -> None:
    assert the_signal(f"{HEADER}msg=a = b=c \\= d C:\\new\\temp\\\tsev=9").description == ""
    signal = the_signal(f"{HEADER.replace('41', 'Kopi')}msg=a = b=c \\= d C:\\new\\\tsev=9")
    assert (signal.title, signal.description) == ("Maker Product: Kopi", "a = b=c = d C:\\new\\")
    assert signal.severity is Severity.CRITICAL


def test_many_values_are_empty_and_keys_may_have_spaces_around() -> None:
    signal = the_signal(f"{HEADER}sev=6\tdvchost=\tusrName=\t shost=192.0.2.4\tdhost=srv01\texternalId=\t\t=\tapp=")
    assert (signal.components, signal.severity) == (("srv01",), Severity.MEDIUM)
    assert signal.source_event_id.startswith("sha256:")


def test_a_numbered_kind_of_event_is_titled_by_its_text() -> None:
    assert the_signal(f"{HEADER}msg=Forkert kode").title == "Maker Product: Forkert kode"
    assert the_signal(HEADER).title == "Maker Product: 41"


@pytest.mark.parametrize(
    ("sev", "severity"), [("1", Severity.LOW), ("5", Severity.MEDIUM), ("8", Severity.HIGH), ("10", Severity.CRITICAL)]
)
def test_severity_is_one_to_ten(sev: str, severity: Severity) -> None:
    assert the_signal(f"{HEADER}sev={sev}").severity is severity


@pytest.mark.parametrize(("sev", "flag"), [("11", "unknown-severity"), ("x", "unknown-severity"), ("", "no-severity")])
def test_a_severity_off_the_scale_is_medium_and_flagged(sev: str, flag: str) -> None:
    signal = the_signal(f"{HEADER}sev={sev}\tdevTime=1772327469\tshost=a")
    assert (signal.severity, signal.flags) == (Severity.MEDIUM, (flag,))


@pytest.mark.parametrize(
    "time",
    [
        "devTime=1772327469000",
        "devTime=Mar 01 2026 01:11:09",
        "devTime=Mar 01 2026 02:11:09.000 CET",
        "devTimeFormat=dd/MM/yyyy HH:mm:ss\tdevTime=01/03/2026 01:11:09",
        "devTime=2026-03-01T01:11:09Z\tdevTimeFormat=",
    ],
)
def test_the_time_is_read_by_its_format_or_as_usual(time: str) -> None:
    assert the_signal(f"{HEADER}{time}").detected_at.isoformat() == "2026-03-01T01:11:09+00:00"


def test_a_time_that_cannot_be_read_is_flagged() -> None:
    signal = the_signal(f"{HEADER}devTime=i går\tdevTimeFormat=QQ\tshost=a\tsev=1")
    assert (signal.detected_at, signal.flags) == (ARRIVED, ("no-time",))


def test_the_syslog_header_tells_host_and_time_when_the_event_does_not() -> None:
    signal = the_signal(f"<13>1 2026-03-01T02:11:09+01:00 192.0.2.1 {HEADER}sev=1")
    assert (signal.components, signal.detected_at.hour) == (("192.0.2.1",), 1)


@pytest.mark.parametrize("text", ["LEEF:1.0|a|b|c", "CEF:0|a|b|c|d|e|5|", "LEEF 1.0|a|b|c|d|"])
def test_what_has_no_whole_header_is_refused(text: str) -> None:
    assert [rejected.item for rejected in parse(text).rejected] == [1]


def test_attributes_without_end_are_cut_and_flagged() -> None:
    assert "fields-cut" in the_signal(HEADER + "\t".join(f"k{number}=v" for number in range(1_001))).flags
