from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from adapters.intake_formats.alertmanager import host_of
from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, read

LABELS = {"alertname": "DiskFull", "instance": "fs01:9100", "severity": "critical"}
ALERT: dict[str, Any] = {
    "status": "firing",
    "labels": LABELS,
    "annotations": {"summary": "Disken er fuld"},
    "startsAt": "2026-03-01T01:11:09Z",
    "endsAt": "0001-01-01T00:00:00Z",
    "fingerprint": "a1b2c3d4e5f60718",
}


def parse(*alerts: object, **envelope: object) -> Parsed:
    return read("alertmanager", orjson.dumps({"version": "4", "alerts": alerts, **envelope}))


def the_signal(*alerts: object, **envelope: object) -> Signal:
    parsed = parse(*alerts, **envelope)
    assert parsed.rejected == []
    (signal,) = parsed.signals
    return signal


def test_an_episode_keeps_its_id_when_it_is_sent_again_resolved_or_with_another_zone() -> None:
    again = ALERT | {"status": "resolved", "endsAt": "2026-03-01T03:00:00Z", "startsAt": "2026-03-01T02:11:09.000000000+01:00"}
    assert the_signal(ALERT).source_event_id == the_signal(again).source_event_id


def test_a_later_episode_of_the_same_alert_is_another_signal() -> None:
    later = ALERT | {"startsAt": "2026-03-01T05:00:00Z"}
    assert the_signal(ALERT).source_event_id != the_signal(later).source_event_id


def test_the_group_is_no_part_of_the_id() -> None:
    assert the_signal(ALERT, groupKey="{}:{a}").source_event_id == the_signal(ALERT, groupKey=4711).source_event_id


def test_without_a_fingerprint_the_labels_in_any_order_are_the_id() -> None:
    old = {key: value for key, value in ALERT.items() if key != "fingerprint"}
    turned = old | {"labels": dict(reversed(LABELS.items()))}
    other = old | {"labels": LABELS | {"instance": "fs02:9100"}}
    assert the_signal(old, version="3").source_event_id == the_signal(turned).source_event_id
    assert the_signal(old).source_event_id != the_signal(other).source_event_id


def test_one_fingerprint_on_differing_alerts_does_not_make_them_one() -> None:
    twins = parse(ALERT, ALERT | {"labels": LABELS | {"instance": "fs02:9100"}})
    assert len({signal.source_event_id for signal in twins.signals}) == 2
    assert all("shared-fingerprint" in signal.flags for signal in twins.signals)


def test_each_alert_of_a_body_is_accepted_or_rejected_on_its_own() -> None:
    parsed = parse(ALERT, "no alert", {"annotations": {}}, ALERT | {"fingerprint": "b"})
    assert [signal.source_event_id.split("@")[0] for signal in parsed.signals] == ["a1b2c3d4e5f60718", "b"]
    assert [rejected.item for rejected in parsed.rejected] == [2, 3]
    assert "labels" in parsed.rejected[1].reason


def test_an_alert_out_of_a_list_is_kept_as_its_own_canonical_json() -> None:
    together, turned = parse(ALERT, ALERT), parse(dict(reversed(ALERT.items())), ALERT)
    assert together.signals[0].raw == orjson.dumps(ALERT, option=orjson.OPT_SORT_KEYS)
    assert [signal.payload_sha256 for signal in together.signals] == [signal.payload_sha256 for signal in turned.signals]


@pytest.mark.parametrize("body", [{}, {"alerts": []}, {"alerts": {}}, {"alerts": None}, {"version": "1", "alert": [ALERT]}])
def test_a_body_without_alerts_is_refused_as_a_whole(body: dict[str, Any]) -> None:
    parsed = read("alertmanager", orjson.dumps(body))
    assert parsed.signals == []
    assert [(rejected.item, rejected.reason.startswith("alerts")) for rejected in parsed.rejected] == [(0, True)]


def test_more_alerts_than_a_body_may_hold_are_refused_as_a_whole() -> None:
    assert [rejected.item for rejected in parse(*range(10_001)).rejected] == [0]


@pytest.mark.parametrize(
    ("own", "of_the_group", "status"),
    [
        ("firing", "resolved", SignalStatus.FIRING),
        ("resolved", "firing", SignalStatus.RESOLVED),
        (None, "resolved", SignalStatus.RESOLVED),
        (None, None, SignalStatus.FIRING),
    ],
)
def test_an_alerts_own_status_goes_before_that_of_its_group(
    own: str | None, of_the_group: str | None, status: SignalStatus
) -> None:
    assert the_signal(ALERT | {"status": own}, status=of_the_group).status is status


def test_an_unknown_status_is_firing_and_flagged() -> None:
    signal = the_signal(ALERT | {"status": "suppressed"})
    assert (signal.status, signal.flags) == (SignalStatus.FIRING, ("unknown-status",))


