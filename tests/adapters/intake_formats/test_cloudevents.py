from base64 import b64encode
from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal
from tests.adapters.intake_formats.support import ARRIVED, read

EVENT: dict[str, Any] = {"specversion": "1.0", "id": "41", "source": "/vagt", "type": "dk.laerkeborg.alarm"}
HEADERS = {"ce-specversion": "1.0", "ce-id": "41", "ce-source": "/vagt", "ce-type": "dk.laerkeborg.alarm"}
STRUCTURED = {"content-type": "application/cloudevents+json; charset=utf-8"}
BATCH = {"content-type": "application/cloudevents-batch+json"}


def parse(body: object, headers: dict[str, str] | None = None) -> Parsed:
    return read("cloudevents", body if isinstance(body, bytes) else orjson.dumps(body), **headers or {})


def the_signal(body: object, headers: dict[str, str] | None = None) -> Signal:
    parsed = parse(body, headers)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


def the_refusal(body: object, headers: dict[str, str] | None = None) -> str:
    parsed = parse(body, headers)
    assert parsed.signals == []
    (rejected,) = parsed.rejected
    return rejected.reason


@pytest.mark.parametrize("name", ["id", "source", "specversion", "type"])
@pytest.mark.parametrize("value", [None, "", 1, True])
def test_a_required_attribute_is_a_text_that_is_not_empty(name: str, value: object) -> None:
    assert the_refusal(EVENT | {name: value}).startswith(name)
    assert the_refusal({key: kept for key, kept in EVENT.items() if key != name}).startswith(name)


@pytest.mark.parametrize("version", ["0.3", "1.1", "1", "1.0.2"])
def test_another_version_is_refused(version: str) -> None:
    assert the_refusal(EVENT | {"specversion": version}).startswith("specversion")


@pytest.mark.parametrize("name", ["myExt", "my_ext", "my-ext", "æ", "my ext", "", "MY", "٣"])
def test_an_extension_is_named_in_lower_case_letters_and_digits(name: str) -> None:
    assert the_refusal(EVENT | {name: "x"}).startswith("attribute")


@pytest.mark.parametrize("value", [1.5, 1.0, 2**31, -(2**31) - 1, 2**40, [], {}, ["a"], {"a": 1}, 1e30])
def test_an_extension_is_neither_a_decimal_nor_a_long_nor_a_structure(value: object) -> None:
    assert the_refusal(EVENT | {"ext": value}).startswith("ext")


@pytest.mark.parametrize("value", ["x", "", True, False, 0, 2**31 - 1, -(2**31), None])
def test_an_extension_is_a_text_a_boolean_an_int32_or_null(value: object) -> None:
    assert the_signal(EVENT | {"ext": value}).source_event_id == "/vagt 41"


@pytest.mark.parametrize("name", ["subject", "time", "dataschema", "datacontenttype"])
def test_an_optional_attribute_may_be_null_but_not_empty_or_a_number(name: str) -> None:
    assert the_signal(EVENT | {name: None}).source_event_id == "/vagt 41"
    assert the_refusal(EVENT | {name: ""}).startswith(name)
    assert the_refusal(EVENT | {name: 7}).startswith(name)


@pytest.mark.parametrize(
    "time",
    ["2026-03-01", "2026-03-01T02:11:09", "2026-03-01 02:11:09Z", "2026-02-30T00:00:00Z", "i går", "2026-03-01T02:11:09+0100"],
)
def test_a_time_that_is_not_rfc_3339_is_refused(time: str) -> None:
    assert the_refusal(EVENT | {"time": time}).startswith("time")


@pytest.mark.parametrize("time", ["2026-03-01T02:11:09.123456789+01:00", "2026-03-01t01:11:09.123456z"])
def test_a_time_is_read_to_the_microsecond_in_utc(time: str) -> None:
    assert the_signal(EVENT | {"time": time}).detected_at.isoformat() == "2026-03-01T01:11:09.123456+00:00"


def test_without_a_time_the_arrival_counts() -> None:
    assert the_signal(EVENT).detected_at == ARRIVED


