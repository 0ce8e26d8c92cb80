from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from adapters.intake_formats.contract import Parsed, Request
from adapters.intake_formats.formats import FORMATS
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, read

ALERT: dict[str, Any] = {
    "timestamp": "2026-03-01T02:11:09.123+0200",
    "rule": {"id": "5763", "level": 10, "description": "Mange forkerte kodeord", "groups": ["sshd"]},
    "agent": {"id": "014", "name": "fs01", "ip": "192.0.2.14"},
    "manager": {"name": "wazuh-01"},
    "id": "1772323869.1045300",
}


def parse(body: object) -> Parsed:
    return read("wazuh", body if isinstance(body, bytes) else orjson.dumps(body))


def the_signal(**changes: object) -> Signal:
    (signal,) = parse(ALERT | changes).signals
    return signal


def test_the_id_keeps_every_digit_and_names_its_manager() -> None:
    assert the_signal().source_event_id == "wazuh-01/1772323869.1045300"


def test_the_same_id_of_another_manager_or_node_is_another_alert() -> None:
    others = (the_signal(manager={"name": "wazuh-02"}), the_signal(cluster={"node": "n1"}), the_signal(cluster={"node": "n2"}))
    assert len({signal.source_event_id for signal in (the_signal(), *others)}) == 4


@pytest.mark.parametrize("event_id", [1772323869.1045, None, "", 7])
def test_an_id_that_is_no_text_is_replaced_by_the_hash_of_the_bytes(event_id: object) -> None:
    signal = the_signal(id=event_id)
    assert signal.source_event_id == f"sha256:{signal.payload_sha256}"
    assert signal.flags == ("no-id",)


def test_an_alert_without_its_manager_is_taken_and_flagged() -> None:
    signal = the_signal(manager=None)
    assert (signal.source_event_id, signal.flags) == ("1772323869.1045300", ("no-manager",))


def test_a_zone_without_a_colon_is_understood() -> None:
    assert the_signal().detected_at.isoformat() == "2026-03-01T00:11:09.123000+00:00"


@pytest.mark.parametrize(
    ("severity", "levels"),
    [
        (Severity.INFO, (0, 3)),
        (Severity.LOW, (4, 6)),
        (Severity.MEDIUM, (7, 11)),
        (Severity.HIGH, (12, 14)),
        (Severity.CRITICAL, (15, 16, "15")),
    ],
)
def test_the_sixteen_levels_have_a_severity(severity: Severity, levels: tuple[object, ...]) -> None:
    for level in levels:
        signal = the_signal(rule=ALERT["rule"] | {"level": level})
        assert (signal.severity, signal.flags) == (severity, ())


@pytest.mark.parametrize(
    ("level", "flag"),
    [
        (-1, "unknown-severity"),
        (100, "unknown-severity"),
        (5.5, "unknown-severity"),
        (None, "no-severity"),
        (True, "no-severity"),
    ],
)
def test_a_level_off_the_scale_is_medium_and_flagged(level: object, flag: str) -> None:
    signal = the_signal(rule=ALERT["rule"] | {"level": level})
    assert (signal.severity, signal.flags) == (Severity.MEDIUM, (flag,))


def test_an_alert_is_always_firing() -> None:
    assert the_signal(status="resolved").status is SignalStatus.FIRING


@pytest.mark.parametrize(
    ("parts", "components"),
    [
        ({"agent": {"id": "000", "name": "wazuh-01"}}, ("wazuh-01",)),
        ({"agent": {"id": "000"}}, ("wazuh-01",)),
        ({"agent": {"id": "9", "ip": "192.0.2.9"}}, ("192.0.2.9",)),
        ({"agent": None, "predecoder": {"hostname": "sw07"}}, ("sw07",)),
        ({"agent": None}, ()),
    ],
)
def test_the_component_is_the_agent(parts: dict[str, Any], components: tuple[str, ...]) -> None:
    assert the_signal(**parts).components == components


