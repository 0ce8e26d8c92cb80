"""Erasing from the command line, a crash in the middle of it, and an older backup that must not bring the text back."""

import signal
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import orjson
import pytest

from tests.adapters.cli.conftest import COMMAND, Said, Sporlog

NAME, OTHER = "Åse Ørsted", "Serveren svarer ikke"
BASIS = ("--legal-basis", "right_to_erasure", "--reason", "Et navn")
WHOLE = ("--ground", "stated", "--archive-check", "delivered", "--legal-basis", "storage_limitation", "--reason", "Afleveret")


def propose(sporlog: Sporlog, ref: str, *what: object) -> int:
    said = sporlog("erase", "propose", ref, *what, "--actor", "u-1", "--json")
    assert said.code == 0, said.err
    return int(said.json["version"])


def approve(sporlog: Sporlog, ref: str, number: int, *more: str) -> Said:
    return sporlog("erase", "approve", ref, number, "--actor", "u-2", "--yes", *more)


def noted(sporlog: Sporlog) -> str:
    ref = sporlog.report(OTHER, description="Kælderen", components="søgbar")
    assert sporlog("incident", "note", ref, "--text", NAME).code == 0
    return ref


def everything(sporlog: Sporlog, ref: str) -> str:
    return sporlog("incident", "show", ref, "--json").out + sporlog("replay", ref, "--json").out


def test_one_proposes_another_approves_and_the_text_is_gone(sporlog: Sporlog) -> None:
    ref = noted(sporlog)
    assert NAME in everything(sporlog, ref)
    number = propose(sporlog, ref, "--number", 2, "--path", "text", *BASIS)
    (waiting,) = sporlog("erase", "list", "--json").json
    assert (waiting["ref"], waiting["number"], waiting["path"], waiting["proposed_by"]) == (ref, number, "text", "u-1")
    own = sporlog("erase", "approve", ref, number, "--actor", "u-1", "--yes")
    assert own.code == 1
    assert "u-1 proposed number 3" in own.err
    said = approve(sporlog, ref, number)
    assert said.code == 0, said.err
    assert "går tabt for altid" in said.out
    assert "Slettet for altid." in said.out
    told = everything(sporlog, ref)
    assert NAME not in told
    assert OTHER in told
    shown = sporlog("incident", "show", ref)
    assert shown.code == 0, shown.err
    assert "[fjernet] retten til sletning (GDPR art. 17): Et navn" in shown.out
    assert sporlog("erase", "list", "--json").json == []
    (done,) = sporlog("erase", "status", "--json").json
    assert (done["ref"], done["approved_by"]) == (ref, "u-2")
    assert done["done_at"]
    assert sporlog("rebuild", "--verify").code == 0


def test_a_wrong_text_a_rejection_and_no_confirmation_erase_nothing(sporlog: Sporlog) -> None:
    ref = noted(sporlog)
    said = sporlog("erase", "propose", ref, "--number", 2, "--path", "title", *BASIS)
    assert said.code == 2
    assert "number 2 of" in said.err
    assert "there is: text" in said.err
    number = propose(sporlog, ref, "--number", 2, "--path", "text", *BASIS)
    asked = sporlog("erase", "approve", ref, number, "--actor", "u-2")
    assert asked.code == 2
    assert "brug --yes" in asked.err
    assert "Retten til sletning" in sporlog("erase", "list").out
    assert sporlog("erase", "reject", ref, number, "--reason", "Skal gemmes", "--actor", "u-2").code == 0
    assert approve(sporlog, ref, number).code == 1
    assert NAME in everything(sporlog, ref)
    assert sporlog("erase", "status", "--json").json == []


