from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, read

CHANGE: dict[str, Any] = {
    "type": "StateChange",
    "timestamp": 1772327469.5,
    "host": "fs01",
    "service": "disk",
    "state": 2.0,
    "state_type": 1.0,
    "downtime_depth": 0.0,
    "acknowledgement": False,
    "check_result": {"output": "DISK CRITICAL", "state": 2.0},
}
HOST = {key: value for key, value in CHANGE.items() if key != "service"} | {"state": 1.0}
NOTICE = {key: value for key, value in CHANGE.items() if key not in {"state", "state_type"}} | {
    "type": "Notification",
    "notification_type": "PROBLEM",
}
DOWNTIME: dict[str, Any] = {
    "type": "DowntimeStarted",
    "timestamp": 1772327469.5,
    "downtime": {"__name": "fs01!disk!6bd5", "host_name": "fs01", "service_name": "disk", "comment": "Ny disk"},
}


def parse(body: object) -> Parsed:
    return read("icinga2", body if isinstance(body, bytes) else orjson.dumps(body))


def the_signal(event: dict[str, Any], **changes: object) -> Signal:
    parsed = parse(event | changes)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


@pytest.mark.parametrize("state", [0.0, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("soft", [0, 0.0])
def test_a_soft_state_is_neither_signal_nor_error(state: float, soft: float) -> None:
    assert parse(CHANGE | {"state": state, "state_type": soft}) == Parsed([], [])


@pytest.mark.parametrize("kind", [None, "1", 2.0, 1.5, True])
def test_a_state_that_is_neither_soft_nor_hard_is_refused(kind: object) -> None:
    assert [each.item for each in parse(CHANGE | {"state_type": kind}).rejected] == [1]


@pytest.mark.parametrize(
    ("state", "severity", "status"),
    [
        (0.0, Severity.INFO, SignalStatus.RESOLVED),
        (1.0, Severity.MEDIUM, SignalStatus.FIRING),
        (2, Severity.HIGH, SignalStatus.FIRING),
        (3.0, Severity.LOW, SignalStatus.FIRING),
    ],
)
def test_the_states_of_a_service_whole_numbers_or_floats(state: float, severity: Severity, status: SignalStatus) -> None:
    signal = the_signal(CHANGE, state=state)
    assert (signal.severity, signal.status, signal.flags) == (severity, status, ())


def test_a_host_that_is_down_is_critical_whatever_number_its_check_gave() -> None:
    signal = the_signal(HOST)
    assert (signal.severity, signal.status, signal.title) == (Severity.CRITICAL, SignalStatus.FIRING, "fs01: DOWN")
    assert the_signal(HOST, state=0.0).status is SignalStatus.RESOLVED


@pytest.mark.parametrize(("state", "flag"), [(9.0, "unknown-severity"), (None, "no-severity"), ("2", "no-severity")])
def test_a_state_off_the_scale_is_a_problem_of_medium_severity_and_flagged(state: object, flag: str) -> None:
    signal = the_signal(CHANGE, state=state)
    assert (signal.severity, signal.status, signal.flags) == (Severity.MEDIUM, SignalStatus.FIRING, (flag,))


def test_host_and_service_name_the_check_and_its_open_episode() -> None:
    assert (the_signal(CHANGE).source_event_id, the_signal(CHANGE).episode) == ("fs01!disk", "fs01!disk")
    assert (the_signal(HOST).source_event_id, the_signal(HOST).episode) == ("fs01", "fs01")


def test_a_check_is_no_component_and_no_service() -> None:
    signal = the_signal(CHANGE)
    assert (signal.components, signal.services) == (("fs01",), ())


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({"downtime_depth": 2.0}, ("in-downtime",)),
        ({"downtime_depth": "2"}, ()),
        ({"check_result": {"vars_after": {"reachable": False}}}, ("unreachable",)),
        ({"reachable": False}, ("unreachable",)),
        ({"check_result": {"vars_after": {"reachable": True}}}, ()),
        ({"check_result": None, "downtime_depth": None}, ()),
    ],
)
def test_planned_work_and_what_lies_behind_another_fault_are_flagged(changes: dict[str, Any], flags: tuple[str, ...]) -> None:
    assert the_signal(CHANGE, **changes).flags == flags


