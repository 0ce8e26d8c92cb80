"""The data directory: one `sporlog up` at a time, one token, and for good either real or a demo."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from filelock import FileLock, Timeout

from domain.errors import SporlogError

TOKEN_BYTES = 24
PAGE_USER = "web"
"""The opaque id of whoever acts on the page or through the API with the house's token: all who have it are one."""


class AlreadyRunningError(SporlogError):
    """Another `sporlog up` has this directory."""

    code: ClassVar[str] = "already-running"


@contextlib.contextmanager
def held(data: Path) -> Iterator[None]:
    """Hold the directory for one `up`. The operating system lets go when the process dies, however it dies."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(data / "up.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        msg = f"Sporlog is running on {data} already: stop it first, or choose another directory with --data"
        raise AlreadyRunningError(msg) from None
    try:
        yield
    finally:
        lock.release()


def token(data: Path) -> str:
    """The house's own token, made at the first start, readable by its owner only; on disk before it is shown."""
    path = data / "token"
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(TOKEN_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
    return path.read_text().strip()
