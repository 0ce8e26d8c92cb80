from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import read

GUID = "55555555-aaaa-4bbb-8ccc-666666666666"
ARM = f"/subscriptions/s/resourceGroups/R/providers/Microsoft.SecurityInsights/Incidents/{GUID}"
TENANT = "0b5e0c6a-1111-4222-8333-944444444444"
PROPERTIES: dict[str, Any] = {
    "title": "Mange alarmer",
    "severity": "High",
    "status": "New",
    "createdTimeUtc": "2026-03-01T02:11:09.1234567Z",
    "incidentNumber": 7,
}
INCIDENT: dict[str, Any] = {"id": ARM, "name": GUID, "etag": '"1"', "properties": PROPERTIES}
ROW: dict[str, Any] = {
    "TenantId": "33333333-aaaa-4bbb-8ccc-444444444444",
    "IncidentName": GUID,
    "IncidentNumber": 7,
    "Title": "Mange alarmer",
    "Severity": "High",
    "Status": "New",
    "CreatedTime": "2026-03-01T02:11:09Z",
}
XDR = {"providerName": "Microsoft XDR", "providerIncidentId": "29"}


def parse(body: object) -> Parsed:
    return read("sentinel", body if isinstance(body, bytes) else orjson.dumps(body))


def the_signal(body: object) -> Signal:
    parsed = parse(body)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


def incident(**changes: object) -> Signal:
    return the_signal(INCIDENT | {"properties": PROPERTIES | changes})


def the_refusal(body: object) -> str:
    parsed = parse(body)
    assert parsed.signals == []
    (rejected,) = parsed.rejected
    return rejected.reason


def test_the_arm_id_is_the_same_in_upper_and_lower_case() -> None:
    assert the_signal(INCIDENT).source_event_id == ARM.casefold()
    assert the_signal(INCIDENT | {"id": ARM.replace("Incidents", "incidents")}).source_event_id == ARM.casefold()


def test_all_four_shapes_tell_the_same_incident() -> None:
    trigger = {"objectSchemaType": "Incident", "objectEventType": "Create", "workspaceId": "w", "object": INCIDENT}
    sdk: dict[str, Any] = {
        "additional_properties": {},
        "id": ARM,
        "name": GUID,
        "title": "Mange alarmer",
        "severity": "High",
        "status": "New",
    }
    sdk |= {"created_time_utc": "2026-03-01T02:11:09.123456+00:00", "incident_number": 7}
    signals = [the_signal(body) for body in (INCIDENT, trigger, {"body": trigger}, sdk, ROW)]
    assert {(each.title, each.severity, each.same_as) for each in signals} == {
        ("Mange alarmer", Severity.HIGH, (f"sentinel-incident:{GUID}",))
    }
    assert {each.source_event_id for each in signals[:4]} == {ARM.casefold()}
    assert signals[3].detected_at.isoformat() == "2026-03-01T02:11:09.123456+00:00"


def test_without_an_arm_id_the_workspace_and_the_number_tell_which_it_is() -> None:
    assert the_signal(ROW).source_event_id == "33333333-aaaa-4bbb-8ccc-444444444444/7"
    trigger = {"workspaceId": "W1", "object": {"properties": PROPERTIES}}
    assert the_signal(trigger).source_event_id == "w1/7"


def test_without_a_workspace_the_name_counts_and_without_a_name_the_number() -> None:
    assert the_signal({"name": GUID.upper(), "properties": PROPERTIES}).source_event_id == GUID
    signal = the_signal({"properties": PROPERTIES})
    assert (signal.source_event_id, signal.flags) == ("7", ("no-workspace", "no-component"))


@pytest.mark.parametrize("number", [None, 7.5, "", []])
def test_an_incident_that_nothing_names_is_refused(number: object) -> None:
    assert the_refusal({"properties": PROPERTIES | {"incidentNumber": number}}).startswith("id")


@pytest.mark.parametrize(
    ("word", "status", "flags"),
    [
        ("New", SignalStatus.FIRING, ()),
        ("Active", SignalStatus.ACKNOWLEDGED, ()),
        ("Closed", SignalStatus.RESOLVED, ()),
        ("closed", SignalStatus.RESOLVED, ()),
        ("Noget andet", SignalStatus.FIRING, ("unknown-status",)),
        (None, SignalStatus.FIRING, ()),
    ],
)
def test_active_means_that_somebody_handles_it(word: object, status: SignalStatus, flags: tuple[str, ...]) -> None:
    signal = incident(status=word)
    assert (signal.status, signal.flags) == (status, (*flags, "no-component"))


@pytest.mark.parametrize(
    ("word", "flags"),
    [
        ("FalsePositive", ("false-positive",)),
        ("BenignPositive", ("benign-positive",)),
        ("TruePositive", ()),
        ("Undetermined", ()),
        (None, ()),
    ],
)
def test_what_was_judged_to_be_no_attack_is_visible(word: object, flags: tuple[str, ...]) -> None:
    assert incident(status="Closed", classification=word).flags == (*flags, "no-component")


