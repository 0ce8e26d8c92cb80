from datetime import timedelta, timezone
from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from adapters.intake_formats.formats import FORMATS
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import read, request

TENANT = "0b5e0c6a-1111-4222-8333-944444444444"
INCIDENT: dict[str, Any] = {
    "@odata.type": "#microsoft.graph.security.incident",
    "id": "29",
    "tenantId": TENANT,
    "displayName": "Mange alarmer",
    "status": "active",
    "severity": "low",
    "createdDateTime": "2026-03-01T02:11:09.1234567Z",
    "lastUpdateDateTime": "2026-03-01T03:00:00Z",
}
ALERT: dict[str, Any] = {
    "@odata.type": "#microsoft.graph.security.alert",
    "id": "da1",
    "title": "Gættede kodeord",
    "severity": "low",
    "status": "new",
    "createdDateTime": "2026-03-01T02:11:09Z",
}
RECORD: dict[str, Any] = {
    "time": "2026-03-01T02:12:00Z",
    "category": "AdvancedHunting-AlertEvidence",
    "properties": {
        "AlertId": "da1",
        "Timestamp": "2026-03-01T02:11:09Z",
        "Title": "t",
        "Severity": "Low",
        "DeviceName": "fs01",
    },
}


def parse(body: object) -> Parsed:
    return read("defender", body if isinstance(body, bytes) else orjson.dumps(body))


def the_signal(body: object) -> Signal:
    parsed = parse(body)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


def incident(**changes: object) -> Signal:
    return the_signal(INCIDENT | changes)


def record(**properties: object) -> dict[str, Any]:
    return RECORD | {"properties": RECORD["properties"] | properties}


def with_evidence(*evidence: object) -> Signal:
    return incident(alerts=[{"evidence": list(evidence)}])


def test_the_same_number_in_another_tenant_is_another_incident() -> None:
    assert incident().source_event_id == f"{TENANT}/29"
    assert incident(tenantId="other").source_event_id == "other/29"


def test_without_a_tenant_the_number_alone_counts_and_is_flagged() -> None:
    signal = incident(tenantId=None)
    assert (signal.source_event_id, signal.flags[0]) == ("29", "no-tenant")
    assert signal.same_as == ("defender-incident:29@2026-03-01",)


def test_an_id_that_became_a_number_is_taken_and_one_that_became_a_float_is_refused() -> None:
    assert incident(id=2**63).source_event_id == f"{TENANT}/9223372036854775808"
    broken: list[object] = [29.0, None, "", [], True]
    for value in broken:
        assert [each.reason.split(":")[0] for each in parse(INCIDENT | {"id": value}).rejected] == ["id"]
        assert [each.reason.split(":")[0] for each in parse(ALERT | {"id": value}).rejected] == ["id"]


@pytest.mark.parametrize(
    ("word", "severity", "flags"),
    [
        ("high", Severity.HIGH, ()),
        ("High", Severity.HIGH, ()),
        ("informational", Severity.INFO, ()),
        ("unknown", Severity.MEDIUM, ("unknown-severity",)),
        ("unknownFutureValue", Severity.MEDIUM, ("unknown-severity",)),
        (None, Severity.MEDIUM, ("no-severity",)),
    ],
)
def test_severity_is_read_in_either_case(word: object, severity: Severity, flags: tuple[str, ...]) -> None:
    signal = incident(severity=word)
    assert (signal.severity, signal.flags) == (severity, (*flags, "no-component"))


@pytest.mark.parametrize(
    ("word", "status", "flags"),
    [
        ("active", SignalStatus.FIRING, ()),
        ("Active", SignalStatus.FIRING, ()),
        ("InProgress", SignalStatus.ACKNOWLEDGED, ()),
        ("awaitingAction", SignalStatus.ACKNOWLEDGED, ()),
        ("Resolved", SignalStatus.RESOLVED, ()),
        ("redirected", SignalStatus.FIRING, ("redirected",)),
        ("unknownFutureValue", SignalStatus.FIRING, ("unknown-status",)),
        (None, SignalStatus.FIRING, ()),
    ],
)
def test_status_is_read_in_either_case_and_a_doubt_never_ends_an_incident(
    word: object, status: SignalStatus, flags: tuple[str, ...]
) -> None:
    signal = incident(status=word)
    assert (signal.status, signal.flags) == (status, (*flags, "no-component"))