def test_control_characters_in_attributes_are_refused() -> None:
    assert the_refusal(EVENT | {"id": "4\x001"}).startswith("id")
    assert the_refusal(EVENT | {"ext": "\x1b[2J"}).startswith("ext")


@pytest.mark.parametrize("character", ["\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\x7f", "\x85"])
def test_what_unicode_says_is_no_character_is_refused(character: str) -> None:
    assert the_refusal(EVENT | {"subject": f"a{character}b"}).startswith("subject")
    assert the_signal(EVENT | {"subject": "a\ufffdb \U0001f600"}).title == "a\ufffdb \U0001f600"


def test_source_and_id_together_are_the_key_and_cannot_be_confused() -> None:
    assert the_refusal(EVENT | {"source": "/vagt 4", "id": "1"}).startswith("source")
    assert the_signal(EVENT | {"source": "/vagt", "id": "4 1"}).source_event_id == "/vagt 4 1"
    assert the_signal(EVENT | {"source": "/lager"}).source_event_id != the_signal(EVENT).source_event_id


def test_data_and_data_base64_together_are_refused() -> None:
    assert the_refusal(EVENT | {"data": 1, "data_base64": "MQ=="}).startswith("data")
    assert the_signal(EVENT | {"data": None, "data_base64": "MQ=="}).source_event_id == "/vagt 41"


@pytest.mark.parametrize("encoded", ["M", "æ", "M Q==", 7, ["MQ=="]])
def test_what_is_no_base64_is_refused(encoded: object) -> None:
    assert the_refusal(EVENT | {"data_base64": encoded}).startswith("data_base64")


def test_data_in_base64_is_read_when_it_is_json() -> None:
    encoded = b64encode(b'{"severity": "high", "component": "fs01"}').decode()
    signal = the_signal(EVENT | {"datacontenttype": "application/json", "data_base64": encoded})
    assert (signal.severity, signal.components) == (Severity.HIGH, ("fs01",))


def test_data_that_cannot_be_read_is_kept_and_flagged() -> None:
    signal = the_signal(EVENT | {"datacontenttype": "image/png", "data_base64": "iVBORw0KGgo="})
    assert signal.flags == ("unread-data", "no-severity", "no-time", "no-component")


def test_data_that_is_said_to_be_json_and_is_not_is_refused() -> None:
    assert the_refusal(b"{", HEADERS | {"content-type": "application/json"}).startswith("data: not JSON")
    assert the_refusal(EVENT | {"datacontenttype": "application/x+json", "data_base64": "ew=="}).startswith("data: not JSON")
    assert "64 levels" in the_refusal(b"[" * 65 + b"]" * 65, HEADERS | {"content-type": "application/json"})


def test_each_event_of_a_batch_is_accepted_or_rejected_on_its_own() -> None:
    parsed = parse([EVENT, {}, "x", EVENT | {"id": "42"}], BATCH)
    assert [signal.source_event_id for signal in parsed.signals] == ["/vagt 41", "/vagt 42"]
    assert [rejected.item for rejected in parsed.rejected] == [2, 3]
    assert parsed.signals[0].raw == orjson.dumps(EVENT, option=orjson.OPT_SORT_KEYS)


def test_an_empty_batch_is_a_valid_batch() -> None:
    assert parse([], BATCH) == Parsed([], [])


def test_the_content_type_is_taken_at_its_word() -> None:
    assert "list" in the_refusal(EVENT, BATCH)
    assert "object" in the_refusal([EVENT], STRUCTURED)
    assert "only JSON" in the_refusal(b"<event/>", {"content-type": "application/cloudevents+xml"})


def test_a_structured_event_goes_before_ce_headers() -> None:
    assert the_signal(EVENT, STRUCTURED | HEADERS | {"ce-id": "99"}).source_event_id == "/vagt 41"


