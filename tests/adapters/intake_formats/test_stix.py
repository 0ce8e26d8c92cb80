import time
from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalKind, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, read

CORE = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
INCIDENT: dict[str, Any] = {
    "type": "incident",
    "spec_version": "2.1",
    "id": "incident--00000000-0000-4000-8000-000000000001",
    "created": "2026-03-01T01:11:09.123Z",
    "modified": "2026-03-01T02:00:00Z",
    "name": "Låste filer",
}
INDICATOR = {
    "type": "indicator",
    "id": "indicator--00000000-0000-4000-8000-000000000002",
    "created": "2026-02-01T00:00:00Z",
    "modified": "2026-02-02T00:00:00Z",
    "name": "Ond adresse",
}


def parse(*objects: object, **bundle: object) -> Parsed:
    return read("stix", orjson.dumps({"type": "bundle", "id": "bundle--1", "objects": objects} | bundle))


def the_incident(**changes: object) -> Signal:
    (signal,) = parse(INCIDENT | changes, INDICATOR).signals
    return signal


def with_core(**core: object) -> Signal:
    return the_incident(extensions={CORE: {"criticality": 40} | core})


def test_an_incident_is_an_alert_known_by_its_id() -> None:
    signal = the_incident()
    assert (signal.source_event_id, signal.kind, signal.title) == (INCIDENT["id"], SignalKind.ALERT, "Låste filer")
    assert signal.same_as == (f"stix:{INCIDENT['id']}",)


def test_the_latest_version_in_a_bundle_counts_wherever_it_stands() -> None:
    newer = INCIDENT | {"name": "Ny", "modified": "2026-03-01T02:00:00.000001Z"}
    for objects in ((INCIDENT, newer), (newer, INCIDENT)):
        (signal,) = parse(*objects).signals
        assert signal.title == "Ny"


def test_the_version_tells_since_when() -> None:
    signal = the_incident()
    assert signal.told_at is not None
    assert (signal.detected_at.isoformat(), signal.told_at.isoformat()) == (
        "2026-03-01T01:11:09.123000+00:00",
        "2026-03-01T02:00:00+00:00",
    )


def test_what_was_revoked_is_resolved() -> None:
    signal = the_incident(revoked=True, extensions={CORE: {"investigation_status": "open", "criticality": 1}})
    assert (signal.status, signal.flags) == (SignalStatus.RESOLVED, ("revoked", "no-component"))
    assert the_incident(revoked="nej").status is SignalStatus.FIRING


@pytest.mark.parametrize(
    ("criticality", "severity", "flags"),
    [
        (0, Severity.INFO, ()),
        (1, Severity.LOW, ()),
        (29, Severity.LOW, ()),
        (30, Severity.MEDIUM, ()),
        (50, Severity.HIGH, ()),
        (89, Severity.HIGH, ()),
        (90, Severity.CRITICAL, ()),
        (100, Severity.CRITICAL, ()),
        (None, Severity.MEDIUM, ("no-severity",)),
        (101, Severity.MEDIUM, ("unknown-severity",)),
        (-1, Severity.MEDIUM, ("unknown-severity",)),
        (True, Severity.MEDIUM, ("unknown-severity",)),
        ("høj", Severity.MEDIUM, ("unknown-severity",)),
    ],
)
def test_the_criticality_is_the_severity(criticality: object, severity: Severity, flags: tuple[str, ...]) -> None:
    signal = with_core(criticality=criticality)
    assert (signal.severity, signal.flags) == (severity, (*flags, "no-component"))


@pytest.mark.parametrize(
    ("word", "status"), [("new", SignalStatus.FIRING), ("open", SignalStatus.FIRING), ("closed", SignalStatus.RESOLVED)]
)
def test_the_investigation_is_the_status(word: str, status: SignalStatus) -> None:
    assert with_core(investigation_status=word).status is status


def test_an_unknown_investigation_is_a_doubt() -> None:
    assert with_core(investigation_status="parkeret").flags == ("unknown-status", "no-component")


@pytest.mark.parametrize("word", ["false-positive", "blocked", "failed-attempt"])
def test_a_determination_that_lessens_is_shown(word: str) -> None:
    assert with_core(determination=word).flags == (word, "no-component")
    assert with_core(determination="confirmed").flags == ("no-component",)


def test_the_incident_types_are_the_category() -> None:
    assert with_core(incident_types=["ransomware", 7, "dos"]).signal_category == "ransomware,7,dos"


