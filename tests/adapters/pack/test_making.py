"""A pack gets onto its drive whole or not at all, and the older ones stay as they are."""

import asyncio
import os
import re
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from adapters.pack import making
from adapters.pack.making import Wanted, make_pack
from adapters.pack.manifest import BACKUP, PAPERS, PackDamagedError, verify
from adapters.pack.releasing import open_papers, release_pack
from adapters.pack.sealing import RecipientError, WrongKeyError, new_key
from adapters.pack.shelf import DriveMissingError, PackBusyError, Shelf
from domain.errors import UnavailableError
from domain.pack import PackProblem
from handlers.packs import read_packs, releases_of
from tests.support.catalogues import CARE, SERVER, SYSTEM
from tests.support.packs import CONTRACT, FOOD, PLAN_BYTES, SECRET_TITLE, House, a_house, furnish, now, origin


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "drev").mkdir()
    return Shelf(tmp_path / "drev")


async def make(house: House, shelf: Shelf, wanted: Wanted | None = None) -> making.Made:
    return await make_pack(house.room, house.office.desk, shelf, wanted or Wanted(), origin())


def text_of(pdf: Path) -> str:
    """Its words, however the lines were broken."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.read_bytes())).pages).split())


async def test_it_holds_what_is_needed_without_power_and_network(shelf: Shelf, tmp_path: Path) -> None:
    with a_house(tmp_path / "data") as house:
        reference = await furnish(house.office)
        made = await make(house, shelf)
    told = text_of(made.folder / "noedpakke.pdf")
    for expected in (CARE, FOOD, SYSTEM, SERVER, CONTRACT, "K-17", "Vagt 70 00 00 00", reference, SECRET_TITLE, "1 t 0 min"):
        assert expected in told, expected
    assert told.index(CARE) < told.index(FOOD), "in the order of restoration"
    systems = told[told.index("Systemer i den rækkefølge") :]
    assert systems.index(SERVER) < systems.index(SYSTEM), "what others stand on comes first"
    (plan,) = (made.folder / "planer").iterdir()
    assert plan.read_bytes() == PLAN_BYTES
    assert [line for line in made.manifest.lacking if "Nødplan for hjemmepleje" in line], "a plan without a file is told of"
    page = (made.folder / "index.html").read_text()
    assert SECRET_TITLE in page
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"|url\(', page) == [], "it needs nothing beside it"
    assert "<svg" in page, "the overview is on the page"
    assert CARE in text_of(made.folder / "kort" / "alle-samfundskritiske.pdf")
    drawn = sorted(path.name for path in (made.folder / "kort").glob("*.svg"))
    assert drawn == ["001-hjemmepleje-og-medicin.svg", "002-madservice-aeoeaa.svg"]
    assert (made.folder / "haendelser" / f"{reference}.pdf").exists()
    assert "Køkkensystem" in (made.folder / "csv" / "systemer.csv").read_bytes().decode("utf-8-sig")


async def test_the_extract_for_emergency_services_tells_nothing_in_confidence(shelf: Shelf, tmp_path: Path) -> None:
    with a_house(tmp_path / "data") as house:
        reference = await furnish(house.office)
        made = await make(house, shelf)
    for name in ("udtraek-til-beredskab.pdf", "extract-for-emergency-services.pdf"):
        told = text_of(made.folder / name)
        assert CARE in told
        for hidden in (SECRET_TITLE, reference, SERVER, SYSTEM, "70 00 00 00", "00 00 00 00", "Leverandør A/S"):
            assert hidden not in told, hidden


async def test_only_its_owner_may_read_it(shelf: Shelf, tmp_path: Path) -> None:
    with a_house(tmp_path / "data") as house:
        made = await make(house, shelf)
    modes = {path.stat().st_mode & 0o777 for path in (made.folder, *made.folder.rglob("*"))}
    assert modes == {0o700, 0o600}


async def test_every_byte_is_under_the_signature(shelf: Shelf, tmp_path: Path) -> None:
    with a_house(tmp_path / "data") as house:
        made = await make(house, shelf)
        key = house.room.checkpoints.keys()[-1].vkey
    assert verify(made.folder, key) == made.manifest
    with pytest.raises(PackDamagedError, match="not by"):
        verify(made.folder, "x+00000000+AAAA")
    for name in ("noedpakke.pdf", "manifest.json", "manifest.sig"):
        whole = (made.folder / name).read_bytes()
        (made.folder / name).write_bytes(whole[:-9] + (b"Y" if whole[-9:-8] == b"X" else b"X") + whole[-8:])
        with pytest.raises(Exception, match=r"manifest|changed") as caught:
            verify(made.folder)
        assert getattr(caught.value, "code", "") in {"pack-damaged", "no-pack"}
        (made.folder / name).write_bytes(whole)
    (made.folder / "fremmed.txt").write_text("?")
    with pytest.raises(PackDamagedError, match="fremmed"):
        verify(made.folder)


async def test_it_is_on_record_with_its_hash_and_so_is_who_got_it(shelf: Shelf, tmp_path: Path) -> None:
    with a_house(tmp_path / "data") as house:
        made = await make(house, shelf)
        store = house.office.store
        newest = read_packs(store).newest
        assert newest is not None
        assert (newest.name, newest.position) == (made.folder.name, made.manifest.position)
        done = await release_pack(house.office.desk, shelf.named("latest"), "Beredskabet", "Strømsvigt", origin())
        ((recorded, event),) = releases_of(store)
        assert (recorded.position, event.manifest_sha256, event.recipient) == (
            done.recorded,
            newest.manifest_sha256,
            "Beredskabet",
        )
        (made.folder / "noedpakke.pdf").write_bytes(b"another")
        with pytest.raises(PackDamagedError):
            await release_pack(house.office.desk, shelf.named("latest"), "En anden", "Hvorfor", origin())
        assert len(releases_of(store)) == 1


async def test_seven_days_are_kept_and_the_newest_whole_one_for_ever(shelf: Shelf, tmp_path: Path) -> None:
    with a_house(tmp_path / "data") as house:
        made = [
            await make_pack(house.room, house.office.desk, shelf, Wanted(), origin()._replace(now=now() - timedelta(days=days)))
            for days in (20, 8, 6, 1)
        ]
        assert [one.removed for one in made] == [(), (made[0].folder.name,), (), (made[1].folder.name,)]
        assert [round((now() - one.manifest.made_at).days) for one in shelf.packs()] == [1, 6]
        assert shelf.state(now()).problem is None
        assert shelf.state(now() + timedelta(hours=3)).problem is PackProblem.TOO_OLD
        shelf.tidy(now() + timedelta(days=300))
        assert len(shelf.packs()) == 1


async def test_a_drive_that_is_gone_is_not_replaced_by_a_folder(shelf: Shelf, tmp_path: Path) -> None:
    shelf.folder.rmdir()
    with a_house(tmp_path / "data") as house:
        with pytest.raises(DriveMissingError):
            await make(house, shelf)
        assert house.office.store.head() == 0
    assert shelf.state(now()).problem is PackProblem.DRIVE_MISSING
    assert not shelf.folder.exists()


@pytest.mark.parametrize("at", ["noedpakke.pdf", "csv/roller.csv", "manifest.json", "manifest.sig"])
async def test_a_full_drive_leaves_the_older_packs_and_nothing_else(
    at: str, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_house(tmp_path / "data") as house:
        old = await make(house, shelf)
        head = house.office.store.head()
        real = os.fsync

        def full(descriptor: int) -> None:
            if str(Path(f"/proc/self/fd/{descriptor}").readlink()).endswith(at):
                raise OSError(28, "No space left on device", at)
            real(descriptor)

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            await make(house, shelf)
        monkeypatch.undo()
        assert [one.folder for one in shelf.packs()] == [old.folder]
        assert [path.name for path in shelf.folder.iterdir() if path.name != ".lock"] == [old.folder.name]
        assert house.office.store.head() == head, "nothing is on record of what is not there"
        assert (await make(house, shelf)).folder != old.folder


async def test_two_that_make_at_once_do_not_meet(shelf: Shelf, tmp_path: Path) -> None:
    with a_house(tmp_path / "data") as house, shelf.making(now()), pytest.raises(PackBusyError):
        await make(house, shelf)


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from adapters.pack import shelf as shelves
from tests.support.packs import a_house, origin
from adapters.pack.making import Wanted, make_pack

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

where = sys.argv[3]
if where == "publish":
    shelves.Draft.publish = die
else:
    add = shelves.Draft.add
    shelves.Draft.add = lambda self, name, content: die() if name == where else add(self, name, content)
with a_house(Path(sys.argv[1])) as house:
    asyncio.run(make_pack(house.room, house.office.desk, shelves.Shelf(Path(sys.argv[2])), Wanted(), origin()))
"""


