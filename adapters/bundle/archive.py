"""The zip: files in the order in which they are written, each with its SHA-256 for the manifest; nothing is held in memory.

Stored without compression, with the format's first date and fixed rights: the bytes depend on the contents alone.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import IO, Self
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16


class Archive:
    """Writes to a file that can be sought in; whole once the block is left without an error."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w", ZIP_STORED)
        self.files: dict[str, dict[str, int | str]] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> int:
        """Write a file piece by piece; how many pieces there were."""
        info = ZipInfo(name, _EARLIEST)
        info.create_system, info.external_attr = _UNIX, _READABLE
        size, pieces, digest = 0, 0, sha256()
        # Its size is not known yet: there is room for one beyond 4 GB in any case.
        with self._zip.open(info, "w", force_zip64=True) as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size, pieces = size + len(chunk), pieces + 1
        self.files[name] = {"bytes": size, "sha256": digest.hexdigest()}
        return pieces

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # After an error too: a directory that is written late would be written into a file that is closed.
        self._zip.close()
