from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from adapters.intake_formats.common import NO_TITLE
from adapters.intake_formats.contract import Parsed
from adapters.intake_formats.zabbix import parse as parse_in
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import read, request

PROBLEM: dict[str, Any] = {
    "clock": 1772327469,
    "ns": 800155804,
    "value": 1,
    "eventid": 205,
    "name": "Disken er fuld",
    "severity": 4,
    "hosts": [{"host": "fs01", "name": "Filserver 1"}],
    "tags": [],
}
RECOVERY: dict[str, Any] = {"clock": 1772329000, "ns": 5, "value": 0, "eventid": 206, "p_eventid": 205}


def parse(body: object) -> Parsed:
    return read("zabbix", body if isinstance(body, bytes) else orjson.dumps(body))


def the_signal(event: dict[str, Any] = PROBLEM, **changes: object) -> Signal:
    parsed = parse(event | changes)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


def test_a_recovery_is_the_problem_that_it_names() -> None:
    assert the_signal(RECOVERY).source_event_id == the_signal().source_event_id == "205"
    assert the_signal(RECOVERY).status is SignalStatus.RESOLVED


def test_a_recovery_without_its_problem_says_that_its_title_is_unknown() -> None:
    signal = the_signal(RECOVERY)
    assert signal.title == NO_TITLE
    assert {"no-title", "no-severity", "no-component"} == set(signal.flags)


def test_a_recovery_that_names_no_problem_is_flagged() -> None:
    signal = the_signal(RECOVERY, p_eventid=None)
    assert signal.source_event_id == "206"
    assert "no-problem-id" in signal.flags


def test_lines_may_hold_a_recovery_before_its_problem() -> None:
    parsed = parse(orjson.dumps(RECOVERY) + b"\n" + orjson.dumps(PROBLEM) + b"\n")
    assert [(signal.source_event_id, signal.status.value) for signal in parsed.signals] == [
        ("205", "resolved"),
        ("205", "firing"),
    ]
    first, second = (signal.told_at for signal in parsed.signals)
    assert first is not None
    assert second is not None
    assert first > second


def test_an_id_of_64_bits_keeps_every_digit() -> None:
    assert the_signal(eventid=18446744073709551615).source_event_id == "18446744073709551615"
    assert the_signal(eventid="18446744073709551615").source_event_id == "18446744073709551615"


@pytest.mark.parametrize("event_id", [None, "", "{EVENT.ID}", "*UNKNOWN*", 5.0, True, "-1", "²"])
def test_an_event_without_its_id_is_refused(event_id: object) -> None:
    assert [(each.item, "eventid" in each.reason) for each in parse(PROBLEM | {"eventid": event_id}).rejected] == [(1, True)]


def test_the_same_number_on_another_server_is_another_event() -> None:
    first, second = (the_signal(server=f"https://{name}.example/").source_event_id for name in ("z1", "z2"))
    assert (first, second) == ("https://z1.example/205", "https://z2.example/205")


@pytest.mark.parametrize(
    ("number", "severity"),
    [
        (0, Severity.INFO),
        (1, Severity.INFO),
        (2, Severity.LOW),
        (3, Severity.MEDIUM),
        (4, Severity.HIGH),
        (5, Severity.CRITICAL),
    ],
)
def test_the_six_severities_are_numbers(number: object, severity: Severity) -> None:
    for written in (number, str(number)):
        signal = the_signal(severity=written)
        assert (signal.severity, signal.flags) == (severity, ())


def test_the_number_goes_before_the_word_that_is_in_the_language_of_the_pages() -> None:
    assert the_signal(severity="Katastrofe", nseverity="5").severity is Severity.CRITICAL
    alone = the_signal(severity="Katastrofe")
    assert (alone.severity, alone.flags) == (Severity.MEDIUM, ("unknown-severity",))


@pytest.mark.parametrize(
    ("value", "status", "flags"),
    [
        ("1", SignalStatus.FIRING, ()),
        (None, SignalStatus.FIRING, ()),
        ("0", SignalStatus.RESOLVED, ("no-problem-id",)),
        (2, SignalStatus.FIRING, ("unknown-status",)),
        ("{EVENT.VALUE}", SignalStatus.FIRING, ("unknown-status",)),
    ],
)
def test_one_is_a_problem_and_zero_its_end(value: object, status: SignalStatus, flags: tuple[str, ...]) -> None:
    signal = the_signal(value=value)
    assert (signal.status, signal.flags) == (status, flags)