def test_a_change_of_what_is_acknowledged_stays_acknowledged() -> None:
    assert the_signal(CHANGE, acknowledgement=True).status is SignalStatus.ACKNOWLEDGED
    assert the_signal(CHANGE, acknowledgement=True, state=0.0).status is SignalStatus.RESOLVED


def test_an_acknowledgement_joins_the_check_and_tells_the_comment() -> None:
    signal = the_signal(CHANGE, type="AcknowledgementSet", check_result=None, comment="Vi ser på det", author="vagt")
    assert (signal.status, signal.episode, signal.description) == (SignalStatus.ACKNOWLEDGED, "fs01!disk", "Vi ser på det")


def test_a_cleared_acknowledgement_is_a_problem_again_unless_all_is_well() -> None:
    cleared = the_signal(CHANGE, type="AcknowledgementCleared")
    assert (cleared.status, cleared.flags) == (SignalStatus.FIRING, ("acknowledgement-cleared",))
    assert parse(CHANGE | {"type": "AcknowledgementCleared", "state": 0.0}) == Parsed([], [])


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("PROBLEM", SignalStatus.FIRING),
        ("Problem", SignalStatus.FIRING),
        ("RECOVERY", SignalStatus.RESOLVED),
        ("ACKNOWLEDGEMENT", SignalStatus.ACKNOWLEDGED),
    ],
)
def test_a_notification_tells_a_state_of_the_check(told: str, status: SignalStatus) -> None:
    signal = the_signal(NOTICE, notification_type=told)
    assert (signal.status, signal.episode) == (status, "fs01!disk")


def test_a_notification_of_a_host_is_of_a_host_that_is_down() -> None:
    notice = {key: value for key, value in NOTICE.items() if key != "service"}
    assert the_signal(notice).severity is Severity.CRITICAL
    assert the_signal(notice, notification_type="RECOVERY").severity is Severity.INFO


@pytest.mark.parametrize("told", ["DOWNTIMESTART", "FLAPPINGSTART", "CUSTOM", "", None])
def test_other_notifications_hold_nothing(told: object) -> None:
    assert parse(NOTICE | {"notification_type": told}) == Parsed([], [])


@pytest.mark.parametrize("kind", ["CheckResult", "CommentAdded", "Flapping", "ObjectModified"])
def test_other_events_of_the_stream_hold_nothing(kind: str) -> None:
    assert parse(CHANGE | {"type": kind}) == Parsed([], [])


@pytest.mark.parametrize("changes", [{"type": None}, {"type": "Statechange"}, {"host": None}, {"host": ""}])
def test_what_is_no_event_or_names_no_host_is_refused(changes: dict[str, Any]) -> None:
    assert [each.item for each in parse(CHANGE | changes).rejected] == [1]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("DowntimeAdded", SignalStatus.FIRING),
        ("DowntimeStarted", SignalStatus.FIRING),
        ("DowntimeTriggered", SignalStatus.FIRING),
        ("DowntimeRemoved", SignalStatus.RESOLVED),
    ],
)
def test_a_downtime_is_for_information_under_its_own_name(kind: str, status: SignalStatus) -> None:
    signal = the_signal(DOWNTIME, type=kind)
    assert (signal.severity, signal.status, signal.flags) == (Severity.INFO, status, ("in-downtime",))
    assert (signal.source_event_id, signal.episode) == ("downtime:fs01!disk!6bd5", "")


@pytest.mark.parametrize("downtime", [None, {}, {"__name": "x"}, {"host_name": "fs01"}])
def test_a_downtime_without_its_name_is_refused(downtime: object) -> None:
    assert [each.item for each in parse(DOWNTIME | {"downtime": downtime}).rejected] == [1]


def test_the_time_is_a_float_since_1970() -> None:
    assert the_signal(CHANGE).detected_at.isoformat() == "2026-03-01T01:11:09.500000+00:00"
    assert the_signal(CHANGE).told_at == the_signal(CHANGE).detected_at
    assert the_signal(CHANGE, timestamp="nu").detected_at == ARRIVED


def test_lines_of_the_stream_are_read_one_by_one() -> None:
    lines = [orjson.dumps(event) for event in (CHANGE, CHANGE | {"state_type": 0.0}, HOST)]
    parsed = parse(b"\n".join((*lines, b'{"type": "StateChange"}', b'{"type": }')))
    assert [signal.raw for signal in parsed.signals] == [lines[0], lines[2]]
    assert [each.item for each in parsed.rejected] == [4, 5]
