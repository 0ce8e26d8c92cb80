from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import read

OUTSIDE, INSIDE, SERVER = "198.51.100.7", "10.0.8.21", "192.168.4.4"
ALERT: dict[str, Any] = {"action": "allowed", "gid": 1, "signature_id": 2900101, "signature": "Scanning", "severity": 2}
EVENT: dict[str, Any] = {
    "timestamp": "2026-03-01T02:11:09.712927+0100",
    "flow_id": 2**63 + 12345,
    "event_type": "alert",
    "src_ip": OUTSIDE,
    "dest_ip": INSIDE,
    "alert": ALERT,
}


def parse(body: object) -> Parsed:
    return read("suricata", body if isinstance(body, bytes) else orjson.dumps(body))


def the_signal(event: object = None, **changes: object) -> Signal:
    (signal,) = parse(EVENT | changes if event is None else event).signals
    return signal


def an_alert(**changes: object) -> Signal:
    return the_signal(alert=ALERT | changes)


@pytest.mark.parametrize("kind", ["stats", "flow", "dns", "http", "anomaly", "fileinfo", "drop"])
def test_other_events_are_neither_signals_nor_errors(kind: str) -> None:
    assert parse(EVENT | {"event_type": kind}) == Parsed([], [])


@pytest.mark.parametrize("body", [{}, {"event_type": None}, {"event_type": 7}, {"event_type": "alert"}, {"message": "ord"}, 7])
def test_what_is_no_event_is_refused(body: object) -> None:
    assert [rejected.item for rejected in parse(body).rejected] == [1]


def test_a_flow_id_of_64_bits_keeps_every_digit() -> None:
    assert the_signal().source_event_id != the_signal(flow_id=2**63 + 12346).source_event_id
    assert the_signal().source_event_id == the_signal(flow_id=str(2**63 + 12345)).source_event_id
    assert the_signal(flow_id=float(2**63)).flags == ("flow-id-cut",)


@pytest.mark.parametrize(
    "other",
    [
        {"timestamp": "2026-03-01T02:11:09.712928+0100"},
        {"src_ip": "198.51.100.8"},
        {"dest_ip": SERVER},
        {"alert": ALERT | {"signature_id": 2900102}},
        {"alert": ALERT | {"gid": 2}},
    ],
)
def test_what_tells_two_alerts_apart_is_in_the_id(other: dict[str, Any]) -> None:
    assert the_signal(**other).source_event_id != the_signal().source_event_id


def test_the_id_does_not_depend_on_the_way_it_came() -> None:
    wrapped = {"@timestamp": "2026-03-01T02:00:00Z", "message": orjson.dumps(EVENT).decode()}
    assert the_signal(b" " + orjson.dumps(EVENT)).source_event_id == the_signal(wrapped).source_event_id


@pytest.mark.parametrize("missing", [{"timestamp": None}, {"alert": {"signature": "Scanning"}}])
def test_without_time_or_signature_the_bytes_are_the_id(missing: dict[str, Any]) -> None:
    signal = the_signal(**missing)
    assert signal.source_event_id == f"sha256:{signal.payload_sha256}"
    assert "no-id" in signal.flags


def test_a_line_that_filebeat_wrapped_is_kept_as_it_came() -> None:
    line = orjson.dumps({"message": " " + orjson.dumps(EVENT).decode(), "log": {}})
    parsed = parse(line + b"\n" + orjson.dumps({"message": '{"event_type": "stats"}'}) + b'\n{"message": "{"}')
    assert [signal.raw for signal in parsed.signals] == [line]
    assert [rejected.item for rejected in parsed.rejected] == [3]


@pytest.mark.parametrize(
    ("number", "severity"),
    [(1, Severity.HIGH), ("2", Severity.MEDIUM), (3, Severity.LOW), (4, Severity.INFO), (255, Severity.INFO)],
)
def test_one_is_the_most_severe(number: object, severity: Severity) -> None:
    signal = an_alert(severity=number)
    assert (signal.severity, signal.flags) == (severity, ())