def test_a_problem_that_somebody_has_seen_is_acknowledged_since_then() -> None:
    seen = the_signal(acknowledged="Yes", update_clock="1772327600")
    assert seen.told_at is not None
    assert (seen.status, seen.told_at) == (SignalStatus.ACKNOWLEDGED, datetime(2026, 3, 1, 1, 13, 20, tzinfo=UTC))
    assert seen.detected_at == the_signal().detected_at
    taken_back = the_signal(acknowledged="No", update_clock="1772327700")
    assert taken_back.status is SignalStatus.FIRING
    assert taken_back.told_at is not None
    assert taken_back.told_at > seen.told_at
    assert the_signal(RECOVERY, acknowledged="Yes").status is SignalStatus.RESOLVED


@pytest.mark.parametrize("macro", ["{HOST.HOST1}", "*UNKNOWN*", '{$HOST:"a"}', "{#HOST}", "{?last(/a/b)}", "{EVENT.TAGS.vært}"])
def test_a_macro_in_the_place_of_a_host_is_none(macro: str) -> None:
    signal = the_signal(hosts=[{"host": macro, "name": "Filserver 1"}])
    assert (signal.components, signal.flags) == (("Filserver 1",), ("unresolved-macro",))
    assert the_signal(hosts=[{"host": macro, "name": macro, "ip": macro}]).components == ()


def test_a_title_keeps_the_macro_in_it_unless_it_is_nothing_else() -> None:
    kept = the_signal(name="Disk {#FSNAME} er fuld")
    assert (kept.title, kept.flags) == ("Disk {#FSNAME} er fuld", ("unresolved-macro",))
    assert the_signal(name="{EVENT.NAME}").title == NO_TITLE


@pytest.mark.parametrize("name", ["{a: 1}", "100 % {", "* ukendt *", "Job {Natlig} fejlede", "{Natlig}"])
def test_braces_alone_are_no_macro(name: str) -> None:
    assert (the_signal(name=name).title, the_signal(name=name).flags) == (name, ())


@pytest.mark.parametrize("as_text", [False, True])
def test_tags_are_a_list_or_the_same_as_text(as_text: bool) -> None:  # noqa: FBT001 - a parameter of the test
    tags = [{"tag": "scope", "value": "security"}, {"tag": "service", "value": "ESDH"}, {"tag": "service", "value": "Post"}]
    signal = the_signal(tags=orjson.dumps(tags).decode() if as_text else tags)
    assert (signal.signal_category, signal.services) == ("security", ("ESDH", "Post"))


@pytest.mark.parametrize("tags", ["{EVENT.TAGSJSON}", "[", "[7]", [7], None, {"tag": "scope"}, [{"tag": []}], "[" * 5000])
def test_tags_that_are_none_change_nothing(tags: object) -> None:
    signal = the_signal(tags=tags)
    assert (signal.signal_category, signal.services) == ("availability", ())


@pytest.mark.parametrize(("ns", "microsecond"), [(5, 0), (800155804, 800155), ("000001000", 1), (None, 0), (-1, 0)])
def test_nanoseconds_stand_beside_the_seconds(ns: object, microsecond: int) -> None:
    assert the_signal(ns=ns).detected_at == datetime(2026, 3, 1, 1, 11, 9, microsecond, tzinfo=UTC)


def test_date_and_time_are_those_of_the_sources_zone_where_no_seconds_are_told() -> None:
    event = {key: value for key, value in PROBLEM.items() if key not in {"clock", "ns"}}
    body = orjson.dumps(event | {"date": "2026.07.01", "time": "02:11:09"})
    (signal,) = parse_in(body, request("zabbix")._replace(zone=ZoneInfo("Europe/Copenhagen"))).signals
    assert signal.detected_at == datetime(2026, 7, 1, 0, 11, 9, tzinfo=UTC)
    assert "no-time" in the_signal(event, date="2026.07.01").flags


def test_a_recovery_that_knows_its_problem_was_detected_when_that_began() -> None:
    signal = the_signal(RECOVERY, p_clock="1772327469")
    assert signal.detected_at == datetime(2026, 3, 1, 1, 11, 9, tzinfo=UTC)
    assert signal.told_at == datetime(2026, 3, 1, 1, 36, 40, tzinfo=UTC)


def test_the_values_of_items_that_a_connector_can_stream_too_are_refused() -> None:
    assert [each.item for each in parse({"itemid": 7, "value": 98.1, "clock": 1772327469}).rejected] == [1]
