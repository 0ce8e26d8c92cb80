from datetime import timedelta, timezone
from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from adapters.intake_formats.formats import FORMATS
from domain.signals import Severity, Signal, SignalKind, SignalStatus
from tests.adapters.intake_formats.support import read, request

RECORD: dict[str, Any] = {
    "sys_id": "c0ffee00c0ffee00c0ffee00c0ffee01",
    "number": "INC0010001",
    "short_description": "Nede",
    "state": "1",
    "priority": "3",
    "category": "network",
    "cmdb_ci": "sw07",
    "opened_at": "2026-03-01 01:11:09",
    "sys_updated_on": "2026-03-01 02:00:00",
}
COPENHAGEN = timezone(timedelta(hours=1))


def parse(body: object) -> Parsed:
    return read("servicenow", orjson.dumps(body))


def the_record(**changes: object) -> Signal:
    (signal,) = parse(RECORD | changes).signals
    return signal


def pair(display: object, value: object) -> dict[str, object]:
    return {"display_value": display, "value": value}


@pytest.mark.parametrize(
    "body",
    [
        RECORD,
        [RECORD],
        {"result": RECORD},
        {"result": [RECORD]},
        {"records": [RECORD]},
        {"table_name": "incident", "record": RECORD},
        {"table": "incident", "operation": "update", "current": RECORD},
        {"incident": RECORD},
    ],
)
def test_every_wrapping_gives_the_same_ticket(body: object) -> None:
    (signal,) = parse(body).signals
    assert (signal.source_event_id, signal.kind, signal.title) == (RECORD["sys_id"], SignalKind.TICKET, "Nede")
    assert signal.raw == orjson.dumps(body)


def test_the_sys_id_is_the_key_and_the_number_is_for_people() -> None:
    signal = the_record(number="INC1")
    assert (signal.source_event_id, signal.references) == (RECORD["sys_id"], ("INC1",))
    without = the_record(sys_id="")
    assert (without.source_event_id, without.flags) == ("INC0010001", ("no-sys-id",))


@pytest.mark.parametrize(
    ("state", "status", "flags"),
    [
        ("1", SignalStatus.FIRING, ()),
        ("2", SignalStatus.ACKNOWLEDGED, ()),
        ("3", SignalStatus.ACKNOWLEDGED, ()),
        (6, SignalStatus.RESOLVED, ()),
        ("7", SignalStatus.RESOLVED, ()),
        ("8", SignalStatus.RESOLVED, ("cancelled",)),
        ("In Progress", SignalStatus.ACKNOWLEDGED, ()),
        ("Resolved", SignalStatus.RESOLVED, ()),
        (pair("Løst", "6"), SignalStatus.RESOLVED, ()),
        ("", SignalStatus.FIRING, ()),
        ("42", SignalStatus.FIRING, ("unknown-status",)),
    ],
)
def test_the_state_is_the_status(state: object, status: SignalStatus, flags: tuple[str, ...]) -> None:
    signal = the_record(state=state)
    assert (signal.status, signal.flags) == (status, flags)


def test_old_instances_have_an_incident_state() -> None:
    assert the_record(state=None, incident_state="7").status is SignalStatus.RESOLVED


@pytest.mark.parametrize(
    ("fields", "severity", "flags"),
    [
        ({"priority": "1", "severity": "3"}, Severity.CRITICAL, ()),
        ({"priority": "2"}, Severity.HIGH, ()),
        ({"priority": "3 - Moderate"}, Severity.MEDIUM, ()),
        ({"priority": "4"}, Severity.LOW, ()),
        ({"priority": pair("5 - Planlægning", "5")}, Severity.INFO, ()),
        ({"priority": "", "severity": "1"}, Severity.HIGH, ()),
        ({"priority": None, "severity": "3 - Low"}, Severity.LOW, ()),
        ({"priority": None}, Severity.MEDIUM, ("no-severity",)),
        ({"priority": "9"}, Severity.MEDIUM, ("unknown-severity",)),
    ],
)
def test_the_priority_is_the_severity(fields: dict[str, Any], severity: Severity, flags: tuple[str, ...]) -> None:
    signal = the_record(**fields)
    assert (signal.severity, signal.flags) == (severity, flags)


