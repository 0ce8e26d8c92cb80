import json
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.backup.making import _seal
from tests.adapters.cli.conftest import COMMAND, Sporlog

WRITER = """
import asyncio, sys
from adapters.logging import StandardError, configure
from adapters.main import open_office
from adapters.settings import read_settings
from handlers.requests import Origin
from datetime import UTC, datetime

async def write(office):
    for n in range(100_000):
        origin = Origin("u-1", "cli", f"c-{n}", datetime.now(UTC))
        done = await office.desk.report({"title": f"Nummer {n}", "severity": "low"}, origin)
        if n < 20:  # nobody reads more, and a full pipe would stop the writer
            print(done.incident.reference, flush=True)

configure("error", StandardError())
with open_office(read_settings()) as office:
    asyncio.run(write(office))
"""


@contextmanager
def a_writer(sporlog: Sporlog) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen([COMMAND[0], "-c", WRITER], env=sporlog.environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        for _ in range(20):
            assert process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


def elsewhere(sporlog: Sporlog, name: str = "igen") -> Sporlog:
    return replace(sporlog, data=sporlog.data.with_name(name))


def logs_of(sporlog: Sporlog) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(sporlog.data / "events.db")) as store:
        return store.execute("SELECT * FROM events ORDER BY position").fetchall()


def test_a_log_without_events_is_restored_too(sporlog: Sporlog, tmp_path: Path) -> None:
    sporlog("incident", "list")
    assert sporlog("backup", tmp_path / "kopi").code == 0
    said = elsewhere(sporlog)("restore", tmp_path / "kopi")
    assert said.code == 0, said.err
    assert logs_of(elsewhere(sporlog)) == []


def test_what_is_restored_is_what_was_there(sporlog: Sporlog, tmp_path: Path) -> None:
    ref = sporlog.report("Før branden – æøå", components="db-1")
    sporlog("incident", "note", ref, "--text", "Noget fortroligt")
    assert sporlog("backup", tmp_path / "kopi").code == 0
    again = elsewhere(sporlog)
    said = again("restore", tmp_path / "kopi", "--json")
    assert said.code == 0, said.err
    assert said.json["head"] == 2
    assert logs_of(again) == logs_of(sporlog)
    before, after = (each("incident", "show", ref, "--json").json for each in (sporlog, again))
    assert after == before
    # It goes on: the next reference follows, nothing is given twice.
    assert again.report().endswith("-0002")
    assert again("rebuild", "--verify").code == 0


def wait_past(sporlog: Sporlog, head: int) -> None:
    """Until the writer has written more: on a busy machine two backups may fit between two of its commits."""
    with closing(sqlite3.connect(sporlog.data / "events.db")) as store:
        until = time.monotonic() + 20
        while store.execute("SELECT max(position) FROM events").fetchone()[0] <= head:
            assert time.monotonic() < until, "the writer writes no more"
            time.sleep(0.01)


def test_a_restored_log_signs_on_with_its_own_key(sporlog: Sporlog, tmp_path: Path) -> None:
    sporlog.report()
    before = sporlog("audit", "checkpoint", "--json").json
    assert sporlog("backup", tmp_path / "kopi", "--keyring-to", tmp_path / "noegler").code == 0
    assert (tmp_path / "noegler" / "checkpoint.key").stat().st_mode & 0o777 == 0o600
    again = elsewhere(sporlog)
    assert again("restore", tmp_path / "kopi", "--keyring-from", tmp_path / "noegler").code == 0
    # The same tree and key: what was handed out before the restore and what is made after it are the same bytes.
    assert again("audit", "checkpoint").out == before["checkpoint"]


def test_a_backup_is_whole_while_another_process_writes(sporlog: Sporlog, tmp_path: Path) -> None:
    sporlog.report()
    with a_writer(sporlog) as writer:
        heads = []
        for name in ("en", "to"):
            said = sporlog("backup", tmp_path / name, "--json")
            assert said.code == 0, said.err
            heads.append(said.json["contents"]["head"])
            wait_past(sporlog, heads[-1])
        assert writer.poll() is None, "the writer was disturbed"
    assert 20 < heads[0] < heads[1]
    again = elsewhere(sporlog)
    assert again("restore", tmp_path / "en").code == 0
    assert len(logs_of(again)) == heads[0]
    assert len(again("incident", "list", "--json").json) == heads[0]


