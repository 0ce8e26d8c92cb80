from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.intake_formats.contract import Parsed, Request
from adapters.intake_formats.formats import FORMATS
from adapters.intake_formats.json_body import MAX_ITEMS
from domain.signals import Severity, Signal
from tests.adapters.intake_formats.support import ARRIVED, read

HEADER = "CEF:0|Maker|Product|1|7|Title|5|"


def parse(body: str | bytes) -> Parsed:
    return read("cef", body if isinstance(body, bytes) else body.encode())


def the_signal(body: str | bytes) -> Signal:
    parsed = parse(body)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


@pytest.mark.parametrize(
    ("severity", "words"),
    [
        (Severity.LOW, ("0", "3", "Low", "low")),
        (Severity.MEDIUM, ("4", "6", "Medium")),
        (Severity.HIGH, ("7", " 8 ", "High")),
        (Severity.CRITICAL, ("9", "10", "Very-High", "very high", "VERY_HIGH")),
    ],
)
def test_the_scale_and_its_words(severity: Severity, words: tuple[str, ...]) -> None:
    for word in words:
        signal = the_signal(f"CEF:0|m|p|1|7|t|{word}|rt=1772327469123 dvchost=a")
        assert (signal.severity, signal.flags) == (severity, ())


@pytest.mark.parametrize(
    ("word", "flag"),
    [("11", "unknown-severity"), ("-1", "unknown-severity"), ("Unknown", "unknown-severity"), ("", "no-severity")],
)
def test_a_severity_off_the_scale_is_medium_and_flagged(word: str, flag: str) -> None:
    signal = the_signal(f"CEF:0|m|p|1|7|t|{word}|rt=1772327469123 dvchost=a")
    assert (signal.severity, signal.flags) == (Severity.MEDIUM, (flag,))


def test_pipes_and_backslashes_are_escaped_in_the_header() -> None:
    signal = the_signal(r"CEF:0|a\|b|c\\|1|7\|8|x \\ y \| z = w|5|externalId=1 dvchost=h")
    assert (signal.title, signal.source_event_id) == (r"x \ y | z = w", "a|b/c\\/h/7|8/1")


def test_values_hold_spaces_equals_signs_pipes_and_escapes() -> None:
    told = the_signal(HEADER + r"msg=a b  c | d=e\=f = g\\h\nnext url=x cat=y dvchost= h1  shost=h2")
    assert told.description == "a b  c |"
    told = the_signal(HEADER + r"msg=a b (d=e) f\=g = h\\i\njkl \=m cat=y z dvchost= h1  shost=h2")
    assert (told.description, told.signal_category, told.components) == ("a b (d=e) f=g = h\\i\njkl =m", "y z", ("h1",))


def test_values_may_be_empty_and_of_a_doubled_key_the_first_counts() -> None:
    signal = the_signal(HEADER + "dvchost= dhost= shost=pc-3 externalId= cat=a cat=b")
    assert (signal.components, signal.signal_category) == (("pc-3",), "a")
    assert signal.source_event_id.startswith("sha256:")


@pytest.mark.parametrize("ending", ["", "|", "| "])
def test_an_event_may_have_no_extension(ending: str) -> None:
    assert the_signal("CEF:0|Maker|Product|1|7|Title|9" + ending).severity is Severity.CRITICAL


@pytest.mark.parametrize("text", ["CEF:0|a|b|c", "CEF:", "ordinary log line", "LEEF:1.0|a|b|c|d|e=f", "CEF:x|a|b|c|d|e|5|"])
def test_what_has_no_whole_header_is_refused(text: str) -> None:
    assert [rejected.item for rejected in parse(text).rejected] == [1]


@pytest.mark.parametrize(
    ("fields", "components"),
    [
        ("dvchost=a dhost=b shost=c", ("a",)),
        ("dhost=b shost=c", ("b",)),
        ("shost=c dvc=192.0.2.1", ("c",)),
        ("src=198.51.100.7 dst=10.0.3.7 dvc=192.0.2.1", ("10.0.3.7",)),
        ("src=198.51.100.7 dst=203.0.113.9 dvc=192.0.2.1", ("192.0.2.1",)),
        ("src=198.51.100.7", ("fw01",)),
    ],
)
def test_the_component_is_named_as_the_event_names_it(fields: str, components: tuple[str, ...]) -> None:
    assert the_signal(f"<134>Mar  1 02:11:09 fw01 {HEADER}{fields}").components == components


def test_the_number_of_an_event_is_its_devices_own() -> None:
    texts = [
        f"CEF:0|{maker}|p|1|{kind}|t|5|{device} externalId=56633"
        for maker in "ab"
        for kind in "12"
        for device in ("", "dvchost=c")
    ]
    assert len({the_signal(text).source_event_id for text in texts}) == 8
    assert the_signal(texts[0] + " act=blocked").source_event_id == the_signal(texts[0]).source_event_id


