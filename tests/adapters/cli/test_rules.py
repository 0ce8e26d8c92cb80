"""The rules on the command line: out as a file, in again with a reason, and tried on what came in."""

from pathlib import Path

from adapters.connecting.rules_file import read_rules
from domain.intake.default_rules import DEFAULT_RULES
from tests.adapters.cli.conftest import Sporlog

COUNTING = '[[rules]]\nname = "tael"\nthen = "count"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "regler.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_rules_that_sporlog_brings_are_shown_a_sentence_each(sporlog: Sporlog) -> None:
    said = sporlog("rules", "show")
    assert said.code == 0
    assert "Regler nr. 0" in said.out
    assert (
        "Alt med alvoren høj eller værre: føjes til den åbne hændelse på samme komponent; er der ingen, åbnes der en"
        in said.out
    )
    assert sporlog("rules", "show", "--json").json["rules"][-1] == {"name": "rest", "then": "attach"}


def test_what_is_exported_is_read_again_and_changes_nothing(sporlog: Sporlog, tmp_path: Path) -> None:
    file = written(tmp_path, sporlog("rules", "export").out)
    assert read_rules(file) == DEFAULT_RULES
    assert sporlog("rules", "import", file).out == "Intet at ændre: det er de regler, der gælder.\n"


def test_other_rules_hold_from_their_import_on_and_need_a_reason(sporlog: Sporlog, tmp_path: Path) -> None:
    file = written(tmp_path, COUNTING)
    refused = sporlog("rules", "import", file)
    assert (refused.code, "Skriv det med få ord" in refused.err) == (2, True)
    assert sporlog("rules", "import", file, "--reason", "For megen støj").out == "Regler nr. 1 gælder fra nu af.\n"
    assert sporlog("rules", "show", "--json").json == {"number": 1, "rules": [{"name": "tael", "then": "count"}]}
    again = sporlog("rules", "import", file, "--json").json
    assert (again["rules"], again["events"]) == (1, [])


def test_a_mistake_names_the_rule_and_changes_nothing(sporlog: Sporlog, tmp_path: Path) -> None:
    file = written(tmp_path, COUNTING + 'alvor = "high"\n')
    said = sporlog("rules", "import", file, "--reason", "x")
    assert said.code == 2
    assert "rule 1 (tael): alvor: there is no such key" in said.err
    assert sporlog("rules", "show", "--json").json["number"] == 0
    missing = sporlog("rules", "import", tmp_path / "borte.toml", "--reason", "x")
    assert missing.code == 2
    assert "borte.toml cannot be read: No such file" in missing.err


def test_rules_are_tried_on_what_came_in(sporlog: Sporlog, tmp_path: Path) -> None:
    alerts = b'{"alerts": [{"status": "firing", "fingerprint": "a1", "startsAt": "2026-11-20T14:00:00Z",'
    alerts += b' "labels": {"alertname": "Down", "severity": "critical", "instance": "db-1"}, "annotations": {}}]}'
    taken = sporlog("intake", "alertmanager", stdin=alerts)
    assert taken.code == 0, taken.err
    found = sporlog("rules", "simulate", "--json").json
    assert (found["signals"], found["incidents"]) == (1, {"would": 1, "was": 1})
    assert found["outcomes"] == [{"rule": "severe", "disposition": "opened", "would": 1, "was": 1}]
    said = sporlog("rules", "simulate", written(tmp_path, COUNTING), "--days", "7")
    assert (said.code, said.err) == (0, "")
    assert [line.split() for line in said.out.splitlines() if line.startswith(("tael", "severe", "Hændelser"))] == [
        ["severe", "åbnede", "en", "hændelse", "0", "1"],
        ["tael", "kun", "talt", "1", "0"],
        ["Hændelser", "i", "alt", "0", "1"],
    ]
    assert sporlog("rules", "simulate", "--days", "0").code == 2