def test_the_two_halves_are_apart_and_neither_is_readable_by_others(sporlog: Sporlog, tmp_path: Path) -> None:
    sporlog.report("Hemmeligheden 47110815")
    sporlog("backup", tmp_path / "kopi", "--keyring-to", tmp_path / "pengeskab")
    assert {path.name for path in (tmp_path / "kopi").iterdir()} == {"events.db", "manifest.json"}
    assert {path.name for path in (tmp_path / "pengeskab").iterdir()} == {"keyring.db", "manifest.json", "master.key"}
    assert b"47110815" not in b"".join(path.read_bytes() for path in (tmp_path / "kopi").iterdir())
    if os.name == "posix":
        assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("kopi", "pengeskab")} == {0o700}
    again = elsewhere(sporlog)
    assert again("restore", tmp_path / "kopi").code == 1
    assert again("restore", tmp_path / "kopi", "--keyring-from", tmp_path / "pengeskab").code == 0
    assert again("incident", "list", "--json").json[0]["title"] == "Hemmeligheden 47110815"


def test_an_incident_erased_before_the_backup_is_erased_after_it(sporlog: Sporlog, tmp_path: Path) -> None:
    ref = sporlog.report("Skal glemmes")
    with closing(sqlite3.connect(sporlog.data / "keyring" / "keyring.db")) as keyring:
        keyring.execute("UPDATE data_keys SET wrapped = NULL WHERE kid LIKE 'incident:%'")
        keyring.commit()
    assert sporlog("backup", tmp_path / "kopi").code == 0
    again = elsewhere(sporlog)
    said = again("restore", tmp_path / "kopi", "--json")
    assert (said.json["sealed"], said.json["erased"]) == (1, 1)
    assert again("incident", "show", ref, "--json").json["title"] is None


