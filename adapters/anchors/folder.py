"""What was anchored, kept as files beside the checkpoints: DATA/anchors.

    <size>.checkpoint       the bytes that were stamped and mailed, a signed note
    <size>.tsr              the time stamp on them, as the authority sent it
    <size>.outgoing.eml     a mail that is to be sent, or was sent and nobody lived to note it
    <size>.eml              the mail as the outside mailbox has it

Each file appears whole or not at all, is on disk when its method returns, and is never changed afterwards.
"""

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from adapters.backup.making import sync

Kind = Literal["checkpoint", "tsr", "outgoing.eml", "eml"]
_NAME = re.compile(r"(0|[1-9][0-9]*)\.(checkpoint|tsr|outgoing\.eml|eml)")


class AnchorFolder:
    """One log's anchors, by the size of the tree."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def sizes(self, kind: Kind) -> list[int]:
        """The sizes there is such a file for, ascending."""
        found = (_NAME.fullmatch(entry.name) for entry in self._entries())
        return sorted(int(name[1]) for name in found if name is not None and name[2] == kind)

    def get(self, size: int, kind: Kind) -> bytes:
        """The file's bytes."""
        return self._path(size, kind).read_bytes()

    def checkpoint(self, size: int, note: bytes) -> bytes:
        """The checkpoint of this size that anchors are made on: this note, or the one that others were made on before."""
        self.keep(size, "checkpoint", note)
        return self.get(size, "checkpoint")

    def keep(self, size: int, kind: Kind, content: bytes) -> None:
        """Put it there, unless it is there: what was stamped or sent must not change."""
        path = self._path(size, kind)
        if path.exists():
            return
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            # Killed or out of space before this, only a draft is left; and never in place of what another process kept.
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        sync(self.path)

    def sent(self, size: int) -> None:
        """The outgoing mail went out: its file gets its lasting name."""
        self._path(size, "outgoing.eml").replace(self._path(size, "eml"))
        sync(self.path)

    def _path(self, size: int, kind: Kind) -> Path:
        return self.path / f"{size}.{kind}"

    def _entries(self) -> Iterator[Path]:
        return self.path.iterdir() if self.path.is_dir() else iter(())
