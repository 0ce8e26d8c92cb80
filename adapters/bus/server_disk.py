"""Notices that a nats-server could not write: from then on it never writes that stream again, however much space returns."""

import shutil
from pathlib import Path

_MARK = b"critical write error"
_ENOUGH = 64 * 1024 * 1024
_NOTHING = 1024 * 1024


class WriteErrors:
    """Reads the server's log as it grows. A publisher sees no answer; only the log says why.

    The log is often on the same disk, and then it may not be able to say it: so the disk itself is looked at too.
    """

    def __init__(self, log_file: Path) -> None:
        self._log_file = log_file
        self._read_to = log_file.stat().st_size if log_file.exists() else 0

    def new(self) -> bool:
        """Whether the server reported such an error since the last call."""
        size = self._log_file.stat().st_size if self._log_file.exists() else 0
        start = self._read_to if self._read_to <= size else 0  # the server began a new file
        if start == size:
            return False
        with self._log_file.open("rb") as file:
            file.seek(start)
            fresh = file.read(size - start)
        whole_lines = fresh.rfind(b"\n") + 1
        self._read_to = start + whole_lines
        return _MARK in fresh[:whole_lines]


def is_full(directory: Path) -> bool:
    """Whether a server that wrote there must be taken for one that could not: less than 1 MiB is left."""
    return shutil.disk_usage(directory).free < _NOTHING


def has_room(directory: Path) -> bool:
    """Whether a restarted server could write for a while: 64 MiB, or on a small disk a tenth of it."""
    usage = shutil.disk_usage(directory)
    return usage.free >= min(_ENOUGH, usage.total // 10)
