"""Any JSON by a saved mapping: each gotcha of tools that nobody foresaw."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import given, settings

from adapters.intake_formats.contract import Parsed, Request
from adapters.intake_formats.mapped import UnreadablePathError, check_mapping, mapped
from adapters.intake_formats.reading import reader
from domain.incident.events import ToldBy
from domain.intake.mapping import Mapping
from domain.intake.state import IntakeSetup, Source
from domain.signals import Severity, Signal, SignalKind, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, request
from tests.adapters.intake_formats.test_format_contract import is_sound, json_values

TOPDESK = Mapping.model_validate(
    {
        "key": ["number"],
        "title": ["briefDescription"],
        "description": ["request"],
        "severity": ["priority.name"],
        "severities": {"P1": "critical", "P2 - Høj": "high"},
        "status": ["processingStatus.name"],
        "statuses": {"Afsluttet": "resolved"},
        "detected_at": ["callDate", "creationDate"],
        "components": ["object.name", "branches[].name"],
        "services": ["service"],
        "category": ["category.name"],
        "references": ["url"],
        "kind": "ticket",
    }
)
CALL = {
    "number": "M2611-042",
    "briefDescription": "Kan ikke logge på",
    "request": "Flere medarbejdere",
    "priority": {"name": "p2 - høj"},
    "processingStatus": {"name": "Registreret"},
    "callDate": "2026-11-20T14:05:00.000+0100",
    "object": {"name": "ad-01"},
    "branches": [{"name": "Rådhuset"}, {"name": "Jobcentret"}],
    "service": "Login",
    "category": {"name": "Sikkerhed"},
    "url": "https://topdesk.example/42",
}


def read(mapping: Mapping | None, body: object, **more: Any) -> Parsed:  # noqa: ANN401 - as the fields of Request
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    return mapped(mapping).read(raw, request("topdesk")._replace(**more))


def one(mapping: Mapping, body: object, **more: Any) -> Signal:  # noqa: ANN401 - as above
    (signal,) = read(mapping, body, **more).signals
    return signal


def test_a_call_of_a_ticket_system_is_read_by_its_mapping() -> None:
    signal = one(TOPDESK, CALL)
    assert (signal.source_event_id, signal.title, signal.description) == (
        "M2611-042",
        "Kan ikke logge på",
        "Flere medarbejdere",
    )
    assert (signal.severity, signal.status, signal.kind) == (Severity.HIGH, SignalStatus.FIRING, SignalKind.TICKET)
    assert signal.detected_at == datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
    assert signal.components == ("ad-01", "Rådhuset", "Jobcentret")
    assert (signal.services, signal.signal_category, signal.references) == (
        ("Login",),
        "Sikkerhed",
        ("https://topdesk.example/42",),
    )
    assert signal.flags == ("unknown-status",)
    assert signal.raw == orjson.dumps(CALL)


def test_the_tool_s_own_words_go_before_the_common_ones_and_unknown_ones_are_flagged() -> None:
    assert one(TOPDESK, CALL | {"priority": {"name": "P1"}}).severity is Severity.CRITICAL
    assert one(TOPDESK, CALL | {"priority": {"name": "High"}}).severity is Severity.HIGH
    assert one(TOPDESK, CALL | {"processingStatus": {"name": "afsluttet"}}).status is SignalStatus.RESOLVED
    strange = one(TOPDESK, CALL | {"priority": {"name": "P9"}})
    assert (strange.severity, "unknown-severity" in strange.flags) == (Severity.MEDIUM, True)


def test_the_first_path_that_finds_something_is_taken() -> None:
    late = {**CALL, "callDate": None, "creationDate": 1_763_640_300}
    assert one(TOPDESK, late).detected_at == datetime(2025, 11, 20, 12, 5, tzinfo=UTC)


def test_a_time_without_a_zone_is_the_source_s_own() -> None:
    local = CALL | {"callDate": "2026-11-20 14:05:00"}
    assert one(TOPDESK, local, zone=ZoneInfo("Europe/Copenhagen")).detected_at == datetime(2026, 11, 20, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("items", "body"),
    [
        (None, [CALL, CALL | {"number": "2"}]),
        ("data.calls", {"data": {"calls": [CALL, CALL | {"number": "2"}]}}),
        (None, orjson.dumps(CALL) + b"\n" + orjson.dumps(CALL | {"number": "2"})),
    ],
)
def test_several_calls_are_several_signals_each_with_its_own_bytes(items: str | None, body: object) -> None:
    parsed = read(TOPDESK.model_copy(update={"items": items}), body)
    assert [signal.source_event_id for signal in parsed.signals] == ["M2611-042", "2"]
    assert all(orjson.loads(signal.raw)["number"] == signal.source_event_id for signal in parsed.signals)


def test_a_key_of_several_parts_keeps_the_place_of_a_missing_one() -> None:
    keyed = TOPDESK.model_copy(update={"key": ("a", "b")})
    assert one(keyed, {"a": 1}).source_event_id == "1/"
    assert one(keyed, {"b": 1}).source_event_id == "/1"


def test_without_a_key_the_bytes_tell_it_apart() -> None:
    body = orjson.dumps(CALL)
    keyless, lost = TOPDESK.model_copy(update={"key": ()}), TOPDESK.model_copy(update={"key": ("nothing",)})
    assert one(keyless, body).source_event_id == one(lost, body).source_event_id == "sha256:" + sha256(body).hexdigest()
    assert ("no-id" in one(keyless, body).flags, "no-id" in one(lost, body).flags) == (False, True)


@pytest.mark.parametrize(
    ("mapping", "body", "told"),
    [
        (TOPDESK, b"", "empty"),
        (TOPDESK, b"{", "not JSON"),
        (TOPDESK, b"7", "a JSON object is expected"),
        (TOPDESK, b"[]", "the list is empty"),
        (TOPDESK.model_copy(update={"items": "x"}), b"{}", "no list of alerts is there"),
        (Mapping(title=("length(@.n)",)), b'{"n": 7}', "cannot be applied"),
        (None, b"{}", "no mapping yet"),
        (None, b"{", "not JSON"),
    ],
)
def test_what_cannot_be_read_says_why(mapping: Mapping | None, body: bytes, told: str) -> None:
    parsed = read(mapping, body)
    assert parsed.signals == []
    assert told in parsed.rejected[0].reason


def test_a_path_that_means_nothing_is_refused_by_its_field() -> None:
    assert check_mapping(TOPDESK) == TOPDESK
    with pytest.raises(UnreadablePathError, match=r"title: 'a\[' is no JMESPath expression"):
        check_mapping(Mapping(title=("ok", "a[")))
    with pytest.raises(UnreadablePathError, match="items"):
        check_mapping(Mapping(items="]"))


@given(json_values)
@settings(max_examples=100, deadline=None)
def test_any_json_at_all_is_answered(value: object) -> None:
    nosy = Mapping(
        items="@",
        key=("a", "keys(@)[0]"),
        title=("*", "sort(@)", "max_by(@, &a)"),
        severity=("to_number(a)",),
        detected_at=("b", "sum(@)"),
        components=("*.a[]", "join(',', @)"),
    )
    for mapping in (nosy, TOPDESK, nosy.model_copy(update={"items": None})):
        is_sound(read(mapping, value))


def test_a_source_reads_by_its_own_mapping_and_waits_until_it_has_one() -> None:
    setup = IntakeSetup(sources={"topdesk": Source("json", ToldBy.EMPLOYEE, mapping=TOPDESK), "prtg": Source("json")})
    read_now = reader(setup)
    assert [s.title for s in read_now("topdesk", orjson.dumps(CALL), {}, ARRIVED).signals] == ["Kan ikke logge på"]
    assert "no mapping yet" in read_now("prtg", b"{}", {}, ARRIVED).rejected[0].reason
    assert Request("x", ARRIVED).zone is UTC