@pytest.mark.parametrize(
    ("marking", "reference"),
    [
        ("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", "tlp:white"),
        ("marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "tlp:amber+strict"),
        ("marking-definition--egen", "tlp:red"),
        ("marking-definition--navn", "tlp:green"),
    ],
)
def test_the_traffic_light_is_kept(marking: str, reference: str) -> None:
    own = {
        "type": "marking-definition",
        "id": "marking-definition--egen",
        "definition_type": "tlp",
        "definition": {"tlp": "red"},
    }
    named = {"type": "marking-definition", "id": "marking-definition--navn", "name": "TLP:GREEN"}
    (signal,) = parse(INCIDENT | {"object_marking_refs": [marking, "marking-definition--ukendt", 7]}, own, named).signals
    assert signal.references == (reference,)


def test_the_infrastructure_that_is_hit_is_the_component() -> None:
    host = {"type": "infrastructure", "id": "infrastructure--1", "name": "fs01"}
    person = {"type": "identity", "id": "identity--1", "name": "Bent"}
    hits = [
        {"type": "relationship", "relationship_type": kind, "source_ref": INCIDENT["id"], "target_ref": target}
        for kind, target in (("impacts", "infrastructure--1"), ("targets", "identity--1"), ("related-to", "infrastructure--1"))
    ]
    (signal,) = parse(INCIDENT, *hits, host, person).signals
    assert signal.components == ("fs01",)


def test_two_incidents_are_two_signals_with_bytes_of_their_own() -> None:
    other = INCIDENT | {"id": "incident--00000000-0000-4000-8000-000000000009"}
    parsed = parse(INCIDENT, INDICATOR, other, {"type": "incident"}, {"type": "incident", "id": "x"})
    assert [orjson.loads(signal.raw) for signal in parsed.signals] == [INCIDENT, other]
    assert [rejected.item for rejected in parsed.rejected] == [3, 4]


def test_an_incident_without_a_bundle_is_read() -> None:
    body = orjson.dumps(INCIDENT)
    (signal,) = read("stix", body).signals
    assert (signal.source_event_id, signal.raw) == (INCIDENT["id"], body)


def test_a_bundle_without_an_incident_is_one_piece_of_intelligence() -> None:
    (signal,) = parse({"type": "identity", "name": "CERT"}, INDICATOR, INDICATOR | {"id": "indicator--2", "name": "b"}).signals
    assert (signal.kind, signal.source_event_id, signal.title) == (SignalKind.INTELLIGENCE, "bundle--1", "Ond adresse")
    assert signal.detected_at.isoformat() == "2026-02-02T00:00:00+00:00"


def test_the_report_gives_a_bundle_its_title() -> None:
    (signal,) = parse(INDICATOR, {"type": "report", "name": "Ugens trusler", "description": "tre"}).signals
    assert (signal.title, signal.description) == ("Ugens trusler", "tre")


def test_a_bundle_without_an_id_is_known_by_its_bytes() -> None:
    (signal,) = parse(INDICATOR, id=None).signals
    assert (signal.source_event_id, "no-id" in signal.flags) == (f"sha256:{signal.payload_sha256}", True)


def test_a_bundle_without_any_time_or_name_is_taken() -> None:
    (signal,) = parse({"type": "sighting"}).signals
    assert (signal.detected_at, {"no-time", "no-title"} <= {*signal.flags}) == (ARRIVED, True)


def test_stix_2_0_and_the_pages_of_a_server_are_read() -> None:
    assert len(parse(INDICATOR, spec_version="2.0").signals) == 1
    assert len(read("stix", orjson.dumps({"more": False, "objects": [INCIDENT]})).signals) == 1
    assert read("stix", b'{"more": false, "objects": []}') == Parsed([], [])


@pytest.mark.parametrize("body", [INDICATOR, {"type": "bundle", "objects": 7}, {"objects": None}, []])
def test_what_is_no_bundle_is_refused(body: object) -> None:
    assert [rejected.item for rejected in read("stix", orjson.dumps(body)).rejected] == [0]


def test_a_bundle_of_many_references_costs_little_time() -> None:
    markings = [f"marking-definition--{number}" for number in range(20)]
    many = [INCIDENT | {"id": f"incident--{number}", "object_marking_refs": markings} for number in range(1_000)]
    started = time.process_time()
    assert len(parse(*many, *[{"type": "relationship", "source_ref": "incident--1"}] * 2_000).signals) == 1_000
    assert time.process_time() - started < 3