def test_a_disposed_incident_leaves_a_tombstone_in_the_lists(sporlog: Sporlog) -> None:
    ref = noted(sporlog)
    assert sporlog("incident", "plan-task", ref, "--owner", "u-9", "--task", "Ring").code == 0
    assert sporlog("incident", "close", ref, "--reason", "not_an_incident").code == 0
    said = approve(sporlog, ref, propose(sporlog, ref, *WHOLE))
    assert said.code == 0, said.err
    (row,) = sporlog("incident", "list", "--json").json
    assert (row["ref"], row["title"], row["components"], row["status"]) == (ref, None, [], "closed")
    told = everything(sporlog, ref)
    assert not any(text in told for text in (NAME, OTHER, "Kælderen", "Ring"))
    shown = sporlog("incident", "show", ref)
    assert shown.code == 0, shown.err
    assert "Arkivtjek" in shown.out
    assert "Hændelsen er kasseret: kun gravstenen er tilbage." in shown.out
    refused = sporlog("incident", "note", ref, "--text", "Mere")
    assert refused.code == 1
    assert "was disposed of" in refused.err
    assert sporlog("rebuild", "--verify").code == 0
    with closing(sqlite3.connect(sporlog.data / "read" / "casework.db")) as casework:
        assert casework.execute("SELECT count(*) FROM todos").fetchall() == [(0,)]


KILLED = """
import os, signal, sys
from adapters.event_store import unmaking
from adapters.cli.app import main
def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
unmaking.{part} = killed
main()
"""


