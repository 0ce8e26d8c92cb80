from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from adapters.intake_formats.uptime_kuma import parse as parse_in
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, read, request

BEAT: dict[str, Any] = {
    "monitorID": 12,
    "status": 0,
    "time": "2026-07-01 01:11:09.374",
    "msg": "timeout",
    "important": True,
    "timezoneOffset": "+02:00",
    "localDateTime": "2026-07-01 03:11:09",
}
MONITOR: dict[str, Any] = {"id": 12, "name": "ESDH", "url": "https://esdh.example:8443/x", "hostname": None}
MESSAGE: dict[str, Any] = {"heartbeat": BEAT, "monitor": MONITOR, "msg": "[ESDH] [Down] timeout"}
PART = b'--b1\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'


def parse(body: object, **headers: str) -> Parsed:
    return read("uptime-kuma", body if isinstance(body, bytes) else orjson.dumps(body), **headers)


def the_signal(heartbeat: dict[str, Any] | None = None, **changes: object) -> Signal:
    parsed = parse(MESSAGE | {"heartbeat": BEAT | (heartbeat or {})} | changes)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


def of_message(text: object, **changes: object) -> Signal:
    (signal,) = parse({"heartbeat": None, "monitor": None, "msg": text} | changes).signals
    return signal


def test_down_fires() -> None:
    assert the_signal({"status": 0}).status is the_signal({"status": "0"}).status is SignalStatus.FIRING


@pytest.mark.parametrize("important", [True, False, 1, 0])
def test_up_resolves_the_monitors_open_episode_whether_marked_as_a_change_or_not(important: object) -> None:
    signal = the_signal({"status": 1, "important": important})
    assert (signal.status, signal.source_event_id, signal.episode) == (SignalStatus.RESOLVED, "12", "12")


@pytest.mark.parametrize("status", [2, 3])
def test_pending_and_maintenance_are_neither_signal_nor_error(status: int) -> None:
    assert parse(MESSAGE | {"heartbeat": BEAT | {"status": status}}) == Parsed([], [])


@pytest.mark.parametrize("status", [7, None, "down", True])
def test_an_unknown_status_fires_and_is_flagged(status: object) -> None:
    signal = the_signal({"status": status})
    assert (signal.status, signal.flags) == (SignalStatus.FIRING, ("unknown-status", "no-severity"))


def test_the_time_is_utc_whatever_zone_the_source_has() -> None:
    body = orjson.dumps(MESSAGE)
    (signal,) = parse_in(body, request("uptime-kuma")._replace(zone=ZoneInfo("Europe/Copenhagen"))).signals
    assert signal.detected_at == signal.told_at == datetime(2026, 7, 1, 1, 11, 9, 374000, tzinfo=UTC)


def test_the_local_time_with_its_offset_serves_where_there_is_no_other() -> None:
    assert the_signal({"time": None}).detected_at == datetime(2026, 7, 1, 1, 11, 9, tzinfo=UTC)
    assert the_signal({"time": "", "localDateTime": ""}).detected_at == ARRIVED


def test_the_tool_tells_no_severity() -> None:
    assert (the_signal().severity, the_signal().flags) == (Severity.MEDIUM, ("no-severity",))


@pytest.mark.parametrize(
    ("monitor", "components"),
    [
        (MONITOR, ("esdh.example", "ESDH")),
        (MONITOR | {"hostname": "sw07", "url": "https://"}, ("sw07", "ESDH")),
        (MONITOR | {"url": "https://"}, ("ESDH",)),
        (None, ()),
        ({"name": []}, ()),
    ],
)
def test_the_components_are_what_is_watched_and_what_it_is_called(monitor: object, components: tuple[str, ...]) -> None:
    assert the_signal(monitor=monitor).components == components


@pytest.mark.parametrize("number", [None, 1.5, True, ""])
def test_without_the_heartbeats_number_the_monitors_serves_and_without_both_it_is_refused(number: object) -> None:
    assert the_signal({"monitorID": number}).source_event_id == "12"
    refused = parse(MESSAGE | {"heartbeat": BEAT | {"monitorID": number}, "monitor": None})
    assert [each.item for each in refused.rejected] == [1]


def test_a_certificate_that_runs_out_is_known_by_its_text() -> None:
    text = "[ESDH][https://esdh.example] server certificate esdh.example will be expired in 7 days"
    assert of_message(text).source_event_id == of_message(text).source_event_id
    assert of_message(text).source_event_id != of_message(text.replace("7", "14")).source_event_id
    assert (of_message(text).severity, of_message(text).episode) == (Severity.MEDIUM, "")
    assert "no-heartbeat" in of_message(text).flags


def test_a_certificate_names_its_monitor_where_it_brings_one() -> None:
    assert of_message("certificate", monitor=MONITOR).components == ("esdh.example", "ESDH")


def test_the_test_button_is_for_information_and_flagged() -> None:
    signal = of_message("Sporlog Testing")
    assert (signal.severity, "test" in signal.flags) == (Severity.INFO, True)


@pytest.mark.parametrize("body", [{}, {"heartbeat": None}, {"heartbeat": None, "msg": ""}, {"heartbeat": [], "msg": "x"}])
def test_what_is_no_message_is_refused(body: dict[str, Any]) -> None:
    assert [each.item for each in parse(body).rejected] == [1]


FORM = b"a=1&data=" + quote_plus(orjson.dumps(MESSAGE)).encode()
MULTIPART = PART % (b"other", b"{}") + PART % (b"data", orjson.dumps(MESSAGE)) + b"--b1--\r\n"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (FORM, "application/x-www-form-urlencoded; charset=utf-8"),
        (FORM, ""),
        (MULTIPART, "multipart/form-data; boundary=b1"),
        (MULTIPART, 'Multipart/Form-Data; charset=utf-8; boundary="b1"'),
        (MULTIPART, "multipart/form-data"),
        (MULTIPART, ""),
        (MULTIPART.replace(b"\r\n", b"\n"), ""),
    ],
    ids=["urlencoded", "urlencoded unsaid", "parts", "parts quoted", "parts untold", "parts unsaid", "parts LF"],
)
def test_a_form_is_read_by_its_content_type_else_by_its_first_bytes(body: bytes, content_type: str) -> None:
    (signal,) = parse(body, content_type=content_type).signals
    assert signal._replace(raw=b"", payload_sha256="") == the_signal()._replace(raw=b"", payload_sha256="")
    assert signal.raw == body


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"a=1", "application/x-www-form-urlencoded"),
        (orjson.dumps(MESSAGE), "application/x-www-form-urlencoded"),
        (PART % (b"other", b"{}"), "multipart/form-data; boundary=b1"),
        (MULTIPART, "multipart/form-data; boundary=b2"),
        (b"--", ""),
        (b"", "multipart/form-data; boundary=b1"),
        (b"data=%7B", ""),
    ],
    ids=["no data", "no form", "other part", "other boundary", "dashes", "empty", "cut off"],
)
def test_a_form_without_the_field_or_a_broken_one_is_refused(body: bytes, content_type: str) -> None:
    assert [each.item for each in parse(body, content_type=content_type).rejected] == [0]
