"""`sporlog pack` as people call it."""

import re
from dataclasses import replace
from pathlib import Path

from tests.adapters.cli.conftest import Sporlog


def test_a_pack_is_made_listed_verified_and_released(sporlog: Sporlog, tmp_path: Path) -> None:
    sporlog.report("Strømmen er væk")
    house = replace(sporlog, more={"SPORLOG_PACK_DIR": str(tmp_path / "drev")})
    made = house("pack", "--json")
    assert made.code == 0, made.err
    assert made.json["position"] == 1
    assert [one["name"] for one in house("pack", "list", "--json").json] == [made.json["name"]]
    assert house("pack", "verify", "latest").code == 0
    given = house("pack", "release", "latest", "--to", "Beredskabet", "--reason", "Strømsvigt", "--json")
    assert (given.code, given.json["recorded"]) == (0, 3)
    (Path(made.json["folder"]) / "noedpakke.pdf").write_bytes(b"another")
    said = house("pack", "verify", "latest")
    assert said.code == 1
    assert "noedpakke.pdf" in said.err
    assert said.err.startswith("fejl: Nødpakken er ændret")


def test_without_a_place_it_is_told_what_to_give(sporlog: Sporlog) -> None:
    said = sporlog("pack")
    assert (said.code, "SPORLOG_PACK_DIR" in said.err) == (2, True)


def test_a_release_says_why(sporlog: Sporlog, tmp_path: Path) -> None:
    house = replace(sporlog, more={"SPORLOG_PACK_DIR": str(tmp_path / "drev")})
    house("pack")
    said = house("pack", "release", "latest", "--to", "Beredskabet", "--reason", " ")
    assert said.code == 2
    assert "reason" in said.err


def test_a_key_file_is_made_once_and_its_public_half_is_a_recipient(sporlog: Sporlog, tmp_path: Path) -> None:
    said = sporlog("pack", "key", "--out", tmp_path / "laptop.key")
    assert said.code == 0, said.err
    (public,) = re.findall(r"SPORLOG_PACK_RECIPIENTS=(age1\w+)", said.out)
    assert (tmp_path / "laptop.key").stat().st_mode & 0o777 == 0o600
    assert sporlog("pack", "key", "--out", tmp_path / "laptop.key").code == 1
    house = replace(sporlog, more={"SPORLOG_PACK_DIR": str(tmp_path / "drev"), "SPORLOG_PACK_RECIPIENTS": public})
    made = house("pack", "--encrypt", "--json")
    assert made.code == 0, made.err
    assert (made.json["encrypted"], made.json["with_backup"]) == (True, True)
    assert house("pack", "open", "latest", "--key", tmp_path / "laptop.key", "--to", tmp_path / "ud").code == 0
    assert (tmp_path / "ud" / "noedpakke.pdf").exists()


def test_a_night_on_paper_is_looked_at_and_then_entered_with_its_true_times(sporlog: Sporlog, tmp_path: Path) -> None:
    sheet = tmp_path / "ark.txt"
    sheet.write_text("2026-11-20 02:10; vagt-3; N; Ringede til driften\n2026-11-20 02:40; u-7; V; Medicinlister mangler\n")
    report = ("--title", "Journalen er væk", "--severity", "high", "--occurred-at", "2026-11-20 02:00", "--file", sheet)
    shown = sporlog("incident", "from-paper", *report, "--preview", "--json")
    assert [one["step"] for one in shown.json] == ["note", "significant-now"]
    assert sporlog("incident", "list", "--json").json == []
    ref = sporlog("incident", "from-paper", *report, "--json").json["ref"]
    steps = sporlog("incident", "show", ref, "--json").json["timeline"]
    assert (steps[1]["time"], steps[1]["channel"]) == ("2026-11-20T01:10:00Z", "paper")
    said = sporlog("incident", "from-paper", "--to", ref, "--line", "2026-11-20 05:00; Anne Jensen; N; x")
    assert (said.code, said.err.startswith("fejl: En linje fra papiret")) == (2, True)
    assert sporlog("incident", "from-paper", "--to", ref, "--line", "2026-11-20 05:00; vagt-3; N; x").code == 0
