from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalKind, SignalStatus
from tests.adapters.intake_formats.support import read

ALERT: dict[str, Any] = {
    "@timestamp": "2026-03-01T02:15:00Z",
    "kibana.alert.uuid": "aa01",
    "kibana.alert.rule.name": "Mange krypterede filer",
    "kibana.alert.severity": "high",
    "kibana.alert.workflow_status": "open",
    "kibana.alert.original_time": "2026-03-01T02:11:09Z",
    "host.name": "fs01",
}
ENDPOINT: dict[str, Any] = {
    "@timestamp": "2026-03-01T02:11:09Z",
    "event": {"id": "Nk0", "kind": "alert", "module": "endpoint", "code": "ransomware", "severity": 73},
    "message": "Ransomware Prevention Alert",
    "host": {"name": "pc-9"},
}
CASE: dict[str, Any] = {
    "id": "0c0ffee0",
    "version": "WzcsMV0=",
    "owner": "securitySolution",
    "title": "Undersøg fs01",
    "status": "open",
    "severity": "low",
    "created_at": "2026-03-01T03:00:00Z",
}
OLD: dict[str, Any] = {
    "@timestamp": "2026-03-01T02:15:00Z",
    "signal": {"status": "open", "rule": {"name": "Regel fra 7.x", "severity": "low"}},
}


def parse(body: object) -> Parsed:
    return read("elastic", body if isinstance(body, bytes) else orjson.dumps(body))


def the_signal(body: object) -> Signal:
    parsed = parse(body)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


def alert(**changes: object) -> Signal:
    return the_signal(ALERT | {name.replace("__", "."): value for name, value in changes.items()})


def nested(document: dict[str, Any]) -> dict[str, Any]:
    deep: dict[str, Any] = {}
    for path, value in document.items():
        *above, last = path.split(".")
        level = deep
        for part in above:
            level = level.setdefault(part, {})
        level[last] = value
    return deep


def test_an_alert_reads_the_same_flat_nested_and_mixed() -> None:
    plain = alert()
    mixed = {"kibana.alert": {"uuid": "aa01", "rule.name": "Mange krypterede filer"}, "kibana": {"alert": {"severity": "high"}}}
    mixed |= {"@timestamp": ALERT["@timestamp"], "kibana.alert.workflow_status": "open", "host": {"name": ["fs01"]}}
    mixed |= {"kibana.alert.original_time": ["2026-03-01T02:11:09Z"]}
    for body in (nested(ALERT), mixed):
        signal = the_signal(body)
        assert signal._replace(raw=plain.raw, payload_sha256=plain.payload_sha256) == plain


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("open", SignalStatus.FIRING),
        ("acknowledged", SignalStatus.ACKNOWLEDGED),
        ("in-progress", SignalStatus.ACKNOWLEDGED),
        ("closed", SignalStatus.RESOLVED),
    ],
)
def test_what_somebody_did_with_it_is_its_status(word: str, status: SignalStatus) -> None:
    assert alert(kibana__alert__workflow_status=word, kibana__alert__status="active").status is status


def test_without_a_workflow_the_rules_own_status_counts() -> None:
    assert alert(kibana__alert__workflow_status=None, kibana__alert__status="recovered").status is SignalStatus.RESOLVED
    assert alert(kibana__alert__workflow_status="sovet").flags == ("unknown-status",)


@pytest.mark.parametrize(
    ("score", "severity"),
    [
        (0, Severity.LOW),
        (21, Severity.LOW),
        (47, Severity.MEDIUM),
        (73, Severity.HIGH),
        (73.5, Severity.CRITICAL),
        (100, Severity.CRITICAL),
    ],
)
def test_without_a_word_the_risk_score_tells_the_severity(score: float, severity: Severity) -> None:
    signal = alert(kibana__alert__severity=None, kibana__alert__risk_score=score)
    assert (signal.severity, signal.flags) == (severity, ())
    (endpoint,) = parse(ENDPOINT | {"event": ENDPOINT["event"] | {"severity": score}}).signals
    assert endpoint.severity is severity


@pytest.mark.parametrize(
    ("word", "score", "flag"),
    [
        (None, 101, "unknown-severity"),
        (None, -1, "unknown-severity"),
        (None, "mange", "unknown-severity"),
        (None, "nan", "unknown-severity"),
        ("slem", 99, "unknown-severity"),
        (None, None, "no-severity"),
        (None, True, "no-severity"),
    ],
)
def test_a_severity_off_the_scale_is_medium_and_flagged(word: object, score: object, flag: str) -> None:
    signal = alert(kibana__alert__severity=word, kibana__alert__risk_score=score)
    assert (signal.severity, signal.flags) == (Severity.MEDIUM, (flag,))


def test_a_building_block_holds_nothing() -> None:
    rule = OLD["signal"]["rule"] | {"building_block_type": "default"}
    for block in (ALERT | {"kibana.alert.building_block_type": "default"}, OLD | {"signal": {"rule": rule}}):
        assert parse(block) == Parsed([], [])
    assert alert(kibana__alert__building_block_type=None).source_event_id == "aa01"


def test_the_original_events_time_is_when_it_was_detected() -> None:
    assert alert().detected_at.isoformat() == "2026-03-01T02:11:09+00:00"
    assert alert(kibana__alert__original_time=None).detected_at.isoformat() == "2026-03-01T02:15:00+00:00"


