"""Checkpoints as files: DATA/checkpoints/<size>, and `latest`. A copy kept elsewhere is what makes them worth something."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from adapters.transparency.durable_files import sync_folder
from domain.errors import SporlogError

LATEST = "latest"


class OtherCheckpointError(SporlogError):
    """There is another checkpoint of this size already: somebody signed two. Nothing was written."""

    code = "other-checkpoint"


class CheckpointFolder:
    """See `handlers.checkpoints.CheckpointFiles`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def latest(self) -> str | None:
        """The newest one."""
        try:
            return (self.folder / LATEST).read_bytes().decode(errors="replace")
        except FileNotFoundError:
            return None

    def notes(self) -> dict[str, bytes]:
        """All of them, by file name."""
        files = self.folder.iterdir() if self.folder.is_dir() else ()
        return {path.name: path.read_bytes() for path in files if path.name == LATEST or path.name.isdecimal()}

    def write(self, size: int, note: str) -> None:
        """Keep it, and as the newest."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path, draft = self.folder / str(size), self.folder / f".{size}.{secrets.token_hex(8)}"
        with draft.open("xb") as file:
            file.write(note.encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            # Whole or not at all, and never over another one.
            with suppress(FileExistsError):
                os.link(draft, path)
            if path.read_bytes() != note.encode():
                msg = f"{path} is another checkpoint of {size} events: two were signed. Keep both, and find out who could sign"
                raise OtherCheckpointError(msg)
            draft.replace(self.folder / LATEST)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(self.folder)
