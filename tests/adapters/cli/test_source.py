"""A tool is connected, heard, mapped and read again, by the command line alone."""

import json
import re
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.cli.conftest import COMMAND, Sporlog
from tests.adapters.cli.test_intake import a_file
from tests.adapters.cli.test_intake import event as cloud_event

WHY = ("--reason", "Ny aftale")
BODY = {"Sagsnummer": "S-7", "Emne": "Brand i lageret", "Alvor": "høj", "Enhed": "lager-1"}


def add(sporlog: Sporlog, name: str, form: str, *more: object) -> dict[str, Any]:
    said = sporlog("source", "add", name, "--format", form, *WHY, "--json", *more)
    assert said.code == 0, said.err
    return dict(said.json)


def test_a_source_gets_a_token_that_is_printed_once_and_kept_as_a_hash(sporlog: Sporlog) -> None:
    made = add(sporlog, "wazuh-drift", "wazuh", "--sign", "X-Signature")
    assert re.fullmatch(r"[\w-]{43}", made["token"])
    assert made["url"] == "http://127.0.0.1:8640/intake/wazuh-drift"
    shown = sporlog("source", "show", "wazuh-drift")
    assert made["token"] not in shown.out
    assert made["secret"] not in shown.out
    assert "custom-sporlog" in shown.out
    stored = (sporlog.data / "events.db").read_bytes()
    assert sha256(made["token"].encode()).hexdigest().encode() in stored
    assert made["token"].encode() not in stored
    assert made["secret"].encode() not in stored


def test_what_is_printed_can_be_pasted_into_the_tool(sporlog: Sporlog) -> None:
    said = sporlog("source", "add", "am", "--format", "alertmanager", *WHY)
    assert said.code == 0, said.err
    assert "receivers:" in said.out
    assert re.search(r"Authorization: Bearer [\w-]{43}\n", said.out)


def test_adding_again_changes_the_source_and_keeps_its_token(sporlog: Sporlog) -> None:
    add(sporlog, "forti", "json")
    again = add(sporlog, "forti", "json", "--every", "24h", "--zone", "Europe/Copenhagen")
    assert again["token"] is None
    (listed,) = sporlog("source", "list", "--json").json
    assert (listed["expected_minutes"], listed["zone"], listed["has_token"]) == (1440, "Europe/Copenhagen", True)
    assert sporlog("source", "token", "forti", "--secret", "--json").json.keys() == {"source", "token", "secret"}


@pytest.mark.parametrize(
    "wrong",
    [
        ("Forti", "--format", "json"),
        ("forti", "--format", "røg"),
        ("forti", "--format", "json", "--every", "tit"),
        ("forti", "--format", "json", "--every", "99d"),
        ("forti", "--format", "json", "--zone", "Mars/Base"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line_and_adds_nothing(sporlog: Sporlog, wrong: tuple[str, ...]) -> None:
    said = sporlog("source", "add", *wrong, *WHY)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert sporlog("source", "list", "--json").json == []


def test_an_unknown_entity_and_an_unknown_source_are_refused(sporlog: Sporlog) -> None:
    assert sporlog("source", "add", "forti", "--format", "json", "--entity", "andeby", *WHY).code == 2
    add(sporlog, "egen", "json", "--entity", "laerkeborg")
    for command in (["show", "forti"], ["token", "forti"], ["remove", "forti", *WHY]):
        said = sporlog("source", *command)
        assert (said.code, said.err.count("\n")) == (1, 1)


def test_a_removed_source_is_gone(sporlog: Sporlog) -> None:
    add(sporlog, "forti", "json")
    assert sporlog("source", "remove", "forti", *WHY).code == 0
    assert sporlog("source", "list", "--json").json == []


def test_the_first_message_is_shown_with_its_fate_while_another_process_takes_it_in(sporlog: Sporlog, tmp_path: Path) -> None:
    command = [*COMMAND, "source", "add", "cloudevents", "--format", "cloudevents", *WHY, "--wait", "30"]
    with subprocess.Popen(command, stdout=-1, stderr=-1, env=sporlog.environment) as waiting:
        assert waiting.stderr is not None
        assert waiting.stdout is not None
        assert "Venter" in waiting.stderr.readline().decode()
        sporlog("intake", "cloudevents", a_file(tmp_path, "a.json", cloud_event(1)))
        out = waiting.stdout.read().decode()
    assert waiting.returncode == 0
    *_, signal, fate = out.splitlines()
    assert json.loads(signal)["title"] == "Lageret brænder – øv"
    assert re.fullmatch(r"åbnede en hændelse H-\d{4}-0001, regel severe", fate)


def test_who_waits_for_nothing_is_told_and_the_source_is_kept(sporlog: Sporlog) -> None:
    assert sporlog("source", "add", "forti", "--format", "json", *WHY, "--wait", "1").code == 1
    assert [one["source"] for one in sporlog("source", "list", "--json").json] == ["forti"]


def test_a_mapping_is_proposed_shown_corrected_and_kept_only_when_told_to(sporlog: Sporlog, tmp_path: Path) -> None:
    add(sporlog, "forti", "json")
    sample = tmp_path / "prøve.json"
    sample.write_text(json.dumps(BODY))
    said = sporlog("source", "map", "forti", sample)
    assert said.code == 0, said.err
    assert json.loads(said.out)["title"] == "Brand i lageret"
    assert "Intet er gemt" in said.err
    assert sporlog("source", "show", "forti", "--json").json["mapping"] is None
    corrected = ("--set", "key=Emne", "--set", "key=Enhed", "--severity", "høj=critical", "--save", *WHY, "--json")
    kept = sporlog("source", "map", "forti", sample, *corrected).json
    assert (kept["signals"][0]["source_event_id"], kept["signals"][0]["severity"]) == ("Brand i lageret/lager-1", "critical")
    assert sporlog("source", "show", "forti", "--json").json["mapping"]["key"] == ["Emne", "Enhed"]


@pytest.mark.parametrize(
    "wrong", [("--set", "titel=Emne"), ("--set", "title"), ("--set", "title=[["), ("--severity", "høj=slem"), ("--save",)]
)
def test_a_mapping_that_cannot_be_meant_is_refused(sporlog: Sporlog, tmp_path: Path, wrong: tuple[str, ...]) -> None:
    add(sporlog, "forti", "json")
    sample = tmp_path / "prøve.json"
    sample.write_text(json.dumps(BODY))
    said = sporlog("source", "map", "forti", sample, *wrong)
    assert (said.code, said.err.count("\n")) == (2 if wrong != ("--save",) else said.code, 1)
    assert said.code
    add(sporlog, "wazuh", "wazuh")
    assert sporlog("source", "map", "wazuh", sample).code == 2


def test_a_name_that_cannot_be_an_address_is_refused_in_words(sporlog: Sporlog) -> None:
    said = sporlog("source", "add", "Æ Ø", "--format", "cef", "--reason", "Prøve", "--wait", "0")
    assert said.code == 2
    assert "små bogstaver a-z" in said.err
    assert said.err.count("\n") == 1


def test_for_syslog_the_listener_of_sporlog_itself_stands_first(sporlog: Sporlog) -> None:
    said = sporlog("source", "add", "forti", "--format", "cef", "--reason", "Prøve", "--wait", "0")
    assert "SPORLOG_SYSLOG=tcp://0.0.0.0:5514?source=forti" in said.out