def test_an_event_with_a_time_is_the_same_whoever_passed_it_on() -> None:
    text = HEADER + "rt=1772327469123 msg=m"
    passed_on = [text, f"<13>Mar  1 02:11:09 a {text}", f"<13>Mar  1 02:11:10 b {text}\n"]
    assert len({the_signal(each).source_event_id for each in passed_on}) == 1


def test_an_event_without_a_time_is_told_from_the_next_by_the_headers() -> None:
    first, second = (the_signal(f"<13>Mar  1 02:11:{second} a {HEADER}msg=m") for second in ("09", "10"))
    assert first.source_event_id != second.source_event_id
    assert (second.detected_at - first.detected_at).total_seconds() == 1


@pytest.mark.parametrize(
    "time", ["rt=1772327469000", "start=1772327469000", "rt=Mar 01 2026 02:11:09", "rt=x start=Mar 01 2026 02:11:09.000"]
)
def test_times_are_milliseconds_or_text_in_the_sources_zone(time: str) -> None:
    request = Request("cef", ARRIVED, zone=ZoneInfo("Europe/Copenhagen"))
    (signal,) = FORMATS["cef"].read(f"{HEADER}{time}".encode(), request).signals
    assert signal.detected_at == datetime(2026, 3, 1, 1, 11, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "header",
    [
        "<134>Mar  1 01:11:09 fw01 ",
        "Mar 01 01:11:09 fw01: ",
        '<134>1 2026-03-01T02:11:09.000+01:00 fw01 cef 77 ID1 [a@1 b="c"] \ufeff',
        "<134>2026-03-01T01:11:09Z fw01 ",
        "73 <134>1 2026-03-01T01:11:09Z fw01 - - - - ",
    ],
)
def test_the_syslog_header_tells_host_and_time_when_the_event_does_not(header: str) -> None:
    signal = the_signal(header + HEADER)
    assert (signal.components, signal.detected_at) == (("fw01",), datetime(2026, 3, 1, 1, 11, 9, tzinfo=UTC))


@pytest.mark.parametrize("header", ["", "<134>", "<134>1 - - cef - - - ", "hello "])
def test_a_header_may_tell_nothing(header: str) -> None:
    signal = the_signal(header + HEADER)
    assert (signal.components, signal.flags) == ((), ("no-time", "no-component"))


def counted(*texts: str) -> bytes:
    return b"".join(b"%d %b" % (len(text.encode()), text.encode()) for text in texts)


def test_counted_messages_need_no_line_breaks_and_may_hold_them() -> None:
    body = counted(f"<13>{HEADER}msg=æ\nø 9 <13>{HEADER}", f"<13>{HEADER}msg=to", f"<13>{HEADER}")
    assert [signal.description for signal in parse(body).signals] == [f"æ\nø 9 <13>{HEADER}", "to", ""]
    assert parse(body).signals[1].raw == f"<13>{HEADER}msg=to".encode()


def test_a_counted_message_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    body = counted(f"<13>{HEADER}msg=en", f"<13>{HEADER}msg=tohundrede")
    assert [signal.description for signal in parse(body[:-7]).signals] == ["en", "toh"]
    assert [rejected.item for rejected in parse(body + b"99 <13>CEF:0|a").rejected] == [3]


def test_a_count_that_does_not_fit_is_left_alone() -> None:
    assert the_signal(f"9999 <13>{HEADER}msg=en").description == "en"


def test_each_line_is_taken_or_refused_on_its_own_and_kept_byte_for_byte() -> None:
    line = f"{HEADER}msg=æ".encode()
    parsed = parse(line + b"\r\n\n# note\n " + line + b"\n")
    assert [signal.raw for signal in parsed.signals] == [line, line]
    assert [rejected.item for rejected in parsed.rejected] == [2]


def test_danish_letters_of_windows_are_read_and_flagged() -> None:
    signal = the_signal(f"{HEADER}rt=1772327469123 dvchost=h msg=Lærkeborg".encode("windows-1252"))
    assert (signal.description, signal.flags) == ("Lærkeborg", ("not-utf-8",))


def test_links_are_references_and_the_attackers_address_is_not() -> None:
    signal = the_signal(HEADER + "request=http://ond.example/ cs2=https://a.example/1 cs3=tekst cs6=http://b.example/2")
    assert signal.references == ("signature:7", "https://a.example/1", "http://b.example/2")


def test_fields_without_end_are_cut_and_flagged() -> None:
    signal = the_signal(HEADER + " ".join(f"k{number}=v" for number in range(1_001)))
    assert "fields-cut" in signal.flags
    assert "fields-cut" not in the_signal(HEADER + " ".join(f"k{number}=v" for number in range(1_000))).flags


def test_too_many_messages_are_refused() -> None:
    assert len(parse(f"{HEADER}\n" * MAX_ITEMS).signals) == MAX_ITEMS
    assert [rejected.item for rejected in parse(f"{HEADER}\n" * (MAX_ITEMS + 1)).rejected] == [0]
    assert [rejected.item for rejected in parse(b"a" + b"\n" * 100_000).rejected] == [0]
