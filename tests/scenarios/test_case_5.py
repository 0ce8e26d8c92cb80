"""KL's case 5, Esbjerg: the care system's lists come each night, are kept for seven days, and few people get them."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.adapters.cli.conftest import Sporlog
from tests.scenarios.catalogue import RECORD, does, drawn
from tests.support.emergency_lists import write

NIGHT = datetime.now(UTC) - timedelta(hours=3)
NIGHTS = tuple(NIGHT - timedelta(days=day) for day in range(7))
CONTENT = b"Rute 1\nAnna Andersen 07:15 insulin\n"
LIST = "Kørelister"


def test_the_lists_are_there_each_night_and_only_released_on_record(sporlog: Sporlog, tmp_path: Path) -> None:
    drawn(sporlog)
    drive = tmp_path / "noeddrev"
    for when in NIGHTS:
        write(drive, f"koereliste-{when:%Y-%m-%d}.pdf", when, CONTENT)
    expected = ("--system", RECORD, "--folder", str(drive), "--owner", "rolle:digitalisering", "--pattern", "koereliste-*.pdf")
    said = does(sporlog, "emergency-lists", "declare", LIST, *expected, "--mode", "0640")
    assert "Kataloget har intet system" not in said.out

    # In order: tonight's came, seven days lie there, nobody else may read them. The log has its hash and none of its words.
    does(sporlog, "emergency-lists", "check")
    (shown,) = does(sporlog, "emergency-lists", "list", "--json").json
    assert (shown["outcome"], shown["files_of_days"]) == ("arrived", 7)
    assert shown["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    stored = b"".join(file.read_bytes() for file in sporlog.data.rglob("*") if file.is_file())
    assert b"Anna Andersen" not in stored

    # Somebody opens the newest to everybody: the check says so, the doctor says so, and a person knows what to do.
    newest = max(drive.iterdir(), key=lambda file: file.stat().st_mtime)
    newest.chmod(0o644)
    wrong = sporlog("emergency-lists", "check")
    assert (wrong.code, "for åben" in wrong.out, "Ret ejer, gruppe og rettigheder" in wrong.out) == (1, True, True)
    assert any("for åben" in one["detail"] for one in sporlog("doctor", "--json").json)
    newest.chmod(0o640)

    # The journal is down: the ward gets the list, to whom, why and which file is on record.
    does(sporlog, "emergency-lists", "release", LIST, "--to", "Hjemmeplejen Nord", "--reason", "Omsorgsjournal er nede")
    (released,) = does(sporlog, "emergency-lists", "list", "--json").json[0]["releases"]
    assert (released["to"], released["sha256"]) == ("Hjemmeplejen Nord", hashlib.sha256(CONTENT).hexdigest())

    # Power is gone too: the copy on the stand-alone machine is given out, and entered when there is power again.
    told = ("--to", "Plejecenter Åbo", "--reason", "Strømmen er væk", "--elsewhere", "--occurred-at", "2026-11-20 23:40")
    does(sporlog, "emergency-lists", "release", LIST, *told)
    (late, _) = does(sporlog, "emergency-lists", "list", "--json").json[0]["releases"]
    assert (late["at"], late["sha256"]) == ("2026-11-20T22:40:00Z", None)

    # The job fails for two nights, then the drive is gone.
    for file in drive.iterdir():
        then = file.stat().st_mtime - timedelta(days=2).total_seconds()
        os.utime(file, (then, then))
    assert sporlog("emergency-lists", "check", "--json").json[0]["problems"][0] == "late"
    drive.rename(tmp_path / "afmonteret")
    gone = sporlog("emergency-lists", "check")
    assert (gone.code, "kan ikke læses (mappen findes ikke)" in gone.out) == (1, True)