def test_binary_mode_reads_headers_and_body() -> None:
    body = '{"title": "Døren står åben", "severity": "low"}'.encode()
    headers = HEADERS | {
        "content-type": "application/json",
        "ce-source": "/vagt/N%C3%B8gler%20",
        "ce-time": "2026-03-01T01:00:00Z",
    }
    assert the_refusal(body, headers).startswith("source")
    signal = the_signal(body, headers | {"ce-source": '"/vagt/N%C3%B8gler"', "ce-subject": "d%20%25"})
    assert (signal.source_event_id, signal.title, signal.severity) == ("/vagt/Nøgler 41", "Døren står åben", Severity.LOW)


def test_the_raw_bytes_of_binary_mode_are_the_same_event_in_structured_mode() -> None:
    body = b'{"title": "a",  "severity": "low"}'
    signal = the_signal(body, HEADERS | {"content-type": "application/json", "ce-ext": "7"})
    assert orjson.loads(signal.raw)["data_base64"] == b64encode(body).decode()
    assert the_signal(signal.raw) == signal


def test_a_content_type_that_is_told_twice_is_refused() -> None:
    both = HEADERS | {"content-type": "application/json", "ce-datacontenttype": "application/json"}
    assert the_refusal(b"{}", both).startswith("ce-datacontenttype")


def test_over_nats_the_content_type_is_an_attribute_like_the_others() -> None:
    signal = the_signal(b'{"severity": "high"}', HEADERS | {"ce-datacontenttype": "application%2Fjson"})
    assert signal.severity is Severity.HIGH


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        ("Euro%20%E2%82%AC%20%f0%9f%98%80", "Euro € 😀"),
        ("%2541", "%41"),
        ('"a \\"b\\" \\\\ \\c"', 'a "b" \\ c'),
        ("100%", "100%"),
    ],
)
def test_a_header_is_unquoted_and_then_percent_decoded_once(value: str, subject: str) -> None:
    assert the_signal(b"", HEADERS | {"ce-subject": value}).title == subject


@pytest.mark.parametrize("value", ["%C0%A0", "%ED%A0%80", "%E2%82"])
def test_a_header_that_decodes_to_no_utf_8_is_refused(value: str) -> None:
    assert the_refusal(b"", HEADERS | {"ce-subject": value}).startswith("ce-subject")


def test_binary_mode_needs_no_body() -> None:
    signal = the_signal(b"", HEADERS)
    assert (signal.title, orjson.loads(signal.raw)) == ("dk.laerkeborg.alarm", EVENT)


@pytest.mark.parametrize(
    ("header", "value", "named"),
    [
        ("ce-specversion", "0.3", "specversion"),
        ("ce-id", "", "id"),
        ("ce-my-ext", "x", "attribute"),
        ("ce-data", "x", "attribute"),
        ("ce-", "x", "attribute"),
        ("ce-ext", "%FF", "ce-ext"),
        ("ce-ext", "\udcff", "ce-ext"),
        ("ce-ext", "%00", "ext"),
        ("ce-time", "nu", "time"),
    ],
)
def test_a_bad_header_is_refused_by_name(header: str, value: str, named: str) -> None:
    assert the_refusal(b"", HEADERS | {header: value}).startswith(named)


def test_any_ce_header_means_binary_mode() -> None:
    assert the_refusal(EVENT, {"ce-id": "1"}).startswith("source")


@pytest.mark.parametrize("name", ["title", "summary", "message"])
def test_a_title_is_read_by_any_of_its_names(name: str) -> None:
    assert the_signal(EVENT | {"data": {name: "Døren står åben"}}).title == "Døren står åben"


@pytest.mark.parametrize(
    "data", [{"component": "fs01"}, {"components": ["fs01"]}, {"host": "fs01"}, {"components": [None, "fs01", "fs01"]}]
)
def test_components_are_read_by_any_of_their_names(data: dict[str, Any]) -> None:
    assert the_signal(EVENT | {"data": data}).components == ("fs01",)


def test_text_data_is_the_description() -> None:
    assert the_signal("Døren står åben".encode(), HEADERS | {"content-type": "text/plain"}).description == "Døren står åben"
