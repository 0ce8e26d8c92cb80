from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalKind, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, read

EVENT: dict[str, Any] = {
    "id": "7",
    "uuid": "5d1c9c1e-0000-4000-8000-00000000000a",
    "info": "Phishing",
    "date": "2026-03-01",
    "timestamp": "1772327469",
    "threat_level_id": "2",
    "published": True,
}
TOLD_BY_NO_EVENT = {"day-only", "no-component"}


def parse(body: object) -> Parsed:
    return read("misp", orjson.dumps(body))


def the_event(**changes: object) -> Signal:
    (signal,) = parse({"Event": EVENT | changes}).signals
    return signal


def doubts(signal: Signal) -> set[str]:
    return set(signal.flags) - TOLD_BY_NO_EVENT


def test_an_event_is_intelligence_and_stays_so() -> None:
    signal = the_event(analysis="2")
    assert (signal.kind, signal.status, signal.components) == (SignalKind.INTELLIGENCE, SignalStatus.FIRING, ())


@pytest.mark.parametrize(
    "body", [EVENT, {"Event": EVENT}, {"response": [{"Event": EVENT}]}, {"response": EVENT}, [{"Event": EVENT}]]
)
def test_every_wrapping_gives_the_same_event(body: object) -> None:
    (signal,) = parse(body).signals
    assert signal.source_event_id == EVENT["uuid"]
    assert signal.raw == orjson.dumps(body)


def test_the_uuid_is_the_key_on_every_server_and_the_id_is_not() -> None:
    signal = the_event(id="8", uuid=EVENT["uuid"].upper())
    assert (signal.source_event_id, signal.same_as) == (EVENT["uuid"], (f"misp:{EVENT['uuid']}",))


def test_without_a_uuid_the_content_is_the_key() -> None:
    signal, other = the_event(uuid=None), the_event(uuid=None, info="Andet")
    assert signal.source_event_id.startswith("sha256:")
    assert signal.source_event_id != other.source_event_id
    assert (doubts(signal), signal.same_as) == ({"no-id"}, ())


def test_the_timestamp_is_the_version_and_no_float() -> None:
    assert the_event(timestamp="1772327470").told_at != the_event().told_at
    assert the_event(timestamp="aldrig").told_at is None


def test_a_date_is_only_a_day() -> None:
    signal = the_event()
    assert signal.detected_at.isoformat() == "2026-03-01T00:00:00+00:00"
    assert "day-only" in signal.flags


def test_without_a_date_the_timestamp_counts() -> None:
    signal = the_event(date="")
    assert signal.detected_at.isoformat() == "2026-03-01T01:11:09+00:00"
    assert "day-only" not in signal.flags
    assert the_event(date=None, timestamp=None).detected_at == ARRIVED


@pytest.mark.parametrize(
    ("level", "severity", "flags"),
    [
        ("1", Severity.HIGH, set()),
        (2, Severity.MEDIUM, set()),
        ("3", Severity.LOW, set()),
        ("4", Severity.MEDIUM, {"no-severity"}),
        (None, Severity.MEDIUM, {"no-severity"}),
        ("9", Severity.MEDIUM, {"unknown-severity"}),
    ],
)
def test_the_threat_level_is_the_severity(level: object, severity: Severity, flags: set[str]) -> None:
    signal = the_event(threat_level_id=level)
    assert (signal.severity, doubts(signal)) == (severity, flags)


def test_an_event_that_is_not_published_is_a_doubt() -> None:
    assert doubts(the_event(published=False)) == {"unpublished"}
    assert doubts(the_event(published=None)) == set()


def test_tags_of_laws_and_of_the_traffic_light_are_kept() -> None:
    names = ["TLP:RED", 'GDPR:x="y"', 'NIS2:x="y"', "nisse", "phishing", "workflow:todo"]
    signal = the_event(Tag=[{"name": name} for name in names] + [7, {"name": None}, {}])
    assert signal.references == ("TLP:RED", 'GDPR:x="y"', 'NIS2:x="y"')
    assert doubts(signal) == {"gdpr", "nis"}


def test_a_page_is_read_event_by_event_and_may_be_empty() -> None:
    parsed = parse({"response": [{"Event": EVENT}, 7, {"Event": 7}, {"Event": {"id": "1"}}]})
    assert (len(parsed.signals), [rejected.item for rejected in parsed.rejected]) == (1, [2, 3, 4])
    assert parse({"response": []}) == Parsed([], [])


@pytest.mark.parametrize("body", [{"Object": [{"uuid": "a"}]}, {"Event": None}, {"response": "x"}, {"Event": {"id": "7"}}, []])
def test_what_is_no_event_is_refused(body: object) -> None:
    assert len(parse(body).rejected) == 1
