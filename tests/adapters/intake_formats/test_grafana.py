from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, read

ALERT: dict[str, Any] = {
    "status": "firing",
    "labels": {"alertname": "Svartid", "severity": "high", "host": "web01"},
    "annotations": {"summary": "Svarer langsomt"},
    "startsAt": "2026-03-01T01:00:00Z",
    "endsAt": "0001-01-01T00:00:00Z",
    "generatorURL": "https://grafana.example/alerting/grafana/ab12/view",
    "fingerprint": "57c6d9296de2ad39",
}
RULE: dict[str, Any] = {"ruleId": 7, "ruleName": "Disk", "ruleUrl": "https://g.example/d/1", "state": "alerting"}


def parse(body: object) -> Parsed:
    return read("grafana", orjson.dumps(body))


def the_signal(**changes: object) -> Signal:
    parsed = parse({"version": "1", "orgId": 1, "alerts": [ALERT | changes]})
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


def of_rule(**changes: object) -> Signal:
    (signal,) = parse(RULE | changes).signals
    return signal


def test_an_end_whose_start_was_overwritten_names_the_episode_that_it_ends() -> None:
    end = the_signal(status="resolved", startsAt="2026-03-01T02:00:00Z", endsAt="2026-03-01T02:00:00Z")
    assert end.source_event_id != the_signal().source_event_id
    assert end.episode == the_signal().episode == "57c6d9296de2ad39"
    assert "start-overwritten" in end.flags
    assert end.told_at == datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


def test_an_end_that_kept_its_start_is_not_flagged() -> None:
    end = the_signal(status="resolved", endsAt="2026-03-01T02:00:00Z")
    assert (end.source_event_id, end.flags) == (the_signal().source_event_id, ())


def test_a_firing_alert_without_a_start_numbers_no_episodes() -> None:
    signal = the_signal(startsAt=None)
    assert signal.source_event_id == signal.episode


@pytest.mark.parametrize("name", ["DatasourceNoData", "DatasourceError"])
def test_no_data_is_a_failure_of_the_monitoring_and_says_so_first(name: str) -> None:
    signal = the_signal(labels={"alertname": name, "rulename": "Svartid", "severity": "high"})
    assert (signal.title, signal.signal_category) == (f"{name}: Svarer langsomt", "monitoring")
    assert "monitoring-failure" in signal.flags
    bare = the_signal(labels={"alertname": name, "rulename": "Svartid"}, annotations={})
    assert bare.title == f"{name}: Svartid"


def test_an_alert_that_only_sounds_like_it_is_no_failure_of_the_monitoring() -> None:
    assert the_signal(labels={"alertname": "DatasourceNoDataMine", "severity": "high", "host": "h"}).flags == ()


@pytest.mark.parametrize("reason", ["MissingSeries", "KeepLast", "Paused", "RuleDeleted"])
def test_an_end_for_another_reason_than_recovery_is_flagged(reason: str) -> None:
    noted = ALERT["annotations"] | {"grafana_state_reason": reason}
    assert "end-without-recovery" in the_signal(status="resolved", annotations=noted).flags
    assert the_signal(annotations=noted).flags == ()


def test_the_test_button_is_for_information_and_flagged() -> None:
    labels = {"alertname": "TestAlert", "instance": "Grafana"}
    signal = the_signal(labels=labels, generatorURL="?orgId=1")
    assert (signal.severity, signal.flags) == (Severity.INFO, ("test",))
    assert signal.references == ()


def test_a_rule_of_that_name_is_no_test() -> None:
    signal = the_signal(labels=ALERT["labels"] | {"alertname": "TestAlert"})
    assert (signal.severity, signal.flags) == (Severity.HIGH, ())


def test_without_a_description_the_measured_values_are_told() -> None:
    assert the_signal(valueString="[ value=1 ]").description == "[ value=1 ]"
    assert the_signal(valueString="").description == ""
    assert the_signal(valueString=7, values=None).description == "7"


def test_panels_and_dashboards_are_references_and_a_link_that_silences_is_none() -> None:
    links = {"dashboardURL": "https://g.example/d", "panelURL": "https://g.example/p", "silenceURL": "https://g.example/s"}
    assert the_signal(**links).references == (ALERT["generatorURL"], "https://g.example/d", "https://g.example/p")


def test_a_body_that_is_neither_shape_is_refused() -> None:
    assert [(each.item, "alerts" in each.reason) for each in parse({"title": "x"}).rejected] == [(0, True)]


@pytest.mark.parametrize(
    ("state", "status", "flags"),
    [
        ("alerting", SignalStatus.FIRING, ()),
        ("ok", SignalStatus.RESOLVED, ()),
        ("no_data", SignalStatus.FIRING, ("monitoring-failure",)),
        ("brand", SignalStatus.FIRING, ("unknown-status",)),
    ],
)
def test_the_states_of_the_old_shape(state: str, status: SignalStatus, flags: tuple[str, ...]) -> None:
    signal = of_rule(state=state, tags={"severity": "low"}, evalMatches=[{"tags": {"instance": "fs01:9100"}}])
    assert signal.status is status
    assert set(signal.flags) == {*flags, "no-time"}


@pytest.mark.parametrize("state", ["pending", "paused", "Paused"])
def test_a_rule_that_waits_or_rests_is_neither_signal_nor_error(state: str) -> None:
    assert parse(RULE | {"state": state}) == Parsed([], [])


def test_a_rule_numbers_no_episodes_and_comes_when_it_comes() -> None:
    signal = of_rule()
    assert (signal.source_event_id, signal.episode, signal.detected_at) == ("g.example/7", "g.example/7", ARRIVED)
    assert signal.told_at is None


def test_the_same_rule_number_of_another_grafana_is_another_rule() -> None:
    assert of_rule().source_event_id != of_rule(ruleUrl="https://h.example/d/1").source_event_id
    assert of_rule(ruleUrl="").source_event_id == "7"


@pytest.mark.parametrize("number", [None, 7.5, True, [], ""])
def test_a_rule_without_its_number_is_refused(number: object) -> None:
    assert [each.item for each in parse(RULE | {"ruleId": number}).rejected] == [1]


def test_the_test_button_of_the_old_shape_is_for_information() -> None:
    signal = of_rule(ruleName="Test notification")
    assert (signal.severity, "test" in signal.flags) == (Severity.INFO, True)