def test_the_status_is_as_old_as_its_last_change_and_an_untouched_one_as_the_alert() -> None:
    changed = alert(kibana__alert__workflow_status_updated_at="2026-03-01T09:00:00Z", kibana__alert__workflow_status="closed")
    assert changed.told_at is not None
    assert changed.told_at.hour == 9
    untouched = alert()
    assert untouched.told_at is not None
    assert untouched.told_at.minute == 15
    assert alert(kibana__alert__workflow_status="closed").told_at is None


def test_without_a_host_the_user_is_the_component() -> None:
    assert alert(user__name="konto").components == ("fs01",)
    assert alert(host__name=None, user__name="konto").components == ("konto",)
    assert alert(host__name=None).flags == ("no-component",)


def test_an_old_alert_is_known_by_its_documents_id() -> None:
    hit = the_signal({"_id": "bb02", "_source": OLD})
    assert (hit.source_event_id, hit.title, hit.severity) == ("bb02", "Regel fra 7.x", Severity.LOW)
    bare = the_signal(OLD)
    assert (bare.source_event_id, bare.flags) == (f"sha256:{bare.payload_sha256}", ("no-id", "no-component"))


def test_a_hit_and_its_document_are_the_same_alert() -> None:
    assert the_signal({"_index": ".alerts", "_id": "aa01", "_source": ALERT}).source_event_id == alert().source_event_id


@pytest.mark.parametrize(
    "page",
    [
        {"hits": {"total": {"value": 2}, "hits": [ALERT, CASE]}},
        {"alerts": [ALERT, CASE]},
        {"context": {"alerts": [ALERT, CASE]}, "rule": {"name": "x"}},
        {"alerts": {"new": {"count": 2, "data": [ALERT, CASE]}}},
        {"page": 1, "cases": [ALERT, CASE]},
        [ALERT, CASE],
    ],
)
def test_a_search_and_a_connector_give_many(page: object) -> None:
    assert [each.source_event_id for each in parse(page).signals] == ["aa01", "0c0ffee0"]


def test_a_search_without_hits_holds_nothing() -> None:
    assert parse({"hits": {"total": {"value": 0}, "hits": []}}) == Parsed([], [])


def test_an_endpoints_alert_is_known_by_its_event() -> None:
    signal = the_signal(ENDPOINT | {"rule": {"name": "Ransomware"}})
    assert (signal.source_event_id, signal.title, signal.status) == ("Nk0", "Ransomware", SignalStatus.FIRING)
    assert (signal.description, signal.signal_category) == ("Ransomware Prevention Alert", "ransomware")


@pytest.mark.parametrize("event", [{"module": "suricata"}, {"kind": "event"}, {"module": None}])
def test_another_modules_event_is_refused_as_its_severity_has_another_scale(event: dict[str, Any]) -> None:
    assert [each.item for each in parse(ENDPOINT | {"event": ENDPOINT["event"] | event}).rejected] == [1]


@pytest.mark.parametrize("event_id", [None, "", 1.5, {}])
def test_an_alert_without_an_id_is_known_by_its_bytes(event_id: object) -> None:
    signal = alert(kibana__alert__uuid=event_id)
    assert (signal.source_event_id, signal.flags) == (f"sha256:{signal.payload_sha256}", ("no-id",))


def test_techniques_and_their_parts_are_references() -> None:
    threat = [
        {"tactic": {"name": "Execution"}, "technique": [{"id": "T1059", "subtechnique": [{"id": "T1059.001"}, 7]}, None]},
        7,
    ]
    signal = alert(**{"kibana.alert.rule.threat": threat})
    assert (signal.signal_category, signal.references) == ("Execution", ("mitre:T1059", "mitre:T1059.001"))


def test_a_case_is_a_ticket_and_its_nulls_cost_nothing() -> None:
    nulls = dict.fromkeys(("category", "description", "closed_at", "closed_by", "updated_at", "external_service", "duration"))
    signal = the_signal(CASE | nulls)
    assert (signal.kind, signal.source_event_id, signal.severity) == (SignalKind.TICKET, "0c0ffee0", Severity.LOW)
    assert signal.told_at == signal.detected_at


def test_a_changed_case_is_the_same_case() -> None:
    changed = the_signal(CASE | {"version": "WzgsMV0=", "status": "in-progress", "updated_at": "2026-03-01T04:00:00Z"})
    assert changed.source_event_id == the_signal(CASE).source_event_id
    assert changed.status is SignalStatus.ACKNOWLEDGED
    assert changed.told_at is not None
    assert changed.told_at.hour == 4


@pytest.mark.parametrize("body", [CASE | {"id": None}, CASE | {"id": 1.5}])
def test_a_case_without_an_id_is_refused(body: object) -> None:
    assert [each.reason.split(":")[0] for each in parse(body).rejected] == ["id"]


@pytest.mark.parametrize(
    "body", [{"_source": 7}, {"kibana": 7}, {"signal": {"rule": 7}}, {"owner": ["cases"]}, {"rule_name": "x"}]
)
def test_what_is_none_of_these_is_refused(body: object) -> None:
    assert [each.item for each in parse(body).rejected] == [1]