@pytest.mark.parametrize(
    ("severity", "words"),
    [
        (Severity.CRITICAL, "critical page disaster emergency CRITICAL"),
        (Severity.HIGH, "error high major High"),
        (Severity.MEDIUM, "warning ticket"),
        (Severity.LOW, "minor low"),
        (Severity.INFO, "info none"),
    ],
)
def test_the_words_of_operators_have_a_severity(severity: Severity, words: str) -> None:
    for word in words.split():
        signal = the_signal(ALERT | {"labels": LABELS | {"severity": word}})
        assert (signal.severity, signal.flags) == (severity, ())


@pytest.mark.parametrize(("word", "flag"), [("severe", "unknown-severity"), ("", "no-severity"), (None, "no-severity")])
def test_an_unknown_or_missing_severity_is_medium_and_flagged(word: str | None, flag: str) -> None:
    signal = the_signal(ALERT | {"labels": LABELS | {"severity": word}})
    assert (signal.severity, signal.flags) == (Severity.MEDIUM, (flag,))


@pytest.mark.parametrize(("told", "flags"), [(3, ("truncated-alerts:3",)), (0, ()), (None, ()), (True, ()), ("3", ())])
def test_alerts_that_the_tool_left_out_are_flagged(told: object, flags: tuple[str, ...]) -> None:
    assert the_signal(ALERT, truncatedAlerts=told).flags == flags


@pytest.mark.parametrize("starts_at", [None, "", "i går", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+02:00", 1772327469])
def test_without_a_start_the_arrival_counts_and_the_id_stays_the_same(starts_at: object) -> None:
    signal = the_signal(ALERT | {"startsAt": starts_at})
    assert (signal.detected_at, signal.flags, signal.source_event_id) == (ARRIVED, ("no-time",), "a1b2c3d4e5f60718")


@pytest.mark.parametrize(
    ("labels", "components"),
    [
        ({"instance": "fs01:9100", "node": "n", "service": "esdh", "job": "node"}, ("fs01", "esdh")),
        ({"node": "n", "pod": "p", "host": "h"}, ("n",)),
        ({"pod": "p", "host": "h"}, ("p",)),
        ({"host": "h", "job": "node"}, ("h",)),
        ({"service": "esdh", "job": "node"}, ("esdh",)),
        ({"job": "vpn"}, ("vpn",)),
        ({"alertname": "Watchdog"}, ()),
    ],
)
def test_the_host_is_the_first_component_and_a_job_only_the_last_resort(
    labels: dict[str, str], components: tuple[str, ...]
) -> None:
    assert the_signal(ALERT | {"labels": labels}).components == components


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("fs01:9100", "fs01"),
        ("192.0.2.4:9100", "192.0.2.4"),
        ("[2001:db8::1]:9100", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("https://bruger@www.laerkeborg.example:8443/borger?x=1", "www.laerkeborg.example"),
        ("https://www.laerkeborg.example", "www.laerkeborg.example"),
        ("db:primary", "db:primary"),
        (":9100", ":9100"),
        ("", ""),
    ],
)
def test_a_component_is_a_host_without_port_or_path(address: str, host: str) -> None:
    assert host_of(address) == host


def test_the_status_holds_since_the_start_of_what_fires_and_the_end_of_what_is_over() -> None:
    over = ALERT | {"status": "resolved", "endsAt": "2026-03-01T04:00:00+01:00"}
    assert the_signal(ALERT).told_at == datetime(2026, 3, 1, 1, 11, 9, tzinfo=UTC)
    assert the_signal(over).told_at == datetime(2026, 3, 1, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("ends_at", ["0001-01-01T00:00:00Z", None, "nu"])
def test_an_end_without_its_time_does_not_take_the_time_of_the_start(ends_at: object) -> None:
    assert the_signal(ALERT | {"status": "resolved", "endsAt": ends_at}).told_at is None


def test_the_service_is_told_as_such_and_is_a_component_too() -> None:
    signal = the_signal(ALERT | {"labels": LABELS | {"service": "esdh"}})
    assert (signal.services, signal.components) == (("esdh",), ("fs01", "esdh"))


def test_a_job_is_no_service() -> None:
    assert the_signal(ALERT | {"labels": {"alertname": "Nede", "job": "vpn"}}).services == ()


@pytest.mark.parametrize(
    "envelope", [{"notification_reason": "repeat_interval"}, {"version": "3", "groupKey": 4711}, {"x": [1]}]
)
def test_what_an_operator_or_another_version_adds_changes_nothing(envelope: dict[str, Any]) -> None:
    assert the_signal(ALERT, **envelope)._replace(raw=b"", payload_sha256="") == the_signal(ALERT)._replace(
        raw=b"", payload_sha256=""
    )
