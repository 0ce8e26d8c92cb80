"""`sporlog evidence`: in, out, listed, checked and tidied; what a backup holds; what a crash and a full disk leave."""

import hashlib
import os
import resource
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters.cli.conftest import COMMAND, Sporlog

CONTENT = secrets.token_bytes(700_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest, sporlog: Sporlog) -> Sporlog:
    """With its log on either database; the evidence is a folder on both."""
    url = {"SPORLOG_DATABASE": request.getfixturevalue("postgres_url")} if request.param == "postgres" else {}
    return replace(sporlog, more=url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "disk.img"
    path.write_bytes(CONTENT)
    return path


def held(sporlog: Sporlog) -> list[Path]:
    return [path for path in (sporlog.data / "evidence").rglob("*") if path.is_file()]


def test_a_file_goes_in_and_comes_out_and_is_listed_with_who_had_it(either: Sporlog, file: Path, tmp_path: Path) -> None:
    ref = either.report()
    said = either("evidence", "add", ref, file, "--sha256", SHA256.upper(), "--json")
    assert said.code == 0, said.err
    assert (said.json["number"], said.json["sha256"], said.json["scan"]) == (2, SHA256, "unscanned")
    out = tmp_path / "ud.img"
    assert either("evidence", "get", ref, 2, "--out", out, "--actor", "politiet").code == 0
    assert out.read_bytes() == CONTENT
    again = either("evidence", "get", ref, 2, "--out", out)
    assert (again.code, "Der er allerede noget" in again.err) == (1, True)
    handed = either("incident", "hand-over-evidence", ref, "--evidence-number", 2, "--recipient", "NSK")
    assert handed.code == 0, handed.err
    (one,) = either("evidence", "list", ref, "--json").json
    assert [(each["step"], each.get("recipient")) for each in one["custody"]] == [
        ("evidence-accessed", None),
        ("hand-over-evidence", "NSK"),
    ]
    assert one["custody"][1]["deviations"] == ["no-reason"]
    assert "politiet" in either("evidence", "list", ref).out


def test_a_wrong_hash_is_refused_in_one_line_and_leaves_nothing(either: Sporlog, file: Path) -> None:
    ref = either.report()
    said = either("evidence", "add", ref, file, "--sha256", "0" * 64)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert SHA256 in said.err
    assert held(either) == []
    assert either("evidence", "list", ref, "--json").json == []


def test_verify_names_what_is_missing_and_what_was_changed(either: Sporlog, file: Path, tmp_path: Path) -> None:
    ref = either.report()
    other = tmp_path / "log.txt"
    other.write_text("02:14 root")
    for each in (file, other):
        assert either("evidence", "add", ref, each).code == 0
    assert either("evidence", "verify").code == 0
    small, large = sorted(held(either), key=lambda path: path.stat().st_size)
    changed = bytearray(large.read_bytes())
    changed[300_000] ^= 1
    large.write_bytes(changed)
    small.unlink()
    said = either("evidence", "verify", ref)
    assert said.code == 1
    assert f"{SHA256}: ÆNDRET" in said.out
    assert f"{hashlib.sha256(other.read_bytes()).hexdigest()}: MANGLER" in said.out


def test_tidy_removes_what_no_event_names_and_what_dead_uploads_left_and_nothing_else(either: Sporlog, file: Path) -> None:
    ref = either.report()
    assert either("evidence", "add", ref, file).code == 0
    (kept,) = held(either)
    orphan = kept.parent.parent / "ab" / ("c" * 62)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")
    old, running = (either.data / "evidence" / ".incoming" / name for name in ("old", "running"))
    for each in (old, running):
        each.write_bytes(b"x")
    os.utime(old, (time.time() - 7200,) * 2)
    assert "1 fil nævnes" in either("evidence", "verify").err
    assert either("evidence", "tidy", "--json").json["litter"] == 1
    assert sorted(held(either)) == sorted([kept, running])


def test_a_backup_holds_the_evidence_and_a_restore_gives_it_back(sporlog: Sporlog, file: Path, tmp_path: Path) -> None:
    ref = sporlog.report()
    assert sporlog("evidence", "add", ref, file).code == 0
    made = sporlog("backup", tmp_path / "kopi", "--json")
    assert made.json["contents"]["evidence"] == 1, made.err
    assert sporlog("restore", tmp_path / "kopi", "--check").code == 0
    again = replace(sporlog, data=tmp_path / "igen")
    said = again("restore", tmp_path / "kopi")
    assert said.code == 0, said.err
    assert again("evidence", "get", ref, 2, "--out", tmp_path / "ud.img").code == 0
    assert (tmp_path / "ud.img").read_bytes() == CONTENT
    (copy,) = [path for path in (tmp_path / "kopi" / "evidence").rglob("*") if path.is_file()]
    copy.write_bytes(copy.read_bytes()[:-1])
    refused = replace(sporlog, data=tmp_path / "tredje")("restore", tmp_path / "kopi")
    assert (refused.code, copy.name in refused.err) == (1, True)


def test_a_backup_is_taken_although_evidence_is_lost_and_says_so(sporlog: Sporlog, file: Path, tmp_path: Path) -> None:
    ref = sporlog.report()
    assert sporlog("evidence", "add", ref, file).code == 0
    held(sporlog)[0].unlink()
    said = sporlog("backup", tmp_path / "kopi")
    assert (said.code, SHA256 in said.out) == (0, True)


def test_a_process_killed_in_the_midst_of_an_upload_leaves_no_event_and_no_named_file(sporlog: Sporlog, tmp_path: Path) -> None:
    ref = sporlog.report()
    with (tmp_path / "large").open("wb") as large:
        large.truncate(400_000_000)
    command = [*COMMAND, "evidence", "add", ref, str(tmp_path / "large")]
    with subprocess.Popen(command, env=sporlog.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        for _ in _until(lambda: any(path.stat().st_size > 1_000_000 for path in held(sporlog))):
            assert process.poll() is None, "it was faster than the test: make the file larger"
        process.send_signal(signal.SIGKILL)
    (left,) = held(sporlog)
    assert left.parent.name == ".incoming"
    assert sporlog("evidence", "list", ref, "--json").json == []
    os.utime(left, (time.time() - 7200,) * 2)
    assert sporlog("evidence", "tidy", "--json").json == {"orphans": [], "litter": 1}


def test_a_full_disk_keeps_nothing_and_says_so(either: Sporlog, file: Path) -> None:
    ref = either.report()

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    command = [*COMMAND, "evidence", "add", ref, str(file)]
    said = subprocess.run(command, env=either.environment, capture_output=True, text=True, preexec_fn=little_room, check=False)
    assert (said.returncode, "nothing was kept" in said.stderr, said.stderr.count("\n")) == (1, True, 1), said.stderr
    assert held(either) == []
    assert either("evidence", "list", ref, "--json").json == []
    assert either("evidence", "add", ref, file).code == 0


def _until(done: object) -> Iterator[None]:
    assert callable(done)
    for _ in range(3000):
        if done():
            return
        yield
        time.sleep(0.01)
    raise TimeoutError


def test_refusals_are_danish_first_and_counts_of_none_and_one_are_words(sporlog: Sporlog, file: Path, tmp_path: Path) -> None:
    assert sporlog("evidence", "verify").out == "Der er ingen beviser at læse.\n"
    assert sporlog("evidence", "verify").err == ""
    ref = sporlog.report()
    assert "Send filen igen" in sporlog("evidence", "add", ref, file, "--sha256", "0" * 64).err
    short = sporlog("evidence", "add", ref, file, "--sha256", "abc")
    assert (short.code, short.err) == (2, "fejl: --sha256: skriv 64 tegn, 0-9 og a-f\n")
    (tmp_path / "tom").touch()
    assert "må ikke være tom" in sporlog("evidence", "add", ref, tmp_path / "tom").err
    assert sporlog("evidence", "add", ref, file).code == 0
    (kept,) = held(sporlog)
    kept.with_name("1" * 64).write_bytes(b"x")
    assert sporlog("evidence", "verify").err.startswith("1 fil nævnes af ingen hændelse")
    assert sporlog("evidence", "tidy").out == "1 fil fjernet\n"
