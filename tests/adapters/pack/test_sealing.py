"""What a sealed archive holds comes out as it went in; what somebody else sealed for the same recipient leaves no folder."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]
import pytest
from pyrage import x25519

from adapters.pack.manifest import PackDamagedError
from adapters.pack.sealing import open_archive, seal_files, seal_folders


@pytest.fixture
def identity() -> Any:  # noqa: ANN401 - pyrage has no types
    return x25519.Identity.generate()


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_folders_and_files_come_out_as_they_went_in_and_for_their_owner_alone(tmp_path: Path, identity: Any) -> None:  # noqa: ANN401
    source = tmp_path / "source"
    (source / "læs mig" / "empty").mkdir(parents=True)
    (source / "læs mig" / "tal.bin").write_bytes(bytes(range(256)) * 4000)
    (source / "nøgler").write_bytes(b"")
    (source / "nøgler").chmod(0o644)
    opened = tmp_path / "opened"
    opened.mkdir()
    with (tmp_path / "sealed.age").open("wb") as to:
        seal_folders([("events", source)], to, [str(identity.to_public())])
    open_archive(tmp_path / "sealed.age", identity, opened)
    assert tree(opened / "events") == tree(source)
    assert (opened / "events" / "læs mig" / "empty").is_dir()
    assert {path.stat().st_mode & 0o077 for path in (opened / "events").rglob("*")} == {0}
    with (tmp_path / "files.age").open("wb") as to:
        seal_files([("vagt.json", b"{}")], to, [str(identity.to_public())])
    open_archive(tmp_path / "files.age", identity, opened)
    assert (opened / "vagt.json").read_bytes() == b"{}"


def member(name: str, **more: object) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    for field, value in more.items():
        setattr(made, field, value)
    return made


HOSTILE: dict[str, Callable[[Path], tarfile.TarInfo]] = {
    "up": lambda _outside: member("../outside/taken"),
    "up later": lambda _outside: member("a/../../outside/taken"),
    "absolute": lambda outside: member(str(outside / "taken")),
    "symbolic link": lambda outside: member("link", type=tarfile.SYMTYPE, linkname=str(outside)),
    "hard link": lambda outside: member("link", type=tarfile.LNKTYPE, linkname=str(outside / "kept")),
    "device": lambda _outside: member("null", type=tarfile.CHRTYPE, devmajor=1, devminor=3),
    "pipe": lambda _outside: member("pipe", type=tarfile.FIFOTYPE),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_nothing_that_leads_out_of_the_folder_is_unpacked(how: str, tmp_path: Path, identity: Any) -> None:  # noqa: ANN401
    outside, opened = tmp_path / "outside", tmp_path / "opened"
    outside.mkdir()
    opened.mkdir()
    (outside / "kept").write_bytes(b"kept")
    clear = io.BytesIO()
    with tarfile.open(fileobj=clear, mode="w") as archive:
        archive.addfile(HOSTILE[how](outside))
        archive.addfile(member("link/taken", size=3), io.BytesIO(b"abc"))
    (tmp_path / "sealed.age").write_bytes(pyrage.encrypt(clear.getvalue(), [identity.to_public()]))
    with pytest.raises(PackDamagedError, match="which no pack has"):
        open_archive(tmp_path / "sealed.age", identity, opened)
    assert tree(outside) == {"kept": b"kept"}
    assert list(opened.iterdir()) == []


def test_a_name_that_comes_twice_overwrites_nothing(tmp_path: Path, identity: Any) -> None:  # noqa: ANN401
    with (tmp_path / "sealed.age").open("wb") as to:
        seal_files([("a", b"first"), ("a", b"second")], to, [str(identity.to_public())])
    opened = tmp_path / "opened"
    opened.mkdir()
    with pytest.raises(FileExistsError):
        open_archive(tmp_path / "sealed.age", identity, opened)
    assert (opened / "a").read_bytes() == b"first"