def test_a_merged_incident_is_linked_and_not_over() -> None:
    signal = incident(status="redirected", redirectIncidentId="17")
    assert signal.status is SignalStatus.FIRING
    assert signal.flags == ("redirected", "no-component")
    assert signal.same_as[-1] == f"defender-incident:{TENANT}/17"
    assert f"defender-incident:{TENANT}/17" in signal.references


def test_a_merged_incident_without_a_tenant_is_linked_by_its_number_but_no_twin() -> None:
    signal = incident(redirectIncidentId="17", tenantId=None)
    assert signal.references == ("defender-incident:17",)
    assert signal.same_as == ("defender-incident:29@2026-03-01",)


@pytest.mark.parametrize("into", [None, "", "29", {}, 1.5])
def test_an_incident_that_was_not_merged_is_not_linked(into: object) -> None:
    signal = incident(redirectIncidentId=into)
    assert (signal.references, "redirected" in signal.flags) == ((), False)


@pytest.mark.parametrize(
    ("word", "flags"),
    [
        ("falsePositive", ("false-positive",)),
        ("FalsePositive", ("false-positive",)),
        ("informationalExpectedActivity", ("expected-activity",)),
        ("truePositive", ()),
        ("unknown", ()),
        (None, ()),
    ],
)
def test_a_false_positive_is_visible(word: object, flags: tuple[str, ...]) -> None:
    assert incident(classification=word).flags == (*flags, "no-component")
    assert the_signal(ALERT | {"classification": word}).flags == (*flags, "no-component")


def test_the_seventh_digit_of_a_second_is_cut() -> None:
    assert incident().detected_at.isoformat() == "2026-03-01T02:11:09.123456+00:00"


def test_the_status_is_as_old_as_the_last_update() -> None:
    told_at = incident().told_at
    assert told_at is not None
    assert told_at.isoformat() == "2026-03-01T03:00:00+00:00"
    assert incident(lastUpdateDateTime=None).told_at is None


def test_a_time_without_a_zone_is_the_tools() -> None:
    body = orjson.dumps(INCIDENT | {"createdDateTime": "2026-03-01T02:11:09"})
    copenhagen = request("defender")._replace(zone=timezone(timedelta(hours=1)))
    (signal,) = FORMATS["defender"].read(body, copenhagen).signals
    assert signal.detected_at.isoformat() == "2026-03-01T01:11:09+00:00"


def test_accounts_name_a_component_only_where_no_device_does() -> None:
    device = {"@odata.type": "#microsoft.graph.security.deviceEvidence", "deviceDnsName": "fs01"}
    user = {"@odata.type": "#microsoft.graph.security.userEvidence", "userAccount": {"accountName": "konto"}}
    mailbox = {"@odata.type": "#microsoft.graph.security.mailboxEvidence", "primaryAddress": "post@x.example"}
    process = {"@odata.type": "#microsoft.graph.security.processEvidence", "userAccount": {"accountName": "SYSTEM"}}
    assert with_evidence(user, device, device).components == ("fs01",)
    assert with_evidence(user, mailbox, process).components == ("konto", "post@x.example")


def test_evidence_of_any_shape_is_answered() -> None:
    assert with_evidence(None, 7, {"deviceDnsName": 7}, {"userAccount": "x"}).components == ("7",)
    assert incident(alerts="many").components == ()


def test_an_older_body_names_its_type_in_another_namespace() -> None:
    assert incident(**{"@odata.type": "#microsoft.graph.incident"}).source_event_id == f"{TENANT}/29"


def test_without_a_type_the_fields_tell_what_it_is() -> None:
    plain = {key: value for key, value in INCIDENT.items() if key != "@odata.type"}
    assert the_signal(plain).same_as[0] == f"defender-incident:{TENANT}/29"
    assert the_signal({"id": "da1", "title": "t", "incidentId": "29"}).same_as == ("defender-alert:da1",)


def test_an_incident_with_its_alerts_is_one_signal_and_an_alert_alone_is_one() -> None:
    expanded = incident(alerts=[ALERT, ALERT | {"id": "da2"}])
    assert expanded.source_event_id == f"{TENANT}/29"
    assert the_signal(ALERT).source_event_id == "da1"