@pytest.mark.parametrize("part", ["destroy", "scrub", "mark_done"])
def test_killed_between_the_decision_and_the_deed_it_is_done_by_whoever_comes_next(sporlog: Sporlog, part: str) -> None:
    ref = noted(sporlog)
    number = propose(sporlog, ref, "--number", 2, "--path", "text", *BASIS)
    command = [COMMAND[0], "-c", KILLED.format(part=part), "erase", "approve", ref, str(number), "--actor", "u-2", "--yes"]
    died = subprocess.run(command, env=sporlog.environment, capture_output=True, timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL
    assert NAME not in everything(sporlog, ref), "decided is decided"
    (done,) = sporlog("erase", "status", "--json").json
    assert done["done_at"]
    with closing(sqlite3.connect(sporlog.data / "keyring" / "keyring.db")) as keyring:
        ((place, wrapped),) = keyring.execute("SELECT place, wrapped FROM place_keys WHERE wrapped IS NULL").fetchall()
    assert (place.endswith("/2"), wrapped) == (True, None)


def test_an_older_backup_does_not_bring_back_what_was_erased(sporlog: Sporlog, tmp_path: Path) -> None:
    ref, whole = noted(sporlog), noted(sporlog)
    file = tmp_path / "bevis.txt"
    file.write_text(NAME)
    for each in (ref, whole):
        added = sporlog("evidence", "add", each, file)
        assert added.code == 0, added.err
    backups = tmp_path / "kopier"
    assert sporlog("backup", backups / "gammel").code == 0
    approve(sporlog, ref, propose(sporlog, ref, "--number", 2, "--path", "text", *BASIS))
    approve(sporlog, ref, propose(sporlog, ref, "--number", 1, "--path", "description", *BASIS))
    sporlog("incident", "close", whole, "--reason", "not_an_incident")
    approve(sporlog, whole, propose(sporlog, whole, *WHOLE))

    forgotten = replace(sporlog, data=tmp_path / "uden")
    assert forgotten("restore", backups / "gammel").code == 0
    assert NAME in everything(forgotten, whole), "the older backup does hold the text"

    named = replace(sporlog, data=tmp_path / "navngivet")
    said = named("restore", backups / "gammel", "--erasures", sporlog.data / "erasures.jsonl")
    assert said.code == 0, said.err
    assert "Slettet igen: 3" in said.out
    assert sporlog("backup", backups / "ny").code == 0
    beside = replace(sporlog, data=tmp_path / "ved-siden-af")
    assert "Slettet igen: 3" in beside("restore", backups / "gammel").out
    for house in (named, beside):
        told = everything(house, ref)
        assert OTHER in told
        assert len([path for path in (house.data / "evidence").glob("*/*/*") if path.is_file()]) == 1, "only the other one's"
        assert NAME not in told
        assert "Kælderen" not in told
        assert not any(text in everything(house, whole) for text in (NAME, OTHER))
        assert all(one["done_at"] for one in house("erase", "status", "--json").json)
        assert house("rebuild", "--verify").code == 0
        register = (house.data / "erasures.jsonl").read_bytes()
        assert set(register.splitlines()) >= set((sporlog.data / "erasures.jsonl").read_bytes().splitlines())
        assert NAME.encode() not in register
        # What it restored to is backed up and restored in turn.
        assert house("backup", tmp_path / f"{house.data.name}-kopi").code == 0
    assert (named.data / "erasures.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_register_that_cannot_be_read_restores_nothing(sporlog: Sporlog, tmp_path: Path) -> None:
    noted(sporlog)
    assert sporlog("backup", tmp_path / "kopi").code == 0
    register = tmp_path / "register.jsonl"
    register.write_bytes(orjson.dumps({"format": "andet"}) + b"\n{}\n")
    again = replace(sporlog, data=tmp_path / "igen")
    said = again("restore", tmp_path / "kopi", "--erasures", register)
    assert said.code == 2
    assert "line 1, is no erasure" in said.err
    assert not again.data.exists()


def test_no_listing_shows_a_text_that_is_redacted_although_no_worker_has_run(sporlog: Sporlog, tmp_path: Path) -> None:
    ref = sporlog.report(f"{NAME} i titlen")
    assert sporlog("incident", "note", ref, "--text", NAME).code == 0
    judged = ("--not-significant", "--nis2-category", "low", "--reason", "Ingen ydelser er ramt")
    assert sporlog("incident", "assess", ref, *judged).code == 0
    assert sporlog("incident", "plan-task", ref, "--owner", "u-9", "--task", "Ring").code == 0
    listings: list[tuple[object, ...]] = [
        *(("incident", "list", *more) for more in ((), ("--json",), ("--position", "2"))),
        *(("incident", "show", ref, *more) for more in ((), ("--json",))),
        *(("replay", ref, *more) for more in ((), ("--json",), ("--position", "2"))),
        *(("lists", name, *more) for name in ("not-significant", "todos", "judgements") for more in ((), ("--json",))),
        ("incident", "brief", ref),
        ("incident", "sheet", ref, "early_warning"),
    ]
    said = {listing: sporlog(*listing) for listing in listings}
    assert {listing: one.err for listing, one in said.items() if one.code} == {}
    assert len([one for one in said.values() if NAME in one.out]) >= 8
    for number, path in ((1, "title"), (2, "text")):
        waiting = propose(sporlog, ref, "--number", number, "--path", path, *BASIS)
        assert sporlog("incident", "redact", ref, "--proposal-number", waiting, "--actor", "u-2").code == 0
    with closing(sqlite3.connect(sporlog.data / "events.db")) as log:
        assert log.execute("SELECT count(*) FROM erasures WHERE done_at_us IS NULL").fetchall() == [(2,)]
    assert [listing for listing in listings if NAME in sporlog(*listing).out] == []
    assert sporlog("audit", "export", ref, "--out", tmp_path / "pakke.zip").code == 0
    with ZipFile(tmp_path / "pakke.zip") as bundle:
        assert not [name for name in bundle.namelist() if NAME.encode() in bundle.read(name)]


def test_what_is_left_out_is_named_and_nobody_is_asked_about_a_proposal_that_is_not_there(sporlog: Sporlog) -> None:
    ref = noted(sporlog)
    for half in (("--number", 2), ("--ground", "stated"), ()):
        said = sporlog("erase", "propose", ref, *half, *BASIS)
        assert (said.code, "--number og --path" in said.err, "--archive-check" in said.err) == (2, True, True)
    said = sporlog("erase", "approve", ref, 12, "--actor", "u-2")
    assert (said.code, "with number 12" in said.err, "--yes" in said.err) == (1, True, False)
