"""The crisis laptop, rehearsed: the first house is killed, a second directory goes on from the pack, and no two write."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from adapters.pack.continuing import Continued, continue_from
from adapters.pack.making import Wanted, make_pack
from adapters.pack.manifest import BACKUP
from adapters.pack.sealing import new_key
from adapters.pack.shelf import Shelf
from adapters.settings import read_settings
from domain.primary import NotPrimaryError
from tests.support.packs import SECRET_TITLE, a_house, furnish, origin

COMMAND = (sys.executable, "-c", "from adapters.cli.app import main; main()")


@dataclass(frozen=True)
class Machine:
    """A machine with a data directory, and the drive if it is plugged in."""

    data: Path
    drive: Path | None = None
    recipients: str = ""

    def __call__(self, *arguments: object, code: int = 0) -> Any:  # noqa: ANN401 - JSON, or what was said
        own = {"SPORLOG_DATA": str(self.data), "COLUMNS": "200", "SPORLOG_PACK_RECIPIENTS": self.recipients}
        own |= {"SPORLOG_PACK_DIR": str(self.drive)} if self.drive else {}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SPORLOG_")}
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)], env=clean | own, capture_output=True, timeout=120, check=False, text=True
        )
        assert done.returncode == code, done.stderr
        return orjson.loads(done.stdout) if "--json" in arguments and code == 0 else done.stdout + done.stderr

    def events(self) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.data / "events.db")) as store:
            return store.execute("SELECT position, topic, state FROM events ORDER BY position").fetchall()


@dataclass(frozen=True)
class Crisis:
    """A house that was killed after its pack was made, and a clean laptop with the key file."""

    home: Machine
    laptop: Machine
    pack: Path
    key: Path
    reference: str


@pytest.fixture(scope="module")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Crisis:
    folder = tmp_path_factory.mktemp("crisis")
    key, public = new_key(None)
    (folder / "laptop.key").write_bytes(key)
    drive = folder / "drev"
    home = Machine(folder / "hus", drive, public)
    with a_house(home.data) as house:
        reference = asyncio.run(furnish(house.office))
    made = home("pack", "--json")
    up = subprocess.Popen(
        [*COMMAND, "up", "--http", "127.0.0.1:0"],
        env={**os.environ, "SPORLOG_DATA": str(home.data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert up.stdout is not None
    assert any("Nøgler" in line for line in up.stdout), "it did not start"
    os.killpg(up.pid, signal.SIGKILL)
    up.communicate()
    return Crisis(home, Machine(folder / "laptop"), Path(made["folder"]), folder / "laptop.key", reference)


def test_the_laptop_goes_on_and_the_old_house_stays_read_only_until_somebody_decides(crisis: Crisis) -> None:
    home, laptop, drive = crisis.home, crisis.laptop, crisis.pack.parent
    # The old house recorded something after its pack: that stays there, and is named when the two meet.
    home("incident", "note", crisis.reference, "--text", "Efter pakken")
    done = laptop("pack", "continue", crisis.pack, "--key", crisis.key, "--reason", "Strømsvigt", "--json")
    head = done["head"]
    assert [row[:2] for row in laptop.events()[head:]] == [(head + 1, "primary.declared.1")]
    assert laptop.events()[:head] == home.events()[:head]
    # It goes on: a new incident gets the next reference, an old one is assessed, and the ledger is whole.
    reported = laptop("incident", "report", "--title", "Vand i kælderen", "--severity", "high", "--json")
    assert reported["ref"].endswith("-0002")
    assert laptop("incident", "show", crisis.reference, "--json")["title"] == SECRET_TITLE
    laptop("incident", "assess", crisis.reference, "--significant", "--nis2-category", "high", "--reason", "Borgere er ramt")
    laptop("audit", "checkpoint")
    laptop("audit", "verify")
    assert laptop("primary", "--json")["read_only"] is None

    # Power is back. The drive is plugged in, and the old house hears of it, also when the drive is gone again.
    before = home.events()
    said = home("incident", "note", crisis.reference, "--text", "Vi er tilbage", code=1)
    assert "read-only" in said
    assert home.events() == before
    unplugged = Machine(home.data)
    assert "read-only" in unplugged("incident", "report", "--title", "x", "--severity", "low", code=1)
    told = unplugged("primary", "--json")
    assert told["only_here"] == [crisis.reference]
    assert told["told"]["from_position"] == head

    # Home again: the laptop hands over, its log is restored in a new directory, and somebody declares that one.
    laptop("primary", "hand-over", "--reason", "Strømmen er tilbage")
    assert "handed over" in laptop("incident", "report", "--title", "x", "--severity", "low", code=1)
    laptop("backup", drive / "hjem", "--keyring-to", drive / "hjem-noegler")
    new = Machine(home.data.with_name("nyt-hus"))
    new("restore", drive / "hjem", "--keyring-from", drive / "hjem-noegler")
    assert "handed over" in new("incident", "report", "--title", "x", "--severity", "low", code=1)
    new("primary", "declare", "--reason", "Hjemme igen")
    assert new("incident", "report", "--title", "Hjemme", "--severity", "low", "--json")["ref"].endswith("-0003")
    assert new.events()[: len(laptop.events())] == laptop.events(), "the same positions"
    new("audit", "checkpoint")
    new("audit", "verify")


def test_who_declares_the_old_house_after_all_goes_on_there_with_a_reason(crisis: Crisis, tmp_path: Path) -> None:
    laptop = Machine(tmp_path / "laptop")
    laptop("pack", "continue", crisis.pack, "--key", crisis.key)
    home = crisis.home
    home("primary", "declare", "--reason", "Laptoppen blev kun prøvet")
    assert home("primary", "--json")["read_only"] is None
    home("incident", "note", crisis.reference, "--text", "Vi fortsætter her")
    # A notice that only somebody with the log's key could sign stops a house; any other file does not.
    (tmp_path / "falsk.txt").write_bytes(
        (laptop.data / "continued.txt").read_bytes().replace(b"from_position", b"from_positiom")
    )
    assert "no notice" in home("primary", "hear", tmp_path / "falsk.txt", code=2)
    home("incident", "note", crisis.reference, "--text", "Stadig her")


def test_what_is_wrong_with_the_pack_or_the_key_leaves_the_laptop_as_it_was(crisis: Crisis, tmp_path: Path) -> None:
    laptop = Machine(tmp_path / "laptop")
    (tmp_path / "andres.key").write_bytes(new_key(None)[0])
    said = laptop("pack", "continue", crisis.pack, "--key", tmp_path / "andres.key", code=1)
    assert "does not open with this key" in said
    assert not laptop.data.exists() or not any(laptop.data.iterdir())
    assert not laptop.data.with_name("laptop.opening").exists(), "nothing is left in clear"
    sealed = crisis.pack / BACKUP
    whole = sealed.read_bytes()
    sealed.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert BACKUP in laptop("pack", "continue", crisis.pack, "--key", crisis.key, code=1)
    sealed.write_bytes(whole)
    laptop("pack", "continue", crisis.pack, "--key", crisis.key)
    assert "not empty" in laptop("pack", "continue", crisis.pack, "--key", crisis.key, code=1)


async def test_a_house_on_postgresql_goes_on_in_a_directory(postgres_url: str, tmp_path: Path) -> None:
    key, public = new_key("en sætning")
    (tmp_path / "laptop.key").write_bytes(key)
    (tmp_path / "drev").mkdir()
    with a_house(tmp_path / "hus", {"SPORLOG_DATABASE": postgres_url}) as house:
        await furnish(house.office)
        desk, shelf = house.office.desk, Shelf(tmp_path / "drev")
        made = await make_pack(house.room, desk, shelf, Wanted([public]), origin())
        head = house.office.store.head()
    settings = read_settings({}, data=tmp_path / "laptop")

    def go_on() -> Continued:
        return continue_from(
            made.folder,
            tmp_path / "laptop.key",
            lambda: "en sætning",
            settings=settings,
            log_key=made.manifest.vkey,
            reason="Strømsvigt",
            origin=origin(),
            tell=lambda _: None,
        )

    done = await asyncio.to_thread(go_on)
    # The pack's own event came after the copy was taken: it is in the old house alone.
    assert (done.head, done.declared) == (head - 1, head)
    with a_house(tmp_path / "laptop") as laptop:
        assert laptop.office.store.read_only() is None
    with a_house(tmp_path / "hus", {"SPORLOG_DATABASE": postgres_url, "SPORLOG_PACK_DIR": str(tmp_path / "drev")}) as home:
        assert "read-only" in (home.office.store.read_only() or "")
        with pytest.raises(NotPrimaryError):
            await home.office.desk.report({"title": "x", "severity": "low"}, origin())
