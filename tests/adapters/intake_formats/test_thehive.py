from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalKind, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, read

ALERT: dict[str, Any] = {
    "_id": "~41",
    "_createdAt": 1772327475000,
    "type": "siem",
    "source": "wazuh-01",
    "sourceRef": "1772327469.104530",
    "title": "Mange forkerte kodeord",
    "severity": 2,
    "date": 1772327469000,
    "stage": "New",
    "status": "New",
    "observables": [{"dataType": "hostname", "data": "fs01"}],
}


def parse(body: object) -> Parsed:
    return read("thehive", orjson.dumps(body))


def the_alert(**changes: object) -> Signal:
    (signal,) = parse(ALERT | changes).signals
    return signal


def test_an_alert_is_known_by_thehives_own_triple() -> None:
    signal = the_alert(_id="~99")
    assert (signal.source_event_id, signal.kind) == ("siem/wazuh-01/1772327469.104530", SignalKind.ALERT)


def test_two_triples_never_read_the_same() -> None:
    ids = {the_alert(type=one, source=two).source_event_id for one, two in (("a/b", "c"), ("a", "b/c"), ("a%2Fb", "c"))}
    assert len(ids) == 3


@pytest.mark.parametrize("reference", ["", None, 1772327469.10453])
def test_without_the_triple_thehives_id_serves_and_is_a_doubt(reference: object) -> None:
    signal = the_alert(sourceRef=reference)
    assert (signal.source_event_id, signal.flags) == ("~41", ("no-source-ref",))


@pytest.mark.parametrize(
    ("level", "severity", "flags"),
    [
        (1, Severity.LOW, ()),
        (2, Severity.MEDIUM, ()),
        (3, Severity.HIGH, ()),
        ("4", Severity.CRITICAL, ()),
        (None, Severity.MEDIUM, ("no-severity",)),
        (5, Severity.MEDIUM, ("unknown-severity",)),
    ],
)
def test_the_four_levels_are_severities(level: object, severity: Severity, flags: tuple[str, ...]) -> None:
    signal = the_alert(severity=level)
    assert (signal.severity, signal.flags) == (severity, flags)


@pytest.mark.parametrize(
    ("stage", "word", "status", "flags"),
    [
        ("New", "New", SignalStatus.FIRING, ()),
        ("New", "Updated", SignalStatus.FIRING, ()),
        ("InProgress", "InProgress", SignalStatus.ACKNOWLEDGED, ()),
        ("Imported", "Imported", SignalStatus.ACKNOWLEDGED, ()),
        ("Closed", "Afsluttet af os", SignalStatus.RESOLVED, ()),
        ("Closed", "Duplicate", SignalStatus.RESOLVED, ("duplicate",)),
        ("Closed", "False Positive", SignalStatus.RESOLVED, ("false-positive",)),
        (None, "New", SignalStatus.FIRING, ()),
        (None, "Updated", SignalStatus.FIRING, ()),
        (None, "Ignored", SignalStatus.RESOLVED, ("ignored",)),
        (None, "Imported", SignalStatus.ACKNOWLEDGED, ()),
        (None, "Noget nyt", SignalStatus.FIRING, ("unknown-status",)),
        (None, None, SignalStatus.FIRING, ()),
    ],
)
def test_the_stage_is_the_status_and_in_4_the_status(
    stage: str | None, word: str | None, status: SignalStatus, flags: tuple[str, ...]
) -> None:
    signal = the_alert(stage=stage, status=word)
    assert (signal.status, signal.flags) == (status, flags)


def test_times_are_milliseconds_since_1970() -> None:
    signal = the_alert(_updatedAt=1772330000123)
    assert signal.told_at is not None
    assert (signal.detected_at.isoformat(), signal.told_at.isoformat()) == (
        "2026-03-01T01:11:09+00:00",
        "2026-03-01T01:53:20.123000+00:00",
    )


def test_an_alert_that_was_never_updated_was_told_when_it_was_made() -> None:
    signal = the_alert(date=None)
    assert signal.told_at == signal.detected_at
    assert the_alert(date=None, _createdAt=None).detected_at == ARRIVED


def test_only_host_names_among_the_observables_are_components() -> None:
    seen = [{"dataType": kind, "data": f"{kind}.example"} for kind in ("ip", "domain", "url", "fqdn", "hostname")]
    assert the_alert(observables=seen).components == ("hostname.example",)
    assert the_alert(observables=None, artifacts=seen).components == ("hostname.example",)


@pytest.mark.parametrize(
    ("number", "reference", "flags"),
    [(0, "tlp:clear", ()), (2, "tlp:amber", ()), (4, "tlp:red", ()), (3, "tlp:3", ("unclear-tlp",))],
)
def test_the_colour_is_named_where_all_versions_agree(number: int, reference: str, flags: tuple[str, ...]) -> None:
    signal = the_alert(tlp=number)
    assert (signal.references, signal.flags) == ((reference,), flags)


def test_the_case_and_the_link_are_references() -> None:
    signal = the_alert(caseId="~7", externalLink="https://siem.example/1")
    assert signal.references == ("https://siem.example/1", "thehive-case:~7")


def test_thehive_4_has_other_names() -> None:
    (signal,) = parse(
        {"id": "~41", "createdAt": 1772327475000, "type": "siem", "source": "s", "sourceRef": "7", "artifacts": []}
        | {"date": None}
    ).signals
    assert (signal.source_event_id, signal.detected_at.isoformat()) == ("siem/s/7", "2026-03-01T01:11:15+00:00")


@pytest.mark.parametrize(
    "wrapper",
    [
        {"objectType": "Alert", "action": "update", "details": {"stage": "Closed"}, "_createdAt": 1772330000000},
        {"objectType": "alert", "operation": "Creation", "details": {}, "startDate": 1772330000000, "base": True},
    ],
)
def test_a_notification_tells_of_the_alert_in_it(wrapper: dict[str, Any]) -> None:
    body = wrapper | {"object": ALERT}
    (signal,) = parse(body).signals
    assert signal.source_event_id == the_alert().source_event_id
    assert signal.raw == orjson.dumps(body)
    assert signal.told_at is not None
    assert signal.told_at.isoformat() == "2026-03-01T01:53:20+00:00"


@pytest.mark.parametrize(
    "body",
    [
        {"objectType": "Case", "action": "create", "object": {"title": "x"}},
        {"objectType": "Observable", "action": "create", "object": {"data": "1"}, "context": ALERT},
        {"objectType": "case_task_log", "operation": "create", "object": {}},
        {"objectType": "Alert", "action": "delete", "objectId": "~41", "details": {}},
    ],
)
def test_notifications_of_anything_else_hold_nothing(body: object) -> None:
    assert parse(body) == Parsed([], [])


def test_a_list_is_read_alert_by_alert() -> None:
    parsed = parse([ALERT, 7, {"title": "x"}, ALERT | {"sourceRef": "8"}])
    assert (len(parsed.signals), [rejected.item for rejected in parsed.rejected]) == (2, [2, 3])


@pytest.mark.parametrize("body", [{"title": "x"}, {"objectType": None}, {"objectType": "Alert", "object": 7}, []])
def test_what_is_no_alert_is_refused(body: object) -> None:
    assert len(parse(body).rejected) == 1