@pytest.mark.faults
@pytest.mark.parametrize("where", ["blanketter.pdf", "manifest.sig", "publish"])
async def test_killed_anywhere_it_leaves_the_older_packs_whole(where: str, shelf: Shelf, tmp_path: Path) -> None:
    with a_house(tmp_path / "data") as house:
        old = await make(house, shelf)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "data"), str(shelf.folder), where]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, timeout=60, check=False)
    assert done.returncode == -9, done.stderr
    assert [one.folder for one in shelf.packs()] == [old.folder]
    assert verify(old.folder) == old.manifest
    assert list(shelf.folder.glob(".*.part")), "it died with a draft"
    with a_house(tmp_path / "data") as house:
        made = await make(house, shelf)
    assert [one.folder for one in shelf.packs()] == [made.folder, old.folder]
    assert list(shelf.folder.glob(".*.part")) == [], "the next one clears it away"


async def test_what_is_sealed_opens_with_the_key_file_and_with_nothing_else(shelf: Shelf, tmp_path: Path) -> None:
    (key, public), (other, _) = new_key(None), new_key("en god sætning")
    (tmp_path / "key").write_bytes(key)
    (tmp_path / "other").write_bytes(other)
    with a_house(tmp_path / "data") as house:
        await furnish(house.office)
        made = await make(house, shelf, Wanted([public], encrypt=True))
        assert not (house.office.settings.data / "pack-work").exists()
        assert not (house.office.settings.keyring / "pack-work").exists()
    assert {path.name for path in made.folder.iterdir()} == {BACKUP, PAPERS, "LAES-MIG.txt", "manifest.json", "manifest.sig"}
    assert SECRET_TITLE.encode() not in b"".join(path.read_bytes() for path in made.folder.iterdir())
    open_papers(made.folder, tmp_path / "key", str, tmp_path / "ud")
    assert SECRET_TITLE in (tmp_path / "ud" / "index.html").read_text()
    with pytest.raises(WrongKeyError):
        open_papers(made.folder, tmp_path / "other", lambda: "en god sætning", tmp_path / "ud2")
    with pytest.raises(WrongKeyError):
        open_papers(made.folder, tmp_path / "other", lambda: "forkert", tmp_path / "ud2")
    assert not (tmp_path / "ud2").exists()


async def test_a_recipient_that_is_none_is_named_before_anything_is_written(shelf: Shelf, tmp_path: Path) -> None:
    with a_house(tmp_path / "data") as house, pytest.raises(RecipientError, match="age1forkert"):
        await make(house, shelf, Wanted(["age1forkert"]))
    assert shelf.packs() == []


async def test_a_backup_that_cannot_be_sealed_is_no_pack(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, public = new_key(None)
    with a_house(tmp_path / "data") as house:

        def fail(*_: object) -> None:
            raise UnavailableError("full")

        monkeypatch.setattr(making, "seal_folders", fail)
        with pytest.raises(UnavailableError):
            await make(house, shelf, Wanted([public]))
        assert not (house.office.settings.keyring / "pack-work").exists(), "no copy of the keys is left lying"
    assert shelf.packs() == []
