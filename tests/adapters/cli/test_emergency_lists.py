"""`sporlog emergency-lists`: declared, looked at on real files, given out by an act on record, and withdrawn."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.adapters.cli.conftest import Said, Sporlog
from tests.support.emergency_lists import NAME, SYSTEM, WHY, write

NOW = datetime.now(UTC)
CONTENT = b"Borger 1\nBorger 2\n"


def declare(sporlog: Sporlog, folder: Path, *more: str) -> Said:
    where = ("--system", SYSTEM, "--folder", str(folder), "--owner", "digitalisering", "--pattern", "*.pdf")
    return sporlog("emergency-lists", "declare", NAME, *where, *more)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "drev", "k-1.pdf", NOW - timedelta(hours=3), CONTENT)
    return tmp_path / "drev"


def test_a_list_is_declared_looked_at_and_shown(sporlog: Sporlog, folder: Path) -> None:
    said = declare(sporlog, folder)
    assert (said.code, "Nødlisten Kørelister ventes nu." in said.out) == (0, True)
    assert "Kataloget har intet system, der hedder Omsorgsjournal" in said.out
    assert "Intet at ændre" in declare(sporlog, folder).out
    looked = sporlog("emergency-lists", "check")
    assert (looked.code, "Kørelister: kommet, k-1.pdf" in looked.out) == (0, True), looked.out
    (shown,) = sporlog("emergency-lists", "list", "--json").json
    assert (shown["outcome"], shown["in_order"], shown["bytes"]) == ("arrived", True, len(CONTENT))
    assert shown["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert "Omsorgsjournal" in sporlog("emergency-lists", "list").out


def test_what_is_wrong_is_told_with_what_to_do_and_ends_with_1(sporlog: Sporlog, folder: Path) -> None:
    declare(sporlog, folder, "--min-bytes", "1000")
    (folder / "k-1.pdf").chmod(0o644)
    looked = sporlog("emergency-lists", "check")
    assert looked.code == 1
    assert "tom eller for kort, for åben" in looked.out
    assert "→ Andre end de tilladte kan læse" in looked.out
    (found,) = sporlog("emergency-lists", "check", NAME, "--json").json
    assert found["problems"] == ["empty", "too_open"]
    doctor = sporlog("doctor", "--json")
    assert [(one["level"], one["detail"]) for one in doctor.json if one["check"] == "emergency-lists"] == [
        ("error", "Kørelister (Omsorgsjournal): tom eller for kort, for åben")
    ]


def test_a_change_needs_its_reason(sporlog: Sporlog, folder: Path) -> None:
    declare(sporlog, folder)
    refused = declare(sporlog, folder, "--kept-days", "3")
    assert (refused.code, "reason" in refused.err) == (2, True)
    assert declare(sporlog, folder, "--kept-days", "3", "--reason", WHY).code == 0
    assert sporlog("emergency-lists", "list", "--json").json[0]["kept_days"] == 3


def test_a_list_is_released_to_somebody_for_a_reason(sporlog: Sporlog, folder: Path) -> None:
    declare(sporlog, folder)
    assert sporlog("emergency-lists", "release", NAME, "--to", "Hjemmeplejen Nord").code == 2
    given = sporlog("emergency-lists", "release", NAME, "--to", "Hjemmeplejen Nord", "--reason", "Omsorgsjournal er nede")
    assert (given.code, hashlib.sha256(CONTENT).hexdigest() in given.out) == (0, True)
    assert str(folder / "k-1.pdf") in given.out
    elsewhere = ("--elsewhere", "--occurred-at", "2026-11-20 08:00")
    assert sporlog("emergency-lists", "release", NAME, "--to", "Plejecenter", "--reason", "Nødpc", *elsewhere).code == 0
    missing = sporlog("emergency-lists", "release", NAME, "--to", "A", "--reason", "B", "--file", "k-9.pdf")
    assert (missing.code, "Der ligger ingen hel fil at udlevere" in missing.err) == (1, True)
    (shown,) = sporlog("emergency-lists", "list", "--json").json
    assert [(one["to"], one["file"]) for one in shown["releases"]] == [("Plejecenter", None), ("Hjemmeplejen Nord", "k-1.pdf")]
    assert shown["releases"][0]["at"] == "2026-11-20T07:00:00Z"


def test_a_list_that_is_withdrawn_is_expected_no_longer(sporlog: Sporlog, folder: Path) -> None:
    declare(sporlog, folder)
    assert sporlog("emergency-lists", "withdraw", NAME, "--reason", "Systemet er afløst").code == 0
    assert "Der ventes ingen nødlister" in sporlog("emergency-lists", "list").out
    gone = sporlog("emergency-lists", "check", NAME)
    assert (gone.code, "Der ventes ingen nødliste med det navn" in gone.err) == (1, True)


@pytest.mark.parametrize(
    ("option", "value", "named"),
    [("--mode", "rw", "readers.mode"), ("--every", "0", "every_hours"), ("--pattern", "a/b", "pattern")],
)
def test_what_cannot_be_meant_is_one_line_that_names_the_field(
    sporlog: Sporlog, folder: Path, option: str, value: str, named: str
) -> None:
    said = declare(sporlog, folder, option, value)
    assert (said.code, named in said.err, said.err.count("\n")) == (2, True, 1)
    assert sporlog("emergency-lists", "list", "--json").json == []