def test_the_number_of_an_incident_counts_in_its_tenant_and_an_alert_tells_to_which_it_belongs() -> None:
    assert the_signal(ALERT | {"tenantId": TENANT, "incidentId": "29"}).references == (f"defender-incident:{TENANT}/29",)
    assert the_signal(ALERT | {"incidentId": "29"}).references == ()


def test_tags_custom_tags_and_control_characters_in_recommendations_cost_nothing() -> None:
    plain = incident()
    changed = incident(tags=["x"], customTags=None, systemTags=7, recommendedActions="\x00\x10\u00e2\u20ac")
    assert changed._replace(raw=plain.raw, payload_sha256=plain.payload_sha256) == plain


def test_a_page_that_is_empty_holds_nothing() -> None:
    assert parse({"value": []}) == Parsed([], [])
    assert parse({"records": []}) == Parsed([], [])


def test_the_same_incident_has_the_same_bytes_on_every_page() -> None:
    first, second = (parse({"value": page}).signals[-1] for page in ([INCIDENT], [ALERT, INCIDENT]))
    assert first == second


def test_what_is_neither_is_refused_by_its_number() -> None:
    parsed = parse({"value": [ALERT, {"id": "1"}, 7, RECORD, {"properties": {"Title": "t"}}]})
    assert [each.item for each in parsed.rejected] == [2, 3, 5]
    assert len(parsed.signals) == 2


def test_records_of_one_alert_are_one_signal_with_all_devices() -> None:
    records = [record(), record(AlertId="da2"), record(DeviceName="fs02"), record(DeviceName="fs01")]
    parsed = parse({"records": records})
    assert [(each.source_event_id, each.components) for each in parsed.signals] == [
        ("da1", ("fs01", "fs02")),
        ("da2", ("fs01",)),
    ]
    assert orjson.loads(parsed.signals[0].raw) == [records[0], records[2], records[3]]
    assert orjson.loads(parsed.signals[1].raw) == records[1]


def test_a_streamed_alert_and_graphs_are_the_same() -> None:
    assert the_signal(RECORD).source_event_id == the_signal(ALERT).source_event_id
    assert the_signal(RECORD).same_as == the_signal(ALERT).same_as


def test_lists_in_texts_are_read_and_broken_ones_remain_texts() -> None:
    signal = the_signal(record(Categories='["A","B"]', AttackTechniques='["Phishing (T1566)","T1110.003"]'))
    assert (signal.signal_category, signal.references) == ("A,B", ("mitre:T1566", "mitre:T1110.003"))
    assert the_signal(record(Categories="[broken", AdditionalFields="{")).signal_category == "[broken"
    assert the_signal(record(Categories=["A"], AdditionalFields={"Upn": "x"})).signal_category == "A"


def test_a_streamed_mailbox_is_named_where_no_device_is() -> None:
    mailbox = record(DeviceName=None, AdditionalFields='{"MailboxPrimaryAddress": "post@x.example"}')
    assert the_signal(mailbox).components == ("post@x.example",)
    assert the_signal(record(DeviceName="", AccountUpn="konto@x.example")).components == ("konto@x.example",)


def test_records_of_other_tables_hold_nothing() -> None:
    parsed = parse({"records": [RECORD | {"category": "AdvancedHunting-DeviceEvents"}, RECORD]})
    assert (len(parsed.signals), parsed.rejected) == (1, [])


@pytest.mark.parametrize("alert_id", [None, "", 1.5, {}])
def test_a_record_without_its_alert_is_refused(alert_id: object) -> None:
    parsed = parse({"records": [RECORD, record(AlertId=alert_id)]})
    assert [(each.item, each.reason.split(":")[0]) for each in parsed.rejected] == [(2, "properties.AlertId")]


def test_records_come_in_lines_too() -> None:
    parsed = parse(orjson.dumps(RECORD) + b"\n" + orjson.dumps(record(AlertId="da2")) + b"\n{broken\n")
    assert [each.source_event_id for each in parsed.signals] == ["da1", "da2"]
    assert [each.item for each in parsed.rejected] == [3]
