from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import read

DETECTION: dict[str, Any] = {
    "class_uid": 2004,
    "activity_id": 1,
    "severity_id": 2,
    "status_id": 1,
    "time": 1772327469123,
    "finding_info": {"uid": "f-1", "title": "Ukendt program", "desc": "Ikke set før"},
    "device": {"hostname": "fs01"},
}
INCIDENT: dict[str, Any] = {
    "class_uid": 2005,
    "activity_id": 1,
    "severity_id": 2,
    "status_id": 1,
    "time": 1772327469123,
    "desc": "Flere fund",
    "finding_info_list": [{"uid": "f-2", "title": "Fund 2"}, {"uid": "f-1", "title": "Fund 1"}],
}
SECURITY: dict[str, Any] = {
    "class_uid": 2001,
    "severity_id": 2,
    "state_id": 1,
    "time": 1772327469123,
    "finding": {"uid": "f-3", "title": "Gammelt fund"},
}


def parse(body: object) -> Parsed:
    return read("ocsf", body if isinstance(body, bytes) else orjson.dumps(body))


def the_signal(body: object) -> Signal:
    parsed = parse(body)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


def detection(**changes: object) -> Signal:
    return the_signal(DETECTION | changes)


def without(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


def test_a_time_is_milliseconds_or_seconds() -> None:
    for time in (1772327469123, "1772327469123", 1772327469.123, 1772327469123.0):
        assert detection(time=time).detected_at.isoformat() == "2026-03-01T01:11:09.123000+00:00"


def test_a_number_of_seconds_counts_before_a_text_that_lost_its_zone() -> None:
    signal = detection(time=1772327469, time_dt="2026-03-01T02:11:09.698985")
    assert signal.detected_at.isoformat() == "2026-03-01T01:11:09+00:00"


@pytest.mark.parametrize(
    ("times", "text"),
    [
        ({"time": None, "time_dt": "2026-03-01T02:11:09.5+01:00"}, "2026-03-01T01:11:09.500000+00:00"),
        ({"time": None, "time_dt": "2026-03-01T01:11:09"}, "2026-03-01T01:11:09+00:00"),
        ({"time": "2026-03-01T01:11:09Z"}, "2026-03-01T01:11:09+00:00"),
        ({"time": 0, "start_time": 1772327469000}, "2026-03-01T01:11:09+00:00"),
    ],
)
def test_where_the_number_is_missing_the_text_counts(times: dict[str, Any], text: str) -> None:
    assert detection(**times).detected_at.isoformat() == text


def test_without_any_time_the_arrival_counts() -> None:
    signal = detection(time=None)
    assert (signal.flags, signal.told_at) == (("no-time",), None)


@pytest.mark.parametrize(
    ("number", "severity"),
    [
        (1, Severity.INFO),
        (2, Severity.LOW),
        (3, Severity.MEDIUM),
        (4, Severity.HIGH),
        (5, Severity.CRITICAL),
        (6, Severity.CRITICAL),
        (" 4", Severity.HIGH),
        (4.0, Severity.HIGH),
    ],
)
def test_the_number_tells_the_severity(number: object, severity: Severity) -> None:
    signal = detection(severity_id=number, severity="Low")
    assert (signal.severity, signal.flags) == (severity, ())


@pytest.mark.parametrize(
    ("number", "word", "severity", "flags"),
    [
        (None, "High", Severity.HIGH, ()),
        (99, "High", Severity.HIGH, ()),
        (0, "Unknown", Severity.MEDIUM, ("unknown-severity",)),
        (0, None, Severity.MEDIUM, ("unknown-severity",)),
        (99, "Meget slem", Severity.MEDIUM, ("unknown-severity",)),
        (42, None, Severity.MEDIUM, ("unknown-severity",)),
        (True, None, Severity.MEDIUM, ("no-severity",)),
        (None, None, Severity.MEDIUM, ("no-severity",)),
    ],
)
def test_where_the_number_tells_nothing_the_word_does(
    number: object, word: object, severity: Severity, flags: tuple[str, ...]
) -> None:
    signal = detection(severity_id=number, severity=word)
    assert (signal.severity, signal.flags) == (severity, flags)


@pytest.mark.parametrize(
    ("number", "status", "flags"),
    [
        (1, SignalStatus.FIRING, ()),
        (2, SignalStatus.ACKNOWLEDGED, ()),
        (3, SignalStatus.ACKNOWLEDGED, ("suppressed",)),
        (4, SignalStatus.RESOLVED, ()),
        (5, SignalStatus.RESOLVED, ()),
        (6, SignalStatus.RESOLVED, ("deleted",)),
        (0, SignalStatus.FIRING, ("unknown-status",)),
        (99, SignalStatus.FIRING, ("unknown-status",)),
        (None, SignalStatus.FIRING, ()),
    ],
)
def test_a_findings_status_tells_how_far_somebody_is_with_it(
    number: object, status: SignalStatus, flags: tuple[str, ...]
) -> None:
    signal = detection(status_id=number)
    assert (signal.status, signal.flags) == (status, flags)


def test_the_word_of_a_status_counts_where_the_number_is_missing() -> None:
    assert detection(status_id=None, status="In Progress").status is SignalStatus.ACKNOWLEDGED
    assert detection(status_id=99, status="Resolved").status is SignalStatus.RESOLVED


@pytest.mark.parametrize(
    ("number", "status"), [(3, SignalStatus.ACKNOWLEDGED), (4, SignalStatus.RESOLVED), (5, SignalStatus.RESOLVED)]
)
def test_an_incidents_third_status_is_on_hold(number: int, status: SignalStatus) -> None:
    signal = the_signal(INCIDENT | {"status_id": number})
    assert (signal.status, signal.flags) == (status, ("no-component",))


def test_an_old_finding_has_its_state_and_its_status_is_an_outcome() -> None:
    assert the_signal(SECURITY | {"state_id": 4, "status_id": 1}).status is SignalStatus.RESOLVED
    assert the_signal(SECURITY | {"status": "Success", "status_id": 1}).flags == ("no-component",)
    assert the_signal(SECURITY | {"state_id": None, "state": "In Progress"}).status is SignalStatus.ACKNOWLEDGED


def test_a_closing_ends_it_where_the_status_does_not_contradict() -> None:
    assert detection(activity_id=3, status_id=None).status is SignalStatus.RESOLVED
    assert detection(activity_id=3, status_id=1).status is SignalStatus.FIRING
    assert detection(activity_id=2, status_id=None).status is SignalStatus.FIRING


@pytest.mark.parametrize("code", ["PASS", "MANUAL", "pass", "Manual"])
def test_a_check_that_passed_or_that_a_person_must_make_is_neither_a_signal_nor_an_error(code: str) -> None:
    assert parse(DETECTION | {"status_code": code}) == Parsed([], [])


@pytest.mark.parametrize("code", ["FAIL", "", None, 0, "200"])
def test_a_check_that_failed_is_a_finding(code: object) -> None:
    assert detection(status_code=code).source_event_id == "f-1"


def test_what_passed_but_is_no_finding_is_refused() -> None:
    assert [each.item for each in parse({"status_code": "PASS"}).rejected] == [1]


def test_an_incident_is_known_by_its_own_id_else_by_its_findings_in_any_order() -> None:
    assert the_signal(INCIDENT).source_event_id == "f-1,f-2"
    assert the_signal(INCIDENT | {"finding_info_list": INCIDENT["finding_info_list"][::-1]}).source_event_id == "f-1,f-2"
    assert the_signal(INCIDENT | {"metadata": {"uid": "sag-1"}}).source_event_id == "sag-1"


def test_a_finding_is_known_by_its_own_id_and_not_by_the_messages() -> None:
    assert detection(metadata={"uid": "log-1"}).source_event_id == "f-1"
    assert detection(metadata={"uid": "log-1"}, finding_info={"title": "t"}).source_event_id == "log-1"
    assert the_signal(SECURITY).source_event_id == "f-3"


@pytest.mark.parametrize("uid", [None, "", 1.5, {}])
def test_a_finding_without_an_id_is_known_by_its_bytes(uid: object) -> None:
    signal = detection(finding_info={"uid": uid, "title": "t"})
    assert (signal.source_event_id, signal.flags) == (f"sha256:{signal.payload_sha256}", ("no-id",))


def test_an_incidents_title_is_its_description_else_its_first_findings_title() -> None:
    assert the_signal(INCIDENT).title == "Flere fund"
    assert the_signal(without(INCIDENT, "desc")).title == "Fund 2"


def test_a_suspected_breach_is_flagged_and_nothing_else_is_one() -> None:
    assert detection(is_suspected_breach=True).flags == ("suspected-breach",)
    for value in (False, None, "true", 1):
        assert detection(is_suspected_breach=value).flags == ()


@pytest.mark.parametrize(
    ("verdict", "flags"),
    [
        ({"verdict_id": 1}, ("false-positive",)),
        ({"verdict": "False Positive"}, ("false-positive",)),
        ({"verdict_id": 6}, ("test",)),
        ({"verdict_id": 2}, ()),
        ({"verdict_id": 99, "verdict": "x"}, ()),
    ],
)
def test_a_verdict_that_it_was_no_attack_is_visible(verdict: dict[str, Any], flags: tuple[str, ...]) -> None:
    assert detection(**verdict).flags == flags


@pytest.mark.parametrize(
    "named",
    [
        {"type_uid": 200401},
        {"class_name": "Detection Finding"},
        {"classname": "Detection Finding"},
        {"class_name": "detection_finding ", "finding": None},
        {},
    ],
)
def test_the_class_is_told_by_its_type_its_name_or_what_it_holds(named: dict[str, Any]) -> None:
    assert the_signal(without(DETECTION, "class_uid") | named).source_event_id == "f-1"


@pytest.mark.parametrize("class_uid", [2002, 2003, 4001, 1007, "x"])
def test_another_class_is_refused(class_uid: object) -> None:
    assert [each.reason.split(":")[0] for each in parse(DETECTION | {"class_uid": class_uid}).rejected] == ["class_uid"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (without(DETECTION, "finding_info"), "finding_info"),
        (DETECTION | {"finding_info": []}, "finding_info"),
        (SECURITY | {"finding": "x"}, "finding"),
        (INCIDENT | {"finding_info_list": {}}, "finding_info_list"),
    ],
)
def test_a_finding_that_says_nothing_is_refused(body: object, where: str) -> None:
    assert [each.reason.split(":")[0] for each in parse(body).rejected] == [where]


def test_the_device_and_the_resources_are_the_components() -> None:
    signal = detection(
        device={"name": "n", "ip": "192.0.2.1"}, resources=[{"name": "a", "uid": "1"}, {"uid": "2"}, 7, {"name": "a"}]
    )
    assert signal.components == ("n", "a", "2")
    assert detection(device=None).flags == ("no-component",)


def test_the_status_is_as_old_as_the_last_change() -> None:
    signal = detection(activity_id=2, finding_info=DETECTION["finding_info"] | {"modified_time": 1772331069123})
    assert signal.told_at is not None
    assert signal.told_at.isoformat() == "2026-03-01T02:11:09.123000+00:00"


def test_lists_and_lines_are_read_finding_by_finding() -> None:
    lines = b"\n".join(
        orjson.dumps(each) for each in (DETECTION, {"class_uid": 4001}, DETECTION | {"status_code": "PASS"}, INCIDENT)
    )
    for parsed in (parse(lines), parse([DETECTION, {"class_uid": 4001}, DETECTION | {"status_code": "PASS"}, INCIDENT])):
        assert [each.source_event_id for each in parsed.signals] == ["f-1", "f-1,f-2"]
        assert [each.item for each in parsed.rejected] == [2]
