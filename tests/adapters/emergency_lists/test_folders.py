"""A look into a folder of real files: the newest whole one is read, links are not followed, and permissions are told."""

import asyncio
import hashlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.emergency_lists import folders
from adapters.emergency_lists.folders import DriveFolders, chosen, look, read
from domain.emergency_lists.errors import NoSuchFileError
from domain.emergency_lists.seen import Seen, Trouble
from tests.support.emergency_lists import write

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")


def test_the_newest_file_is_read_and_all_that_match_are_told(tmp_path: Path) -> None:
    write(tmp_path, "k-1.pdf", NOW - timedelta(days=1), b"gammel")
    write(tmp_path, "k-2.pdf", NOW, b"en\nto\ntre")
    write(tmp_path, "andet.txt", NOW + timedelta(hours=1))
    seen = look(tmp_path, "k-*.pdf")
    assert [file.name for file in seen.files] == ["k-2.pdf", "k-1.pdf"]
    assert seen.newest is not None
    assert (seen.newest.written_at, seen.newest.bytes, seen.lines) == (NOW, 9, 3)
    assert seen.sha256 == hashlib.sha256(b"en\nto\ntre").hexdigest()


def test_an_empty_folder_has_no_newest(tmp_path: Path) -> None:
    assert look(tmp_path, "*")._replace(folder_mode=None) == Seen()


@POSIX
def test_owner_group_and_permissions_are_as_the_operating_system_tells(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    file = write(tmp_path, "k.pdf", NOW, mode=0o604)
    seen = look(tmp_path, "*")
    assert seen.newest is not None
    assert (seen.newest.mode, seen.folder_mode, seen.access_checked) == (0o604, 0o750, True)
    assert (seen.newest.owner, seen.newest.group) == (file.owner(), file.group())


@POSIX
def test_links_folders_and_pipes_are_no_lists(tmp_path: Path) -> None:
    secret = write(tmp_path / "andetsteds", "k.pdf", NOW)
    folder = tmp_path / "drev"
    folder.mkdir()
    (folder / "k.pdf").symlink_to(secret)
    (folder / "mappe.pdf").mkdir()
    os.mkfifo(folder / "roer.pdf")
    assert look(folder, "*.pdf").files == ()
    # A link that is put in a file's place after the listing is not opened either.
    with pytest.raises(OSError, match=r"k\.pdf"):
        read(folder / "k.pdf", secret.stat())


@POSIX
def test_the_folder_itself_may_be_a_link_to_the_drive(tmp_path: Path) -> None:
    write(tmp_path / "drev", "k.pdf", NOW)
    (tmp_path / "noed").symlink_to(tmp_path / "drev")
    assert [file.name for file in look(tmp_path / "noed", "*").files] == ["k.pdf"]


def test_a_file_that_grows_while_it_is_read_is_no_list_yet(tmp_path: Path) -> None:
    file = write(tmp_path, "k.pdf", NOW)
    before = file.stat()
    with file.open("ab") as more:
        more.write(b"Borger 3\n")
    assert read(file, before) is None
    assert read(file, file.stat()) is not None


def test_while_tonight_s_list_is_written_last_night_s_counts(tmp_path: Path) -> None:
    write(tmp_path, "k-1.pdf", NOW - timedelta(days=1), b"hel")
    growing, stop = tmp_path / "k-2.pdf", threading.Event()
    growing.write_bytes(b"x" * 20_000_000)

    def grow() -> None:
        with growing.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"y")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        seen = look(tmp_path, "*.pdf")
    finally:
        stop.set()
        writer.join()
    assert [file.name for file in seen.files] == ["k-1.pdf"]
    assert seen.sha256 == hashlib.sha256(b"hel").hexdigest()
    assert [file.name for file in look(tmp_path, "*.pdf").files] == ["k-2.pdf", "k-1.pdf"]


def test_a_file_that_is_deleted_meanwhile_is_passed_by(tmp_path: Path) -> None:
    file = write(tmp_path, "k.pdf", NOW)
    before = file.stat()
    file.unlink()
    assert read(file, before) is None


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything: for the look this process is somebody else."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was == 0:
            os.seteuid(0)


@POSIX
async def test_a_folder_or_file_that_may_not_be_read_is_access_denied(tmp_path: Path) -> None:
    write(tmp_path / "drev", "k.pdf", NOW, mode=0o000)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(parent.stat().st_mode | 0o011)
    with as_nobody():
        assert (await DriveFolders().look(str(tmp_path / "drev"), "*")).trouble is Trouble.DENIED
    (tmp_path / "drev").chmod(0o000)
    with as_nobody():
        assert (await DriveFolders().look(str(tmp_path / "drev"), "*")).trouble is Trouble.DENIED
    (tmp_path / "drev").chmod(0o755)


async def test_a_folder_that_is_gone_is_told_so(tmp_path: Path) -> None:
    assert await DriveFolders().look(str(tmp_path / "væk"), "*") == Seen(trouble=Trouble.MISSING)
    file = write(tmp_path, "fil", NOW)
    assert await DriveFolders().look(str(file), "*") == Seen(trouble=Trouble.MISSING)


async def test_a_drive_that_hangs_is_told_so_and_asked_no_second_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers, asked = threading.Event(), list[Path]()

    def hang(folder: Path, _pattern: str) -> Seen:
        asked.append(folder)
        answers.wait(10)
        return Seen()

    monkeypatch.setattr(folders, "look", hang)
    drives = DriveFolders(patience_s=0.05)
    assert [(await drives.look(str(tmp_path), "*")).trouble for _ in range(3)] == [Trouble.HANGS] * 3
    assert len(asked) == 1
    answers.set()
    deadline = time.monotonic() + 5
    while (await drives.look(str(tmp_path), "*")).trouble is not None:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


def test_the_file_that_is_given_is_the_newest_or_the_one_that_is_named(tmp_path: Path) -> None:
    write(tmp_path, "k-1.pdf", NOW - timedelta(days=1), b"gammel")
    write(tmp_path, "k-2.pdf", NOW, b"ny")
    file, content = chosen(tmp_path, "*.pdf", None)
    assert (file.name, content.sha256) == ("k-2.pdf", hashlib.sha256(b"ny").hexdigest())
    assert chosen(tmp_path, "*.pdf", "k-1.pdf")[1].sha256 == hashlib.sha256(b"gammel").hexdigest()
    with pytest.raises(NoSuchFileError, match=r"k-3\.pdf"):
        chosen(tmp_path, "*.pdf", "k-3.pdf")
    with pytest.raises(NoSuchFileError):
        chosen(tmp_path, "*.txt", None)