def change_a_byte(kopi: Path, _keys: Path) -> None:
    body = bytearray((kopi / "events.db").read_bytes())
    body[len(body) // 2] ^= 1
    (kopi / "events.db").write_bytes(body)


def lose_the_manifest(kopi: Path, _keys: Path) -> None:
    (kopi / "manifest.json").unlink()


def lose_the_master_key(_kopi: Path, keys: Path) -> None:
    (keys / "master.key").unlink()


def lose_the_keyring(_kopi: Path, keys: Path) -> None:
    shutil.rmtree(keys)


def reseal(folder: Path, name: str) -> None:
    """What somebody would do who knows the format: change the file and the manifest together."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] = _seal(folder / name).model_dump()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def run_sql(folder: Path, name: str, statement: str) -> None:
    with closing(sqlite3.connect(folder / name)) as database:
        database.execute(statement)
        database.commit()
    reseal(folder, name)


def leave_out_an_event(kopi: Path, _keys: Path) -> None:
    run_sql(kopi, "events.db", "DELETE FROM events WHERE position = 2")


def leave_out_the_last_event(kopi: Path, _keys: Path) -> None:
    run_sql(kopi, "events.db", "DELETE FROM events WHERE position = 3")


def rewrite_an_event(kopi: Path, _keys: Path) -> None:
    run_sql(kopi, "events.db", "UPDATE events SET recorded_at_us = recorded_at_us + 1 WHERE position = 3")


def lose_a_reference(kopi: Path, _keys: Path) -> None:
    run_sql(kopi, "events.db", "DELETE FROM refs")


def lose_a_key(_kopi: Path, keys: Path) -> None:
    run_sql(keys, "keyring.db", "DELETE FROM data_keys")


def exchange_two_texts(kopi: Path, _keys: Path) -> None:
    run_sql(kopi, "events.db", "UPDATE events SET state = (SELECT state FROM events WHERE position = 3) WHERE position = 2")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (change_a_byte, "changed after the backup"),
        (lose_the_manifest, "no whole backup"),
        (lose_the_master_key, "missing"),
        (lose_the_keyring, "no whole backup"),
        (leave_out_an_event, "some are missing"),
        (leave_out_the_last_event, "manifest says 3"),
        (rewrite_an_event, "digest"),
        (lose_a_reference, "table refs"),
        (lose_a_key, "is not in the keyring"),
        (exchange_two_texts, "does not open"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_damaged_backup_is_refused_by_name_and_nothing_is_put_in_place(
    sporlog: Sporlog, tmp_path: Path, damage: object, told: str
) -> None:
    ref = sporlog.report()
    for text in ("en", "to"):
        sporlog("incident", "note", ref, "--text", text)
    sporlog("backup", tmp_path / "kopi")
    damage(tmp_path / "kopi", tmp_path / "kopi-keyring")  # type: ignore[operator]
    again = elsewhere(sporlog)
    said = again("restore", tmp_path / "kopi")
    assert said.code == 1
    assert told in said.err
    assert not again.data.exists()
    assert again("restore", tmp_path / "kopi", "--check").code == 1


def test_the_keyring_of_another_backup_is_refused(sporlog: Sporlog, tmp_path: Path) -> None:
    sporlog.report()
    for name in ("en", "to"):
        sporlog("backup", tmp_path / name)
    said = elsewhere(sporlog)("restore", tmp_path / "en", "--keyring-from", tmp_path / "to-keyring")
    assert said.code == 1
    assert "two different backups" in said.err


def test_a_directory_with_something_in_it_is_never_written_over(sporlog: Sporlog, tmp_path: Path) -> None:
    sporlog.report("Den rigtige log")
    sporlog("backup", tmp_path / "kopi")
    assert sporlog("backup", tmp_path / "kopi").code == 1
    said = sporlog("restore", tmp_path / "kopi")
    assert said.code == 1
    assert "not empty" in said.err
    assert sporlog("incident", "list", "--json").json[0]["title"] == "Den rigtige log"


def test_a_check_reads_a_backup_on_a_medium_that_cannot_be_written(sporlog: Sporlog, tmp_path: Path) -> None:
    sporlog.report()
    sporlog("backup", tmp_path / "kopi")
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.glob("kopi*/*")}
    assert sporlog("restore", tmp_path / "kopi", "--check").code == 0
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.glob("kopi*/*")} == before


def test_postgresql_is_backed_up_and_restored_to_either_database(sporlog: Sporlog, tmp_path: Path, postgres_url: str) -> None:
    on_postgres = replace(sporlog, more={"SPORLOG_DATABASE": postgres_url})
    ref = on_postgres.report("Fra PostgreSQL – æøå", components="db-1")
    alert = {"specversion": "1.0", "id": "1", "source": "/x", "type": "t", "data": {"severity": "high", "component": "db-1"}}
    on_postgres("intake", "cloudevents", stdin=json.dumps(alert).encode())
    assert on_postgres("backup", tmp_path / "kopi").code == 0
    laptop = elsewhere(sporlog, "laptop")
    assert laptop("restore", tmp_path / "kopi").code == 0
    assert laptop("incident", "show", ref, "--json").json == on_postgres("incident", "show", ref, "--json").json
    # Back onto the same database is refused: it holds events.
    said = replace(elsewhere(sporlog, "tredje"), more=on_postgres.more)("restore", tmp_path / "kopi")
    assert said.code == 1
    assert "holds events already" in said.err
    assert not (tmp_path / "tredje").exists()


def test_a_backup_of_sqlite_restores_to_postgresql(sporlog: Sporlog, tmp_path: Path, postgres_url: str) -> None:
    ref = sporlog.report("Fra SQLite – æøå")
    sporlog("backup", tmp_path / "kopi")
    grown = replace(elsewhere(sporlog), more={"SPORLOG_DATABASE": postgres_url})
    said = grown("restore", tmp_path / "kopi")
    assert said.code == 0, said.err
    assert grown("incident", "show", ref, "--json").json == sporlog("incident", "show", ref, "--json").json
    assert not (grown.data / "events.db").exists()
    assert grown.report().endswith("-0002")
