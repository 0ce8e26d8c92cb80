import json
from pathlib import Path

import pytest

from tests.adapters.cli.conftest import Sporlog
from tests.adapters.intake_formats.support import FIXTURES

SIGNAL_KEYS = [
    *(
        "source",
        "source_event_id",
        "title",
        "description",
        "severity",
        "status",
        "detected_at",
        "components",
        "signal_category",
    ),
    *("references", "payload_sha256"),
]


def event(number: int, severity: str = "high", title: str = "Lageret brænder – øv") -> dict[str, object]:
    return {
        "specversion": "1.0",
        "id": str(number),
        "source": "/lager/alarm",
        "type": "dk.laerkeborg.alarm",
        "time": "2026-11-20T14:20:00Z",
        "data": {"title": title, "severity": severity, "component": f"lager-{number}"},
    }


def a_file(folder: Path, name: str, *events: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(list(events), ensure_ascii=False), encoding="utf-8")
    return path


def test_alerts_from_files_are_stored_and_told(sporlog: Sporlog, tmp_path: Path) -> None:
    said = sporlog("intake", "cloudevents", a_file(tmp_path, "a.json", event(1), event(2, "low")), "--json")
    assert said.code == 0
    assert [one["disposition"] for one in said.json] == ["opened", "counted"]
    (incident,) = sporlog("incident", "list", "--json").json
    assert (incident["title"], incident["signal_count"]) == ("Lageret brænder – øv", 1)
    assert incident["ref"] == said.json[0]["ref"]


def test_standard_input_is_read_when_no_file_is_named(sporlog: Sporlog) -> None:
    assert sporlog("intake", "cloudevents", stdin=json.dumps([event(1)]).encode()).code == 0
    assert sporlog("intake", "cloudevents", "-", stdin=json.dumps([event(2)]).encode()).code == 0
    assert len(sporlog("incident", "list", "--json").json) == 2


def test_the_same_file_twice_is_the_same_alerts(sporlog: Sporlog, tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.json", event(1))
    sporlog("intake", "cloudevents", path)
    again = sporlog("intake", "cloudevents", path, "--json")
    assert [(one["disposition"], one["times"]) for one in again.json] == [("repeated", 2)]
    assert len(sporlog("incident", "list", "--json").json) == 1


def test_dry_run_prints_one_signal_a_line_and_stores_nothing(sporlog: Sporlog, tmp_path: Path) -> None:
    said = sporlog("intake", "cloudevents", a_file(tmp_path, "a.json", event(1), event(2)), "--dry-run")
    assert said.code == 0
    signals = [json.loads(line) for line in said.out.splitlines()]
    assert [list(signal) for signal in signals] == [SIGNAL_KEYS, SIGNAL_KEYS]
    assert signals[0]["title"] == "Lageret brænder – øv"
    assert signals[0]["detected_at"] == "2026-11-20T14:20:00Z"
    assert not sporlog.data.exists()


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_what_is_rejected_has_a_line_with_file_number_and_reason_and_costs_the_others_nothing(
    sporlog: Sporlog, tmp_path: Path, dry: list[str]
) -> None:
    broken = a_file(tmp_path, "b.json", event(3), {"specversion": "1.0"})
    nonsense = tmp_path / "c.json"
    nonsense.write_bytes(b"\xff\xfe\x00")
    said = sporlog("intake", "cloudevents", a_file(tmp_path, "a.json", event(1)), broken, nonsense, *dry)
    assert said.code == 1
    lines = said.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{broken}: nr. 2: ")
    assert lines[1].startswith(f"{nonsense}: nr. 0: ")
    if dry:
        assert len(said.out.splitlines()) == 2
    else:
        assert len(sporlog("incident", "list", "--json").json) == 2


@pytest.mark.parametrize("body", [b"", b"[" * 100_000, b"x" * 10_485_760], ids=["empty", "deep", "10 MiB"])
def test_hostile_bodies_are_rejected_in_one_line(sporlog: Sporlog, body: bytes) -> None:
    said = sporlog("intake", "cloudevents", stdin=body)
    assert said.code == 1
    assert said.err.startswith("<stdin>: nr. 0: ")
    assert said.err.count("\n") == 1


def test_a_file_that_is_not_there_is_wrong_usage_and_nothing_is_taken(sporlog: Sporlog, tmp_path: Path) -> None:
    said = sporlog("intake", "cloudevents", a_file(tmp_path, "a.json", event(1)), tmp_path / "mangler.json")
    assert said.code == 2
    assert "mangler.json" in said.err
    assert not sporlog.data.exists()


def test_an_unknown_source_is_wrong_usage_and_the_known_ones_are_named(sporlog: Sporlog) -> None:
    said = sporlog("intake", "røgalarm", stdin=b"{}")
    assert said.code == 2
    assert "wazuh" in said.err


def test_a_source_that_was_added_is_known_here_too(sporlog: Sporlog, tmp_path: Path) -> None:
    added = sporlog("source", "add", "drift", "--format", "wazuh", "--reason", "Drift", "--wait", "0")
    assert added.code == 0, added.err
    file = tmp_path / "alarm.json"
    file.write_bytes((FIXTURES / "wazuh-one.json").read_bytes())
    (shown,) = [json.loads(line) for line in sporlog("intake", "drift", file, "--dry-run").out.splitlines()]
    assert shown["source"] == "drift"
    assert sporlog("intake", "drift", file, "--json").json[0]["source"] == "drift"
    unknown = sporlog("intake", "ukendt", file)
    assert unknown.code == 2
    assert "drift" in unknown.err


def test_a_dry_run_hashes_what_would_be_kept_without_the_tool_s_own_secrets(sporlog: Sporlog) -> None:
    fixture = FIXTURES / "uptime-kuma-one.json"
    (shown,) = [json.loads(line) for line in sporlog("intake", "uptime-kuma", fixture, "--dry-run").out.splitlines()]
    sporlog("intake", "uptime-kuma", fixture)
    (again,) = sporlog("intake", "uptime-kuma", fixture, "--json").json
    kept = sporlog("signal", "show", "uptime-kuma", again["source_event_id"], "--json")
    assert kept.json["payload_sha256"] == shown["payload_sha256"]