@pytest.mark.parametrize(
    ("number", "flag"),
    [
        (0, "unknown-severity"),
        (-1, "unknown-severity"),
        (1.5, "unknown-severity"),
        ("high", "unknown-severity"),
        (10**9, "unknown-severity"),
        (None, "no-severity"),
        (True, "no-severity"),
    ],
)
def test_a_number_off_the_scale_is_medium_and_flagged(number: object, flag: str) -> None:
    signal = an_alert(severity=number)
    assert (signal.severity, signal.flags) == (Severity.MEDIUM, (flag,))


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        (["Critical"], Severity.CRITICAL),
        (["MAJOR"], Severity.HIGH),
        (["Minor"], Severity.LOW),
        (["Informational"], Severity.INFO),
        (["Minor", "Major"], Severity.HIGH),
        ("Minor", Severity.LOW),
        (["Unknown"], Severity.MEDIUM),
        ([], Severity.MEDIUM),
        (7, Severity.MEDIUM),
    ],
)
def test_the_rules_own_severity_refines_the_number(words: object, severity: Severity) -> None:
    signal = an_alert(metadata={"signature_severity": words})
    assert (signal.severity, signal.flags) == (severity, ())


@pytest.mark.parametrize("action", ["allowed", "blocked"])
def test_a_blocked_attack_is_firing_too_and_told(action: str) -> None:
    signal = an_alert(action=action)
    assert (signal.status, signal.description) == (SignalStatus.FIRING, f"{OUTSIDE} -> {INSIDE} ({action})")


@pytest.mark.parametrize(
    ("source", "dest", "components"),
    [
        (OUTSIDE, INSIDE, (INSIDE,)),
        (INSIDE, OUTSIDE, (INSIDE,)),
        ("fd00::7", "2001:db8::1", ("fd00::7",)),
        (INSIDE, SERVER, (SERVER, INSIDE)),
    ],
)
def test_the_component_is_at_home(source: str, dest: str, components: tuple[str, ...]) -> None:
    signal = the_signal(src_ip=source, dest_ip=dest)
    assert (signal.components, signal.flags) == (components, ())


@pytest.mark.parametrize(
    ("target", "direction", "component"),
    [
        ("Client_Endpoint", "to_client", "203.0.113.9"),
        ("Client_Endpoint", "to_server", OUTSIDE),
        ("Server", "to_server", "203.0.113.9"),
        ("Web_Server", "to_client", OUTSIDE),
    ],
)
def test_between_public_addresses_the_attack_target_tells(target: str, direction: str, component: str) -> None:
    alert = ALERT | {"metadata": {"attack_target": [target]}}
    signal = the_signal(src_ip=OUTSIDE, dest_ip="203.0.113.9", direction=direction, alert=alert)
    assert (signal.components, signal.flags) == ((component,), ())
    client, server = (OUTSIDE, "203.0.113.9") if direction == "to_server" else ("203.0.113.9", OUTSIDE)
    flow = {"src_ip": client, "dest_ip": server}
    assert the_signal(src_ip=OUTSIDE, dest_ip="203.0.113.9", flow=flow, alert=alert).components == (component,)


def test_at_home_the_attacked_machine_comes_first() -> None:
    for target, first in (("Client_Endpoint", INSIDE), ("Server", SERVER)):
        signal = the_signal(
            src_ip=INSIDE, dest_ip=SERVER, direction="to_server", alert=ALERT | {"metadata": {"attack_target": [target]}}
        )
        assert signal.components[0] == first
        assert len(signal.components) == 2


@pytest.mark.parametrize("target", [[], ["Any"], ["Client_and_Server"], ["Server"]])
def test_when_nothing_tells_which_side_is_home_that_is_flagged(target: list[str]) -> None:
    signal = the_signal(src_ip=OUTSIDE, dest_ip="203.0.113.9", alert=ALERT | {"metadata": {"attack_target": target}})
    assert (signal.components, signal.flags) == (("203.0.113.9",), ("unclear-home-side",))


def test_a_rule_with_a_target_of_its_own_is_believed() -> None:
    signal = the_signal(src_ip=OUTSIDE, dest_ip="203.0.113.9", alert=ALERT | {"target": {"ip": OUTSIDE, "port": 80}})
    assert (signal.components, signal.flags) == ((OUTSIDE,), ())


def test_without_addresses_there_is_no_component() -> None:
    signal = the_signal(src_ip=None, dest_ip=None)
    assert (signal.components, signal.flags) == ((), ("no-component",))


def test_what_belongs_together_is_among_the_references() -> None:
    assert the_signal().references == ("signature:1:2900101", f"case:2900101/{OUTSIDE}/{INSIDE}")
