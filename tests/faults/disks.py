"""A disk that a test can fill and free."""

import errno
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.faults.house import House

SIZE = "40m"
BLOCK = 65536


class SmallDisk:
    """A tmpfs of its own. `place` is where it is mounted."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._ballast = place / "ballast"

    def fill(self, house: House) -> None:  # noqa: ARG002 - the other kind of disk needs it
        """Not a byte is left."""
        with self._ballast.open("ab", buffering=0) as file:
            for size in (BLOCK, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def free(self, house: House) -> None:  # noqa: ARG002 - the same
        """There is space again."""
        self._ballast.unlink()


class NoGrowth(SmallDisk):
    """Where nobody may mount: the house's processes may make no file larger than the largest that they have."""

    def fill(self, house: House) -> None:
        """Every write at the end of a file fails."""
        self._limit(house, max(path.stat().st_size for path in self.place.rglob("*") if path.is_file()))

    def free(self, house: House) -> None:
        """As before."""
        self._limit(house, resource.RLIM_INFINITY)

    def _limit(self, house: House, size: int) -> None:
        parent = psutil.Process(house.pid)
        for process in (parent, *parent.children(recursive=True)):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.fixture
def small_disk(tmp_path: Path, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]) -> Iterator[SmallDisk]:
    place = tmp_path / "disk"
    place.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    command: list[str | Path] = [mount or "", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place]
    if mount and unmount and subprocess.run(command, check=False).returncode == 0:
        yield SmallDisk(place)
        subprocess.run([unmount, "--lazy", place], check=True)
        return
    with capfd.disabled():
        print(f"\n{request.node.name}: MOUNTING A SMALL DISK NEEDS ROOT; files that may not grow stand in for it")
    yield NoGrowth(place)
