"""Which house this is: KEYRING/house, made when it is first asked for, and in no backup that Sporlog takes.

What it was told of another house lies beside it, in KEYRING/elsewhere.json: it holds also after the drive that told it is gone.
All processes of a house share its keyring, and so know the same.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

from adapters.transparency.durable_files import sync_folder
from domain.primary import Elsewhere

NAME, TOLD = "house", "elsewhere.json"


class House:
    """Safe from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._id: UUID | None = None
        self._told: tuple[int, Elsewhere] | None = None

    @property
    def id(self) -> UUID:
        """Its own; durable before it is given the first time."""
        if self._id is None:
            path = self._folder / NAME
            if not path.exists():
                self._write(NAME, f"{uuid4()}\n", replace=False)
            self._id = UUID(path.read_text(encoding="utf-8").strip())
        return self._id

    @property
    def told(self) -> Elsewhere | None:
        """What it heard of another house. Quick: it is asked at each commit."""
        path = self._folder / TOLD
        try:
            changed = path.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        if self._told is None or self._told[0] != changed:
            self._told = changed, Elsewhere.model_validate_json(path.read_bytes())
        return self._told[1]

    def hear(self, elsewhere: Elsewhere) -> None:
        """Another house goes on with the log. Durable on return; what was heard later is kept."""
        known = self.told
        if elsewhere.house != self.id and (known is None or known.declared_at < elsewhere.declared_at):
            self._write(TOLD, elsewhere.model_dump_json(), replace=True)

    def _write(self, name: str, text: str, *, replace: bool) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._folder / f".{name}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            if replace:
                draft.replace(self._folder / name)
            else:
                # Whole or not at all, and never in place of another process's.
                with suppress(FileExistsError):
                    os.link(draft, self._folder / name)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(self._folder)