def test_the_first_activity_is_when_it_was_detected_and_the_last_change_when_it_was_told() -> None:
    signal = incident(firstActivityTimeUtc="2026-03-01T01:00:00Z", lastModifiedTimeUtc="2026-03-01T03:00:00Z")
    assert signal.detected_at.hour == 1
    assert signal.told_at is not None
    assert signal.told_at.hour == 3
    assert incident(firstActivityTimeUtc=None).detected_at.hour == 2


@pytest.mark.parametrize(
    "provider", ["Microsoft XDR", "Microsoft Defender XDR", "Microsoft 365 Defender", "MicrosoftDefenderXDR"]
)
def test_defenders_incident_has_the_name_that_defender_gives_it(provider: str) -> None:
    url = f"https://security.microsoft.com/incidents/29?tid={TENANT.upper()}"
    signal = incident(**XDR | {"providerName": provider}, additionalData={"providerIncidentUrl": url})
    defender = {"id": "29", "tenantId": TENANT, "displayName": "x", "createdDateTime": "2026-03-01T02:01:00Z"}
    (by_defender,) = read("defender", orjson.dumps(defender)).signals
    assert signal.same_as[0] == by_defender.same_as[0] == f"defender-incident:{TENANT}/29"


def test_where_the_tenant_is_not_told_the_number_and_the_day_are_common_to_both() -> None:
    defender = {"id": "29", "tenantId": TENANT, "displayName": "x", "createdDateTime": "2026-03-01T02:01:00Z"}
    (by_defender,) = read("defender", orjson.dumps(defender)).signals
    assert set(incident(**XDR).same_as) & set(by_defender.same_as) == {"defender-incident:29@2026-03-01"}


def test_the_same_number_of_another_tenant_or_of_another_day_is_another_incident() -> None:
    url = f"https://security.microsoft.com/incidents/29?tid={TENANT}"
    other = {"id": "29", "tenantId": "other", "displayName": "x", "createdDateTime": "2026-03-01T02:01:00Z"}
    (by_defender,) = read("defender", orjson.dumps(other)).signals
    assert not set(incident(**XDR, incidentUrl=url).same_as) & set(by_defender.same_as)
    assert "defender-incident:29@2026-03-02" in incident(**XDR, createdTimeUtc="2026-03-02T00:00:00Z").same_as


@pytest.mark.parametrize("provider", ["Azure Sentinel", "AzureSentinel", "", None, "Microsoft XDR af en anden"])
def test_sentinels_own_incident_has_no_twin_in_defender(provider: object) -> None:
    assert incident(**XDR | {"providerName": provider}).same_as == (f"sentinel-incident:{GUID}",)


@pytest.mark.parametrize("name", ["1", "prøve", ""])
def test_a_name_that_somebody_has_chosen_makes_no_twins(name: str) -> None:
    assert the_signal(INCIDENT | {"id": f"/x/incidents/{name}", "name": name}).same_as == ()


def test_the_hosts_among_the_entities_are_the_components() -> None:
    entities = [
        {"kind": "Account", "properties": {"accountName": "konto", "upnSuffix": "x.example"}},
        {"kind": "host", "properties": {"hostName": "fs01", "dnsDomain": "x.example"}},
        {"kind": "Ip", "properties": {"address": "192.0.2.1"}},
    ]
    assert incident(relatedEntities=entities).components == ("fs01.x.example",)
    assert incident(relatedEntities=entities[:1]).components == ("konto@x.example",)
    assert incident(relatedEntities=[{"kind": "Host"}, 7, {"kind": "Host", "properties": {"hostName": ""}}]).components == ()


def test_a_body_without_alerts_and_entities_is_taken() -> None:
    assert incident(relatedEntities=None, alerts=None).flags == ("no-component",)


def test_the_table_has_objects_in_texts() -> None:
    row = ROW | {
        "AdditionalData": '{"tactics": ["Impact"], "techniques": ["T1486"]}',
        "Labels": '[{"labelName": "Redirected"}]',
    }
    signal = the_signal(row)
    assert (signal.signal_category, signal.references) == ("Impact", ("mitre:T1486",))
    assert signal.flags == ("redirected", "no-component")


@pytest.mark.parametrize("schema", ["Alert", "Entity"])
def test_the_trigger_of_an_alert_or_an_entity_is_refused(schema: str) -> None:
    assert the_refusal({"objectSchemaType": schema, "object": INCIDENT}).startswith("objectSchemaType")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"body": 7}, "body"),
        ({"object": 7}, "object"),
        (INCIDENT | {"properties": 7}, "properties"),
        ({"id": ARM}, "properties"),
        ({"objectSchemaType": "Incident"}, "properties"),
    ],
)
def test_what_is_no_incident_is_refused(body: object, where: str) -> None:
    assert the_refusal(body).startswith(where)


def test_a_page_is_read_incident_by_incident() -> None:
    parsed = parse({"value": [INCIDENT, 7, ROW]})
    assert len(parsed.signals) == 2
    assert [each.item for each in parsed.rejected] == [2]
    assert parse({"value": []}) == Parsed([], [])
