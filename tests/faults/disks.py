"""A disk that a test can fill and free."""

import errno
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

SIZE = "40m"
BLOCK = 65536


class SmallDisk:
    """A tmpfs of its own, mounted at `place`."""

    real = True

    def __init__(self, place: Path) -> None:
        self.place = place
        self._ballast = place / "ballast"

    def fill(self, pid: int) -> None:  # noqa: ARG002 - the other kind of disk needs it
        """Not a byte is left, not even for the last page of a log."""
        for path in (self._ballast, *self.place.glob("*.log")):
            with path.open("ab", buffering=0) as file:
                for size in (BLOCK, 1):
                    try:
                        while True:
                            file.write(b"\n" * size)
                    except OSError as error:
                        if error.errno != errno.ENOSPC:
                            raise

    def free(self, pid: int) -> None:  # noqa: ARG002 - the same
        """There is space again."""
        self._ballast.unlink()


class NoGrowth(SmallDisk):
    """Where nobody may mount: the process `pid` may make no file larger than the largest that it has there.

    A store then meets errors as on a full disk. A nats-server is ended by the system at its first write, and is started again
    without the limit: that it stays unable to write cannot be shown so.
    """

    real = False

    def fill(self, pid: int) -> None:
        """Every write at the end of a file fails."""
        size = max(path.stat().st_size for path in self.place.rglob("*") if path.is_file())
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def free(self, pid: int) -> None:
        """As before, if it is still there."""
        if psutil.pid_exists(pid):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


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
        sys.stdout.write(f"\n{request.node.name}: MOUNTING A SMALL DISK NEEDS ROOT; files that may not grow stand in for it\n")
    yield NoGrowth(place)