def test_a_list_is_read_alert_by_alert() -> None:
    parsed = parse([ALERT, {"rule": {}}, 7, ALERT | {"id": "1.2"}])
    assert [signal.source_event_id for signal in parsed.signals] == ["wazuh-01/1772323869.1045300", "wazuh-01/1.2"]
    assert [rejected.item for rejected in parsed.rejected] == [2, 3]


def test_lines_are_read_line_by_line_and_kept_byte_for_byte() -> None:
    line = b' {"rule": {"level": 3, "description": "d"}, "id": "1.2", "manager": {"name": "m"}}'
    parsed = parse(line + b'\r\n\n{"rule": {"desc\n{"a": "\xff"}\n' + line)
    assert [signal.raw for signal in parsed.signals] == [line.strip(), line.strip()]
    assert [rejected.item for rejected in parsed.rejected] == [2, 3]
    assert "UTF-8" in parsed.rejected[1].reason


def test_a_broken_document_over_many_lines_is_one_rejection() -> None:
    assert [rejected.item for rejected in parse(orjson.dumps(ALERT, option=orjson.OPT_INDENT_2)[:-9]).rejected] == [0]


def test_a_hit_of_the_indexer_is_the_alert_in_it() -> None:
    (hit,) = parse({"_index": "wazuh-alerts-4.x", "_id": "kZ1", "_source": ALERT}).signals
    assert hit.source_event_id == the_signal().source_event_id


def test_a_searchs_answer_is_read_hit_by_hit_and_may_be_empty() -> None:
    hits = [{"_id": "a", "_source": ALERT}, {"_id": "b"}, {"_id": "c", "_source": ALERT | {"id": "1.2"}}]
    parsed = parse({"took": 1, "hits": {"total": {"value": 3}, "hits": hits}})
    assert [signal.source_event_id for signal in parsed.signals] == ["wazuh-01/1772323869.1045300", "wazuh-01/1.2"]
    assert [rejected.item for rejected in parsed.rejected] == [2]
    assert parse({"hits": {"hits": []}}) == Parsed([], [])


def test_the_counter_of_repetitions_is_no_part_of_the_key() -> None:
    repeated = the_signal(rule=ALERT["rule"] | {"firedtimes": 7, "frequency": 8})
    assert repeated.source_event_id == the_signal().source_event_id


def test_what_a_correlation_saw_is_told_when_there_is_no_log_line() -> None:
    assert the_signal(previous_output="a\nb").description == "a\nb"
    assert the_signal(full_log="c", previous_output="a\nb").description == "c"
    assert the_signal().description == ""


def test_articles_of_the_gdpr_and_permalinks_are_references() -> None:
    rule = ALERT["rule"] | {"gdpr": ["IV_35.7.d"], "mitre": {"id": ["T1110"], "tactic": ["Credential Access"]}}
    signal = the_signal(rule=rule, data={"virustotal": {"permalink": "https://vt.example/x"}, "srcip": "192.0.2.1"})
    assert signal.references == ("rule:5763", "mitre:T1110", "gdpr:IV_35.7.d", "https://vt.example/x")


def test_without_a_zone_the_time_is_the_sources() -> None:
    request = Request("wazuh", ARRIVED, zone=ZoneInfo("Europe/Copenhagen"))
    body = orjson.dumps(ALERT | {"timestamp": "2026-03-01T02:11:09.1"})
    assert FORMATS["wazuh"].read(body, request).signals[0].detected_at.isoformat() == "2026-03-01T01:11:09.100000+00:00"


@pytest.mark.parametrize(
    "body", [{"_source": 7}, {"event": {"kind": "alert"}, "rule": {"name": "5.x"}}, ALERT | {"rule": "5763"}]
)
def test_what_is_no_alert_of_version_4_is_refused(body: object) -> None:
    assert [rejected.item for rejected in parse(body).rejected] == [1]


def test_an_empty_list_is_refused() -> None:
    assert [rejected.item for rejected in parse([]).rejected] == [0]