def test_the_category_is_kept_in_the_tables_own_word() -> None:
    assert the_record(category="security").signal_category == "security"
    assert the_record(category=pair("Sikkerhed", "security")).signal_category == "security"


def test_a_pair_shows_people_the_name_and_the_machine_the_value() -> None:
    signal = the_record(
        sys_id=pair("INC", "abc"),
        short_description=pair("Kort", "Kort"),
        cmdb_ci={"display_value": "fs01", "link": "https://x.example/7"},
        business_service=pair("Løn", "f" * 32),
    )
    assert (signal.source_event_id, signal.title) == ("abc", "Kort")
    assert (signal.components, signal.services, signal.flags) == (("fs01", "Løn"), ("Løn",), ())


def test_a_component_that_is_only_a_sys_id_is_a_doubt() -> None:
    signal = the_record(cmdb_ci={"link": "https://x.example/7", "value": "d00d" * 8})
    assert (signal.components, signal.flags) == (("d00d" * 8,), ("component-is-sys-id",))


def test_empty_fields_are_no_names() -> None:
    signal = the_record(cmdb_ci="", business_service="")
    assert (signal.components, signal.services, signal.flags) == ((), (), ("no-component",))


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("2026-03-01 01:11:09", ()),
        ("03/01/2026 01:11:09", ("unclear-date",)),
    ],
)
def test_times_are_utc(text: str, flags: tuple[str, ...]) -> None:
    signal = the_record(opened_at=text)
    assert (signal.detected_at.isoformat(), signal.flags) == ("2026-03-01T01:11:09+00:00", flags)


def test_a_day_that_is_no_month_is_a_day() -> None:
    days = [
        the_record(opened_at=text).detected_at.date().isoformat() for text in ("03/31/2026 00:00:00", "31/03/2026 00:00:00")
    ]
    assert days == ["2026-03-31"] * 2


def test_the_value_of_a_pair_is_utc_whatever_the_zone_of_the_source() -> None:
    here = request("servicenow")._replace(zone=COPENHAGEN)
    body = orjson.dumps(RECORD | {"opened_at": pair("01-03-2026 02:11:09", "2026-03-01 01:11:09")})
    (signal,) = FORMATS["servicenow"].read(body, here).signals
    assert signal.detected_at.isoformat() == "2026-03-01T01:11:09+00:00"
    assert signal.told_at is not None
    assert signal.told_at.isoformat() == "2026-03-01T01:00:00+00:00"


def test_a_ticket_without_opened_at_was_detected_when_it_was_made() -> None:
    assert the_record(opened_at="", sys_created_on="2026-03-01 00:00:00").detected_at.hour == 0


@pytest.mark.parametrize(
    "body",
    [
        {"result": RECORD | {"sys_class_name": "problem"}},
        {"result": RECORD | {"sys_class_name": pair("Ændring", "change_request")}},
        {"table_name": "sc_task", "record": RECORD},
        {"result": []},
    ],
)
def test_other_tables_and_empty_pages_are_left_alone(body: object) -> None:
    assert parse(body) == Parsed([], [])


def test_a_page_is_read_record_by_record() -> None:
    parsed = parse({"result": [RECORD, RECORD | {"sys_class_name": "problem"}, {"state": "1"}, 7]})
    assert (len(parsed.signals), [rejected.item for rejected in parsed.rejected]) == (1, [3, 4])


@pytest.mark.parametrize("body", [{"error": {"message": "x"}}, {"result": None}, [], {"sys_id": 1.5}])
def test_what_is_no_record_is_refused(body: object) -> None:
    assert len(parse(body).rejected) == 1
