"""A file or a folder that was asked for is there whole, or not at all."""

import subprocess
import sys
from pathlib import Path

import pytest

from adapters.new_files import FileExistsAlreadyError, new_file, new_folder
from adapters.packing import packed

FULL = """
import resource, signal, sys
from pathlib import Path
from adapters.new_files import new_file, new_folder
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
to = Path(sys.argv[2])
try:
    if sys.argv[1] == "file":
        with new_file(to) as file:
            file.write(bytes(5000))
    else:
        new_folder(to, [("en", b"1"), ("to", bytes(5000))])
except OSError as error:
    sys.exit(f"OSError {error.errno}")
"""


def test_what_was_written_has_its_name_at_the_end_and_is_readable_by_nobody_else(tmp_path: Path) -> None:
    to = tmp_path / "a.zip"
    with new_file(to) as file:
        file.write(b"1")
        assert not to.exists()
    assert to.read_bytes() == b"1"
    assert to.stat().st_mode & 0o077 == 0
    new_folder(tmp_path / "mappe", [("en", b"1"), ("to", b"2")])
    assert {one.name: one.read_bytes() for one in (tmp_path / "mappe").iterdir()} == {"en": b"1", "to": b"2"}


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with new_file(tmp_path / "a.zip") as file:
            file.write(b"1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_disk_that_takes_no_more_leaves_nothing(tmp_path: Path, kind: str) -> None:
    command = [sys.executable, "-c", FULL, kind, str(tmp_path / "a")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.strip()) == (1, "OSError 27")
    assert list(tmp_path.iterdir()) == []


def test_nothing_takes_anothers_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"min")
    (tmp_path / ".b.part").write_bytes(b"i gang")
    for name in ("a", "b"):
        with pytest.raises(FileExistsAlreadyError), new_file(tmp_path / name):
            pass
        with pytest.raises(FileExistsAlreadyError):
            new_folder(tmp_path / name, [("en", b"1")])
    assert sorted(one.name for one in tmp_path.iterdir()) == [".b.part", "a"]


def test_the_same_files_give_the_same_zip() -> None:
    files = (("a", b"1"), ("b", b"2"))
    assert packed(files) == packed(files)
